"""`select_multiple`: any of a list; in an interview the list becomes probes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from survey_app.definition import problems, reading
from survey_app.definition.fields import ChecksField
from survey_app.definition.items.base import (
    NOT_REACHED,
    ConditionKind,
    IssueWithField,
    blank_cell,
    count_reasons,
    pick_row,
    say,
)
from survey_app.definition.items.options import ItemWithOptions, listed_codes, selection_answer
from survey_app.definition.items.select_one import other_cell
from survey_app.definition.reading import author
from survey_app.definition.shapes import Answers, Cell, Column, Counts, Summary, Topic
from survey_app.definition.text import Text
from survey_app.translations import gettext as _

FLAGS = {"0": Text.plain("not chosen"), "1": Text.plain("chosen")}


@dataclass(frozen=True, kw_only=True)
class SelectMultipleItem(ItemWithOptions):
    """Any of a list; some options may stand alone ("none of these")."""

    type_name: ClassVar[str] = "select_multiple"
    example: ClassVar[str] = """
        key: topics
        type: select_multiple
        text: What have you been discussing with your mentee? (Check all that apply)
        options:
          ethics: ethical issues
          equality: equality
          none: none of these
        other: "other:"
        exclusive: [none]
        """

    exclusive: tuple[str, ...] = author(
        reading.ListReader(reading.PatternReader(reading.CODE, problems.want_code)),
        "the codes that stand alone, such as none of these",
        default=(),
    )

    def stands_alone(self, code: str) -> bool:
        """The author says which options do."""
        return code in self.exclusive

    def condition_kind(self) -> ConditionKind:
        """The codes that were chosen."""
        return "codes"

    def form_field(self, language: str) -> Any:
        """Ask with boxes."""
        return ChecksField(**self.selection_words(language))

    def to_answer(self, data: Any) -> Answers:
        """Store the codes in the list's order and the text of 'other'."""
        return selection_answer(data, several=True)

    def columns(self) -> tuple[Column, ...]:
        """One column of 1 and 0 for each option and, where offered, the text of 'other'."""
        flags = tuple(
            Column(
                name=f"{self.key}__{code}",
                item=self.key,
                option=code,
                kind="flag",
                text=self.text,
                label=label,
                codes=FLAGS,
            )
            for code, label in self.labels().items()
        )
        return (*flags, *self.text_column())

    def cells(self, answers: Answers, language: str) -> tuple[Cell, ...]:
        """1 where an option was chosen, 0 where it was not, and blank where none was asked."""
        answer = answers.get("", NOT_REACHED)
        other = [other_cell(answer, language)] if self.other else []
        if answer.value is None:
            return (*(blank_cell(answer, language) for _code in self.labels()), *other)
        chosen = listed_codes(answer)
        not_chosen = Cell(value=0, label=_("not chosen", language))
        flags = [
            Cell(value=1, label=say(text, language)) if code in chosen else not_chosen
            for code, text in self.labels().items()
        ]
        return (*flags, *other)

    def summarise(self, responses: Iterable[Answers]) -> Summary:
        """How often each option was chosen, of those who chose any."""
        answers = pick_row(responses)
        return Counts(
            item=self.key,
            text=self.text,
            levels=self.count_levels(answers),
            n=sum(answer.value is not None for answer in answers),
            multiple=True,
            missing=count_reasons(answers),
        )

    def issues(self) -> Iterator[IssueWithField]:
        """Yield exclusive options that are not listed."""
        yield from super().issues()
        for code in self.exclusive:
            if code not in self.options:
                yield "exclusive", problems.unknown_option("'exclusive'", code, self.options)

    def topic(self) -> Topic:
        """An open question whose options are the probes."""
        return self.make_topic(probes=self.probes())
