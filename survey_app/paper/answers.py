"""A closed question's answer on paper: one box for each choice, or a line to write on."""

from decimal import Decimal

from survey_app.definition.items.base import say
from survey_app.definition.shapes import Json, Topic
from survey_app.paper.content import Box, Closed, Entry
from survey_app.paper.recorded import Given, RecordedRun
from survey_app.paper.vocabulary import Vocabulary
from survey_app.translations import gettext as _

_NONE = Given(value=None)


def make_closed(
    topic: Topic, row: str, language: str, words: Vocabulary, run: RecordedRun | None
) -> Closed:
    """Return where a row's answer is recorded; `run` is None on blank paper.

    Why there is none has boxes for a row alone: those of a whole question stand below its answer.
    """
    given = run.answers.get((topic.item, row), _NONE) if run else _NONE
    code = say_value(given.value)
    labels = {choice.code: say(choice.text, language) for choice in topic.choices}
    said = labels.get(code, code) or words.reasons.get(given.reason or "", "")
    entry = Entry(label=_("Recorded"), text=said or _("(nothing)")) if run else None
    if run is None and not topic.choices:
        entry = Entry(label="")
    return Closed(
        label=_("Scale, if read aloud") if row else _("Answer"),
        choices=tuple(
            Box(letter=code_, words=label, ticked=code_ == code) for code_, label in labels.items()
        ),
        entry=entry,
        reasons=tuple(
            Box(letter="", words=label, ticked=given.reason == reason)
            for reason, label in (words.reasons.items() if row else ())
        ),
    )


def say_value(value: Json) -> str:
    """Return a stored value in digits and words, a small number too."""
    if isinstance(value, float):
        return f"{Decimal(str(value)):f}"
    return "" if value is None else str(value)
