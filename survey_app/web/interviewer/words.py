"""The words of a mark: short on a button, whole for ears and legends, a letter on paper."""

from dataclasses import dataclass
from types import MappingProxyType

from survey_app.definition.reasons import Reason, describe
from survey_app.translations import gettext as _

NOT_REACHED = "not_reached"
NOT_ASKED = "not_asked"
RAISED = ("raised_unprompted", "raised_after_probe")
STATES = (
    NOT_REACHED,
    *RAISED,
    "asked_and_denied",
    "dont_know",
    "refused",
    NOT_ASKED,
    "not_applicable",
)
ITEM_STATES = (NOT_REACHED, "dont_know", "refused", NOT_ASKED, "not_applicable")
"""What can hold for a whole question: what a mark says of being raised or denied cannot."""
FREE = "free"
PROBING = "probing"
PHASES = (FREE, PROBING)
RAISED_IN = MappingProxyType(dict(zip(PHASES, RAISED, strict=True)))
"""What a mark means in each phase: raised unprompted, or after the probe."""
FLAGS = ("quote", "come_back", "minimal_answer")
EXAMPLES = ("none", "asked", "given")
REASONS = ("refused", "dont_know")


SUMMARY_STREAMS = ("main_issues", "salient", "new_questions", "other")
"""The prompts of the contact summary (after Miles and Huberman 1994, pages 51 to 54)."""
JOURNAL_STREAM = "journal"


@dataclass(frozen=True, kw_only=True)
class StateWords:
    """How a state is said; `letter` is its box on paper, which `not_reached` has not."""

    code: str
    short: str
    full: str
    letter: str


def state_words() -> tuple[StateWords, ...]:
    """Return the words of all states, in the order of the buttons."""
    words = (
        (_("not reached"), _("not reached"), ""),
        (_("unprompted"), _("raised unprompted"), _("U")),
        (_("after probe"), _("raised after the probe"), _("P")),
        (_("denied"), _("asked and denied"), _("D")),
        (_("don’t know"), _("don’t know"), _("K")),
        (_("refused"), _("refused"), _("R")),
        (_("not asked"), _("not asked"), _("N")),
        (_("n/a"), _("not applicable"), _("A")),
    )
    return tuple(
        StateWords(code=code, short=short, full=full, letter=letter)
        for code, (short, full, letter) in zip(STATES, words, strict=True)
    )


def item_state_words() -> tuple[StateWords, ...]:
    """Return the words of what can hold for a whole question, in the order of the states."""
    return tuple(words for words in state_words() if words.code in ITEM_STATES)


def phase_words() -> dict[str, str]:
    """Return the words of a question's phases."""
    return dict(zip(PHASES, (_("free answer"), _("probing")), strict=True))


def flag_words() -> dict[str, str]:
    """Return the words of the flags."""
    words = (_("quote"), _("come back to this"), _("minimal answer"))
    return dict(zip(FLAGS, words, strict=True))


def example_words() -> dict[str, str]:
    """Return the words on whether an example was asked for and given."""
    return dict(zip(EXAMPLES, (_("none"), _("asked"), _("given")), strict=True))


def reason_words() -> dict[str, str]:
    """Return the reasons for which a closed question stays without an answer, in its own words."""
    return {code: describe(Reason(code)) for code in REASONS}


def summary_words() -> dict[str, str]:
    """Return what the contact summary asks, by stream."""
    words = (
        _("What were the main issues?"),
        _("What was salient, or surprised you?"),
        _("What should the next interview ask?"),
        _("What else should be remembered?"),
    )
    return dict(zip(SUMMARY_STREAMS, words, strict=True))


def summary_hint() -> str:
    """Return how much the contact summary takes, and by when it is written."""
    return _("A few words each will do. Best at once, and before anything is coded.")


def journal_prompt() -> str:
    """Return what the reflexive journal asks."""
    return _("How was it for you, and what did you bring into it?")


def outcome_words() -> dict[str, str]:
    """Return the words of how an interview ended."""
    return {"completed": _("completed"), "broken_off": _("broken off")}


def turn_words() -> dict[str, str]:
    """Return what was done to the clock, on paper and in the timeline."""
    return {
        "start": _("begun"),
        "pause": _("paused"),
        "resume": _("went on"),
        "finish": _("ended"),
    }
