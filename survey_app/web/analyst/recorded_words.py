"""What stands in a response, in the words of the version that asked.

Cells already say every answer and every reason in words; here they are put together question by
question, with what an interviewer marked and noted beside them.
"""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass

from survey_app.definition.instrument import Instrument, Section
from survey_app.definition.items.base import Item, blank_cell, say
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Answers, Cell, Column
from survey_app.storage.records import (
    AnswerRow,
    ItemMarkRecord,
    MarkRecord,
    NoteRecord,
    ResponseRecord,
)
from survey_app.translations import gettext as _
from survey_app.web.analyst.distributions import WHOLE_ITEMS
from survey_app.web.interviewer.words import example_words, flag_words, state_words

FREE_PROBE = "other:"
NOT_REACHED = "not_reached"


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of an answer: what it is of (a row, a probe), in words, or why it is blank."""

    words: str
    of: str = ""
    blank: bool = False


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question as it was asked, and everything that was recorded on it."""

    item: Item
    lines: tuple[Line, ...]
    marks: tuple[Line, ...] = ()
    whole: str = ""
    notes: tuple[NoteRecord, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Everything that is stored of a response."""

    response: ResponseRecord
    marks: list[MarkRecord]
    item_marks: list[ItemMarkRecord]
    notes: list[NoteRecord]


def tell_sections(
    instrument: Instrument, recorded: Recorded, language: str, withheld: Container[str] = ()
) -> Iterator[tuple[Section, list[Question]]]:
    """Yield the sections of the version that asked, each with its questions.

    Of a question whose key is `withheld` nothing is told but that it was asked.
    """
    for section in instrument.sections:
        asked = [item for item in section.items if item.columns() or item.topic() is not None]
        yield (
            section,
            [
                _withhold(item) if item.key in withheld else _tell(item, recorded, language)
                for item in asked
            ],
        )


def whole_notes(recorded: Recorded) -> list[NoteRecord]:
    """Return the notes that are on no question."""
    return [note for note in recorded.notes if note.item is None]


def _withhold(item: Item) -> Question:
    words = _("not shown here, as it might tell who answered")
    return Question(item=item, lines=(Line(words=words, blank=True),))


def _tell(item: Item, recorded: Recorded, language: str) -> Question:
    whole = next((mark for mark in recorded.item_marks if mark.item == item.key), None)
    marks = [mark for mark in recorded.marks if mark.item == item.key]
    return Question(
        item=item,
        lines=tuple(_tell_answer(item, recorded.response, language)),
        marks=tuple(_tell_marks(item, marks, language)),
        whole=_tell_whole(whole) if whole else "",
        notes=tuple(note for note in recorded.notes if note.item == item.key),
    )


def _tell_answer(item: Item, response: ResponseRecord, language: str) -> Iterator[Line]:
    answers = complete(item, response)
    if len(answers) == 1:
        (answer,) = answers.values()
        if answer.value is None and answer.other is None:
            yield Line(words=_unbracket(blank_cell(answer, language)), blank=True)
            return
    columns = item.columns()
    cells = item.cells(answers, language)
    for column, cell in zip(columns, cells, strict=True):
        line = _tell_cell(column, cell, answers, language)
        if line is not None:
            yield line


def _tell_cell(column: Column, cell: Cell, answers: Answers, language: str) -> Line | None:
    of = say(column.label, language) if column.label else ""
    if column.kind == "flag":
        if cell.reason is not None:
            return None
        return Line(words=of) if cell.value else None
    if column.kind == "text" and column.label is not None:
        # The text of 'other' stands beside its list; without one there is nothing to say.
        if cell.reason is not None:
            return None
        answer = answers.get(column.row)
        if answer is not None and answer.unticked:
            of = _("{label} (written without its tick)").format(label=of)
        return Line(of=of, words=cell.label)
    return Line(of=of, words=_unbracket(cell), blank=cell.reason is not None)


def complete(item: Item, response: ResponseRecord) -> Answers:
    """Return an item's answers, each row that has none with the reason why."""
    stored = {row.row: _adapt(row) for row in response.answers if row.item == item.key}
    gap = Answer(reason=_find_gap(item, response))
    return {row: stored.get(row, gap) for row in item.row_keys()}


def _adapt(row: AnswerRow) -> Answer:
    return Answer(
        value=row.value, other=row.other_text, unticked=row.other_unticked, reason=row.reason
    )


def _find_gap(item: Item, response: ResponseRecord) -> Reason:
    if response.state == "withdrawn":
        return Reason.WITHDRAWN
    topic = item.topic()
    if response.delivery == "interviewer" and topic is not None and topic.probes:
        return Reason.ASKED_AS_PROBES
    return WHOLE_ITEMS.get(response.item_states.get(item.key, ""), Reason.NOT_REACHED)


def _unbracket(cell: Cell) -> str:
    return cell.label.removeprefix("[").removesuffix("]") if cell.reason else cell.label


def _tell_marks(item: Item, marks: Iterable[MarkRecord], language: str) -> Iterator[Line]:
    """Yield the probes in the question's order, then the topics that the interviewer added."""
    topic = item.topic()
    words = {probe.key: say(probe.text, language) for probe in topic.probes} if topic else {}
    found = {mark.probe: mark for mark in marks}
    for key in [*words, *(probe for probe in found if probe not in words)]:
        mark = found.get(key)
        if mark is None:
            continue
        told = _tell_state(mark.state, mark.reason, mark.flags, example=mark.example)
        of = words.get(key) or mark.text or _("a topic of the participant’s own")
        yield Line(of=of, words=told, blank=mark.state == NOT_REACHED)


def _tell_whole(mark: ItemMarkRecord) -> str:
    """Return what holds for a whole question; that nothing does is said by its probes already."""
    state = "" if mark.state == NOT_REACHED else mark.state
    return _tell_state(state, mark.reason, mark.flags)


def _tell_state(state: str, reason: str, flags: Iterable[str], *, example: str = "none") -> str:
    parts = [each for each in (_state(state), reason) if each]
    parts += (
        [_("example {state}").format(state=example_words()[example])] if example != "none" else []
    )
    parts += [flag_words().get(flag, flag) for flag in flags]
    return ", ".join(parts)


def _state(state: str) -> str:
    words: Mapping[str, str] = {each.code: each.full for each in state_words()}
    return words.get(state, state)
