"""Scores of scales: items turned the same way and put together for each respondent."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from survey_app.definition.analysis import Bounds, MissingRule, ScaleScore
from survey_app.translations import gettext as _


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
    least: dict[MissingRule, int] = {"complete": of, "half": (of + 1) // 2, "available": 1}
    if answered < least[scale.missing]:
        return Score(value=None, answered=answered, of=of)
    total = fsum(given)
    value = total / answered if scale.score == "mean" else total * of / answered
    return Score(value=value, answered=answered, of=of)
