"""A first start makes all that is needed, and every later one leaves it as it is."""

from pathlib import Path

import pytest
import time_machine

from survey_app import first_start, first_study
from survey_app.definition.consent import read_stored
from survey_app.definition.library import load_library
from survey_app.definition.loader import load_definition
from survey_app.settings import PRIVATE_FOLDER, Settings
from survey_app.storage.errors import UnknownRecord
from survey_app.storage.store import Store
from tests.installation import make_settings


def describe(store: Store) -> tuple[object, ...]:
    return (
        store.studies.list(),
        store.studies.protocol("ami"),
        store.studies.consent_text("ami"),
        store.instruments.list(),
        store.accounts.list(),
    )


def test_there_is_one_study_with_the_survey_and_the_interview_open(store: Store) -> None:
    (study,) = store.studies.list()
    assert (study.slug, study.anonymous) == ("ami", False)
    assert [
        (entry.instrument, entry.version, entry.delivery, entry.open)
        for entry in store.studies.protocol("ami")
    ] == [
        ("ami-survey", "1.0.1", "self", True),
        ("ami-survey", "1.0.1", "interviewer", True),
        ("ami-interview", "1.1.0", "interviewer", True),
    ]


def test_each_delivery_has_a_consent_text_and_the_interview_says_what_a_recording_is_for(
    store: Store,
) -> None:
    texts = {each.text.delivery: each.text for each in store.consents.texts("ami")}
    web, spoken = read_stored(texts["self"].body), read_stored(texts["interviewer"].body)
    assert "It is your choice." in web.text.in_language("en")
    assert web.keys == ("quoted",)
    assert "A recording is made only if you agree to it." in spoken.text.in_language("en")
    assert spoken.keys == ("recording", "quoted")
    assert not any(each.required for each in (*web.statements, *spoken.statements))


def test_a_second_start_changes_nothing(settings: Settings, store: Store) -> None:
    first_start.add_staff(store)
    before, secret = describe(store), settings.make_secret()
    first_start.prepare(settings)
    assert first_start.add_staff(store) == []
    assert (describe(store), settings.make_secret()) == (before, secret)


def test_accounts_that_a_command_added_before_the_first_server_get_role_and_link(
    store: Store,
) -> None:
    store.accounts.add("interviewer")
    store.accounts.add("Ann")
    assert first_start.add_staff(store, first=True) == ["interviewer", "analyst"]
    roles = {person.account.name: person.roles for person in store.accounts.staff()}
    assert roles == {
        "Ann": {},
        "analyst": {"ami": "analyst"},
        "interviewer": {"ami": "interviewer"},
    }
    store.accounts.disable("analyst")
    assert first_start.add_staff(store, first=True) == ["interviewer"]
    assert first_start.add_staff(store) == []


def test_a_start_that_was_interrupted_is_completed_by_the_next(tmp_path: Path) -> None:
    settings = make_settings(tmp_path)
    first_start.prepare(settings)
    library = load_library(settings.instruments)
    with Store(settings.database) as store:
        store.studies.create(slug="half", title="Half made")
    with Store(settings.database) as store, pytest.MonkeyPatch.context() as patch:
        patch.setattr(first_study, "SLUG", "half")
        first_start.add_study(store, library)
        first_start.add_study(store, library)
        assert len(store.studies.protocol("half")) == len(first_study.PROTOCOL)
        assert store.studies.consent_text("half") is not None


def test_what_was_closed_or_replaced_in_the_protocol_stays_so(
    settings: Settings, store: Store
) -> None:
    store.studies.add_instrument("ami", "ami-survey", "1.0.1", "self", open=False)
    before = store.studies.protocol("ami")
    first_start.prepare(settings)
    assert store.studies.protocol("ami") == before


def test_a_version_that_nobody_defines_is_told(settings: Settings, store: Store) -> None:
    with pytest.raises(UnknownRecord, match=r"no definition of ami-survey@9\.0\.0"):
        first_start.publish(store, load_library(settings.instruments), "ami-survey", "9.0.0")


def test_the_files_are_for_their_owner_alone(settings: Settings, tmp_path: Path) -> None:
    fresh = make_settings(tmp_path / "fresh")
    first_start.prepare(fresh)
    first_start.prepare_people(fresh)
    assert fresh.data.stat().st_mode & 0o777 == PRIVATE_FOLDER
    for name in ("responses.sqlite3", "people.sqlite3", "people.key", "secret"):
        assert (fresh.data / name).stat().st_mode & 0o777 == first_start.PRIVATE_FILE


MINE = """
format: 1
name: mine
version: 1.0.0
title: Mine
source: ours
licence: ours
changes: The first.
scales: {often: {direction: unipolar, points: {1: never, 2: often}}}
sections:
  - key: main
    title: All
    items:
      - {key: first, type: likert, scale: often, text: First?}
      - {key: second, type: likert, scale: often, text: Second?}
"""
SCALES = "analysis: {scales: {both: {items: [first, second]}}}\n"


def test_a_start_takes_over_the_analysis_that_was_added_to_a_published_version(
    store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    changes = [
        (MINE, False),
        (MINE + SCALES, True),
        (MINE.replace("First?", "Another question?"), True),  # not what was published
        (MINE, False),
    ]
    for second, (text, is_known) in enumerate(changes):
        file.write_text(text, encoding="utf-8")
        with time_machine.travel(f"2099-01-01T00:00:0{second}Z", tick=False):
            library = load_library(tmp_path)
            first_start.publish(store, library, "mine", "1.0.0")
            first_start.add_analyses(store, library)
        record = store.instruments.find("mine", "1.0.0")
        assert record is not None
        assert bool(load_definition(record.definition).analysis.scales) == is_known
