"""The sheet's sections at a glance: coverage in one bar, and where to begin again."""

from dataclasses import replace
from pathlib import Path

import pytest

from survey_app.storage.records import InterviewState
from survey_app.storage.store import Store
from survey_app.web.interviewer.call_words import FLAG_SHORTCUTS, SHORTCUTS
from survey_app.web.interviewer.coverage import cover_all
from survey_app.web.interviewer.overview import find_resume_place, view_sections
from survey_app.web.interviewer.topics import Sheet
from survey_app.web.interviewer.words import state_words
from tests.web.interviewing import Shelf, Studied, lay_out


@pytest.fixture
def installation(begun: Studied) -> Path:
    return begun.folder


@pytest.fixture
def interview(store: Store, begun: Studied) -> InterviewState:
    return Shelf.of(store, begun.address).state


@pytest.fixture
def sheet(interview: InterviewState) -> Sheet:
    responses = {run.instrument: run.response for run in interview.responses}
    return lay_out(responses=[responses["talk"], responses["closing"]])


def test_a_sections_bar_goes_from_unprompted_to_open_and_is_said_in_words(
    interview: InterviewState, sheet: Sheet
) -> None:
    values = {
        "state.1.topics.ethics": "refused",
        "state.1.topics.career": "raised_after_probe",
        "state.1.teaching.view": "raised_unprompted",
        "state.1.topics.other:1": "raised_unprompted",
    }
    opening, closing = view_sections(sheet, interview, cover_all(sheet, values), elapsed=0)
    assert opening.states == (
        "raised_unprompted",
        "raised_after_probe",
        "otherwise",
        "not_reached",
    )
    assert opening.words == "1 unprompted, 1 after probe, 1 not raised, 1 open"
    assert (closing.states, closing.words) == ((), "")


def test_time_is_that_of_the_section_one_was_in(interview: InterviewState, sheet: Sheet) -> None:
    first, last = sheet.topics[0], sheet.topics[-1]
    visits = [
        {"response": topic.response, "item": topic.item, "at": at}
        for topic, at in ((first, 0), (last, 90_000))
    ]
    seen = replace(interview, visits=visits, planned_minutes=None)
    sections = view_sections(sheet, seen, cover_all(sheet, {}), elapsed=100_000)
    assert [section.elapsed for section in sections] == [90_000, 10_000]
    assert [section.minutes for section in sections] == [None, None]


def test_one_begins_again_where_it_was_said_to_resume_else_where_one_came_last(
    interview: InterviewState, sheet: Sheet
) -> None:
    first, second = sheet.topics[:2]
    visit = {"response": second.response, "item": second.item, "at": 5}
    seen = replace(interview, visits=[visit])
    gone_on = replace(seen, resume=f"{first.response}/{first.item}")
    agreed = replace(gone_on, outcome="broken_off")
    found = [find_resume_place(sheet, each) for each in (interview, seen, gone_on, agreed)]
    assert found == ["", second.place, second.place, first.place]


def test_the_keys_that_mark_are_the_letters_of_the_boxes_on_paper() -> None:
    paper = {words.code: words.letter for words in state_words()}
    assert dict(SHORTCUTS) == paper
    assert len(set(paper.values()) | set(FLAG_SHORTCUTS.values())) == len(paper) + 3
