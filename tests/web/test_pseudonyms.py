"""A coordinator says who stands behind a pseudonym, in the browser without scripts."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from survey_app.people_access import open_people
from survey_app.settings import Settings
from survey_app.storage.people.records import Person
from survey_app.storage.store import Store
from survey_app.web.people.blueprint import ERRANDS
from tests.plain_browser import PlainBrowser
from tests.storage.scenes import change
from tests.web.coordinating import PEOPLE
from tests.web.signed_in import sign_in

if TYPE_CHECKING:
    from survey_app.jobs import Jobs


@pytest.fixture
def installation(installation_with_people: Path) -> Path:
    return installation_with_people


@pytest.fixture
def coordinator(app: Flask, settings: Settings, store: Store) -> Iterator[PlainBrowser]:
    """The coordinator's browser, where interviewers have typed two pseudonyms."""
    interviewer = store.accounts.add("ivy").id
    for number, code in enumerate(("P07", "P08")):
        store.interviews.begin(
            study="ami",
            participant_code=code,
            interviewer_account_id=interviewer,
            runs=[("ami-interview", "1.1.0")],
            consent=None,
            change=change(number, kind="begin"),
        )
    yield sign_in(app, settings, store, role="coordinator")
    errands: Jobs = app.extensions[ERRANDS]
    assert not errands.folder.is_dir()


def kept(settings: Settings) -> list[Person]:
    with open_people(settings) as people:
        return people.list("ami")


def address(store: Store, pseudonym: str) -> str:
    (found,) = (each for each in store.participants.list("ami") if each.pseudonym == pseudonym)
    return f"{PEOPLE}/pseudonyms/{found.id}"


def test_a_pseudonym_is_given_a_name_and_stays(
    coordinator: PlainBrowser, settings: Settings, store: Store
) -> None:
    before = store.participants.list("ami")
    coordinator.open(PEOPLE)
    assert f'href="{PEOPLE}/pseudonyms"' in coordinator.text
    coordinator.open(f"{PEOPLE}/pseudonyms")
    assert "Give P07 a name" in coordinator.text
    coordinator.open(address(store, "P07"))
    assert "Who is P07?" in coordinator.text
    assert "That you gave the name is written down, without the name" in coordinator.text
    coordinator.fill(name="Ada Lovelace", email="ada@example.org")
    assert coordinator.press().status_code == 200
    assert "The pseudonym has a name" in coordinator.text
    assert "Ada Lovelace" in coordinator.text
    assert [(each.name, each.email) for each in kept(settings)] == [
        ("Ada Lovelace", "ada@example.org")
    ]
    assert store.participants.list("ami") == before
    assert "Give P07 a name" not in coordinator.open(f"{PEOPLE}/pseudonyms").text
    lead = sign_in(coordinator.client.application, settings, store, role="study_lead")
    assert "gave P07 a name" in lead.open("/studies/ami").text
    assert "Lovelace" not in lead.text


def test_the_same_pseudonym_is_not_given_to_two_nor_one_person_to_two_pseudonyms(
    coordinator: PlainBrowser, settings: Settings, store: Store
) -> None:
    page = coordinator.open(address(store, "P07"))
    for name in ("Ada", "Ben"):
        coordinator.go_back(page)
        coordinator.fill(name=name)
        coordinator.press()
    assert "Somebody has given this pseudonym a name already" in coordinator.text
    assert [each.name for each in kept(settings)] == ["Ada"]
    assert coordinator.open(address(store, "P07")).status_code == 404
    coordinator.open(address(store, "P08"))
    coordinator.fill(name="ada")
    assert coordinator.press().status_code == 422
    assert "This person is in the study already" in coordinator.text
    assert "Who is P08?" in coordinator.text
    coordinator.fill(name="")
    assert coordinator.press().status_code == 422
    assert "The name is missing" in coordinator.text
    assert len(kept(settings)) == 1


def test_where_everybody_has_a_name_it_is_said(coordinator: PlainBrowser, store: Store) -> None:
    for pseudonym in ("P07", "P08"):
        coordinator.open(address(store, pseudonym))
        coordinator.fill(name=f"The person {pseudonym}")
        coordinator.press()
    assert f'href="{PEOPLE}/pseudonyms"' not in coordinator.open(PEOPLE).text
    assert "Everybody who takes part" in coordinator.open(f"{PEOPLE}/pseudonyms").text
