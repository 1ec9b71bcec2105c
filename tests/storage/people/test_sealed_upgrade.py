"""Names of before stood in clear: they are encrypted at the next start, to the last byte."""

import os
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from survey_app.storage.people.errors import KeyMissing
from survey_app.storage.people.keys import read_keys
from survey_app.storage.people.records import Letter, Mailing, Person
from survey_app.storage.people.register import People
from survey_app.storage.people.upgrade import (
    MIGRATIONS,
    is_in_clear,
    migrate_people,
    people_state,
)
from tests.storage.people.killed import NEVER, killed_at
from tests.storage.people.sealed import bytes_on_disk
from tests.storage.test_upgrades import EVERY
from tests.storage.test_withdrawn_people import upgrade

AT = "2026-11-22T20:14:05.123Z"
STRIDE = 1 if os.environ.get(EVERY) else 2
CANARY = "Canary 7f3a91c2"
PERSON = (
    '{"id": "2e", "study": "ami", "name": "Ben Canary 7f3a91c2", "email": "", "phone": "",'
    ' "address": "", "signature": "", "note": "", "language": "fr", "silent": false}'
)
ROWS: dict[str, list[dict[str, Any]]] = {
    "person": [
        {
            "id": f"{number:032x}",
            "study": "ami",
            "name": f"{CANARY} {number}",
            "email": "canary@example.org",
            "phone": "555 0100",
            "address": CANARY,
            "signature": CANARY,
            "note": CANARY,
            "created": AT,
            "changed": AT,
            "language": "en",
            "silent": number % 2,
        }
        for number in range(40)
    ],
    "roster": [
        {
            "id": "r",
            "study": "ami",
            "file": f"{CANARY}.csv",
            "digest": "d",
            "made_by": "Cleo",
            "made": AT,
            "people": f"[{PERSON}]",
            "problems": f'["Row 2: {CANARY}"]',
            "left_out": "[]",
        }
    ],
    "letter": [
        {
            "study": "ami",
            "kind": "invitation",
            "language": "en",
            "subject": CANARY,
            "body": CANARY,
            "changed_by": "Cleo",
            "changed": AT,
        }
    ],
    "mailing": [
        {
            "id": "m",
            "study": "ami",
            "kind": "invitation",
            "texts": f'{{"en": {{"subject": "{CANARY}", "body": "b"}}}}',
            "made_by": "Cleo",
            "made": AT,
        }
    ],
    "message": [
        {
            "id": "x",
            "mailing_id": "m",
            "person_id": f"{1:032x}",
            "language": "en",
            "state": "failed",
            "reason": f"550 {CANARY}",
            "changed": AT,
        }
    ],
}


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the last schema in clear, of which much was changed before."""
    path = tmp_path_factory.mktemp("earlier") / "people.sqlite"
    upgrade(path, MIGRATIONS, "0002")
    with closing(sqlite3.connect(path)) as connection, connection:
        for table, rows in ROWS.items():
            for row in rows:
                marks = ", ".join("?" for _ in row)
                columns = ", ".join(row)
                connection.execute(
                    f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(row.values())
                )
    return path


@pytest.fixture
def path(earlier: Path, tmp_path: Path) -> Path:
    shutil.copyfile(earlier, tmp_path / "people.sqlite")
    return tmp_path / "people.sqlite"


def test_nothing_of_before_is_in_a_byte_of_the_files_and_all_of_it_can_be_read(path: Path) -> None:
    url, key = f"sqlite:///{path}", path.with_name("key")
    assert CANARY.encode() in bytes_on_disk(path)
    assert (is_in_clear(url), people_state(url)) == (True, "older")
    assert migrate_people(url, key)
    assert b"7f3a91c2" not in bytes_on_disk(path)
    assert b"canary@" not in bytes_on_disk(path)
    assert (is_in_clear(url), people_state(url)) == (False, "current")
    with People(url, key) as people:
        assert_all_is_there(people)
    assert b"7f3a91c2" not in bytes_on_disk(path)


def assert_all_is_there(people: People) -> None:
    found = people.list("ami")
    assert len(found) == len(ROWS["person"])
    one = next(each for each in found if each.id == f"{1:032x}")
    assert one == Person(
        **{
            name: value
            for name, value in ROWS["person"][1].items()
            if name not in {"created", "changed", "silent"}
        },
        silent=True,
    )
    (roster,) = people.rosters.list("ami")
    assert (roster.file, roster.people[0].name) == (f"{CANARY}.csv", f"Ben {CANARY}")
    assert people.count("ami") == len(ROWS["person"]) + 1
    assert people.letters.list("ami") == [
        Letter(study="ami", kind="invitation", language="en", subject=CANARY, body=CANARY)
    ]
    assert people.mailings.find("m") == Mailing(
        id="m",
        study="ami",
        kind="invitation",
        texts={"en": {"subject": CANARY, "body": "b"}},
        made_by="Cleo",
        made=AT,
    )
    (message,) = people.mailings.messages("m")
    assert (message.reason, message.name) == (f"550 {CANARY}", f"{CANARY} 1")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork")
def test_killed_at_any_step_it_goes_on_at_the_next_start(earlier: Path, tmp_path: Path) -> None:
    for step in range(1, NEVER, STRIDE):
        folder = tmp_path / str(step)
        folder.mkdir()
        shutil.copyfile(earlier, folder / "people.sqlite")
        path, key = folder / "people.sqlite", folder / "key"
        url = f"sqlite:///{path}"
        killed = killed_at(step, lambda: migrate_people(url, key), within=str(folder))  # noqa: B023
        if killed and is_in_clear(url):
            assert bytes_on_disk(path).count(b"7f3a91c2") >= len(ROWS["person"]), "all or nothing"
        used = read_keys(key) if key.exists() else None
        assert migrate_people(url, key)
        assert used in {None, read_keys(key)}, "a key that was made stays"
        assert b"7f3a91c2" not in bytes_on_disk(path)
        with People(url, key) as people:
            assert_all_is_there(people)
        if not killed:
            assert step > 30, "there are that many steps at least"
            return
        shutil.rmtree(folder)


def test_while_something_reads_the_file_the_traces_wait_for_the_next_start(path: Path) -> None:
    url, key = f"sqlite:///{path}", path.with_name("key")
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("PRAGMA journal_mode=wal").fetchall()
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM person").fetchone()
        assert not migrate_people(url, key)
        assert b"7f3a91c2" in bytes_on_disk(path)
    assert migrate_people(url, key)
    assert b"7f3a91c2" not in bytes_on_disk(path)


def test_where_no_key_can_be_made_nothing_is_changed(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(KeyMissing, match="there is no folder"):
        migrate_people(f"sqlite:///{path}", tmp_path / "absent" / "key")
    assert path.read_bytes() == before
