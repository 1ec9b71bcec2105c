"""What has come in of an instrument: head figures, kinds, days, and how long it took."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from survey_app.filtering import STATES, delivery_words, state_words
from survey_app.storage.records import DayCount, KindCount, Selection, Spread
from survey_app.translations import gettext as _
from survey_app.web.analyst.place import Place
from survey_app.web.analyst.tables import Row, Table, list_words, show_count, show_number
from survey_app.web.context import services

MOST_DAYS = 62
MONTH = len("2026-11")


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One of the figures at the head of the page."""

    words: str
    number: str


def count_kinds(place: Place) -> list[KindCount]:
    """Return how many responses there are of each kind."""
    desk, selection = services().store.desk, place.selection
    return place.keep("kinds of responses", lambda: desk.kinds(selection))


def count_responses(place: Place) -> int:
    """Return how many responses there are in all."""
    return sum(each.count for each in count_kinds(place))


def list_figures(place: Place) -> list[Figure]:
    """Return how many responses there are in all, and in each state."""
    counts = count_kinds(place)
    figures = [Figure(words=_("responses"), number=show_count(count_responses(place)))]
    for state, words in state_words().items():
        number = sum(each.count for each in counts if each.state == state)
        figures.append(Figure(words=words, number=show_count(number)))
    return figures


def make_kinds_tables(place: Place) -> list[Table]:
    """Return how many responses there are by version, delivery and language."""
    counts = count_kinds(place)
    order = {each.version: number for number, each in enumerate(place.versions)}

    def kind(each: KindCount) -> tuple[int, str, str]:
        return order[each.version], each.delivery, each.language

    rows = []
    for _kind, members in groupby(sorted(counts, key=kind), key=kind):
        found = list(members)
        numbers = [sum(each.count for each in found if each.state == state) for state in STATES]
        first = found[0]
        cells = (delivery_words()[first.delivery], first.language)
        rows.append(
            Row(
                head=first.version,
                cells=(*cells, *map(show_count, numbers), show_count(sum(numbers))),
            )
        )
    table = Table(
        caption=_("What has come in"),
        part=_("by version, delivery and language"),
        scope=_scope(place, sum(each.count for each in counts)),
        heads=(
            *(_("Version"), _("Filled in"), _("Language")),
            *(_("Submitted"), _("In progress"), _("Withdrawn"), _("All")),
        ),
        rows=tuple(rows),
        words=3,
    )
    return [table]


def make_growth_tables(place: Place) -> list[Table]:
    """Return how the responses grow day by day, or month by month where the days are many."""
    days = services().store.desk.days(place.selection)
    by_month = len(days) > MOST_DAYS
    periods = _by_month(days) if by_month else days
    rows, begun, sent = [], 0, 0
    for period in periods:
        begun, sent = begun + period.begun, sent + period.sent
        numbers = (period.begun, begun, period.sent, sent)
        rows.append(Row(head=period.day, cells=tuple(map(show_count, numbers))))
    table = Table(
        caption=_("How it grows"),
        part=_("month by month") if by_month else _("day by day"),
        scope=_scope(place, begun),
        heads=(
            *(_("Month") if by_month else _("Day"), _("Begun")),
            *(_("Begun so far"), _("Submitted"), _("Submitted so far")),
        ),
        rows=tuple(rows),
        remarks=(
            _("Days are those of UTC. A withdrawn response stays where it was begun and sent."),
        ),
    )
    return [table]


def _by_month(days: Sequence[DayCount]) -> list[DayCount]:
    months = []
    for month, members in groupby(days, key=lambda each: each.day[:MONTH]):
        found = list(members)
        begun, sent = sum(each.begun for each in found), sum(each.sent for each in found)
        months.append(DayCount(day=month, begun=begun, sent=sent))
    return months


def make_times_tables(place: Place) -> list[Table]:
    """Return how long it took from beginning to sending, version by version and together."""
    desk = services().store.desk
    versions = [each.version for each in place.versions]
    kinds: list[tuple[str, Selection]] = []
    if len(versions) > 1:
        kinds = [(each, replace(place.selection, versions=(each,))) for each in versions]
    kinds.append((_("together") if kinds else list_words(versions), place.selection))
    spreads = [(words, desk.minutes(selection)) for words, selection in kinds]
    together = spreads[-1][1]
    table = Table(
        caption=_("How long it took"),
        part=_("minutes from beginning to sending"),
        scope=_scope(place, together.n if together else 0),
        heads=(
            *(_("Version"), _("n"), _("Lower quartile")),
            *(_("Median"), _("Upper quartile")),
        ),
        rows=tuple(_time_row(words, spread) for words, spread in spreads),
        remarks=(
            _(
                "Submitted responses that participants filled in by themselves, pauses included. "
                "Anonymous responses keep no time of day and are not among them, nor is what was "
                "keyed in from paper or brought in."
            ),
        ),
    )
    return [table]


def _time_row(words: str, spread: Spread | None) -> Row:
    if spread is None:
        return Row(head=words, cells=("0", "–", "–", "–"))
    quartiles = (spread.lower_quartile, spread.median, spread.upper_quartile)
    return Row(
        head=words,
        cells=(show_count(spread.n), *(show_number(round(each, 1)) for each in quartiles)),
    )


def _scope(place: Place, n: int) -> str:
    return _("n = {n}; {filter}").format(n=show_count(n), filter=place.words)
