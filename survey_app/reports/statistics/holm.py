"""Many tests at once: p-values adjusted over their family."""

from collections.abc import Sequence


def adjust_holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return adjusted p-values in the same order; None stays None and is not of the family.

    The i-th smallest of m is multiplied by m − i + 1, is never below the one before and never above
    1: Holm (1979), "A simple sequentially rejective multiple test procedure", Scandinavian Journal
    of Statistics 6, 65-70.
    """
    ordered = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for passed, (p, place) in enumerate(ordered):
        highest = min(max(highest, p * (len(ordered) - passed)), 1.0)
        adjusted[place] = highest
    return tuple(adjusted)
