"""The words of a mark: short on a button, whole for ears and legends, a letter on paper."""

from dataclasses import dataclass

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
EXAMPLES = ("none", "asked", "given")
REASONS = ("refused", "dont_know")


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
        (_("after probe"), _("raised after probe"), _("P")),
        (_("denied"), _("asked and denied"), _("D")),
        (_("don’t know"), _("don’t know"), _("K")),
        (_("refused"), _("refused"), _("R")),
        (_("not asked"), _("not asked"), _("N")),
        (_("n/a"), _("not applicable (n/a)"), _("A")),
    )
    return tuple(
        StateWords(code=code, short=short, full=full, letter=letter)
        for code, (short, full, letter) in zip(STATES, words, strict=True)
    )


def example_words() -> dict[str, str]:
    """Return the words on whether an example was asked for and given."""
    return dict(zip(EXAMPLES, (_("none"), _("asked"), _("given")), strict=True))


def reason_words() -> dict[str, str]:
    """Return the words of the reasons for which a closed question stays without an answer."""
    return dict(zip(REASONS, (_("refused"), _("don’t know")), strict=True))


def outcome_words() -> dict[str, str]:
    """Return the words of how an interview ended."""
    return {"completed": _("completed"), "broken_off": _("broken off")}
