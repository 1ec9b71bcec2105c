"""A study of two versions with forms and interviews, as the whole files are tested with."""

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.definition.shapes import Answer, Answers, Json
from survey_app.reports.responses import (
    BreakOff,
    Context,
    InterviewRow,
    ItemMarkRow,
    MarkRow,
    NoteRow,
    ResponseRow,
    Source,
    Turn,
)

DEFINITION = """
format: 1
name: mentors
version: {version}
title: Mentors’ experiences
source: A paper
licence: CC BY 2.0
changes: "{version}"
scales:
  extent:
    direction: unipolar
    points: {{1: not at all, 2: to some extent, 3: to a high extent}}
  agreement:
    direction: bipolar
    points: {{1: disagree, 2: neither, 3: agree}}
sections:
  - key: about
    title: About you
    items:
      - {{key: years, type: integer, text: How many years?}}
      - {{key: met, type: date, text: When did you meet?}}
      - {{key: rewarding, type: select_one, text: Rewarding?, options: {{y: Yes, n: No}}}}
      - key: what
        type: text
        text: What was *rewarding*?
        relevant: ${{rewarding}} = 'y'
  - key: effects
    title: Effects
    items:
      - key: topics
        type: select_multiple
        text: What did you discuss?
        options: {{ethics: Ethics, money: It costs $5 or $6}}
        other: Other
      - key: teaching
        type: likert_grid
        text: The effect on teaching
        scale: extent
        rows: {{interest: "{interest}", work: Your work}}
      - {{key: again, type: likert, text: I would do it again., scale: agreement}}
      - key: skills
        type: open_question
        text: Which skills?
        probes: {{scholar: scholar, leader: leader}}
      - {{key: thanks, type: note, text: Thank you!}}
"""


def make_instrument(version: str, interest: str = "Your interest") -> Instrument:
    text = DEFINITION.format(version=version, interest=interest)
    return load(text.encode(), "sample.yaml")


VERSIONS = (make_instrument("1.0.0"), make_instrument("1.1.0", "Your own interest"))
CONTEXT = Context(
    study="Mentors 2026",
    exported="2026-11-25T09:00:00.000Z",
    newest="2026-11-22T20:14:05.123Z",
    filter="submitted only",
    tests_left_out=3,
    left_out=("The interview guide has a file of its own.",),
)


def make_answers(number: int) -> dict[str, Answers]:
    chosen: list[Json] = ["ethics", "other"] if number % 2 else ["money"]
    other = "=1+1" if number % 2 else None
    return {
        "years": {"": Answer(value=number)},
        "met": {"": Answer(value="2014-09-01")},
        "rewarding": {"": Answer(value="n")},
        "what": {"": Answer(reason="not_relevant")},
        "topics": {"": Answer(value=chosen, other=other)},
        "teaching": {
            "interest": Answer(value=str(number % 3 + 1)),
            "work": Answer(reason="refused"),
        },
        "again": {"": Answer(value=str(number % 3 + 1))},
        "skills": {"": Answer(value="many")},
    }


def make_response(
    number: int, *, delivery: str = "self", state: str = "submitted", text: str | None = None
) -> ResponseRow:
    answers = make_answers(number) if delivery == "self" else {}
    if text is not None:
        answers["what"] = {"": Answer(value=text)}
    return ResponseRow(
        id=f"r{number}",
        study="Mentors 2026",
        instrument="mentors",
        version=VERSIONS[number % 2].version,
        delivery=delivery,
        source="web" if delivery == "self" else "console",
        language="en",
        state=state,
        started="2026-11-21T08:00:00.000Z" if number % 2 else "2026-11-21",
        submitted="2026-11-22T20:14:05.123Z" if state == "submitted" else None,
        participant=f"P{number}",
        interview=f"i{number}" if delivery == "interviewer" else None,
        answers={} if state == "withdrawn" else answers,
    )


def make_mark(number: int) -> MarkRow:
    return MarkRow(
        response=f"r{number}",
        instrument="mentors",
        version=VERSIONS[number % 2].version,
        item="skills",
        probe="scholar",
        state="raised_unprompted",
    )


def make_item_mark(number: int) -> ItemMarkRow:
    return ItemMarkRow(
        response=f"r{number}",
        instrument="mentors",
        version=VERSIONS[number % 2].version,
        item="skills",
        state="not_reached",
        phase="probing",
        turns=(Turn(phase="probing", at=61_000),),
        at_ms=61_000,
    )


def make_interview(number: int) -> InterviewRow:
    return InterviewRow(
        id=f"i{number}",
        participant=f"P{number}",
        interviewer="eva",
        source="console",
        language="en",
        started="2026-11-22T20:14:05.123Z",
        finished=None,
        elapsed_ms=3_665_000,
        pauses=1,
        planned_minutes=45,
        held="",
        consent="2",
        recording_permitted=True,
        recorded_ms=65_000,
        outcome="broken_off",
        outcome_text="The line broke.",
        call_back="=Tuesday",
        is_test=False,
        break_offs=(
            BreakOff(at="2026-11-22T20:20:00.000Z", reason="A knock.", call_back=""),
            BreakOff(at="2026-11-22T20:30:00.000Z", reason="The line broke.", call_back="soon"),
        ),
    )


def make_note(number: int) -> NoteRow:
    return NoteRow(
        id=f"n{number}",
        stream="interviewer",
        kind="note",
        text="=said\na lot",
        created="2026-11-22T20:14:05.123Z",
        interview=f"i{number}",
    )


def make_source(
    forms: int, interviews: int = 0, *, state: str = "submitted", text: str | None = None
) -> Source:
    """Return a source of forms, numbered from 0, and of interviews after them."""

    def numbers() -> range:
        return range(forms, forms + interviews)

    responses = [make_response(number, state=state, text=text) for number in range(forms)]
    responses += [make_response(number, delivery="interviewer") for number in numbers()]
    return Source(
        instruments=VERSIONS,
        responses=lambda: iter(responses),
        marks=lambda: map(make_mark, numbers()),
        item_marks=lambda: map(make_item_mark, numbers()),
        notes=lambda: map(make_note, numbers()),
        interviews=lambda: map(make_interview, numbers()),
    )
