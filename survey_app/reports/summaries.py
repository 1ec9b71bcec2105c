"""Summaries of responses, pooled over the versions that may be pooled.

Versions are pooled as the layout's pooling says, question by question, and within one delivery: an
interviewer's answers come about differently.
"""

from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.items.base import Item
from survey_app.definition.shapes import Answer, Answers, Numbers, Summary
from survey_app.reports.dataset import Layout, complete_answers, find_placed
from survey_app.reports.merging import merge_summaries
from survey_app.reports.recoding import (
    Crosswalk,
    find_crosswalk,
    find_crosswalks,
    recode_summary,
)
from survey_app.reports.responses import IN_PROGRESS, SELF, WITHDRAWN, ResponseRow

BATCH = 500

Members = tuple[str, ...]
"""The versions that are pooled, newest first."""

Running = Summary | Counter[Answer]
"""An item's summary up to now; where it needs the numbers, each different number and how often."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The summaries of the items whose versions are pooled alike, in one delivery.

    `instruments` are the versions with responses, newest first. Where something was decided for one
    question, it has a pool of its own, in which responses are counted that others count too.
    `parts` are those of each version by itself, by item, which pooled ones cannot be told from:
    without those of numbers, and of items that nobody has come to. `crosswalks` say by version and
    item what older codes are counted as.
    """

    instruments: tuple[Instrument, ...]
    delivery: str
    responses: int
    in_progress: int
    summaries: tuple[Summary, ...]
    parts: Mapping[str, Mapping[str, Summary]] = field(default_factory=dict)
    crosswalks: Mapping[tuple[str, str], Crosswalk] = field(default_factory=dict)

    def offered(self, version: str, item: str) -> frozenset[str]:
        """Return the codes that a version offers, as what they are counted."""
        asked = next(each for each in self.instruments if each.version == version)
        crosswalk = self.crosswalks.get((version, item))
        codes = asked.items_by_key[item].codes()
        return frozenset(map(crosswalk.translate, codes) if crosswalk else codes)


@dataclass
class _VersionTally:
    """What the responses of one version and delivery come to."""

    responses: int = 0
    in_progress: int = 0
    batch: list[ResponseRow] = field(default_factory=list)
    running: dict[str, Running] = field(default_factory=dict)


class PoolTally:
    """Counts responses one by one, keeping them in batches only; withdrawn ones do not count."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._tallies: dict[tuple[str, str], _VersionTally] = {}

    def add(self, response: ResponseRow) -> None:
        """Count a response."""
        if response.state == WITHDRAWN:
            return
        tally = self._tallies.setdefault((response.version, response.delivery), _VersionTally())
        tally.responses += 1
        tally.in_progress += response.state == IN_PROGRESS
        tally.batch.append(response)
        if len(tally.batch) == BATCH:
            _count_batch(self._layout, tally)

    def pools(self) -> tuple[Pool, ...]:
        """Return the pools, self-delivery first, newest first.

        Without any response there is one empty pool of the newest version.
        """
        newest = self._layout.instruments[0].version
        tallies = self._tallies or {(newest, SELF): _VersionTally()}
        for tally in tallies.values():
            _count_batch(self._layout, tally)
        return tuple(_make_pools(self._layout, tallies))


def pool_summaries(layout: Layout, responses: Iterable[ResponseRow]) -> tuple[Pool, ...]:
    """Return the pools of responses, which are read once."""
    tally = PoolTally(layout)
    for response in responses:
        tally.add(response)
    return tally.pools()


def _count_batch(layout: Layout, tally: _VersionTally) -> None:
    if not tally.batch:
        return
    version = tally.batch[0].version
    for item, _places in find_placed(layout, tally.batch[0]):
        answers = [complete_answers(layout, item, response) for response in tally.batch]
        found = _count_item(item, answers)
        crosswalk = find_crosswalk(layout, version, item.key)
        if crosswalk is not None and found is not None and not isinstance(found, Counter):
            found = recode_summary(found, crosswalk)
        if found is not None:
            kept = tally.running.get(item.key)
            tally.running[item.key] = found if kept is None else _join(kept, found)
    tally.batch.clear()


def _count_item(item: Item, answers: list[Answers]) -> Running | None:
    if isinstance(item.summarise([]), Numbers):
        return Counter(each[""] for each in answers)
    return item.summarise(answers)


def _join(newer: Running, older: Running) -> Running:
    if isinstance(newer, Counter) and isinstance(older, Counter):
        return newer + older
    assert not isinstance(newer, Counter)
    assert not isinstance(older, Counter)
    return merge_summaries(newer, older)


def _make_pools(layout: Layout, tallies: dict[tuple[str, str], _VersionTally]) -> Iterator[Pool]:
    for delivery in sorted({delivery for _version, delivery in tallies}, key=lambda d: d != SELF):
        there = {version for version, driven in tallies if driven == delivery}
        pools = find_members(layout, there)
        for members in sorted(pools, key=order_members, reverse=True):
            found = [(layout.by_version[each], tallies[each, delivery]) for each in members]
            yield _make_pool(layout, delivery, found, pools[members])


def find_members(layout: Layout, there: Container[str]) -> dict[Members, set[str]]:
    """Return which of some versions are pooled, and for which questions.

    A question belongs to a pool where one of its versions asks it.
    """
    pools: dict[Members, set[str]] = {}
    for key in dict.fromkeys(key for each in layout.instruments for key in each.items_by_key):
        for group in layout.divide(key).groups:
            members = [each for each in group if each.version in there]
            if any(key in each.items_by_key for each in members):
                pools.setdefault(tuple(each.version for each in members), set()).add(key)
    return pools


def order_members(members: Members) -> tuple[tuple[int, ...], ...]:
    """Return by what pools are put in order: their versions, the newest before all."""
    return tuple(map(version_order, members))


def _make_pool(
    layout: Layout,
    delivery: str,
    members: list[tuple[Instrument, _VersionTally]],
    keys: Collection[str],
) -> Pool:
    versions = [instrument.version for instrument, _tally in members]
    return Pool(
        instruments=tuple(instrument for instrument, _tally in members),
        delivery=delivery,
        responses=sum(tally.responses for _instrument, tally in members),
        in_progress=sum(tally.in_progress for _instrument, tally in members),
        summaries=tuple(_finish(members, keys)),
        parts={each.version: _keep_summaries(tally) for each, tally in members},
        crosswalks=find_crosswalks(layout, versions, keys),
    )


def _keep_summaries(tally: _VersionTally) -> dict[str, Summary]:
    return {key: each for key, each in tally.running.items() if not isinstance(each, Counter)}


def _finish(
    members: list[tuple[Instrument, _VersionTally]], keys: Container[str]
) -> Iterator[Summary]:
    items: dict[str, Item] = {}
    for instrument, _tally in members:
        for item in instrument.items:
            if item.key in keys:
                items.setdefault(item.key, item)
    for key, item in items.items():
        parts = [tally.running[key] for _instrument, tally in members if key in tally.running]
        summary = _finish_item(item, parts)
        if summary is not None:
            yield summary


def _finish_item(item: Item, parts: list[Running]) -> Summary | None:
    if not parts:
        return item.summarise([])
    total = parts[0]
    for part in parts[1:]:
        total = _join(total, part)
    if isinstance(total, Counter):
        return item.summarise({"": answer} for answer in total.elements())
    return total
