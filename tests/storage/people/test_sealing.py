"""Whoever has the file of names without its key reads nobody, and can put nobody in another's place."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from survey_app.storage.backup import backup
from survey_app.storage.people.errors import KeyMissing, KeyWrong, SealBroken
from survey_app.storage.people.keys import new_key, read_keys, write_keys
from survey_app.storage.people.records import Letter, Mailing, Roster
from survey_app.storage.people.register import People, Person
from survey_app.storage.people.upgrade import migrate_people
from tests.storage.people.sealed import bytes_on_disk, sealed_values

CANARY = "kanárek 7f3a91c2"
ADA = Person(id="1f", study="ami", name="Ada Lovelace", email="ada@example.org")
AT = "2026-11-22T20:14:05.123Z"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "people.sqlite"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    return tmp_path / "elsewhere" / "key"


@pytest.fixture
def people(path: Path, key: Path) -> Iterator[People]:
    key.parent.mkdir()
    migrate_people(f"sqlite:///{path}", key)
    with People(f"sqlite:///{path}", key) as opened:
        yield opened


def write_everywhere(people: People, text: str) -> None:
    """Write a text wherever one can be written."""
    who = Person(
        id="1f",
        study="ami",
        name=text,
        email=f"{text}@example.org",
        phone=text,
        address=text,
        signature=text,
        note=text,
    )
    people.keep(who)
    roster = Roster(
        id="r",
        study="ami",
        file=f"{text}.csv",
        digest=text,
        made_by=text,
        made=AT,
        people=(replace(who, id="2e"),),
        problems=(text,),
        left_out=(text,),
    )
    people.rosters.keep(roster)
    words = {"subject": text, "body": text}
    letter = Letter(study="ami", kind="invitation", language="en", **words)
    people.letters.keep(letter, by=text)
    mailing = Mailing(
        id="m", study="ami", kind="invitation", texts={"en": words}, made_by=text, made=AT
    )
    people.mailings.order(mailing, {"1f": "en"})
    (message,) = people.mailings.messages("m")
    people.mailings.claim(message.id)
    people.mailings.settle(message.id, "failed", f"550 {text} is unknown here")
    assert people.rosters.list("ami") == [roster]
    assert people.mailings.messages("m")[0].reason == f"550 {text} is unknown here"


def spell(text: str) -> set[bytes]:
    return {text.encode(), text.encode("utf-16-le"), text.encode("ascii", "backslashreplace")}


def test_what_names_somebody_is_in_no_byte_of_the_file_its_log_or_a_backup(
    people: People, path: Path
) -> None:
    write_everywhere(people, CANARY)
    assert len(sealed_values(path)) == 5
    backup(f"sqlite:///{path}", path.with_name("copy"))
    assert path.with_name("people.sqlite-wal").stat().st_size > 0, "the log is hunted through, too"
    for content in (bytes_on_disk(path), path.with_name("copy").read_bytes()):
        assert b"ami" in content, "the study is in clear, so the hunt would find a word"
        assert [each for each in spell(CANARY) if each in content] == []
        assert b"7f3a91c2" not in content


def test_the_key_is_in_no_file_of_the_database_nor_in_its_backup(
    people: People, path: Path, key: Path
) -> None:
    write_everywhere(people, CANARY)
    backup(f"sqlite:///{path}", path.with_name("people.sqlite.copy"))
    (used,) = read_keys(key)
    line = key.read_bytes().splitlines()[-1].partition(b":")[2]
    assert used.material not in bytes_on_disk(path)
    assert line not in bytes_on_disk(path)


def test_the_same_words_differ_on_disk_even_in_the_same_place(people: People, path: Path) -> None:
    people.keep(ADA)
    people.keep(replace(ADA, id="2e"))
    before = sealed_values(path)
    people.keep(ADA)
    assert len(set(before + sealed_values(path, "person"))) == 3


def test_the_length_of_a_name_does_not_tell_it(people: People, path: Path) -> None:
    for number, name in enumerate(("Jo", "Ada Lovelace", "Maria-Magdalena")):
        people.keep(Person(id=str(number), study="ami", name=name))
    assert len({len(each) for each in sealed_values(path)}) == 1


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE person SET sealed = (SELECT sealed FROM person WHERE id = '2e')", "of another"),
        ("UPDATE person SET study = 'other' WHERE id = '1f'", "in another study"),
        ("UPDATE person SET id = '3d' WHERE id = '1f'", "under another pseudonym"),
        ("UPDATE person SET sealed = substr(sealed, 1, length(sealed) - 1)", "cut"),
        ("UPDATE person SET sealed = x'01'", "nothing"),
        (
            "UPDATE person SET sealed = CAST(x'02' || substr(sealed, 2) AS BLOB)",
            "of another format",
        ),
        ("UPDATE person SET sealed = (SELECT sealed FROM letter)", "of another table"),
    ],
    ids=lambda each: each if " SET " not in each else "",
)
def test_a_value_that_was_exchanged_or_changed_is_refused(
    people: People, path: Path, change: str, why: str
) -> None:
    people.keep(ADA)
    people.keep(Person(id="2e", study="ami", name="Ben"))
    people.letters.keep(
        Letter(study="ami", kind="invitation", language="en", subject="s", body="b"), by="Cleo"
    )
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(change)
    with pytest.raises(SealBroken, match=r"damaged or changed from outside.*Restore a backup"):
        [people.list(study) for study in ("ami", "other")]
    assert why


def test_a_reason_cannot_be_moved_to_another_message(people: People, path: Path) -> None:
    for person in (ADA, Person(id="2e", study="ami", name="Ben")):
        people.keep(person)
    mailing = Mailing(id="m", study="ami", kind="invitation", texts={}, made_by="Cleo", made=AT)
    people.mailings.order(mailing, {"1f": "en", "2e": "en"})
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(
            "UPDATE message SET sealed = (SELECT sealed FROM message WHERE person_id = '1f')"
        )
    with pytest.raises(SealBroken, match="message "):
        people.mailings.messages("m")


def test_without_the_key_or_with_another_nobody_is_read_and_what_is_wrong_is_said(
    people: People, path: Path, key: Path
) -> None:
    people.keep(ADA)
    (used,) = read_keys(key)
    with People(f"sqlite:///{path}", key.with_name("absent")) as other:
        with pytest.raises(KeyMissing, match=r"is not at .*absent"):
            other.require_key()
        with pytest.raises(KeyMissing):
            other.list("ami")
        assert (other.count("ami"), other.find_key()) == (1, used.id), "counting needs none"
    write_keys(key.with_name("another"), (new_key(),))
    with People(f"sqlite:///{path}", key.with_name("another")) as other:
        with pytest.raises(KeyWrong, match=f"under the key {used.id}, and .*another holds"):
            other.require_key()
        with pytest.raises(KeyWrong):
            other.keep(ADA)
        assert other.forget_study("ami"), "what must be erased is erased without a key"
    assert people.list("ami") == []


def test_a_database_that_is_there_gets_no_second_key(people: People, path: Path, key: Path) -> None:
    people.keep(ADA)
    key.rename(key.with_name("moved"))
    migrate_people(f"sqlite:///{path}", key)
    assert not key.exists(), "a new key would open nothing"
    with People(f"sqlite:///{path}", key.with_name("moved")) as opened:
        assert opened.list("ami") == [ADA]
