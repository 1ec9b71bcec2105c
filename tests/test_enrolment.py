"""Two databases and no transaction over both: after a crash between them nobody is lost or double."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app import first_start
from survey_app.enrolment import (
    add_roster,
    finish_rosters,
    forget,
    list_entries,
    make_roster,
    say_progress,
)
from survey_app.listing import Listed
from survey_app.people_access import PeopleAbsent, open_people, say_absent
from survey_app.settings import Settings
from survey_app.storage.people.records import Roster
from survey_app.storage.people.register import People
from survey_app.storage.people.rosters import Rosters
from survey_app.storage.records import ParticipantRecord
from survey_app.storage.store import Store

NAMES = ("Ada", "Ben", "Zoë")


@pytest.fixture
def people(settings: Settings) -> Iterator[People]:
    first_start.prepare_people(settings)
    with open_people(settings) as opened:
        yield opened


def roster() -> Roster:
    return make_roster("ami", [Listed(name=name) for name in NAMES], by="Cleo", digest="d")


def names(store: Store, people: People) -> list[str]:
    study = store.studies.find("ami")
    assert study is not None
    return [each.person.name for each in list_entries(store, people, study)]


def test_everybody_of_a_roster_has_a_pseudonym(store: Store, people: People) -> None:
    add_roster(store, people, roster())
    assert names(store, people) == list(NAMES)
    study = store.studies.find("ami")
    assert study is not None
    entries = list_entries(store, people, study)
    pseudonyms = {each.participant.pseudonym for each in entries if each.participant}
    assert len(pseudonyms) == len(NAMES)
    assert people.rosters.list("ami") == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork")
def test_what_a_kill_left_between_the_databases_is_finished_by_looking(
    settings: Settings, store: Store, people: People
) -> None:
    killed(settings, roster())
    assert people.list("ami") == []
    assert len(store.participants.list("ami")) == len(NAMES)
    assert names(store, people) == list(NAMES)
    assert people.rosters.list("ami") == []
    assert finish_rosters(store, people, "ami") == []
    assert len(store.participants.list("ami")) == len(NAMES)


def killed(settings: Settings, wanted: Roster) -> None:
    """Add a roster in a process that is killed after the first database and before the second."""
    child = os.fork()
    if child == 0:
        try:
            Rosters.enrol = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[method-assign]
            with Store(settings.database) as store, open_people(settings) as people:
                add_roster(store, people, wanted)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)


def test_a_roster_that_only_was_kept_adds_nobody_and_gives_way_to_the_same_file(
    store: Store, people: People
) -> None:
    people.rosters.keep(roster())
    assert names(store, people) == []
    add_roster(store, people, roster())
    assert people.rosters.list("ami") == []
    assert len(store.participants.list("ami")) == len(NAMES)


def test_who_is_forgotten_leaves_a_pseudonym(store: Store, people: People) -> None:
    add_roster(store, people, roster())
    first = people.list("ami")[0]
    forget(store, people, first.id)
    forget(store, people, first.id)
    assert names(store, people) == ["Ben", "Zoë"]
    assert len(store.participants.list("ami")) == len(NAMES)


def test_forgetting_loses_nobody_of_a_roster_that_was_half_added(
    store: Store, people: People
) -> None:
    add_roster(store, people, make_roster("ami", [Listed(name="Ada")], by="Cleo"))
    ada = people.list("ami")[0]
    half = make_roster("ami", [Listed(name="Ben")], by="Cleo", file="Ada.csv")
    people.rosters.keep(half)
    store.participants.add("ami", [each.id for each in half.people])
    forget(store, people, ada.id)
    assert [each.name for each in people.list("ami")] == ["Ben"]
    assert people.rosters.list("ami") == []


def test_an_absent_database_is_named_and_not_made(settings: Settings) -> None:
    with pytest.raises(PeopleAbsent) as absent, open_people(settings):
        pass
    file = settings.people.removeprefix("sqlite:///")
    assert file in say_absent(absent.value)
    assert "restore its backup" in say_absent(absent.value)
    assert not Path(file).exists()


def test_a_database_of_another_version_is_told_apart(settings: Settings) -> None:
    sentence = say_absent(PeopleAbsent("people.sqlite3", "newer"))
    assert "made by a newer version" in sentence
    assert "brings it up to date" in say_absent(PeopleAbsent("people.sqlite3", "older"))
    assert settings.people


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({}, "nothing yet"),
        ({"progress": "begun"}, "has begun"),
        ({"progress": "sent", "interviewed": True}, "has sent the answers, was interviewed"),
        ({"progress": "sent", "withdrew": True}, "withdrew"),
    ],
)
def test_what_came_of_an_invitation_is_told_in_words(
    told: dict[str, object], sentence: str
) -> None:
    given = {"id": "1", "pseudonym": "P07", "withdrew": False} | told
    assert say_progress(ParticipantRecord(**given)) == sentence  # type: ignore[arg-type]
