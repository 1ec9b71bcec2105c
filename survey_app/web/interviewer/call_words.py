"""What the sheet says in the call: the keys, the flags, and the sentences of its scripts."""

from dataclasses import dataclass
from types import MappingProxyType

from survey_app.translations import gettext as _
from survey_app.web.interviewer.words import FLAGS, STATES, flag_words

SHORTCUTS = MappingProxyType(
    dict(zip(STATES, ("", "U", "P", "D", "K", "R", "N", "A"), strict=True))
)
"""The key that marks a row with each state: the letter of its box on paper.

Space marks a row for the phase, and clears it again.
"""
FLAG_SHORTCUTS = MappingProxyType(dict(zip(FLAGS, ("Q", "C", "M"), strict=True)))


@dataclass(frozen=True, kw_only=True)
class FlagWords:
    """How a flag is said: short on its button, whole for ears; and the key that sets it."""

    code: str
    short: str
    full: str
    shortcut: str


@dataclass(frozen=True, kw_only=True)
class KeyLine:
    """What some keys do; `keys` are as they stand on a keyboard."""

    keys: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class KeyGroup:
    """Keys that act in the same place."""

    title: str
    lines: tuple[KeyLine, ...]


def flag_buttons() -> tuple[FlagWords, ...]:
    """Return the words of the flags in their order."""
    short = dict(zip(FLAGS, (_("quote"), _("come back"), _("minimal")), strict=True))
    return tuple(
        FlagWords(code=code, short=short[code], full=full, shortcut=FLAG_SHORTCUTS[code])
        for code, full in flag_words().items()
    )


def key_groups(*, paper: bool = False) -> tuple[KeyGroup, ...]:
    """Return the keys by where they act; single letters act in the list alone (WCAG 2.1.4).

    A sheet that is keyed in from paper has no phases, so no key that turns them.
    """
    return (
        KeyGroup(title=_("Anywhere on the sheet"), lines=_anywhere()),
        KeyGroup(title=_("In the list of probes"), lines=_moving()),
        KeyGroup(title=_("Mark the probe you are on"), lines=_marking(paper=paper)),
    )


def _anywhere() -> tuple[KeyLine, ...]:
    return (
        KeyLine(keys=("Ctrl", "Enter"), words=_("next question, to its notes")),
        KeyLine(keys=("Ctrl", "Shift", "Enter"), words=_("previous question")),
        KeyLine(keys=("Esc",), words=_("from the notes to the probes; then H hides the page")),
    )


def _moving() -> tuple[KeyLine, ...]:
    return (
        KeyLine(keys=("↑", "↓"), words=_("one up, one down")),
        KeyLine(keys=("1–9", "0"), words=_("to that probe; to the question as a whole")),
        KeyLine(keys=("/",), words=_("to the notes")),
        KeyLine(keys=("Enter",), words=_("note on this probe; Enter again comes back")),
        KeyLine(keys=("O",), words=_("another topic that came up")),
        KeyLine(keys=("H",), words=_("hide the page; H again shows it")),
        KeyLine(keys=("?",), words=_("show or hide the keys")),
    )


def _marking(*, paper: bool) -> tuple[KeyLine, ...]:
    phases = (KeyLine(keys=("F",), words=_("end the free answer, or go back to it")),)
    return (
        *(() if paper else phases),
        KeyLine(keys=("Space",), words=_("raised, in the present phase; again: not reached")),
        KeyLine(keys=("U",), words=_("raised unprompted")),
        KeyLine(keys=("P",), words=_("raised after the probe")),
        KeyLine(keys=("D",), words=_("asked and denied")),
        KeyLine(keys=("K",), words=_("don’t know")),
        KeyLine(keys=("R",), words=_("refused")),
        KeyLine(keys=("N",), words=_("not asked")),
        KeyLine(keys=("A",), words=_("not applicable")),
        KeyLine(keys=("E",), words=_("example: asked, given, none")),
        KeyLine(keys=("Q", "C", "M"), words=_("quote, come back to this, minimal answer")),
        KeyLine(keys=("Z",), words=_("undo")),
    )


def call_words() -> dict[str, str]:
    """Return the sentences of the scripts by name; `{…}` is filled in by the script."""
    return {
        "probing": _("The free answer has ended: marks mean raised after the probe."),
        "turned_back": _("Back to the free answer."),
        "turned_back_one": _("Back to the free answer: 1 mark made since is now unprompted."),
        "turned_back_many": _(
            "Back to the free answer: {count} marks made since are now unprompted."
        ),
        "marked": _("{state}: {probe}"),
        "example": _("example {state}: {probe}"),
        "flag_on": _("{flag}: {probe}"),
        "flag_off": _("no longer {flag}: {probe}"),
        "no_mark": _("A question as a whole is not raised: go to a probe to mark it."),
        "undone": _("Undone: {action}"),
        "nothing_undo": _("Nothing to undo."),
        "own_topic": _("another topic: {text}"),
        "rest_none": _("Nothing was left open here."),
        "rest_why": _("Say in a few words why these are not asked, then press again."),
        "rest_one": _("1 marked not asked."),
        "rest_many": _("{count} marked not asked."),
        "recording": _("Recording started at {time}."),
        "recording_off": _("The recording mark is taken back."),
        "place": _("Question {number} of {total}"),
        "planned": _("/ {minutes} min"),
        "over": _("longer than the {minutes} min planned"),
        "if_needed": _("Read if needed"),
        "for_you": _("For you, do not read"),
        "hidden_title": _("Page"),
        "count_unprompted": _("{count} unprompted"),
        "count_probed": _("{count} after probe"),
        "count_other": _("{count} not raised"),
    }
