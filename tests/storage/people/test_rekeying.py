"""A new key takes the place of the earlier one, and nobody is lost wherever that is interrupted."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.storage.backup import backup
from survey_app.storage.people.errors import KeyWrong
from survey_app.storage.people.keys import new_key, read_keys, write_keys
from survey_app.storage.people.register import People, Person
from survey_app.storage.people.rekeying import Rekeyed, rekey
from survey_app.storage.people.upgrade import migrate_people
from tests.storage.people.killed import NEVER, killed_at
from tests.storage.people.sealed import bytes_on_disk, sealed_values
from tests.storage.people.test_sealing import write_everywhere

ADA = Person(id="3d", study="ami", name="Ada Lovelace")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "people.sqlite"


@pytest.fixture
def key(tmp_path: Path) -> Path:
    folder = tmp_path / "keys"
    folder.mkdir()
    return folder / "people.key"


@pytest.fixture
def people(path: Path, key: Path) -> Iterator[People]:
    migrate_people(f"sqlite:///{path}", key)
    with People(f"sqlite:///{path}", key) as opened:
        write_everywhere(opened, "Zoë")
        opened.keep(ADA)
        yield opened


def change(path: Path, key: Path, *, destroy: bool = False) -> Rekeyed:
    return rekey(f"sqlite:///{path}", key, destroy=destroy)


def read_all(people: People) -> list[object]:
    return [
        *people.list("ami"),
        *people.rosters.list("ami"),
        *people.letters.list("ami"),
        *people.mailings.list("ami"),
        *people.mailings.list_messages("ami"),
    ]


def open_again(path: Path, key: Path) -> list[object]:
    with People(f"sqlite:///{path}", key) as opened:
        opened.require_key()
        return read_all(opened)


def test_everything_is_sealed_anew_and_the_earlier_key_opens_nothing_of_it(
    people: People, path: Path, key: Path
) -> None:
    (earlier,) = read_keys(key)
    before, sealed = read_all(people), sealed_values(path)
    done = change(path, key)
    (later,) = read_keys(key)
    assert (done.key, done.entries, done.is_whole) == (later.id, len(sealed), True)
    assert later != earlier
    assert read_all(people) == before, "who had it open goes on"
    assert open_again(path, key) == before
    assert [each for each in sealed if each in bytes_on_disk(path)] == []
    assert done.earlier is not None
    assert read_keys(done.earlier) == (earlier,)
    with pytest.raises(KeyWrong):
        open_again(path, done.earlier)


def test_who_had_it_open_writes_under_the_new_key(people: People, path: Path, key: Path) -> None:
    change(path, key, destroy=True)
    people.keep(Person(id="4e", study="ami", name="Cy"))
    assert "Cy" in str(open_again(path, key))


def test_a_backup_from_before_opens_with_the_earlier_key_until_that_is_destroyed(
    people: People, path: Path, key: Path
) -> None:
    before = read_all(people)
    copy = path.with_name("copy")
    backup(f"sqlite:///{path}", copy)
    done = change(path, key)
    with pytest.raises(KeyWrong):
        open_again(copy, key)
    assert done.earlier is not None
    assert open_again(copy, done.earlier) == before
    again = path.with_name("again")
    backup(f"sqlite:///{path}", again)
    assert change(path, key, destroy=True).earlier is None
    files = [done.earlier, key]
    assert sorted(key.parent.iterdir()) == sorted(files)
    for file in files:
        with pytest.raises(KeyWrong):
            open_again(again, file)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork")
@pytest.mark.parametrize("destroy", [False, True])
def test_killed_at_any_step_everybody_can_be_read_and_the_next_call_ends_it(
    people: People, path: Path, key: Path, tmp_path: Path, *, destroy: bool
) -> None:
    wanted, sealed = read_all(people), sealed_values(path)
    people.close()
    (earlier,) = read_keys(key)
    for step in range(1, NEVER):
        folder = tmp_path / str(step)
        shutil.copytree(key.parent, folder / "keys")
        shutil.copyfile(path, folder / "people.sqlite")
        here, ring = folder / "people.sqlite", folder / "keys" / "people.key"
        killed = killed_at(step, lambda: change(here, ring, destroy=destroy), within=str(folder))  # noqa: B023
        assert open_again(here, ring) == wanted
        if not killed:
            assert step > 25, "there are that many steps at least"
            return
        if read_keys(ring) == (earlier,) or len(read_keys(ring)) > 1:
            change(here, ring, destroy=destroy)
        assert earlier not in read_keys(ring)
        assert open_again(here, ring) == wanted
        assert [each for each in sealed if each in bytes_on_disk(here)] == []
        beside = [read_keys(each) for each in ring.parent.iterdir() if each != ring]
        assert beside == ([] if destroy else [(earlier,)]), "nor does anything half written stay"
        shutil.rmtree(folder)


def test_a_key_that_is_not_the_databases_is_not_changed(
    people: People, path: Path, key: Path
) -> None:
    wrong = key.with_name("wrong")
    write_keys(wrong, (new_key(),))
    before = wrong.read_bytes()
    with pytest.raises(KeyWrong):
        change(path, wrong)
    assert wrong.read_bytes() == before
    assert people.list("ami")


def test_while_something_reads_an_older_moment_the_earlier_key_stays(
    people: People, path: Path, key: Path
) -> None:
    (earlier,) = read_keys(key)
    access = people._access
    with access.engine.connect() as reader:
        reader.exec_driver_sql("SELECT count(*) FROM person").all()
        done = change(path, key)
        assert (done.is_whole, done.earlier) == (False, None)
        assert [each.id for each in read_keys(key)] == [done.key, earlier.id]
    assert change(path, key).is_whole
    assert [each.id for each in read_keys(key)] == [done.key]
