"""The console's words, handed over so that paper and screen say one word for one thing."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class State:
    """A state that can be ticked: its code, its letter in the box, and its words."""

    code: str
    letter: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Words by the codes that are stored.

    `states` are a probe's and `outcomes` a question's, without the one that means nothing has
    happened yet. `summary` are the prompts of the contact summary and `journal` that of the
    journal; `turns` say what was done to the clock.
    """

    states: tuple[State, ...]
    outcomes: tuple[State, ...]
    flags: Mapping[str, str]
    examples: Mapping[str, str]
    phases: Mapping[str, str]
    reasons: Mapping[str, str]
    endings: Mapping[str, str]
    turns: Mapping[str, str]
    summary: Mapping[str, str]
    summary_hint: str
    journal: str
