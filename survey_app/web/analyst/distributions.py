"""How a question was answered, counted by the database.

Versions are added up as the pooling says, as in the workbook and the charts, and within one
delivery: an interviewer's answers come about differently. Withdrawn responses have no answers and
are not in the base.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item
from survey_app.definition.lineage import NO_LINEAGE, Lineage
from survey_app.definition.pooling import BY_NUMBERS, Pooling
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Counts, Grid, Numbers, Texts
from survey_app.definition.text import Text
from survey_app.storage.records import KindCount, Selection, Spread, ValueCount
from survey_app.storage.store.desk import Desk
from survey_app.web.analyst.counted import Count, Question

WHOLE_ITEMS = {
    "refused": Reason.REFUSED,
    "dont_know": Reason.DONT_KNOW,
    "not_applicable": Reason.NOT_RELEVANT,
}
"""What an interviewer can say of a whole item, as the reason for a blank."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The versions that are counted together, newest first, in one delivery, and their responses.

    `base` is how many there are of each version, `codes` what a version's codes are counted as.
    """

    delivery: str
    versions: tuple[Instrument, ...]
    base: Mapping[str, int]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RowCounts:
    """One row of a question: how often each code was stored, n, and the blanks by reason."""

    row: str
    text: Text
    counts: Mapping[str, int]
    n: int
    missing: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class Distribution:
    """How a pool's responses answered an item, in the words of its newest version.

    A list has one row and may be `multiple`; a battery has several; a number has a `spread`.
    """

    pool: Pool
    item: Item
    n: int
    levels: Mapping[str, Text] = field(default_factory=dict)
    rows: tuple[RowCounts, ...] = ()
    multiple: bool = False
    spread: Spread | None = None


def find_pools(
    versions: Iterable[Instrument],
    kinds: Iterable[KindCount],
    pooling: Pooling = BY_NUMBERS,
    item: str = "",
) -> list[Pool]:
    """Return the pools of a question in which there are responses.

    By themselves first, newest first.
    """
    base: Counter[tuple[str, str]] = Counter()
    for kind in kinds:
        if kind.state != "withdrawn":
            base[kind.delivery, kind.version] += kind.count
    division = pooling.divide(versions, item)
    pools = []
    for delivery in ("self", "interviewer"):
        for group in division.groups:
            members = tuple(each for each in group if base[delivery, each.version])
            if members:
                counts = {each.version: base[delivery, each.version] for each in members}
                pools.append(
                    Pool(delivery=delivery, versions=members, base=counts, codes=division.codes)
                )
    return pools


def distribute(
    desk: Desk, selection: Selection, pool: Pool, key: str, lineage: Lineage = NO_LINEAGE
) -> Distribution | None:
    """Count an item in a pool; None if none of the pool's versions asks it.

    The versions have the newest keys; `lineage` tells under which they asked.
    """
    asking = [each for each in pool.versions if key in each.items_by_key]
    if not asking:
        return None
    items = [each.items_by_key[key] for each in asking]
    narrowed = replace(
        selection,
        versions=tuple(each.version for each in asking),
        conditions=replace(selection.conditions, deliveries=(pool.delivery,)),
    )
    question = Question(desk=desk, selection=narrowed, key=key, lineage=lineage, codes=pool.codes)
    base = sum(pool.base[each.version] for each in asking)
    return _Counting(question=question, pool=pool, items=items, base=base).distribute()


@dataclass(frozen=True, kw_only=True)
class _Counting:
    """An item's versions, newest first, and the responses of which they are counted."""

    question: Question
    pool: Pool
    items: list[Item]
    base: int

    @property
    def desk(self) -> Desk:
        return self.question.desk

    @property
    def versions(self) -> tuple[str, ...]:
        return self.question.selection.versions

    @property
    def item(self) -> Item:
        return self.items[0]

    def distribute(self) -> Distribution | None:
        shape = self.item.summarise([])
        match shape:
            case None:
                return None
            case Counts():
                return self._choose(multiple=shape.multiple)
            case Grid():
                return self._rank() if self._is_ranked() else self._scale()
            case Numbers() | Texts():
                return self._write(shape)
            case _:
                assert_never(shape)

    def _choose(self, *, multiple: bool) -> Distribution:
        if not multiple:
            stored = self._read(self.desk.values)
            return self._finish(self._join_codes(), [("", self.item.text, stored)])
        levels = self._join_codes(options=True)
        asked = self._list_options()
        found = self._read(lambda chosen, key: self.desk.codes(chosen, key, asked))
        found += self._read(self.desk.given)
        return replace(self._finish(levels, [("", self.item.text, found)]), multiple=True)

    def _write(self, shape: Numbers | Texts) -> Distribution:
        stored = self._read(self.desk.given)
        made = self._finish({}, [("", self.item.text, stored)])
        if isinstance(shape, Texts):
            return made
        return replace(made, spread=self.question.spread())

    def _read(self, count: Count) -> list[ValueCount]:
        return self.question.count(count)

    def _list_options(self) -> list[str]:
        """Return the options as the versions have them."""
        columns = (column for item in self.items for column in item.columns())
        return list(dict.fromkeys(column.option for column in columns if column.option))

    def _join_codes(self, *, options: bool = False) -> dict[str, Text]:
        """Return the codes of all versions with their newest words, the newest version's first."""
        found: dict[str, Text] = {}
        for version, item in zip(self.versions, self.items, strict=True):
            for column in item.columns():
                words = column.codes
                if options:
                    words = {column.option: column.label or column.text} if column.option else {}
                for code, text in words.items():
                    found.setdefault(self.question.translate(version, code), text)
        return found

    def _is_ranked(self) -> bool:
        return any(column.option for column in self.item.columns())

    def _scale(self) -> Distribution:
        texts: dict[str, Text] = {}
        for item in self.items:
            for column in item.columns():
                texts.setdefault(column.row, column.label or column.text)
        stored = self._read(self.desk.values)
        rows = [
            (row, text, [each for each in stored if each.row == row]) for row, text in texts.items()
        ]
        return self._finish(self._join_codes(), rows)

    def _rank(self) -> Distribution:
        options = self._join_codes(options=True)
        found = self._read(lambda chosen, key: self.desk.places(chosen, key, list(options)))
        stored = self._read(self.desk.given)
        given = sum(each.count for each in stored if each.reason is None)
        blanks = [each for each in stored if each.reason is not None]
        rows = []
        for option, text in options.items():
            places = [replace(each, code=str(each.place)) for each in found if each.code == option]
            unplaced = given - sum(each.count for each in places)
            left = replace(places[0], code=None, reason=str(Reason.UNANSWERED), count=unplaced)
            rows.append((option, text, [*places, *blanks, left]))
        levels = {str(place): Text.plain(str(place)) for place in range(1, len(options) + 1)}
        return self._finish(levels, rows)

    def _finish(
        self, levels: dict[str, Text], rows: list[tuple[str, Text, list[ValueCount]]]
    ) -> Distribution:
        return Distribution(
            pool=self.pool,
            item=self.item,
            n=self.base,
            levels=levels,
            rows=tuple(self._finish_row(row, text, found) for row, text, found in rows),
        )

    def _finish_row(self, row: str, text: Text, found: list[ValueCount]) -> RowCounts:
        counts: Counter[str] = Counter()
        missing: Counter[str] = Counter()
        for each in found:
            if each.reason is not None:
                missing[each.reason] += each.count
            elif each.code is not None:
                counts[each.code] += each.count
        given = [each.count for each in found if each.reason is None and each.code is None]
        n = sum(given) if given or not counts else counts.total()
        self._add_gaps(missing, self._base_of(row) - n - missing.total())
        return RowCounts(row=row, text=text, counts=counts, n=n, missing=+missing)

    def _base_of(self, row: str) -> int:
        """Return how many responses are of versions that have a row."""
        rows = [{each.row or each.option for each in item.columns()} for item in self.items]
        has_row = [not row or row in found for found in rows]
        bases = [self.pool.base[version] for version in self.versions]
        return sum(base for base, has in zip(bases, has_row, strict=True) if has)

    def _add_gaps(self, missing: Counter[str], gaps: int) -> None:
        """Say why nothing at all is stored, as the workbook does."""
        if self.pool.delivery == "interviewer" and gaps:
            topic = self.item.topic()
            if topic is not None and topic.probes:
                missing[Reason.ASKED_AS_PROBES] += gaps
                return
            for each in self._read(self.desk.whole):
                reason = WHOLE_ITEMS.get(each.reason or "")
                if reason is not None:
                    missing[reason] += each.count
                    gaps -= each.count
        missing[Reason.NOT_REACHED] += gaps
