"""Saturation: after how many interviews hardly anything new was said."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.translations import gettext as _

BASE = 4
"""The interviews whose new information all later is measured by."""
RUN = 2
"""How many interviews in a row must bring little that is new."""
THRESHOLD = 0.05
"""At most this share of the base's information counts as little; 0 where nothing may be new."""


@dataclass(frozen=True, kw_only=True)
class Saturation:
    """After how many interviews it was reached, or None, with `why_none`.

    `found` is what the base brought. `shares` are those of each run that follows the base, the
    first beginning right after it and each later one an interview on: what the run brought that
    was new, divided by `found`.
    """

    reached: int | None
    base: int
    run: int
    threshold: float
    found: int
    shares: tuple[float, ...] = ()
    why_none: str = ""


def find_saturation(
    new: Sequence[int], base: int = BASE, run: int = RUN, threshold: float = THRESHOLD
) -> Saturation:
    """Return when a run of interviews brought no more than `threshold` of what the base did.

    `new` says how many things each interview brought that none before it had, in the order in
    which they were held. Saturation is reached at the first k from `base` on for which
    (new[k+1] + … + new[k+run]) / (new[1] + … + new[base]) <= threshold; it is reported as k, with
    the run that shows it after a plus sign, such as 6+2: Guest, Namey & Chen (2020), "A simple
    method to assess and report thematic saturation in qualitative research", PLOS ONE 15(5),
    e0232076, doi:10.1371/journal.pone.0232076. Raise ValueError for a base or a run below one.
    """
    if base < 1 or run < 1:
        raise ValueError(f"a base of {base} and a run of {run} interviews hold none")
    found = sum(new[:base])
    few = len(new) < base + run
    shares = () if few or not found else _find_shares(new, found, base, run)
    little = (place for place, share in enumerate(shares, base) if share <= threshold)
    reached = next(little, None)
    return Saturation(
        reached=reached,
        base=base,
        run=run,
        threshold=threshold,
        found=found,
        shares=shares,
        why_none="" if reached is not None else _explain_none(len(new), found, base, run),
    )


def _find_shares(new: Sequence[int], found: int, base: int, run: int) -> tuple[float, ...]:
    starts = range(base, len(new) - run + 1)
    return tuple(sum(new[start : start + run]) / found for start in starts)


def _explain_none(interviews: int, found: int, base: int, run: int) -> str:
    if interviews < base + run:
        sentence = _("It takes {least} interviews to tell, and there are {count}.")
        return sentence.format(least=base + run, count=interviews)
    if not found:
        sentence = _("The first {base} interviews brought nothing to measure the others by.")
        return sentence.format(base=base)
    return _("Every run of {run} interviews brought more than that.").format(run=run)
