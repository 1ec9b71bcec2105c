"""The tables of a question: one for each pool of responses."""

from collections.abc import Iterable

from survey_app.definition.items.base import Item, say
from survey_app.definition.reasons import Reason, describe
from survey_app.filtering import delivery_words
from survey_app.storage.records import Spread
from survey_app.translations import gettext as _
from survey_app.web.analyst.distributions import (
    Distribution,
    RowCounts,
    distribute,
    find_pools,
)
from survey_app.web.analyst.incoming_tables import count_kinds
from survey_app.web.analyst.place import Place
from survey_app.web.analyst.tables import (
    Row,
    Table,
    list_words,
    show_count,
    show_number,
    show_percent,
)
from survey_app.web.context import services


def find_item(place: Place, key: str) -> Item | None:
    """Return the newest of the chosen versions' items of that newest key that asks something."""
    for instrument in place.renamed:
        item = instrument.items_by_key.get(key)
        if item is not None and item.columns():
            return item
    return None


def make_question_tables(place: Place, key: str) -> list[Table]:
    """Return how a question was answered, pool by pool; nothing where nothing has come in."""
    decided, desk = place.decided, services().store.desk
    pools = find_pools(place.renamed, count_kinds(place), decided.pooling, key)
    found = (distribute(desk, place.selection, pool, key, decided.lineage) for pool in pools)
    return [_make_table(place, each) for each in found if each is not None]


def _make_table(place: Place, found: Distribution) -> Table:
    row = found.rows[0]
    if not any(each.n for each in found.rows):
        return _make_blank(place, found)
    if len(found.rows) > 1 or (found.levels and row.row):
        return _make_grid(place, found)
    rows = [*_level_rows(place, found, row), *_spread_rows(found.spread)]
    if not rows:
        rows = [
            Row(
                head=_("wrote something"),
                cells=_cells(row.n, found.n),
                share=_share(row.n, found.n),
            )
        ]
    heads = (_("Answer"), _("Number"), _("Of n") if found.levels else _("Of all"))
    remarks = [_("Several could be chosen, so the shares add up to more than 100 %.")]
    return Table(
        caption=say(found.item.text, place.language),
        part=_say_pool(found),
        scope=_scope(place, found, row.n),
        heads=heads if found.spread is None else (_("Figure"), _("Value"), ""),
        rows=(*rows, *_reason_rows(row)),
        remarks=tuple(remarks if found.multiple else ()),
    )


def _make_blank(place: Place, found: Distribution) -> Table:
    """Return why nobody answered: levels of which each has none would hide it."""
    return Table(
        caption=say(found.item.text, place.language),
        part=_say_pool(found),
        scope=_scope(place, found, 0),
        heads=(_("Without an answer"), _("Number"), ""),
        rows=tuple(_reason_rows(found.rows[0])),
    )


def _level_rows(place: Place, found: Distribution, row: RowCounts) -> Iterable[Row]:
    for code, text in found.levels.items():
        count = row.counts.get(code, 0)
        words = say(text, place.language)
        yield Row(head=words, cells=_cells(count, row.n), share=_share(count, row.n))


def _spread_rows(spread: Spread | None) -> Iterable[Row]:
    if spread is None:
        return
    figures = (
        (_("lowest"), spread.minimum),
        (_("lower quartile"), spread.lower_quartile),
        (_("median"), spread.median),
        (_("upper quartile"), spread.upper_quartile),
        (_("highest"), spread.maximum),
        (_("mean"), spread.mean),
    )
    for words, number in figures:
        yield Row(head=words, cells=(show_number(number), ""))


def _reason_rows(row: RowCounts) -> Iterable[Row]:
    for reason in Reason:
        count = row.missing.get(reason, 0)
        if count:
            yield Row(head=describe(reason), cells=(show_count(count), ""), quiet=True)


def _make_grid(place: Place, found: Distribution) -> Table:
    reasons = [reason for reason in Reason if any(row.missing.get(reason) for row in found.rows)]
    rows = []
    for row in found.rows:
        counts = [row.counts.get(code, 0) for code in found.levels]
        cells = [f"{show_count(count)} ({show_percent(count, row.n)})" for count in counts]
        blanks = [show_count(row.missing.get(reason, 0)) for reason in reasons]
        words = say(row.text, place.language)
        rows.append(Row(head=words, cells=(*cells, show_count(row.n), *blanks)))
    levels = [say(text, place.language) for text in found.levels.values()]
    return Table(
        caption=say(found.item.text, place.language),
        part=_say_pool(found),
        scope=_scope(place, found, None),
        heads=(_("Asked"), *levels, "n", *(describe(reason) for reason in reasons)),
        rows=tuple(rows),
        remarks=(_("Per cent are of the n of their row: those who chose any."),),
    )


def _cells(count: int, n: int) -> tuple[str, ...]:
    return show_count(count), show_percent(count, n)


def _share(count: int, n: int) -> float:
    return count / n if n else 0.0


def _say_pool(found: Distribution) -> str:
    versions = [each.version for each in found.pool.versions]
    words = _("{delivery}, version {versions}")
    if len(versions) > 1:
        words = _("{delivery}, versions {versions}")
    delivery = delivery_words()[found.pool.delivery]
    return words.format(delivery=delivery, versions=list_words(versions))


def _scope(place: Place, found: Distribution, n: int | None) -> str:
    base = show_count(found.n)
    if n is None:
        return _("{base} responses that are not withdrawn; {filter}").format(
            base=base, filter=place.words
        )
    return _("n = {n} of {base} responses that are not withdrawn; {filter}").format(
        n=show_count(n), base=base, filter=place.words
    )
