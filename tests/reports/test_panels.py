"""Groups are compared side by side, and of groups under five nothing is shown."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from survey_app.definition.shapes import Answer, Counts, Grid
from survey_app.reports.charts import Chart, draw_charts
from survey_app.reports.charts.counting import count_charts
from survey_app.reports.grouping import make_grouping
from survey_app.reports.panels import Panels, describe_panels, split_panels
from survey_app.reports.presets import PRESETS, Preset, Style
from survey_app.reports.responses import Context, ResponseRow, Source
from tests.reports.sample import CONTEXT, VERSIONS, make_response, make_source

HIDDEN = "groups in which fewer than 5 answered are not shown"


def by(name: str) -> Context:
    return replace(CONTEXT, grouping=make_grouping(name, VERSIONS))


def make_forms(yes: int, no: int, neither: int = 0) -> Source:
    """Forms by the answer to `rewarding`."""
    answers = [*["y"] * yes, *["n"] * no, *[None] * neither]
    responses = [_answer(number, code) for number, code in enumerate(answers)]
    return replace(make_source(0), responses=lambda: iter(responses))


def _answer(number: int, code: str | None) -> ResponseRow:
    response = make_response(number)
    answer = Answer(value=code) if code else Answer(reason="unanswered")
    return replace(response, answers={**response.answers, "rewarding": {"": answer}})


def compare(source: Source, context: Context) -> dict[str, Panels]:
    return {each.key: each for each in count_charts(source, context).panels}


def draw(source: Source, context: Context, path: Path) -> dict[str, Chart]:
    return {each.key: each for each in draw_charts(source, context, path, "svg")}


def read_words(chart: Chart) -> list[str]:
    tree = ET.fromstring(chart.path.read_text(encoding="utf-8"))
    return [each.text or "" for each in tree.iter("{http://www.w3.org/2000/svg}text")]


def test_every_battery_and_list_has_its_groups_but_the_one_that_makes_them() -> None:
    panels = compare(make_forms(6, 9), by("rewarding"))
    assert list(panels) == ["topics-self-1", "teaching-self-1", "again-self-1"]
    teaching = panels["teaching-self-1"]
    assert [name for name, _grid in teaching.groups] == ["Yes", "No"]
    (_yes, first), (_no, second) = teaching.groups
    assert isinstance(first, Grid)
    assert isinstance(second, Grid)
    assert first.rows[0].counts == (2, 2, 2)
    assert second.rows[0].counts == (3, 3, 3)


def test_versions_are_compared_across_main_versions() -> None:
    panels = compare(make_source(12), by("version"))
    names = [[name for name, _each in each.groups] for each in panels.values()]
    assert names == [["version 1.1.0", "version 1.0.0"]] * 4
    assert next(iter(panels)) == "rewarding-self"


def test_what_interviews_asked_as_probes_alone_is_not_drawn_group_by_group() -> None:
    read_aloud = {"again": {"": Answer(value="2")}}
    silent = [
        replace(make_response(number, delivery="interviewer"), answers=read_aloud)
        for number in range(6)
    ]
    source = replace(make_source(0), responses=lambda: iter(silent))
    assert list(compare(source, by("version"))) == ["again-interviewer"]


def test_all_groups_together_are_those_of_the_chart_of_all() -> None:
    counted = count_charts(make_forms(7, 8), by("rewarding"))
    for panels in counted.panels:
        (whole,) = [
            each
            for pool in counted.pools
            for each in pool.summaries
            if each.item == panels.whole.item
        ]
        if isinstance(whole, Counts):
            found = [each for _name, each in panels.groups if isinstance(each, Counts)]
            for level in whole.levels:
                parts = [
                    one.count for each in found for one in each.levels if one.code == level.code
                ]
                assert sum(parts) == level.count
        else:
            assert isinstance(whole, Grid)
            grids = [each for _name, each in panels.groups if isinstance(each, Grid)]
            for place, row in enumerate(whole.rows):
                assert sum(each.rows[place].n for each in grids) == row.n


def test_who_are_in_no_group_are_told_of(tmp_path: Path) -> None:
    charts = draw(make_forms(6, 6, neither=2), by("rewarding"), tmp_path)
    assert "2 in no group" in " ".join(read_words(charts["groups-again-self-1"]))


def test_of_fewer_than_five_nothing_is_drawn_or_told(tmp_path: Path) -> None:
    charts = draw(make_forms(17, 4), by("rewarding"), tmp_path)
    for key in ("groups-again-self-1", "groups-topics-self-1"):
        words = read_words(charts[key])
        assert HIDDEN in " ".join(words)
        assert "fewer than 5" in words
        assert "17" in words, "n of those who are shown"
        assert "4" not in words, "neither n of the others nor anything counted of them"
        assert "No: fewer than 5 answered, not shown." in charts[key].alt


def test_five_are_shown(tmp_path: Path) -> None:
    charts = draw(make_forms(5, 5), by("rewarding"), tmp_path)
    words = " ".join(read_words(charts["groups-again-self-1"]))
    assert HIDDEN not in words
    assert "fewer than 5" not in words


@pytest.mark.parametrize(("most", "parts"), [(40, 1), (4, 1), (2, 2), (1, 2)])
def test_many_bars_go_on_in_a_further_chart(most: int, parts: int) -> None:
    panels = compare(make_forms(6, 6), by("rewarding"))["teaching-self-1"]
    found = split_panels(panels, most)
    assert len(found) == parts
    words = " ".join(describe_panels(part, "en") for part in found)
    assert "Yes: Your own interest: not at all 2 (33%)" in words


@pytest.mark.parametrize(
    ("preset", "names"),
    [
        (PRESETS["screen"], ["rewarding", "version", "delivery", "language"]),
        # What the groups are makes no difference to how much room there is.
        *((PRESETS[name], ["rewarding"]) for name in PRESETS if name != "screen"),
    ],
)
@pytest.mark.parametrize("source", [make_source(0), make_forms(1, 0), make_forms(0, 0, neither=6)])
def test_empty_groups_break_no_chart(
    tmp_path: Path, preset: Preset, names: list[str], source: Source
) -> None:
    for name in names:
        draw_charts(source, by(name), tmp_path, "svg", style=Style(preset=preset))


def test_without_a_comparison_there_are_no_groups(tmp_path: Path) -> None:
    assert not [key for key in draw(make_forms(6, 6), CONTEXT, tmp_path) if "groups" in key]
