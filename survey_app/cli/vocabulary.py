"""The console's words for paper: one word for one thing, on the screen and in print."""

from collections.abc import Iterable

from survey_app.paper.vocabulary import State, Vocabulary
from survey_app.web.interviewer import words


def make_vocabulary() -> Vocabulary:
    """Return the words in the language now in use."""
    return Vocabulary(
        states=_list_states(words.state_words()),
        outcomes=_list_states(words.item_state_words()),
        flags=words.flag_words(),
        examples=words.example_words(),
        phases=words.phase_words(),
        reasons=words.reason_words(),
        endings=words.outcome_words(),
        turns=words.turn_words(),
        summary=words.summary_words(),
        summary_hint=words.summary_hint(),
        journal=words.journal_prompt(),
    )


def _list_states(said: Iterable[words.StateWords]) -> tuple[State, ...]:
    """Return the states that have a box: all but the one in which nothing has happened yet."""
    return tuple(
        State(code=each.code, letter=each.letter, words=each.full) for each in said if each.letter
    )
