"""Names and addresses live alone, and can be forgotten."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.storage.errors import WrongDatabase
from survey_app.storage.people.register import People, Person
from survey_app.storage.people.upgrade import migrate_people, people_state
from survey_app.storage.store import Store
from tests.storage.people.sealed import bytes_on_disk, sealed_values

ADA = Person(id="1f", study="teaching-2026", name="Ada Lovelace", email="ada@example.org")
ZOE = Person(id="2e", study="teaching-2026", name="Zoe", phone="555 0100")
BEN = Person(id="3d", study="other", name="Ben")


@pytest.fixture
def people_path(tmp_path: Path) -> Path:
    return tmp_path / "people.sqlite"


@pytest.fixture
def people(people_path: Path) -> Iterator[People]:
    url, key = f"sqlite:///{people_path}", people_path.with_name("people.key")
    migrate_people(url, key)
    with People(url, key) as opened:
        yield opened


def test_a_person_is_found_by_the_participants_id(people: People) -> None:
    people.keep(ADA)
    assert (people.find("1f"), people.find("none")) == (ADA, None)


def test_keeping_again_replaces(people: People) -> None:
    people.keep(ADA)
    moved = Person(id="1f", study="teaching-2026", name="Ada King")
    people.keep(moved)
    assert people.list("teaching-2026") == [moved]


def test_a_studys_people_come_by_name(people: People) -> None:
    for person in (ZOE, BEN, ADA):
        people.keep(person)
    assert people.list("teaching-2026") == [ADA, ZOE]


def test_a_forgotten_person_leaves_no_trace_in_the_files(people: People, people_path: Path) -> None:
    people.keep(ADA)
    (sealed,) = sealed_values(people_path)
    assert sealed in bytes_on_disk(people_path)
    people.forget("1f")
    people.forget("1f")
    assert people.find("1f") is None
    assert sealed not in bytes_on_disk(people_path)


def test_the_two_databases_are_not_taken_for_each_other(url: str, people_path: Path) -> None:
    key = people_path.with_name("people.key")
    migrate_people(f"sqlite:///{people_path}", key)
    with pytest.raises(WrongDatabase, match="another program"):
        Store(f"sqlite:///{people_path}")
    with pytest.raises(WrongDatabase, match="another program"):
        migrate_people(url, key)


def test_an_absent_register_is_empty_until_it_is_migrated(people_path: Path) -> None:
    assert people_state(f"sqlite:///{people_path}") == "empty"
    with pytest.raises(WrongDatabase, match="Start 'survey-app serve' once"):
        People(f"sqlite:///{people_path}", people_path.with_name("people.key"))
