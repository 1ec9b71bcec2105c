"""A question on paper: what is read, what is listened for, boxes and lines, and what came of it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from survey_app.definition.items.base import say
from survey_app.definition.shapes import Probe, Topic
from survey_app.paper.answers import make_closed
from survey_app.paper.boxes import tick_examples, tick_flags, tick_state
from survey_app.paper.content import Entry, ProbeRow, Question, Span, Words
from survey_app.paper.moments import say_offset
from survey_app.paper.recorded import Mark, QuestionMark, RecordedRun
from survey_app.paper.remarks import say_mark, say_notes, say_question
from survey_app.paper.spans import make_words
from survey_app.paper.vocabulary import Vocabulary
from survey_app.translations import gettext as _

OTHER = "other:"
BLANK_ROWS = 3
"""Rows for topics of the interviewer's own under every list on blank paper."""
OPEN_LINES = 5
LIST_LINES = 3
CLOSED_LINES = 1
MOST_IN_A_COLUMN = 300
"""Characters of remarks in the last column of a list; more stand below the row."""
_UNMARKED = Mark(probe="", state="")
_NOTHING = QuestionMark(state="")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a question is made from: its words' language, and (on a filled sheet) what was recorded.

    `run` is None on blank paper.
    """

    language: str
    vocabulary: Vocabulary
    run: RecordedRun | None


def make_question(topic: Topic, number: int, asked: Asked) -> Question:
    """Return a topic as it stands on paper."""
    run, words = asked.run, asked.vocabulary
    mark = run.questions.get(topic.item, _NOTHING) if run else _NOTHING
    is_open = bool(topic.probes) or topic.recording == "nothing"
    closed = None
    if topic.recorded_rows() == ("",):
        closed = make_closed(topic, "", asked.language, words, run)
    return Question(
        number=number,
        item=topic.item,
        condition=say(topic.follow_up, asked.language) if topic.follow_up else "",
        aloud=make_words(topic.read_aloud, asked.language),
        if_needed=make_words(topic.if_needed, asked.language),
        instruction=make_words(topic.instruction, asked.language),
        closed=closed,
        outcomes=tick_state(words.outcomes, _find_outcome(topic, mark, run)),
        why=Entry(label=_("why not asked"), text=mark.reason if run else None),
        flags=tick_flags(words.flags, mark.flags),
        phase=_make_phase(mark, filled=run is not None) if is_open else None,
        lines=0 if run else _count_lines(topic, is_open=is_open),
        remarks=say_question(topic.item, mark, run, words) if run else (),
        list_title=_("Probes") if topic.probes else _("Topics that came up"),
        do_not_read=_("Do not read until the free answer has ended") if topic.probes else "",
        rows=tuple(_make_rows(topic, asked, takes_others=is_open)),
        follow_ups=is_open,
    )


def _find_outcome(topic: Topic, mark: QuestionMark, run: RecordedRun | None) -> str:
    """Return what became of a question, also where that was said in place of its answer."""
    given = run.answers.get((topic.item, "")) if run else None
    return mark.state if mark.state not in {"", "not_reached"} else (given and given.reason) or ""


def _count_lines(topic: Topic, *, is_open: bool) -> int:
    if not is_open:
        return OPEN_LINES if topic.recording == "text" else CLOSED_LINES
    return LIST_LINES if topic.probes else OPEN_LINES


def _make_phase(mark: QuestionMark, *, filled: bool) -> Entry:
    label = _("Free answer ended at")
    if not filled:
        return Entry(label=label)
    # Who went back to the free answer took its end back.
    phase, at = mark.turns[-1] if mark.turns else ("free", None)
    if phase != "probing":
        return Entry(label=label, text=_("not marked"))
    return Entry(label=label, text=say_offset(at) or _("not timed"))


def _make_rows(topic: Topic, asked: Asked, *, takes_others: bool) -> Iterator[ProbeRow]:
    run = asked.run
    marks = {mark.probe: mark for mark in run.marks.get(topic.item, ())} if run else {}
    for probe in topic.probes:
        yield _make_listed(topic, probe, marks.pop(probe.key, _UNMARKED), asked)
    if run is None and takes_others:
        marks = {f"{OTHER}{number}": _UNMARKED for number in range(1, BLANK_ROWS + 1)}
    for key in sorted(marks, key=_order):
        yield _make_row(
            topic.item, key, _own_words(marks[key], filled=bool(run)), marks[key], asked
        )


def _make_listed(topic: Topic, probe: Probe, mark: Mark, asked: Asked) -> ProbeRow:
    row = _make_row(topic.item, probe.key, make_words(probe.text, asked.language), mark, asked)
    if topic.recording != "choice_per_probe":
        return row
    closed = make_closed(topic, probe.key, asked.language, asked.vocabulary, asked.run)
    return replace(row, closed=closed)


def _make_row(item: str, key: str, words: Words, mark: Mark, asked: Asked) -> ProbeRow:
    vocabulary, run = asked.vocabulary, asked.run
    marked = say_mark(mark, vocabulary) if run else ()
    remarks = (*marked, *say_notes(run.notes.get(item, ()), key)) if run else ()
    return ProbeRow(
        key=key,
        words=words,
        states=tick_state(vocabulary.states, mark.state),
        examples=tick_examples(vocabulary.examples, mark.example),
        flags=tick_flags(vocabulary.flags, mark.flags),
        closed=None,
        remarks=remarks,
        apart=sum(len(remark.text or "") for remark in remarks) > MOST_IN_A_COLUMN,
    )


def _own_words(mark: Mark, *, filled: bool) -> Words:
    if not filled:
        return ()
    return (Span(text=mark.text or _("(no words were written)")),)


def _order(key: str) -> tuple[str, int]:
    name, _colon, number = key.partition(":")
    return name, int(number) if number.isdecimal() else 0
