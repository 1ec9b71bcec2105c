"""Scores of scales: items turned the same way and put together for each respondent."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from survey_app.definition.analysis import Bounds, MissingRule, ScaleScore
from survey_app.translations import gettext as _

Block = NDArray[np.float64]
"""Respondents, a row each, with a column for each item in the scale's order; NaN is no answer."""


@dataclass(frozen=True, kw_only=True)
class Score:
    """A respondent's score, or None by the rule; `answered` of `of` items went into it."""

    value: float | None
    answered: int
    of: int


def describe_rule(rule: MissingRule, language: str | None = None) -> str:
    """Return which respondents get a score, as it stands beside the scores."""
    words: dict[MissingRule, str] = {
        "complete": _("a score only where every item was answered", language),
        "half": _("a score where at least half of the items were answered", language),
        "available": _("a score where any item was answered", language),
    }
    return words[rule]


def reverse(value: float, bounds: Bounds) -> float:
    """Return min + max − x, with the bounds of the instrument and never those of the data.

    Raise ValueError for a value outside them.
    """
    low, high = bounds
    if not low <= value <= high:
        raise ValueError(f"{value} is not between {low} and {high}")
    return low + high - value


def align_row(scale: ScaleScore, row: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return a respondent's answers, in the order of the items, all running the same way."""
    return tuple(
        reverse(value, scale.bounds[item]) if value is not None and item in scale.reverse else value
        for item, value in zip(scale.items, row, strict=True)
    )


def score_row(scale: ScaleScore, row: Sequence[float | None]) -> Score:
    """Return the score of a respondent's answers, which are as the instrument stores them.

    The mean of the items that were answered; a sum is that mean times the number of items, so that
    it means the same whoever left one out. The rule of half: Fairclough & Cella (1996),
    "Functional Assessment of Cancer Therapy (FACT-G): non-response to individual questions",
    Quality of Life Research 5.
    """
    given = [value for value in align_row(scale, row) if value is not None]
    answered, of = len(given), len(scale.items)
    if answered < _find_least(scale):
        return Score(value=None, answered=answered, of=of)
    total = fsum(given)
    value = total / answered if scale.score == "mean" else total * of / answered
    return Score(value=value, answered=answered, of=of)


def align_block(scale: ScaleScore, block: Block) -> Block:
    """Return many respondents' answers, all running the same way, as `align_row` does one's.

    What lies outside an item's bounds counts as no answer: another version may have offered more.
    """
    lows, highs = np.array([scale.bounds[item] for item in scale.items], dtype=np.float64).T
    turned = np.array([item in scale.reverse for item in scale.items])
    known = np.where((block >= lows) & (block <= highs), block, np.nan)
    return np.where(turned, lows + highs - known, known)


def score_block(scale: ScaleScore, aligned: Block) -> Block:
    """Return the scores of many respondents, NaN by the rule, as `score_row` does one's."""
    answered = (~np.isnan(aligned)).sum(axis=1)
    counting = answered >= _find_least(scale)
    totals = np.nansum(aligned, axis=1)
    of = 1 if scale.score == "mean" else len(scale.items)
    scores = np.full(len(aligned), np.nan)
    np.divide(totals * of, answered, out=scores, where=counting)
    return scores


def _find_least(scale: ScaleScore) -> int:
    """Return how many items must have been answered for a score."""
    of = len(scale.items)
    least: dict[MissingRule, int] = {"complete": of, "half": (of + 1) // 2, "available": 1}
    return least[scale.missing]
