"""The course of an interview: its clock, where the interviewer went, the recording, its outcome."""

from collections.abc import Callable
from functools import cache

from sqlalchemy import Connection, bindparam, select, update

from survey_app.storage.clock import STARTING
from survey_app.storage.errors import UnknownRecord
from survey_app.storage.records import Json
from survey_app.storage.schema import interview, response
from survey_app.storage.statements import Row, Statement
from survey_app.storage.store.operations import Operation, Stamp

CLOCK_ACTIONS = ("start", "pause", "resume", "finish")
_COURSE = Statement(
    select(interview.c.clock, interview.c.visits, interview.c.finished).where(
        interview.c.id == bindparam("interview")
    )
)


def set_course(connection: Connection, operation: Operation, stamp: Stamp) -> None:
    """Apply an operation on the interview as a whole. Raises ValueError for a clock's action."""
    found = _COURSE.first(connection, {"interview": stamp.interview})
    if found is None:
        raise UnknownRecord(f"There is no interview {stamp.interview}. Check its identifier.")
    values = COURSES[operation["op"]](operation, stamp, found)
    if values:
        update_interview(connection, stamp.interview, values)
    if values.get("finished"):
        _send_responses(connection, stamp)


def update_interview(connection: Connection, interview_id: str, values: dict[str, Json]) -> None:
    """Write new values into columns of the interview's row."""
    _updating(tuple(values)).run(connection, {"interview": interview_id, **values})


@cache
def _updating(columns: tuple[str, ...]) -> Statement:
    change = update(interview).where(interview.c.id == bindparam("interview"))
    return Statement(change, writes=columns)


def _turn_clock(operation: Operation, stamp: Stamp, found: Row) -> dict[str, Json]:
    action = operation["action"]
    if action not in CLOCK_ACTIONS:
        known = ", ".join(CLOCK_ACTIONS)
        raise ValueError(f"“{action}” is nothing a clock does. Send one of: {known}.")
    turn = {"action": action, "at": _moment_of(operation, stamp, found["clock"])}
    values: dict[str, Json] = {"clock": [*found["clock"], turn]}
    if action == "finish":
        values["finished"] = stamp.at
    if action in STARTING and found["finished"] is None:
        # Somebody called back: it goes on, so it has not ended in any way yet.
        values |= {"outcome": None, "outcome_text": "", "call_back": ""}
    return values


def _moment_of(operation: Operation, stamp: Stamp, turns: list[dict[str, str]]) -> str:
    """Return when the clock was turned: never later than now, nor before it was turned last."""
    at = min(str(operation.get("at") or stamp.at), stamp.at)
    earlier = [turn["at"] for turn in turns if turn["at"] <= stamp.at]
    return max([at, *earlier])


def _go_on(operation: Operation, stamp: Stamp, found: Row) -> dict[str, Json]:
    del stamp
    visits = found["visits"]
    place = {name: operation[name] for name in ("response", "item")}
    if visits and place.items() <= visits[-1].items():
        return {}
    return {"visits": [*visits, place | {"at": operation.get("at")}]}


def _time(operation: Operation, stamp: Stamp, found: Row) -> dict[str, Json]:
    """Replace the times of visits that were written on paper; what has no time stays."""
    del stamp
    untimed = [visit for visit in found["visits"] if visit.get("at") is None]
    return {"visits": [*operation["visits"], *untimed]}


def _record(operation: Operation, stamp: Stamp, found: Row) -> dict[str, Json]:
    del stamp, found
    return {"recording_offset": operation.get("at")}


def _end(operation: Operation, stamp: Stamp, found: Row) -> dict[str, Json]:
    del stamp, found
    return {
        "outcome": operation["outcome"],
        "outcome_text": operation.get("text") or "",
        "call_back": operation.get("call_back") or "",
        "resume": operation.get("resume") or "",
    }


COURSES: dict[str, Callable[[Operation, Stamp, Row], dict[str, Json]]] = {
    "clock": _turn_clock,
    "place": _go_on,
    "times": _time,
    "recording": _record,
    "outcome": _end,
}
"""What each operation writes into the interview's row, by the operation's name."""


def _send_responses(connection: Connection, stamp: Stamp) -> None:
    still_open = (response.c.interview_id == stamp.interview) & (response.c.state == "in_progress")
    sent = {"state": "submitted", "submitted": stamp.at, "updated": stamp.at}
    connection.execute(update(response).where(still_open).values(sent))
