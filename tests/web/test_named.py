"""Texts that may name somebody: leads read them, coordinators are told of names, others count."""

import re
from collections.abc import Mapping

import pytest
from flask import Flask

from survey_app import first_start
from survey_app.people_access import open_people
from survey_app.settings import Settings
from survey_app.storage.moments import identifier
from survey_app.storage.people.records import Person
from survey_app.storage.records import AnswerRow, Change
from survey_app.storage.store import Store
from tests.web.signed_in import sign_in
from tests.web.test_desk import words_of

NAMED = "/studies/ami/named"
DESK = "/analysis/ami/ami-survey"
WROTE = {
    "rewarding_what": "Zoë Lévêque <zoe@example.org> helped me most, call her at 613-555-0142",
    "role": "other",
    "years": "2014-2015, 1234567890",
}


def answer(store: Store, answers: Mapping[str, str], *, other: str = "") -> str:
    """Store a response with these answers, and a text beside the topics."""
    made = {"client": "page", "actor": "participant", "source": "web", "language": "en"}
    response = store.responses.begin(
        study="ami",
        instrument="ami-survey",
        version="1.0.1",
        delivery="self",
        source="web",
        language="en",
        consent=None,
        session_hash=None,
        link_hash=None,
        change=Change(**made, sequence=0, base_revision=0, kind="begin"),  # type: ignore[arg-type]
    )
    rows = [AnswerRow(item=item, value=text) for item, text in answers.items()]
    if other:
        rows.append(AnswerRow(item="topics", value=["other"], other_text=other))
    store.responses.save_section(
        response,
        Change(**made, sequence=1, base_revision=0, kind="save"),  # type: ignore[arg-type]
        section="involvement",
        raw={},
        values={},
        answers=rows,
    )
    return response


@pytest.fixture
def response(store: Store) -> str:
    answer(store, {"rewarding_what": "Nothing to add in 2026."})
    return answer(store, WROTE, other="as Mai does")


@pytest.fixture
def named(settings: Settings, response: str) -> str:
    """A response in which two people of the study's list are named."""
    first_start.prepare_people(settings)
    with open_people(settings) as people:
        for name in ("Zoë Lévêque", "Nguyễn Thị Mai", "Who Isnowhere"):
            people.keep(Person(id=identifier(), study="ami", name=name))
        people.keep(Person(id=identifier(), study="another", name="Nothing Add"))
    return response


def test_a_lead_reads_the_texts_each_with_a_way_to_its_question(
    app: Flask, settings: Settings, store: Store, named: str
) -> None:
    lead = sign_in(app, settings, store, role="study_lead")
    page = words_of(lead.open(NAMED).text)
    assert "1 text may name somebody , of 3 that were looked through." in page
    assert f'href="{DESK}/response/{named}#q-rewarding_what"' in lead.text
    assert "<mark>zoe@example.org</mark>" in lead.text
    assert "<mark>613-555-0142</mark>" in lead.text
    assert "Zoë Lévêque &lt;<mark>" in lead.text, "no name is marked: a lead sees nobody's"
    assert "Isnowhere" not in page
    assert lead.open(f"{DESK}/response/{named}").status_code == 200


def test_a_coordinator_is_told_where_names_of_the_list_stand_and_reads_no_text(
    app: Flask, settings: Settings, store: Store, named: str
) -> None:
    coordinator = sign_in(app, settings, store, role="coordinator")
    page = words_of(coordinator.open(NAMED).text)
    assert "2 texts may name somebody" in page
    assert "Zoë Lévêque, zoe@example.org, 613-555-0142" in page
    assert "name of somebody in the study" in page
    assert "helped me most" not in page
    assert "as Mai" not in page
    assert "Isnowhere" not in page
    assert f"Response {named[:8]}" in page
    assert "/analysis/" not in coordinator.text


def test_without_the_database_of_people_the_rest_is_found_and_that_is_said(
    app: Flask, settings: Settings, store: Store, response: str
) -> None:
    coordinator = sign_in(app, settings, store, role="coordinator")
    page = words_of(coordinator.open(NAMED).text)
    assert "No names were looked for" in page
    assert "1 text may name somebody" in page


@pytest.mark.parametrize("kind", ["tables", "fragments"])
def test_an_analyst_is_told_how_many_and_whom_to_ask(
    app: Flask, settings: Settings, store: Store, named: str, kind: str
) -> None:
    del named
    analyst = sign_in(app, settings, store, role="analyst")
    assert f"{DESK}/tables/named" in analyst.open(DESK).text
    page = words_of(analyst.open(f"{DESK}/{kind}/named").text)
    assert "1 text may name somebody: ask the study lead before you hand anything on." in page
    assert re.search(r"e-mail address 1 telephone number 1", page)
    assert "zoe@" not in page
    assert "Zoë" not in page
    assert analyst.open(NAMED).status_code == 403


def test_a_study_in_which_nothing_was_found_says_so(
    app: Flask, settings: Settings, store: Store
) -> None:
    lead = sign_in(app, settings, store, role="study_lead")
    assert "0 texts may name somebody , of 0" in words_of(lead.open(NAMED).text)
    assert "Where they stand" not in lead.text
