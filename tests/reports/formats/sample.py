"""An instrument with every item type in two versions, and responses with every reason."""

from dataclasses import replace

from survey_app.definition.loader import load
from survey_app.definition.shapes import Answer, Answers, Json
from survey_app.reports.dataset import make_layout
from survey_app.reports.responses import Context, ResponseRow, Source
from survey_app.reports.sheets.data import make_data_sheet
from survey_app.spreadsheets.sheet import Muted, Value

LONG_KEY = "comments_on_all_that_was_said__x"
OLDER = """
format: 1
name: every-type
version: 1.0.0
title: Every type of question
source: A test
licence: CC BY 2.0
changes: the first
scales:
  extent:
    direction: unipolar
    points: {1: not at all, 2: to some extent, 3: to a high extent}
  words:
    direction: bipolar
    points: {against: against it, neither: neither, for: for it}
sections:
  - key: all
    title: All
    items:
      - {key: years, type: integer, text: How many years?}
      - {key: degrees, type: integer, text: How cold was it?}
      - {key: hours, type: decimal, text: How many hours?, places: 3}
      - {key: met, type: date, text: When did you meet?}
      - {key: sure, type: range, text: How sure?, start: 0, end: 10, step: 1}
      - key: role
        type: select_one
        text: Your *role*?
        options: {b_mentor: Mentor, a_learner: "Learner’s \\"own\\""}
        other: Something else
      - {key: digits, type: select_one, text: Which?, options: {5: Five, 2: Two, 007: Bond}}
      - key: topics
        type: select_multiple
        text: What did you discuss, it’s all fine?
        options: {ethics: Ethics, money: Money}
        other: Other
      - key: order
        type: rank
        text: Which matters most?
        options: {work: Work, play: Play}
      - {key: again, type: likert, text: Again?, scale: words}
      - key: teaching
        type: likert_grid
        text: The effect on teaching
        scale: extent
        rows: {interest: Your interest, work: Your work}
      - {key: why, type: text, text: Why?}
      - {key: LONG_KEY, type: text, text: What else?}
      - {key: skills, type: open_question, text: Which skills?, probes: {leader: leader}}
      - {key: thanks, type: note, text: Thank you!}
""".replace("LONG_KEY", LONG_KEY)
NEWER = (
    OLDER.replace("version: 1.0.0", "version: 1.1.0")
    .replace("options: {b_mentor", "options: {c_guest: Guest, b_mentor")
    .replace("Your *role*?", "Your role, in one word?")
    .replace(
        "      - {key: thanks",
        "      - {key: added, type: select_one, text: New?, options: {y: Yes, n: No}}\n"
        "      - {key: thanks",
    )
)
VERSIONS = tuple(load(text.encode(), "every-type.yaml") for text in (OLDER, NEWER))
LAYOUT = make_layout(VERSIONS)
CONTEXT = Context(
    study="Mentors 2026",
    exported="2026-11-25T09:00:00.000Z",
    newest="2026-11-22T20:14:05.123Z",
    filter="all versions",
    tests_left_out=3,
    left_out=("The interview guide has a file of its own.",),
)
LONG = ("é 😀 – " * 8_000)[:40_000]
HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    'He said "no", twice;\nthen =2+2',
    "😀 ünïcode\ttab",
    "refused",
    "NA",
    "-95",
    "'quoted' \\ backslash $name {brace} %d",
    LONG,
    "a" * 32_766 + " " + "b" * 10,
)


def answer(value: Json) -> Answers:
    return {"": Answer(value=value)}


def make_answers(number: int) -> dict[str, Answers]:
    points = ("against", "neither", "for")
    topics: list[Json] = [["ethics"], ["money", "other"]]
    orders: list[Json] = [["work", "play"], ["play", "work"]]
    return {
        "years": answer(number),
        "degrees": answer(-95 - number),
        "hours": answer((1.5, 0.125, 3)[number % 3]),
        "met": answer(("2014-09-01", "1582-01-31", "2026-02-28")[number % 3]),
        "sure": answer(number % 11),
        "role": {"": Answer(value=("b_mentor", "a_learner", "other")[number % 3], other="=x | y")},
        "digits": answer(("5", "2", "007")[number % 3]),
        "topics": {"": Answer(value=topics[number % 2], other="+31")},
        "order": answer(orders[number % 2]),
        "again": answer(points[number % 3]),
        "teaching": {
            "interest": Answer(value=str(number % 3 + 1)),
            "work": Answer(reason=("refused", "dont_know", "unanswered")[number % 3]),
        },
        "why": answer(HOSTILE[number % len(HOSTILE)]),
        LONG_KEY: {"": Answer(reason="not_relevant")},
        "skills": answer("many"),
        "added": answer("yn"[number % 2]),
    }


def make_response(number: int) -> ResponseRow:
    version = VERSIONS[number % 2].version
    answers = make_answers(number)
    if version == "1.0.0":
        del answers["added"]
    return ResponseRow(
        id=f"r{number}",
        study="mentors",
        instrument="every-type",
        version=version,
        delivery="self",
        source="web",
        language="en",
        state="submitted",
        started=f"2026-11-21T08:00:{number:02}.007Z",
        submitted="2026-11-22T20:14:05.123Z",
        participant=None if number % 2 else f"P{number}",
        answers=answers,
    )


def list_responses() -> list[ResponseRow]:
    """Every hostile text, one response in progress, one withdrawn and one interview."""
    whole = [make_response(number) for number in range(len(HOSTILE) + 3)]
    started = replace(whole[-3], state="in_progress", submitted=None, answers={})
    gone = replace(whole[-2], state="withdrawn", answers={})
    asked = replace(whole[-1], delivery="interviewer", source="console", is_test=True, answers={})
    return [*whole[:-3], started, gone, asked]


def make_source(count: int | None = None) -> Source:
    responses = list_responses()[:count]
    return Source(instruments=VERSIONS, responses=lambda: iter(responses))


def read_data(source: Source) -> list[dict[str, Value]]:
    """Return the rows of the sheet Data by column."""
    sheet = make_data_sheet(LAYOUT, source, "en")
    names = [header.name for header in sheet.headers]
    return [dict(zip(names, row, strict=True)) for row in sheet.rows()]


def find_reason(value: Value) -> str | None:
    """Return the reason that a cell of Data holds, if it holds one."""
    return value.text if isinstance(value, Muted) else None
