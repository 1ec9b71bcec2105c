"""Which versions and deliveries are counted together where groups are compared."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from survey_app.reports.group_points import GroupPoints
from survey_app.reports.grouping import DELIVERY, VERSION
from survey_app.reports.responses import INTERVIEWER, SELF
from survey_app.reports.summaries import Members, find_members, order_members


@dataclass(frozen=True)
class Scope:
    """The counts of one pool: of its versions and deliveries alone, and of its questions."""

    counts: GroupPoints
    versions: tuple[str, ...]
    deliveries: tuple[str, ...]
    items: Collection[str]
    language: str

    def holds(self, version: str, delivery: str) -> bool:
        """Whether responses of a version and delivery are in it."""
        return version in self.versions and delivery in self.deliveries


def find_scopes(counts: GroupPoints, language: str) -> Iterator[Scope]:
    """Yield what is compared with each other, self-delivery first, newest first.

    Versions are pooled as Likert items are, within one delivery, but for what is compared: versions
    are compared over all, and deliveries with each other.
    """
    by = counts.grouping.by
    seen = {(version, delivery) for version, delivery, _code in (*counts.groups, *counts.outside)}
    found = {"" if by == DELIVERY else delivery for _version, delivery in seen}
    for delivery in sorted(found, key=lambda each: each == INTERVIEWER):
        there = {version for version, driven in seen if delivery in {"", driven}}
        pools = _find_pools(counts, there)
        for members in sorted(pools, key=order_members, reverse=True):
            deliveries = (delivery,) if delivery else (SELF, INTERVIEWER)
            yield Scope(counts, members, deliveries, pools[members], language)


def _find_pools(counts: GroupPoints, there: set[str]) -> dict[Members, set[str]]:
    layout = counts.layout
    if counts.grouping.by != VERSION:
        return find_members(layout, there)
    keys = {key for version in there for key in layout.by_version[version].items_by_key}
    return {tuple(version for version in layout.by_version if version in there): keys}
