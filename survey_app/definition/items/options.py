"""What the list types share: options by code, 'other, please specify', exclusive options."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from survey_app.definition import problems, reading
from survey_app.definition.fields import Option, QuestionField, Selection
from survey_app.definition.fields.chosen import OTHER
from survey_app.definition.items.base import BLANK, IssueWithField, Item, render
from survey_app.definition.reading import author
from survey_app.definition.shapes import (
    Answer,
    Answers,
    Choice,
    Column,
    Json,
    Level,
    Probe,
)
from survey_app.definition.text import Text

OTHER_LIMIT = 2_000


@dataclass(frozen=True, kw_only=True)
class ItemWithOptions(Item):
    """An item with listed options and, if the author gives its words, 'other, please specify'."""

    options: Mapping[str, Text] = author(
        reading.LabelsReader(), "what can be chosen, as 'code: words'", needed=True, change=None
    )
    other: Text | None = author(
        reading.TextReader(),
        "the words of 'other, please specify', if that is offered",
        change=None,
    )

    def form_options(self, language: str) -> tuple[Option, ...]:
        """Return the listed options as fields take them."""
        return tuple(
            Option(code, render(text, language), self.stands_alone(code))
            for code, text in self.options.items()
        )

    def stands_alone(self, code: str) -> bool:  # noqa: ARG002 - a type with such options says which
        """Whether choosing this option excludes the others, as "none of these" does."""
        return False

    def read_answers(self, field: QuestionField) -> Answers:
        """Return what is stored; a text of 'other' is kept beside a refusal too."""
        answers = super().read_answers(field)
        if field.reason is None or field.data is None:
            return answers
        return {"": replace(answers[""], other=field.data.other, unticked=True)}

    def selection_words(self, language: str) -> dict[str, Any]:
        """Return what a field with options is told."""
        return {
            **self.field_words(language),
            "options": self.form_options(language),
            "other": render(self.other, language) if self.other else None,
            "other_limit": OTHER_LIMIT,
        }

    def labels(self) -> dict[str, Text]:
        """Return the words of every code, that of 'other' included."""
        return {**self.options, **({OTHER: self.other} if self.other else {})}

    def codes(self) -> tuple[str, ...]:
        """The codes of the options, that of 'other' included."""
        return tuple(self.labels())

    def text_column(self) -> tuple[Column, ...]:
        """Return the column of the text of 'other', if that is offered."""
        if self.other is None:
            return ()
        name = f"{self.key}__{OTHER}_text"
        label = self.other
        return (Column(name=name, item=self.key, kind="text", text=self.text, label=label),)

    def count_levels(self, answers: list[Answer]) -> tuple[Level, ...]:
        """Return how often each option was chosen, options that nobody chose included."""
        chosen = Counter(code for answer in answers for code in listed_codes(answer))
        return tuple(
            Level(code=code, text=text, count=chosen[code]) for code, text in self.labels().items()
        )

    def probes(self) -> tuple[Probe, ...]:
        """Return the options as topics to listen for; free rows take the place of 'other'."""
        return tuple(Probe(key=code, text=text) for code, text in self.options.items())

    def choices(self) -> tuple[Choice, ...]:
        """Return the options as answers to a closed question."""
        return tuple(Choice(code=code, text=text) for code, text in self.labels().items())

    def issues(self) -> Iterator[IssueWithField]:
        """Yield a code that is taken."""
        if OTHER in self.options:
            yield "options", problems.reserved_option(OTHER)


def listed_codes(answer: Answer) -> tuple[str, ...]:
    """Return the codes of an answer, whether it is one code or a list of them."""
    if isinstance(answer.value, list):
        return tuple(str(code) for code in answer.value)
    return () if answer.value is None else (str(answer.value),)


def selection_answer(data: Selection | None, *, several: bool) -> Answers:
    """Return what is stored for a selection; text of 'other' without its tick is kept, flagged."""
    if data is None:
        return {"": BLANK}
    if not data.codes:
        # The text stands beside the reason, since nothing was chosen and yet something was said.
        return {"": Answer(reason=BLANK.reason, other=data.other, unticked=True)}
    value: Json = [*data.codes] if several else data.codes[0]
    return {"": Answer(value=value, other=data.other, unticked=data.unticked)}
