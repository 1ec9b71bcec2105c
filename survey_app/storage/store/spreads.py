"""How numbers are spread over responses, found by their places when the database sorts them."""

from itertools import starmap
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Double,
    Select,
    Text,
    cast,
    extract,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import TIMESTAMP

from survey_app.storage.records import Selection, Spread
from survey_app.storage.schema import answer, response
from survey_app.storage.store.choosing import chosen_by
from survey_app.storage.store.tallies import answers_of

SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
TIMED_SOURCES = ("web", "simulated")
"""What is keyed in or brought in has the time of that, not of the asking."""
_MINUTES_OF_A_DAY = 1440
_SECONDS_OF_A_MINUTE = 60


def spread_minutes(connection: Connection, selection: Selection) -> Spread | None:
    """Return how many minutes lay between beginning and sending; None if nothing was sent.

    Only of what participants filled in by themselves on the web, and not of anonymous responses,
    of which the days alone are known.
    """
    query = select(_minutes(connection).label("number")).where(
        chosen_by(selection),
        response.c.delivery == "self",
        response.c.state == "submitted",
        response.c.anonymous.is_(False),
        response.c.source.in_(TIMED_SOURCES),
    )
    return _spread(connection, query)


def spread_numbers(connection: Connection, selection: Selection, item: str) -> Spread | None:
    """Return how the numbers that an item's answers are lie; None if there are none."""
    number = cast(cast(answer.c.value, Text), Double).label("number")
    query = answers_of(selection, item).with_only_columns(number)
    return _spread(connection, query.where(answer.c.value.is_not(None)))


def _minutes(connection: Connection) -> ColumnElement[Any]:
    first, last = response.c.started, response.c.submitted
    if connection.dialect.name == "sqlite":
        return (func.julianday(last) - func.julianday(first)) * _MINUTES_OF_A_DAY
    moment = TIMESTAMP(timezone=True)
    return extract("epoch", cast(last, moment) - cast(first, moment)) / _SECONDS_OF_A_MINUTE


def _spread(connection: Connection, query: Select[Any]) -> Spread | None:
    """Return quantiles of type 7 (Hyndman & Fan 1996) of the query's column `number`."""
    numbers = query.cte("numbers")
    sums = select(func.count(), func.avg(numbers.c.number))
    n, mean = connection.execute(sums).one()
    if not n:
        return None
    places = [(n - 1) * share for share in SHARES]
    wanted = {int(place) for place in places} | {min(int(place) + 1, n - 1) for place in places}
    order = func.row_number().over(order_by=numbers.c.number)
    ordered = select(numbers.c.number, (order - 1).label("place")).subquery()
    rows = connection.execute(select(ordered).where(ordered.c.place.in_(sorted(wanted))))
    at = {int(place): float(number) for number, place in rows}

    def between(below: int, part: float) -> float:
        return at[below] + (at[min(below + 1, n - 1)] - at[below]) * part

    quantiles = list(starmap(between, ((int(place), place - int(place)) for place in places)))
    return Spread(
        n=n,
        minimum=quantiles[0],
        lower_quartile=quantiles[1],
        median=quantiles[2],
        upper_quartile=quantiles[3],
        maximum=quantiles[4],
        mean=float(mean),
    )
