"""The numbers that scales are made of, kept in the counting pass: four bytes an answer.

Those of items that know decimals take eight. Nothing is kept of versions whose definition
declares no scale.
"""

from collections.abc import Iterable, Iterator

from survey_app.definition.instrument import version_order
from survey_app.reports.dataset import Layout
from survey_app.reports.responses import SELF, WITHDRAWN, ResponseRow
from survey_app.reports.scale_pools import ScalePool


class ScaleValues:
    """Keeps what scales need of the responses that pass by; withdrawn ones do not count."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._pools: dict[tuple[str, int], ScalePool | None] = {}

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses, so that one reading serves those who take them as well."""
        for response in responses:
            if response.state != WITHDRAWN:
                pool = self._find_pool(response)
                if pool is not None:
                    pool.add(response)
            yield response

    def take_pools(self) -> tuple[ScalePool, ...]:
        """Return the pools with scales and keep them no longer.

        Self-delivery first, newest first, as Likert items have. Without any response there is an
        empty one of the newest major version.
        """
        pools, self._pools = self._pools, {}
        if not pools:
            newest = version_order(self._layout.instruments[0].version)
            pools[SELF, newest[0]] = self._make_pool(SELF, newest[0])
        keys = sorted(pools, key=lambda key: (key[0] != SELF, -key[1]))
        return tuple(pool for key in keys if (pool := pools[key]) is not None)

    def _find_pool(self, response: ResponseRow) -> ScalePool | None:
        key = response.delivery, version_order(response.version)[0]
        if key not in self._pools:
            self._pools[key] = self._make_pool(*key)
        return self._pools[key]

    def _make_pool(self, delivery: str, major: int) -> ScalePool | None:
        same = (e for e in self._layout.instruments if version_order(e.version)[0] == major)
        newest = next(same, None)
        names = {name for scale in newest.analysis.scales for name in scale.items} if newest else ()
        if newest is None or not names:
            return None
        columns = tuple(column for column in newest.columns if column.name in names)
        return ScalePool(newest=newest, delivery=delivery, columns=columns)
