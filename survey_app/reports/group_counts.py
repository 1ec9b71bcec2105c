"""Responses counted group by group, and the questions in which the groups are compared."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce

from survey_app.definition.pooling import name_group as name_versions
from survey_app.reports.comparison import Grouping, Protection
from survey_app.reports.dataset import Layout, sort_versions
from survey_app.reports.grouping import DELIVERY, VERSION, find_membership, name_group, order_groups
from survey_app.reports.likeness import (
    Pools,
    clear_counts,
    find_compared,
    find_order,
    is_alike,
    is_answered,
    list_compared,
    merge_compared,
)
from survey_app.reports.panels import Panels
from survey_app.reports.protection import OTHERS, Shown, choose_groups, protect
from survey_app.reports.responses import INTERVIEWER, WITHDRAWN, ResponseRow
from survey_app.reports.summaries import Pool, PoolTally
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

Place = tuple[str, str]
"""A delivery and a name for the versions that are pooled; empty where these are compared."""
Places = Mapping[Place, Mapping[str, Pools]]
"""The questions that are asked there, each with the pools of the groups."""


def name_place(place: Place) -> str:
    """Return the end of a key, that tells one place from another."""
    return "".join(f"-{part}" for part in place if part)


@dataclass(kw_only=True)
class GroupCounts:
    """Counts responses by group while others read them."""

    grouping: Grouping
    layout: Layout
    outside: int = 0
    _groups: dict[str, PoolTally] = field(default_factory=dict)

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses and count them; raise ReportError if a version is missing."""
        for response in responses:
            if response.state != WITHDRAWN:
                member = find_membership(self.grouping, self.layout, response)
                self.outside += bool(member.reason)
                if self.grouping.protection or not member.reason:
                    code = OTHERS if member.reason else member.code
                    pooling = self._groups.setdefault(code, PoolTally(self.layout))
                    pooling.add(response)
            yield response

    def panels(self, language: str) -> tuple[Panels, ...]:
        """Return every battery and list in its groups, in the order of the questions.

        What was asked in interviews as probes alone has its numbers with the probes.
        """
        places: dict[Place, dict[str, dict[str, Pool]]] = {}
        for code in order_groups(self.grouping, self._groups):
            for pool in self._groups[code].pools():
                for item in list_compared(pool):
                    found = places.setdefault(self._find_place(pool, item), {})
                    found.setdefault(item, {})[code] = pool
        protection = self.grouping.protection
        if protection:
            return tuple(self._protect_all(places, protection, language))
        return tuple(
            self._compare(item, pools, name_place(place), language)
            for place, items in self._order(places)
            for item, pools in items
            if item != self.grouping.by and self._is_counted(item, pools)
        )

    def _protect_all(
        self, places: Places, protection: Protection, language: str
    ) -> Iterator[Panels]:
        """Yield the questions in groups that might tell who answered, with what is hidden gone.

        Questions of which versions are counted otherwise than of most are left out, and so are
        those that groups were asked on other scales: the same people would be in several sums.
        """
        for place, items in self._order(places):
            usual = [pair for pair in items if pair[0] not in self.layout.pooling.items]
            sizes = {
                code: max(pools[code].responses for _item, pools in usual if code in pools)
                for code in order_groups(self.grouping, self._groups)
                if any(code in pools for _item, pools in usual)
            }
            shown = choose_groups(sizes, protection)
            for item, pools in usual:
                if shown.codes and self._is_counted(item, pools):
                    panels = self._compare(item, pools, name_place(place), language)
                    if len(panels.groups) == len(pools):
                        yield self._protect(panels, pools, shown, language)

    def _protect(self, panels: Panels, pools: Pools, shown: Shown, language: str) -> Panels:
        least = self.grouping.protection.least if self.grouping.protection else 0
        asked = dict(zip(pools, (each for _name, each in panels.groups), strict=True))
        found = protect(panels.whole, asked, shown, least)
        others = ngettext(
            "{count} person is in another group or in none",
            "{count} people are in other groups or in none, which are not shown",
            shown.rest,
        )
        return replace(
            panels,
            groups=tuple((self._name(code, language), each) for code, each in found.items()),
            people=tuple(shown.sizes[code] for code in shown.codes),
            responses=sum(shown.sizes.values()),
            remarks=(others.format(count=shown.rest),) if shown.rest else (),
            protected=least,
        )

    def _order(self, places: Places) -> Iterator[tuple[Place, list[tuple[str, Pools]]]]:
        """Yield the places with their questions, in the order of the newest version."""
        asked = [key for each in self.layout.instruments for key in each.items_by_key]
        for place, items in places.items():
            yield place, sorted(items.items(), key=lambda pair: asked.index(pair[0]))

    def _is_counted(self, item: str, pools: Pools) -> bool:
        if {pool.delivery for pool in pools.values()} != {INTERVIEWER}:
            return True
        asked = (find_compared(pool, item) for pool in pools.values())
        return any(is_answered(each) for each in asked if each is not None)

    def _find_place(self, pool: Pool, item: str) -> Place:
        """Return the delivery and the versions, which are kept apart unless compared."""
        delivery = "" if self.grouping.by == DELIVERY else pool.delivery
        if self.grouping.by == VERSION:
            return delivery, ""
        division = self.layout.divide(item)
        group = division.find_group(pool.instruments[0].version)
        return delivery, name_versions(division.groups, group)

    def _compare(self, item: str, pools: Pools, suffix: str, language: str) -> Panels:
        asked = {
            code: found for code, pool in pools.items() if (found := find_compared(pool, item))
        }
        newest = asked[max(asked, key=lambda code: find_order(pools[code]))]
        alike = {code: each for code, each in asked.items() if is_alike(newest, each)}
        whole = clear_counts(reduce(merge_compared, [newest, *alike.values()]))
        versions = {each.version: each for pool in pools.values() for each in pool.instruments}
        deliveries = {pool.delivery for pool in pools.values()}
        others = [self._name(code, language) for code in asked if code not in alike]
        return Panels(
            key=f"{item}{suffix}",
            whole=whole,
            groups=tuple(
                (self._name(code, language), merge_compared(whole, each))
                for code, each in alike.items()
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
