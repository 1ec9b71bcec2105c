"""Boxes to tick: states by the console's letters, examples and flags by letters of paper's own."""

from collections.abc import Collection, Mapping

from survey_app.paper.content import Box
from survey_app.paper.vocabulary import State
from survey_app.translations import gettext as _


def tick_state(states: tuple[State, ...], state: str) -> tuple[Box, ...]:
    """Return the boxes of the states, the one that holds ticked."""
    return tuple(
        Box(letter=each.letter, words=each.words, ticked=each.code == state) for each in states
    )


def tick_examples(words: Mapping[str, str], example: str) -> tuple[Box, ...]:
    """Return the boxes of an example asked for and given."""
    letters = {"asked": _("a"), "given": _("g")}
    return tuple(
        Box(letter=letter, words=words[code], ticked=code == example)
        for code, letter in letters.items()
    )


def tick_flags(words: Mapping[str, str], flags: Collection[str]) -> tuple[Box, ...]:
    """Return the boxes of the flags, those that were set ticked."""
    letters = {"quote": _("q"), "come_back": _("c"), "minimal_answer": _("m")}
    return tuple(
        Box(letter=letter, words=words[code], ticked=code in flags)
        for code, letter in letters.items()
    )
