"""A pooling rule: what somebody decided about versions that are counted together, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from survey_app.definition.instrument import version_order
from survey_app.definition.shapes import Json


@dataclass(frozen=True, kw_only=True)
class PoolingRule:
    """One decision. With `pool` the versions are counted together, without it apart.

    Where `pool` is None it takes back what was decided before of the same versions and the same
    item. `item` is empty for all items. `codes` is a stated crosswalk: an older version's code is
    counted as a code of the newest of the versions. `by` and `at` are who decided and when, in
    text, where that is known.
    """

    versions: tuple[str, ...]
    pool: bool | None
    item: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    by: str = ""
    at: str = ""

    @property
    def about(self) -> tuple[str, frozenset[str]]:
        """What it is about: of two rules about the same the later one stands."""
        return self.item, frozenset(self.versions)

    @property
    def newest_first(self) -> tuple[str, ...]:
        """The versions, newest first."""
        return tuple(sorted(set(self.versions), key=version_order, reverse=True))

    def is_like(self, other: "PoolingRule") -> bool:
        """Whether another says the same for the same reason, whoever said it and when."""
        return self.to_json() == other.to_json() and self.reason == other.reason

    def to_json(self) -> dict[str, Json]:
        """Return what it says, as it is stored; its reason, person and time stand beside that."""
        said: dict[str, Json] = {"versions": [*self.newest_first[::-1]], "pool": self.pool}
        if self.item:
            said["item"] = self.item
        if self.codes:
            said["codes"] = {**self.codes}
        return said


def make_rule(said: Mapping[str, Any], reason: str = "", by: str = "", at: str = "") -> PoolingRule:
    """Return the rule that `to_json` made `said` of, with what stood beside it."""
    return PoolingRule(
        versions=tuple(said["versions"]),
        pool=said["pool"],
        item=said.get("item", ""),
        codes=said.get("codes", {}),
        reason=reason,
        by=by,
        at=at,
    )
