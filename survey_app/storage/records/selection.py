"""Which responses are looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Conditions:
    """What must hold for a response; whatever is empty sets no condition, and all must hold.

    ``since`` and ``until`` are the first and the last day, such as ``2026-03-01`` in UTC, on which
    a response was begun. ``groups`` are pairs of items and codes: one of the codes was the
    answer to one of the items, which are one question under all its names.
    """

    deliveries: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    groups: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = ()


EVERY = Conditions()
"""No condition at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """Which responses: of a study and an instrument, of some versions, with tests or without.

    ``conditions`` narrow them further.
    """

    study: str
    instrument: str
    versions: tuple[str, ...]
    include_test: bool = False
    conditions: Conditions = EVERY
