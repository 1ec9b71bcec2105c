"""The flow of a recruitment: the boxes that papers print, in words and drawn."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from survey_app.reports.charts.recruitment import save_recruitment
from survey_app.reports.recruitment import (
    RecruitmentFlow,
    Stage,
    describe_recruitment,
    list_absent,
    list_invited,
    list_lost,
    list_taking_part,
)

SURVEY = Stage(
    title="Survey", delivery="self", submitted=9, in_progress=1, broken_off=0, withdrawn=1
)
INTERVIEW = Stage(
    title="Interview",
    delivery="interviewer",
    submitted=10,
    in_progress=0,
    broken_off=1,
    withdrawn=0,
)
BEHIND_US = RecruitmentFlow(
    study="The study behind us",
    invited_here=0,
    invited_outside=17,
    outside="by e-mail",
    declined=2,
    unanswered=3,
    took_part=11,
    agreed=11,
    withdrawn=1,
    stages=(SURVEY, INTERVIEW),
)
SVG = "{http://www.w3.org/2000/svg}"


def test_of_17_invited_11_took_part_and_the_others_add_up() -> None:
    assert list_invited(BEHIND_US) == ["invited: n = 17", "– by e-mail: n = 17"]
    assert list_absent(BEHIND_US) == [
        "did not take part: n = 6",
        "– declined: n = 2",
        "– no reply: n = 3",
        "– not known: n = 1",
    ]
    assert list_taking_part(BEHIND_US)[0] == "took part: n = 11"


@pytest.mark.parametrize(
    ("here", "outside", "how", "lines"),
    [
        (0, 0, "", []),
        (3, 0, "", ["invited: n = 3"]),
        (0, 4, "", ["invited: n = 4", "– outside this program: n = 4"]),
        (3, 4, "by post", ["invited: n = 7", "– by post: n = 4", "– by a code: n = 3"]),
    ],
)
def test_who_was_invited_how(here: int, outside: int, how: str, lines: list[str]) -> None:
    flow = replace(BEHIND_US, invited_here=here, invited_outside=outside, outside=how)
    assert list_invited(flow) == lines


def test_what_is_lost_of_interviews_may_be_broken_off() -> None:
    assert list_lost(SURVEY) == [
        "not finished: n = 2",
        "– in progress: n = 1",
        "– withdrawn: n = 1",
    ]
    assert "– broken off: n = 1" in list_lost(INTERVIEW)
    assert (SURVEY.begun, INTERVIEW.begun) == (11, 11)


@pytest.mark.parametrize("stages", [0, 1, 2, 4, 5])
def test_every_number_stands_in_the_drawing_and_in_its_words(tmp_path: Path, stages: int) -> None:
    flow = replace(BEHIND_US, stages=(SURVEY, INTERVIEW, SURVEY, INTERVIEW, SURVEY)[:stages])
    paths = [tmp_path / f"flow.{form}" for form in ("svg", "png", "pdf")]
    charts = save_recruitment(flow, paths)
    drawn = ET.fromstring(paths[0].read_text("utf-8"))
    words = ["".join(each.itertext()).strip() for each in drawn.iter(f"{SVG}text")]
    assert words.count("begun: n = 11") == stages
    assert {"invited: n = 17", "took part: n = 11", "– declined: n = 2"} <= set(words)
    assert charts[0].alt == describe_recruitment(flow)
    assert "took part: n = 11" in charts[0].alt
    assert all(path.stat().st_size > 1000 for path in paths)


def test_the_same_numbers_are_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "first.svg", tmp_path / "second.svg"
    save_recruitment(BEHIND_US, [first])
    save_recruitment(BEHIND_US, [second])
    assert first.read_bytes() == second.read_bytes()
