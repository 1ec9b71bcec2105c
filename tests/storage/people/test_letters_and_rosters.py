"""Rosters, letters and messages lie beside the people, and go with them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from survey_app.storage.people.records import Letter, Mailing, Roster
from survey_app.storage.people.register import People, Person
from survey_app.storage.people.upgrade import migrate_people
from tests.storage.people.sealed import bytes_on_disk, sealed_values

ADA = Person(id="1f", study="ami", name="Ada Lovelace", email="ada@example.org")
BEN = Person(id="2e", study="ami", name="Ben")
ROSTER = Roster(
    id="r",
    study="ami",
    file="roster.csv",
    digest="d",
    made_by="Cleo",
    made="2026-11-22T20:14:05.123Z",
    people=(ADA, BEN),
    left_out=("Faculty",),
)
MAILING = Mailing(
    id="m",
    study="ami",
    kind="invitation",
    texts={"en": {"subject": "s", "body": "b"}},
    made_by="Cleo",
    made="2026-11-22T20:14:05.123Z",
)


@pytest.fixture
def people_path(tmp_path: Path) -> Path:
    return tmp_path / "people.sqlite"


@pytest.fixture
def people(people_path: Path) -> Iterator[People]:
    url, key = f"sqlite:///{people_path}", people_path.with_name("people.key")
    migrate_people(url, key)
    with People(url, key) as opened:
        yield opened


def test_a_roster_is_kept_as_it_was_read(people: People) -> None:
    people.rosters.keep(ROSTER)
    people.rosters.keep(ROSTER)
    assert people.rosters.list("ami") == [ROSTER]
    assert people.rosters.find_same("ami", "d") == ROSTER
    assert people.rosters.find("other", "r") is None
    assert people.list("ami") == []


def test_enrolling_keeps_the_people_and_not_the_roster(people: People) -> None:
    people.keep(Person(id="1f", study="ami", name="Ada King"))
    people.rosters.keep(ROSTER)
    people.rosters.enrol(ROSTER)
    people.rosters.enrol(ROSTER)
    assert [each.name for each in people.list("ami")] == ["Ada King", "Ben"]
    assert people.rosters.list("ami") == []


def test_a_roster_that_is_dropped_leaves_no_trace(people: People, people_path: Path) -> None:
    people.rosters.keep(ROSTER)
    (sealed,) = sealed_values(people_path)
    assert sealed in bytes_on_disk(people_path)
    people.rosters.drop("r")
    assert sealed not in bytes_on_disk(people_path)


def test_a_letter_is_replaced_by_kind_and_language(people: People) -> None:
    first = Letter(study="ami", kind="invitation", language="en", subject="s", body="one")
    french = Letter(study="ami", kind="invitation", language="fr", subject="s", body="un")
    second = Letter(study="ami", kind="invitation", language="en", subject="s", body="two")
    for letter in (first, french, second):
        people.letters.keep(letter, by="Cleo")
    assert people.letters.list("ami") == [second, french]
    assert people.letters.list("other") == []


def test_only_one_claims_a_message(people: People) -> None:
    people.keep(ADA)
    people.mailings.order(MAILING, {"1f": "en"})
    (message,) = people.mailings.messages("m")
    assert [people.mailings.claim(message.id) for _ in range(2)] == [True, False]
    people.mailings.settle(message.id, "sent")
    assert not people.mailings.claim(message.id)
    people.mailings.ask_again(message.id)
    assert people.mailings.count("m") == {"sent": 1}, "what was sent is not sent again"


def test_nothing_is_ordered_for_nobody(people: People) -> None:
    with pytest.raises(IntegrityError):
        people.mailings.order(MAILING, {"nobody": "en"})
    assert people.mailings.list("ami") == []


def test_who_is_forgotten_is_in_no_message_either(people: People, people_path: Path) -> None:
    people.keep(replace(ADA, id="1f1f1f"))
    people.mailings.order(MAILING, {"1f1f1f": "en"})
    assert b"1f1f1f" in bytes_on_disk(people_path)
    people.forget("1f1f1f")
    assert people.mailings.messages("m") == []
    assert b"1f1f1f" not in bytes_on_disk(people_path)


def test_of_a_study_that_is_forgotten_nothing_is_in_the_files(
    people: People, people_path: Path
) -> None:
    """Its people, a roster that nobody added, its letters, and what was sent, to the last word."""
    other = Person(id="3d", study="other", name="Cleo")
    for person in (ADA, other):
        people.keep(person)
    people.rosters.keep(replace(ROSTER, file="Ada Lovelace.csv", people=(BEN,)))
    words = {"subject": "From Ada Lovelace", "body": "b"}
    people.letters.keep(Letter(study="ami", kind="reminder", language="en", **words), by="Cleo")
    people.mailings.order(replace(MAILING, texts={"en": words}), {ADA.id: "en"})
    assert people.count("ami") == 2
    sealed = set(sealed_values(people_path)) - set(sealed_values(people_path, "person")[1:])
    assert len(sealed) == 5
    assert people.forget_study("ami")
    assert people.forget_study("ami"), "again"
    assert (people.count("ami"), people.list("other")) == (0, [other])
    assert (people.letters.list("ami"), people.mailings.list("ami")) == ([], [])
    kept = bytes_on_disk(people_path)
    assert [each for each in sealed if each in kept] == []


@pytest.mark.parametrize(
    "named",
    [
        {"people": (replace(ADA, id="9"),)},
        {"people": (Person(id="9", study="ami", name="A. L.", email="ADA@example.org"),)},
        {"problems": ("Row 2: Ada Lovelace is there already",)},
        {"file": "ada lovelace.csv"},
    ],
    ids=["by name", "by address", "in a problem", "by the file"],
)
def test_who_is_forgotten_stands_in_no_roster_either(people: People, named: Any) -> None:
    people.keep(ADA)
    people.rosters.keep(replace(ROSTER, people=(BEN,)))
    people.rosters.keep(replace(ROSTER, **{"id": "naming", "people": (BEN,), **named}))
    people.forget(ADA.id)
    assert [each.id for each in people.rosters.list("ami")] == ["r"]
