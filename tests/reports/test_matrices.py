"""A heat map has a cell for each probe and participant, which tint and sign tell alike."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from survey_app.reports.charts import draw_charts
from survey_app.reports.charts.matrix import LOOKS, count_columns, cut_name
from survey_app.reports.coverage import STATES, collect_interviews
from survey_app.reports.matrices import Matrix, make_matrices
from survey_app.reports.matrix_parts import describe_matrix, split_matrix
from survey_app.reports.presets import PRESETS
from survey_app.reports.responses import Source
from tests.reports.sample import CONTEXT, VERSIONS, make_mark, make_response, make_source


def make_interviews(names: list[str | None]) -> Source:
    responses = [
        replace(make_response(number, delivery="interviewer"), participant=name)
        for number, name in enumerate(names)
    ]
    marks = [replace(make_mark(number), state=STATES[number % 8]) for number in range(len(names))]
    return replace(make_source(0), responses=lambda: iter(responses), marks=lambda: iter(marks))


def make_matrix(names: list[str | None]) -> Matrix:
    interviews = collect_interviews(make_interviews(names))
    return next(each for each in make_matrices(VERSIONS, interviews) if each.item == "skills")


def test_participants_stand_in_their_order_with_what_became_of_each_probe() -> None:
    matrix = make_matrix(["P10", "P2", "P1"])
    assert matrix.names == ("P1", "P2", "P10")
    scholar, leader = matrix.rows
    assert scholar.states == ("asked_and_denied", "raised_after_probe", "raised_unprompted")
    assert set(leader.states) == {"not_reached"}
    assert describe_matrix(matrix, "en") == (
        "Which skills? scholar: P1 asked and denied, P2 raised after the probe, P10 raised "
        "unprompted. leader: P1 not reached, P2 not reached, P10 not reached."
    )


def test_an_interview_without_a_name_is_told_by_its_place() -> None:
    assert make_matrix([None, "A", None]).names == ("1", "2", "A")


@pytest.mark.parametrize(
    ("count", "most", "sizes"),
    [(0, 5, [0]), (1, 5, [1]), (5, 5, [5]), (6, 5, [3, 3]), (23, 10, [8, 8, 7])],
)
def test_many_participants_are_spread_evenly_over_pages(
    count: int, most: int, sizes: list[int]
) -> None:
    matrix = make_matrix([f"P{number}" for number in range(count)])
    parts = split_matrix(matrix, most)
    assert [len(part.names) for part in parts] == sizes
    assert [name for part in parts for name in part.names] == list(matrix.names)
    assert all(len(row.states) == len(part.names) for part in parts for row in part.rows)
    if len(parts) > 1:
        assert parts[0].part == f"participants 1 to {sizes[0]} of {count}"


def test_states_differ_in_their_sign_and_not_by_tint_alone() -> None:
    assert set(LOOKS) == set(STATES)
    assert len({sign for _colour, sign in LOOKS.values()}) == len(STATES)


def test_every_state_stands_as_its_sign_in_a_cell_and_in_the_legend(tmp_path: Path) -> None:
    source = make_interviews([f"P{number}" for number in range(8)])
    charts = {each.key: each for each in draw_charts(source, CONTEXT, tmp_path, "svg")}
    tree = ET.fromstring(charts["participants-skills"].path.read_text(encoding="utf-8"))
    words = [each.text for each in tree.iter("{http://www.w3.org/2000/svg}text")]
    for state, (_colour, sign) in LOOKS.items():
        cells = 8 + 1 if state == "not_reached" else 1  # that is all of the second probe
        assert words.count(sign) == 1 + cells, state
    assert {f"P{number}" for number in range(8)} <= set(words)
    assert "look whom it shows before you publish it" in " ".join(map(str, words))


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_page_holds_a_dozen_participants_at_least(preset: object) -> None:
    assert count_columns(preset) >= 12  # type: ignore[arg-type]  # pytest knows no types


@pytest.mark.parametrize(
    ("name", "head"),
    [("P01", "P01"), ("exactly-14-abc", "exactly-14-abc"), ("test-c04eeb-007", "test-c…eeb-007")],
)
def test_a_long_name_is_cut_in_the_middle(name: str, head: str) -> None:
    assert cut_name(name) == head
