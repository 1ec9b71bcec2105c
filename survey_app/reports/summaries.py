"""Summaries of responses, pooled over the versions that may be pooled.

Versions are pooled within one major version and one delivery: a new major version says that the
meaning changed, and an interviewer's answers come about differently.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.items.base import Item
from survey_app.definition.shapes import Answer, Answers, Numbers, Summary
from survey_app.reports.dataset import Layout, complete_answers, find_placed
from survey_app.reports.merging import merge_summaries
from survey_app.reports.responses import IN_PROGRESS, SELF, WITHDRAWN, ResponseRow

BATCH = 500

Running = Summary | Counter[Answer]
"""An item's summary up to now; where it needs the numbers, each different number and how often."""


@dataclass(frozen=True, kw_only=True)
class Pool:
    """The summaries of all items over pooled versions, newest first, in one delivery.

    `parts` are those of each version by itself, by item, which pooled ones cannot be told from:
    without those of numbers, and of items that nobody has come to.
    """

    instruments: tuple[Instrument, ...]
    delivery: str
    responses: int
    in_progress: int
    summaries: tuple[Summary, ...]
    parts: Mapping[str, Mapping[str, Summary]] = field(default_factory=dict)


@dataclass
class _VersionTally:
    """What the responses of one version and delivery come to."""

    responses: int = 0
    in_progress: int = 0
    batch: list[ResponseRow] = field(default_factory=list)
    running: dict[str, Running] = field(default_factory=dict)


class Pooling:
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

        Without any response there is one empty pool of the newest major version.
        """
        newest = self._layout.instruments[0].version
        tallies = self._tallies or {(newest, SELF): _VersionTally()}
        for tally in tallies.values():
            _count_batch(self._layout, tally)
        return tuple(_make_pools(self._layout, tallies))


def pool_summaries(layout: Layout, responses: Iterable[ResponseRow]) -> tuple[Pool, ...]:
    """Return the pools of responses, which are read once."""
    pooling = Pooling(layout)
    for response in responses:
        pooling.add(response)
    return pooling.pools()


def _count_batch(layout: Layout, tally: _VersionTally) -> None:
    if not tally.batch:
        return
    for item, _places in find_placed(layout, tally.batch[0]):
        answers = [complete_answers(layout, item, response) for response in tally.batch]
        found = _count_item(item, answers)
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
    keys = {(delivery, version_order(version)[0]) for version, delivery in tallies}
    for delivery, major in sorted(keys, key=lambda key: (key[0] != SELF, -key[1])):
        members = [
            (instrument, tallies[instrument.version, delivery])
            for instrument in layout.instruments
            if version_order(instrument.version)[0] == major
            and (instrument.version, delivery) in tallies
        ]
        yield Pool(
            instruments=tuple(instrument for instrument, _tally in members),
            delivery=delivery,
            responses=sum(tally.responses for _instrument, tally in members),
            in_progress=sum(tally.in_progress for _instrument, tally in members),
            summaries=tuple(_finish(members)),
            parts={each.version: _keep_summaries(tally) for each, tally in members},
        )


def _keep_summaries(tally: _VersionTally) -> dict[str, Summary]:
    return {key: each for key, each in tally.running.items() if not isinstance(each, Counter)}


def _finish(members: list[tuple[Instrument, _VersionTally]]) -> Iterator[Summary]:
    items: dict[str, Item] = {}
    for instrument, _tally in members:
        for item in instrument.items:
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
