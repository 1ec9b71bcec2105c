"""Responses counted group by group, and the questions in which the groups are compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from survey_app.definition.instrument import version_order
from survey_app.definition.shapes import Counts, Grid
from survey_app.reports.dataset import Layout, sort_versions
from survey_app.reports.grouping import (
    DELIVERY,
    VERSION,
    find_membership,
    name_group,
    order_groups,
)
from survey_app.reports.merging import merge_summaries
from survey_app.reports.panels import Compared, Panels
from survey_app.reports.responses import WITHDRAWN, Grouping, ResponseRow
from survey_app.reports.summaries import Pool, Pooling
from survey_app.translations import gettext as _

Pools = Mapping[str, Pool]
"""Those of one delivery and main version, by the code of the group."""


@dataclass(kw_only=True)
class GroupCounts:
    """Counts responses by group while others read them."""

    grouping: Grouping
    layout: Layout
    outside: int = 0
    _groups: dict[str, Pooling] = field(default_factory=dict)

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses and count them; raise ReportError if a version is missing."""
        for response in responses:
            if response.state != WITHDRAWN:
                member = find_membership(self.grouping, self.layout, response)
                if member.reason:
                    self.outside += 1
                else:
                    pooling = self._groups.setdefault(member.code, Pooling(self.layout))
                    pooling.add(response)
            yield response

    def panels(self, language: str) -> tuple[Panels, ...]:
        """Return every battery and list in its groups, in the order of the questions."""
        places: dict[tuple[str, int], dict[str, Pool]] = {}
        for code in order_groups(self.grouping, self._groups):
            for pool in self._groups[code].pools():
                places.setdefault(self._find_place(pool), {})[code] = pool
        return tuple(
            self._compare(item, pools, "".join(f"-{part}" for part in place if part), language)
            for place, pools in places.items()
            for item in _list_items(pools)
            if item != self.grouping.by
        )

    def _find_place(self, pool: Pool) -> tuple[str, int]:
        """Return the delivery and the main version, which are kept apart unless compared."""
        delivery = "" if self.grouping.by == DELIVERY else pool.delivery
        return delivery, 0 if self.grouping.by == VERSION else _find_order(pool)[0]

    def _compare(self, item: str, pools: Pools, suffix: str, language: str) -> Panels:
        asked = {code: found for code, pool in pools.items() if (found := _find(pool, item))}
        newest = asked[max(asked, key=lambda code: _find_order(pools[code]))]
        alike = {code: each for code, each in asked.items() if _is_alike(newest, each)}
        whole = _clear(reduce(_merge, [newest, *alike.values()]))
        versions = {each.version: each for pool in pools.values() for each in pool.instruments}
        deliveries = {pool.delivery for pool in pools.values()}
        others = [self._name(code, language) for code in asked if code not in alike]
        return Panels(
            key=f"{item}{suffix}",
            whole=whole,
            groups=tuple(
                (self._name(code, language), _merge(whole, each)) for code, each in alike.items()
            ),
            instruments=sort_versions(versions.values()),
            delivery=deliveries.pop() if len(deliveries) == 1 else "",
            responses=sum(pool.responses for pool in pools.values()),
            remarks=tuple(self._remark(others)),
        )

    def _name(self, code: str, language: str) -> str:
        words = name_group(self.grouping, code, language)
        is_version = self.grouping.by == VERSION
        return _("version {version}").format(version=words) if is_version else words

    def _remark(self, others: list[str]) -> Iterator[str]:
        if others:
            words = _("asked on another scale and not shown: {groups}")
            yield words.format(groups=", ".join(others))
        if self.outside:
            yield _("{n} in no group").format(n=self.outside)


def _list_items(pools: Pools) -> tuple[str, ...]:
    """Return the questions that any group was asked, in the order of the newest version."""
    newest_first = sorted(pools.values(), key=_find_order, reverse=True)
    items = (each.item for pool in newest_first for each in pool.summaries if _is_compared(each))
    return tuple(dict.fromkeys(items))


def _is_compared(summary: object) -> bool:
    return isinstance(summary, Grid | Counts)


def _find(pool: Pool, item: str) -> Compared | None:
    for summary in pool.summaries:
        if summary.item == item and isinstance(summary, Grid | Counts):
            return summary
    return None


def _find_order(pool: Pool) -> tuple[int, ...]:
    return version_order(pool.instruments[0].version)


def _is_alike(newest: Compared, other: Compared) -> bool:
    """Whether the same bars mean the same: points may not differ, options may be added."""
    if isinstance(newest, Grid) and isinstance(other, Grid):
        codes = [[code for code, _text in each.levels] for each in (newest, other)]
        return newest.direction == other.direction and codes[0] == codes[1]
    if isinstance(newest, Counts) and isinstance(other, Counts):
        return newest.multiple == other.multiple
    return False


def _merge(newer: Compared, older: Compared) -> Compared:
    merged = merge_summaries(newer, older)
    assert isinstance(merged, Grid | Counts)
    return merged


def _clear(summary: Compared) -> Compared:
    """Return a summary that counts nobody."""
    if isinstance(summary, Counts):
        levels = tuple(replace(level, count=0) for level in summary.levels)
        return replace(summary, levels=levels, n=0, missing={})
    rows = (replace(row, counts=(0,) * len(row.counts), n=0, missing={}) for row in summary.rows)
    return replace(summary, rows=tuple(rows))
