"""Responses written as lists of answers, and the sheets that come of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.definition.shapes import Answer, Answers, Json
from survey_app.reports.grouping import make_grouping
from survey_app.reports.progress import Meter, ignore
from survey_app.reports.responses import Context, ResponseRow, Source
from survey_app.reports.tables import COUNTING_PASSES, count_tables
from survey_app.spreadsheets.sheet import Muted, Sheet

EXPORTED = "2026-11-22T20:14:05.123Z"
HEAD = """
format: 1
name: study
version: {version}
title: A study
source: ours
licence: ours
changes: "{version}"
scales:
  extent: {{direction: unipolar, points: {{1: a, 2: b, 3: c, 4: d, 5: e}}}}
sections:
  - key: page
    title: The page
    items:
{items}
{analysis}
"""


def define(items: Iterable[str], analysis: str = "", version: str = "1.0.0") -> Instrument:
    """An instrument of items, each in one line of YAML, with its `analysis` block."""
    lines = "\n".join(f"      - {item}" for item in items)
    text = HEAD.format(version=version, items=lines, analysis=analysis)
    return load(text.encode(), f"study/{version}.yaml")


def respond(
    number: int,
    values: Mapping[str, Json | Mapping[str, Json]],
    *,
    version: str = "1.0.0",
    delivery: str = "self",
    state: str = "submitted",
) -> ResponseRow:
    """A response that gave these values; None is a question that was left unanswered."""
    return ResponseRow(
        id=f"r{number}",
        study="Study",
        instrument="study",
        version=version,
        delivery=delivery,
        source="web",
        language="en",
        state=state,
        started="2026-11-21",
        answers={} if state == "withdrawn" else dict(map(_answer, values.items())),
    )


def _answer(given: tuple[str, Json | Mapping[str, Json]]) -> tuple[str, Answers]:
    key, value = given
    rows = value if isinstance(value, Mapping) else {"": value}
    return key, {
        row: Answer(reason="unanswered") if each is None else Answer(value=each)
        for row, each in rows.items()
    }


def make_sheets(
    instruments: Sequence[Instrument], responses: Sequence[ResponseRow], by: str = ""
) -> dict[str, Sheet]:
    """The sheets of responses by name; `by` is what they are compared by."""
    grouping = make_grouping(by, instruments) if by else None
    context = Context(study="Study", exported=EXPORTED, grouping=grouping)
    source = Source(instruments=tuple(instruments), responses=lambda: iter(responses))
    tables = count_tables(source, context, Meter(ignore), COUNTING_PASSES)
    return {sheet.name: sheet for sheet in tables.make_sheets()}


def read(sheet: Sheet) -> list[dict[str, Any]]:
    """The rows of a sheet by header; what is grey is its text."""
    names = [header.name for header in sheet.headers]
    return [
        {
            name: value.text if isinstance(value, Muted) else value
            for name, value in zip(names, row, strict=True)
        }
        for row in sheet.rows()
    ]
