"""Instruments, responses and the rows of a sheet, for the tests of single sheets."""

from collections.abc import Iterable, Mapping
from typing import Any

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.definition.shapes import Answer, Answers, Json
from survey_app.reports.counting import CellCounts, watch_cells
from survey_app.reports.dataset import Layout, make_layout
from survey_app.reports.responses import ResponseRow
from survey_app.spreadsheets.sheet import Muted, Sheet

HEAD = """
format: 1
name: mentors
version: {version}
title: Mentors
source: ours
licence: ours
changes: What {version} changed
scales:
  extent: {{direction: unipolar, points: {{1: not at all, 2: somewhat, 3: very much}}}}
  mood: {{direction: bipolar, points: {{low: low, high: high}}}}
sections:
  - key: main
    title: All
    items:
"""


def make_instrument(version: str, items: str, *changes: tuple[str, str]) -> Instrument:
    """Return a version of items, after changes to the text of its file."""
    text = HEAD.format(version=version) + items
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load(text.encode(), "test.yaml")


def make_response(
    version: str,
    number: int = 1,
    *,
    delivery: str = "self",
    state: str = "submitted",
    started: str = "2026-11-22T08:00:00.000Z",
    answers: Mapping[str, Json | Answers] | None = None,
    **more: Json | Answers,
) -> ResponseRow:
    """Return a response with answers by item: a value, or answers by row."""
    given = {
        item: value if _is_answers(value) else {"": Answer(value=value)}  # type: ignore[arg-type]
        for item, value in {**(answers or {}), **more}.items()
    }
    return ResponseRow(
        id=f"r{number}",
        study="s",
        instrument="mentors",
        version=version,
        delivery=delivery,
        source="web",
        language="en",
        state=state,
        started=started,
        answers=given,  # type: ignore[arg-type] # what is no answers was made one
    )


def count(layout: Layout, responses: Iterable[ResponseRow]) -> CellCounts:
    """Return what is counted of responses."""
    counts = CellCounts()
    assert [*watch_cells(layout, responses, "en", counts)] == [*responses]
    return counts


def lay_out(*instruments: Instrument) -> Layout:
    """Return the layout of versions."""
    return make_layout(instruments)


def read_rows(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the rows of a sheet by header, reasons as plain text; each row fits the headers."""
    names = [header.name for header in sheet.headers]
    assert len(set(names)) == len(names)
    return [
        {
            name: value.text if isinstance(value, Muted) else value
            for name, value in zip(names, row, strict=True)
        }
        for row in sheet.rows()
    ]


def pick(rows: Iterable[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    """Return some columns of rows."""
    return [tuple(row[name] for name in names) for row in rows]


def _is_answers(value: object) -> bool:
    return isinstance(value, dict) and all(isinstance(each, Answer) for each in value.values())
