"""A backup comes back whole or not at all, and overwrites nothing."""

import os
import shutil
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from survey_app.backups.errors import BackupError
from survey_app.backups.restoration import BESIDE, Part, restore
from survey_app.storage.backup import backup
from survey_app.storage.people.register import People, Person
from survey_app.storage.people.upgrade import MIGRATIONS as PEOPLE
from survey_app.storage.people.upgrade import bring_up, migrate_people
from survey_app.storage.store import Store
from survey_app.storage.upgrade import RESPONSES
from tests.backups.killed import NEVER, killed_at
from tests.storage.scenes import begin, by_hand, change, save

EVA = Person(id="p", study="s", name="Eva")


def holds(_engine: Engine) -> None:
    """What the command verifies is tested with it."""


def part(file: Path, target: Path) -> Part:
    return Part(
        file=file,
        target=target,
        migrations=RESPONSES,
        upgrade=RESPONSES.upgrade,
        what="the responses",
        check=holds,
    )


def names(file: Path, target: Path) -> Part:
    return Part(
        file=file,
        target=target,
        migrations=PEOPLE,
        upgrade=lambda engine: bring_up(engine, file.with_name("key")),
        what="the names",
        check=holds,
    )


@pytest.fixture
def copy(store: Store, url: str, tmp_path: Path) -> Path:
    """A backup with a response."""
    save(store, begin(store), "agree", change(1))
    backup(url, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """A backup of names."""
    address = f"sqlite:///{tmp_path / 'people'}"
    migrate_people(address, tmp_path / "key")
    with People(address, tmp_path / "key") as people:
        people.keep(EVA)
    backup(address, tmp_path / "register")
    return tmp_path / "register"


def test_it_is_its_owners_alone_and_has_what_was_there(
    copy: Path, register: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new" / "data"
    restore([names(register, new / "people"), part(copy, new / "responses")], None)
    assert sorted(each.name for each in new.iterdir()) == ["people", "responses"]
    if os.name == "posix":
        assert new.stat().st_mode & 0o777 == 0o700
        assert {each.stat().st_mode & 0o777 for each in new.iterdir()} == {0o600}
    with Store(f"sqlite:///{new / 'responses'}") as restored:
        assert restored.studies.find("teaching-2026") is not None
    with People(f"sqlite:///{new / 'people'}", tmp_path / "key") as people:
        assert people.find("p") == EVA


@pytest.mark.parametrize("ending", BESIDE)
def test_nothing_that_is_there_is_overwritten(copy: Path, tmp_path: Path, ending: str) -> None:
    there = tmp_path / f"new{ending}"
    there.write_text("precious")
    with pytest.raises(FileExistsError, match=r"left as it is\. Restore into a new place"):
        restore([part(copy, tmp_path / "new")], None)
    assert there.read_text() == "precious"
    assert [each.name for each in tmp_path.glob("new*")] == [there.name]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is no backup of the responses. Check which file it is"),
        (b"recipes", "is no backup of the responses"),
        (b"SQLite format 3\0", "is cut short: 16 of"),
        (b"age-encryption.org/v1\n-> X25519 abc\n", "sealed in another way"),
        (None, "There is no file"),
    ],
)
def test_what_is_no_backup_is_refused_and_leaves_nothing(
    tmp_path: Path, content: bytes | None, sentence: str
) -> None:
    if content is not None:
        (tmp_path / "given").write_bytes(content)
    with pytest.raises((BackupError, FileNotFoundError), match=sentence):
        restore([part(tmp_path / "given", tmp_path / "new" / "data" / "it")], None)
    assert not (tmp_path / "new").exists()


def test_a_backup_that_is_cut_anywhere_is_refused(copy: Path, tmp_path: Path) -> None:
    whole = copy.read_bytes()
    for length in (50, 100, 8192, len(whole) // 2, len(whole) - 1):
        cut = tmp_path / "cut"
        cut.write_bytes(whole[:length])
        with pytest.raises(BackupError, match="is cut short: "):
            restore([part(cut, tmp_path / "new" / "it")], None)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "UPDATE response_schema SET version_num = '9999'",
            "was made by a newer version of this program. Install that version or a newer one",
        ),
        ("ALTER TABLE response_schema RENAME TO theirs", "is no backup of the responses"),
    ],
)
def test_a_database_that_is_newer_or_foreign_is_refused(
    copy: Path, tmp_path: Path, statement: str, sentence: str
) -> None:
    by_hand(copy, statement)
    with pytest.raises(BackupError, match=sentence) as raised:
        restore([part(copy, tmp_path / "new" / "it")], None)
    assert str(raised.value).startswith(str(copy))
    assert not (tmp_path / "new").exists()


def test_names_are_not_taken_for_responses(copy: Path, register: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    with pytest.raises(BackupError, match="register is no backup of the responses"):
        restore([names(register, new / "names"), part(register, new / "it")], None)
    with pytest.raises(BackupError, match="copy is no backup of the names"):
        restore([names(copy, new / "names"), part(copy, new / "it")], None)
    assert not new.exists()


def test_what_does_not_hold_is_not_put_in_place(copy: Path, tmp_path: Path) -> None:
    def refuse(_engine: Engine) -> None:
        raise BackupError("does not hold")

    given = Part(
        file=copy,
        target=tmp_path / "new" / "it",
        migrations=RESPONSES,
        upgrade=RESPONSES.upgrade,
        what="it",
        check=refuse,
    )
    with pytest.raises(BackupError, match="does not hold"):
        restore([given], None)
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork")
def test_wherever_it_is_killed_nothing_half_made_stands_under_its_name(
    copy: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    for step in range(1, NEVER):
        was_killed = killed_at(
            step, lambda: restore([part(copy, new / "it")], None), within=str(new)
        )
        if not (new / "it").exists():
            assert was_killed
            restore([part(copy, new / "it")], None)
        assert [each.name for each in new.iterdir() if each.name != "it"] == [] or was_killed
        with Store(f"sqlite:///{new / 'it'}") as restored:
            assert restored.studies.find("teaching-2026") is not None
        shutil.rmtree(new)
        if not was_killed:
            assert step > 8, "there are that many steps at least"
            return
