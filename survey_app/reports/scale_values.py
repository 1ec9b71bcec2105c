"""The numbers that scales are made of, kept in the counting pass: four bytes an answer.

Those of items that know decimals take eight. Nothing is kept of versions whose definition
declares no scale.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from survey_app.definition.analysis import ScaleScore
from survey_app.reports.dataset import Layout
from survey_app.reports.recoding import find_crosswalks
from survey_app.reports.responses import SELF, WITHDRAWN, ResponseRow
from survey_app.reports.summaries import Members, order_members

if TYPE_CHECKING:
    from survey_app.reports.scale_pools import ScalePool


class ScaleValues:
    """Keeps what scales need of the responses that pass by; withdrawn ones do not count."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._plans = _plan_pools(layout)
        self._pools: dict[tuple[str, Members], ScalePool] = {}

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses, so that one reading serves those who take them as well."""
        members = {
            version: [each for each in self._plans if version in each]
            for version in self._layout.by_version
        }
        for response in responses:
            if response.state != WITHDRAWN:
                for each in members.get(response.version, ()):
                    self._find_pool(response.delivery, each).add(response)
            yield response

    def take_pools(self) -> tuple["ScalePool", ...]:
        """Return the pools with scales and keep them no longer.

        Self-delivery first, newest first, as Likert items have. Without any response there are
        empty ones of the newest version.
        """
        if not self._pools:
            newest = self._layout.instruments[0].version
            for members in self._plans:
                if newest in members:
                    self._find_pool(SELF, members)
        pools, self._pools = self._pools, {}
        newest_first = sorted(pools, key=lambda key: order_members(key[1]), reverse=True)
        return tuple(pools[key] for key in sorted(newest_first, key=lambda key: key[0] != SELF))

    def _find_pool(self, delivery: str, members: Members) -> "ScalePool":
        if (delivery, members) not in self._pools:
            self._pools[delivery, members] = self._make_pool(delivery, members)
        return self._pools[delivery, members]

    def _make_pool(self, delivery: str, members: Members) -> "ScalePool":
        scales = self._plans[members]
        names = {name for scale in scales for name in scale.items}
        newest = self._layout.by_version[members[0]]
        columns = tuple(column for column in newest.columns if column.name in names)
        # NumPy, too, is loaded where there is something to compute.
        from survey_app.reports.scale_pools import ScalePool

        return ScalePool(
            scales=scales,
            delivery=delivery,
            columns=columns,
            crosswalks=find_crosswalks(self._layout, members, {each.item for each in columns}),
        )


def _plan_pools(layout: Layout) -> dict[Members, tuple[ScaleScore, ...]]:
    """Return the versions over which scales are pooled: where all of their items are.

    Their scales are those that the newest of these versions declares.
    """
    plans: dict[Members, tuple[ScaleScore, ...]] = {}
    for newest in layout.instruments:
        for scale in newest.analysis.scales:
            keys = {newest.columns_by_name[name].item for name in scale.items}
            groups = [layout.divide(key).find_group(newest.version) for key in keys]
            shared = set.intersection(*({each.version for each in group} for group in groups))
            members = tuple(version for version in layout.by_version if version in shared)
            if members[0] == newest.version:
                plans[members] = (*plans.get(members, ()), scale)
    return plans
