"""Which versions and deliveries are counted together where groups are compared."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.definition.instrument import version_order
from survey_app.reports.group_points import GroupPoints
from survey_app.reports.grouping import DELIVERY, VERSION
from survey_app.reports.responses import INTERVIEWER, SELF


@dataclass(frozen=True)
class Scope:
    """The counts of one pool: of its versions and deliveries alone."""

    counts: GroupPoints
    versions: tuple[str, ...]
    deliveries: tuple[str, ...]
    language: str

    def holds(self, version: str, delivery: str) -> bool:
        """Whether responses of a version and delivery are in it."""
        return version in self.versions and delivery in self.deliveries


def find_scopes(counts: GroupPoints, language: str) -> Iterator[Scope]:
    """Yield what is compared with each other, self-delivery first, newest first.

    Versions are pooled within one major version and one delivery, as Likert items are, but for
    what is compared: versions are compared over all, and deliveries with each other.
    """
    by = counts.grouping.by
    seen = {(version, delivery) for version, delivery, _code in (*counts.groups, *counts.outside)}
    keys = {
        ("" if by == DELIVERY else delivery, 0 if by == VERSION else version_order(version)[0])
        for version, delivery in seen
    }
    for delivery, major in sorted(keys, key=lambda key: (key[0] == INTERVIEWER, -key[1])):
        versions = {
            version
            for version, driven in seen
            if delivery in {"", driven} and (by == VERSION or version_order(version)[0] == major)
        }
        yield Scope(
            counts,
            tuple(sorted(versions, key=version_order, reverse=True)),
            (delivery,) if delivery else (SELF, INTERVIEWER),
            language,
        )
