"""Many versions become one table, and every empty cell says why."""

from dataclasses import replace

import pytest

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.definition.shapes import Answer, Answers
from survey_app.reports.dataset import make_cells, make_layout
from survey_app.reports.responses import ReportError, ResponseRow

HEAD = """
format: 1
name: mentors
title: Mentors
source: ours
licence: ours
changes: first
scales:
  extent: {direction: unipolar, points: {1: not at all, 2: to a high extent}}
sections:
  - key: main
    title: All
    items:
"""
OLD = """
      - {key: retired, type: text, text: An old question}
      - {key: years, type: integer, text: How many years?}
"""
NEW = """
      - {key: years, type: integer, text: For how many years?}
      - {key: topics, type: select_multiple, text: Which?, options: {a: A, b: B}, other: Other}
      - {key: teaching, type: likert_grid, text: The effect, scale: extent, rows: {one: One, two: Two}}
"""


def make_instrument(version: str, items: str, name: str = "mentors") -> Instrument:
    head = HEAD.replace("name: mentors", f"name: {name}\nversion: {version}")
    return load((head + items).encode(), "test.yaml")


VERSIONS = (make_instrument("1.0.0", OLD), make_instrument("1.10.0", NEW))


def make_response(
    version: str,
    answers: dict[str, Answers] | None = None,
    *,
    delivery: str = "self",
    state: str = "submitted",
) -> ResponseRow:
    return ResponseRow(
        id="r1",
        study="s",
        instrument="mentors",
        version=version,
        delivery=delivery,
        source="web",
        language="en",
        state=state,
        started="2026-11-22",
        answers=answers or {},
    )


def show_cells(response: ResponseRow) -> dict[str, object]:
    layout = make_layout(VERSIONS)
    cells = make_cells(layout, response, "en")
    names = [column.name for column in layout.columns]
    return {name: cell.reason or cell.value for name, cell in zip(names, cells, strict=True)}


def test_the_newest_versions_columns_stand_first_and_retired_ones_last() -> None:
    names = [column.name for column in make_layout(VERSIONS).columns]
    assert names == [
        *("years", "topics__a", "topics__b", "topics__other", "topics__other_text"),
        *("teaching__one", "teaching__two", "retired"),
    ]


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("refused", "refused"),
        ("dont_know", "dont_know"),
        ("not_applicable", "not_relevant"),
        ("not_asked", "not_reached"),
    ],
)
def test_what_an_interviewer_says_of_a_whole_question_is_its_reason(
    state: str, reason: str
) -> None:
    asked = make_response("1.10.0", delivery="interviewer")
    states = {"years": state, "topics": state}
    shown = show_cells(replace(asked, item_states=states))
    assert (shown["years"], shown["topics__a"]) == (reason, "asked_as_probes")
    answered = replace(asked, answers={"years": {"": Answer(value=7)}}, item_states=states)
    assert show_cells(answered)["years"] == 7


@pytest.mark.parametrize(
    ("response", "column", "shown"),
    [
        (make_response("1.10.0", {"years": {"": Answer(value=7)}}), "years", 7),
        (make_response("1.10.0", {"years": {"": Answer(reason="refused")}}), "years", "refused"),
        (make_response("1.10.0"), "retired", "not_in_this_version"),
        (make_response("1.0.0"), "teaching__one", "not_in_this_version"),
        (make_response("1.10.0", state="in_progress"), "years", "not_reached"),
        (make_response("1.10.0", {"topics": {"": Answer(value=["b"])}}), "topics__a", 0),
        (make_response("1.10.0", {"topics": {"": Answer(value=["b"])}}), "topics__b", 1),
        (
            make_response("1.10.0", {"topics": {"": Answer(reason="unanswered")}}),
            "topics__a",
            "unanswered",
        ),
        (make_response("1.10.0", delivery="interviewer"), "topics__a", "asked_as_probes"),
        (make_response("1.10.0", delivery="interviewer"), "years", "not_reached"),
        (
            make_response(
                "1.10.0", {"teaching": {"one": Answer(value="2")}}, delivery="interviewer"
            ),
            "teaching__one",
            2,
        ),
        (
            make_response(
                "1.10.0", {"teaching": {"one": Answer(value="2")}}, delivery="interviewer"
            ),
            "teaching__two",
            "asked_as_probes",
        ),
        (make_response("1.10.0", state="withdrawn"), "years", "withdrawn"),
        (make_response("1.10.0", state="withdrawn"), "retired", "not_in_this_version"),
    ],
)
def test_a_cell_holds_the_answer_or_why_there_is_none(
    response: ResponseRow, column: str, shown: object
) -> None:
    assert show_cells(response)[column] == shown


def test_a_withdrawn_response_shows_nothing_even_if_answers_are_handed_in() -> None:
    response = make_response("1.0.0", {"years": {"": Answer(value=7)}}, state="withdrawn")
    assert show_cells(response)["years"] == "withdrawn"


def test_a_response_of_a_version_that_is_not_reported_is_named() -> None:
    with pytest.raises(ReportError, match=r"r1 was given on mentors@2\.0\.0"):
        make_cells(make_layout(VERSIONS), make_response("2.0.0"), "en")


@pytest.mark.parametrize(
    ("instruments", "message"),
    [
        ((), "at least one version"),
        ((VERSIONS[0], make_instrument("1.0.0", OLD, "guide")), "guide, mentors: make one"),
    ],
)
def test_a_report_is_of_one_instrument(instruments: tuple[Instrument, ...], message: str) -> None:
    with pytest.raises(ReportError, match=message):
        make_layout(instruments)
