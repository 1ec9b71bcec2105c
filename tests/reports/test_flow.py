"""Whoever began is counted once in the flow, as what became of them."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from survey_app.reports.charts import draw_charts
from survey_app.reports.flow import Course, Flow
from survey_app.reports.flow_words import describe_flow
from survey_app.reports.responses import ResponseRow, Source
from tests.reports.sample import CONTEXT, make_interview, make_response, make_source

STATES = ("submitted", "in_progress", "withdrawn")


def make_mixed() -> Source:
    """Nine forms, three of each state, and interviews 9 to 14, of which 10 and 13 broke off."""
    forms = [make_response(number, state=STATES[number % 3]) for number in range(9)]
    asked = [
        make_response(number, delivery="interviewer", state=STATES[number % 3])
        for number in range(9, 15)
    ]
    broken = {9, 10, 13}  # 9 was submitted nevertheless
    interviews = [
        replace(make_interview(number), outcome="broken_off" if number in broken else None)
        for number in range(9, 15)
    ]
    return replace(
        make_source(0),
        responses=lambda: iter([*forms, *asked]),
        interviews=lambda: iter(interviews),
    )


def count(source: Source) -> tuple[tuple[Flow, ...], list[ResponseRow]]:
    course = Course()
    course.expect(source.interviews())
    read = list(course.watch(source.responses()))
    return course.flows(), read


def test_a_flow_counts_every_response_once_by_what_became_of_it() -> None:
    flows, _read = count(make_mixed())
    assert flows == (
        Flow(delivery="self", submitted=3, out={"in_progress": 3, "withdrawn": 3}),
        Flow(
            delivery="interviewer",
            submitted=2,
            out={"in_progress": 0, "broken_off": 2, "withdrawn": 2},
        ),
    )


@pytest.mark.parametrize(
    "source",
    [
        make_source(0),
        make_source(1),
        make_source(11, 4),
        make_source(3, state="withdrawn"),
        make_mixed(),
    ],
)
def test_the_numbers_of_a_flow_add_up_to_all_responses(source: Source) -> None:
    flows, read = count(source)
    assert sum(flow.begun for flow in flows) == len(read)
    for flow in flows:
        of_delivery = [each for each in read if each.delivery == flow.delivery]
        assert flow.begun == len(of_delivery)
        assert flow.submitted == sum(each.state == "submitted" for each in of_delivery)
        assert flow.begun - sum(flow.out.values()) == flow.submitted


def test_where_nobody_began_the_flow_is_of_nobody() -> None:
    (flow,) = count(make_source(0))[0]
    assert (flow.delivery, flow.begun) == ("self", 0)


def test_the_chart_of_the_flow_shows_and_tells_its_numbers(tmp_path: Path) -> None:
    chart = draw_charts(make_mixed(), CONTEXT, tmp_path, "svg")[0]
    assert chart.key == "recruitment-flow"
    told = (
        "Filled in by participants: begun 9, submitted 3, in progress 3, withdrawn 3. Asked in "
        "interviews: begun 6, submitted 2, in progress 0, broken off 2, withdrawn 2."
    )
    assert chart.alt == f"From beginning to sending {told}"
    assert describe_flow(count(make_mixed())[0]) == told
    tree = ET.fromstring(chart.path.read_text(encoding="utf-8"))
    shown = [each.text for each in tree.iter("{http://www.w3.org/2000/svg}text")]
    for words in (
        "begun in all: n = 15",
        "begun: n = 9",
        "not submitted: n = 6",
        "submitted: n = 3",
        "begun: n = 6",
        "– broken off: n = 2",
    ):
        assert words in shown
