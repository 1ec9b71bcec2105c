"""What every result says of itself, whatever it is a result of."""

from dataclasses import dataclass

from survey_app.reports.statistics.missing import Treatment

CONFIDENCE = 0.95
SMALL = 20
"""Below so many answers, counts come before percentages and tests are made exact."""
LEAST_IN_GROUP = 5
"""Of a group of fewer nothing is tested."""


@dataclass(frozen=True, kw_only=True)
class Basis:
    """What a number rests on.

    `n` are the respondents who count and `left_out` those who do not, by the `treatment` of
    missing answers. `method` names how the number is made and `caveat` what to keep in mind.
    Where there is no number, `why_none` says why; it is empty where there is one.
    """

    n: int
    left_out: int
    treatment: Treatment
    method: str
    caveat: str = ""
    why_none: str = ""


@dataclass(frozen=True, kw_only=True)
class Estimate:
    """A value with its interval; None where there is none. `method` names the interval."""

    value: float | None
    lower: float | None
    upper: float | None
    confidence: float
    method: str


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number beside others, or None and why there is none."""

    value: float | None
    why_none: str = ""


def join_sentences(*sentences: str) -> str:
    """Return sentences, of which some may be empty, as one text."""
    return " ".join(sentence for sentence in sentences if sentence)
