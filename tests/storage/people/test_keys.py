"""The key is a file of its own: made once, its owner's alone, and told about when it is no key."""

import os
from pathlib import Path

import pytest

from survey_app.storage.people.errors import KeyDamaged, KeyMissing, KeyUnreadable
from survey_app.storage.people.keys import make_key, new_key, read_keys, write_keys


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.key"


def test_a_key_is_made_once_and_is_its_owners_alone(file: Path) -> None:
    make_key(file)
    (key,) = read_keys(file)
    make_key(file)
    assert read_keys(file) == (key,)
    assert len(key.material) == 32
    assert [each.name for each in file.parent.iterdir()] == ["people.key"]
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600


def test_two_keys_are_never_the_same_and_a_short_name_tells_nothing(file: Path) -> None:
    one, other = new_key(), new_key()
    assert one.material != other.material
    assert one.id != other.id
    assert bytes.fromhex(one.id) not in one.material
    assert str(one.material) not in repr(one)


def test_a_file_may_hold_earlier_keys_behind_the_newest(file: Path) -> None:
    keys = (new_key(), new_key(), new_key())
    write_keys(file, keys)
    assert read_keys(file) == keys


def test_on_a_disk_that_knows_no_second_name_it_is_made_too(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    make_key(file)
    (key,) = read_keys(file)
    make_key(file)
    assert read_keys(file) == (key,)
    assert [each.name for each in file.parent.iterdir()] == ["people.key"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("", 1),
        ("# only words\n", 1),
        ("# a head\n\nsurvey-app-people-key-1:short\n", 3),
        ("survey-app-people-key-1:" + "A" * 43 + "=\nmore\n", 2),
        ("é\n", 1),
    ],
)
def test_what_is_no_key_is_named_by_its_line(file: Path, content: str, line: int) -> None:
    file.write_text(content, encoding="utf-8")
    with pytest.raises(KeyDamaged, match=f"Line {line} of .*people.key is no key") as damaged:
        read_keys(file)
    assert damaged.value.line == line
    with pytest.raises(KeyDamaged):
        make_key(file)
    assert file.read_text(encoding="utf-8") == content, "what is there is left as it is"


def test_a_key_that_is_not_there_is_said_with_what_to_do(file: Path) -> None:
    with pytest.raises(KeyMissing, match=r"is not at .*people.key.* SURVEY_APP_PEOPLE_KEY"):
        read_keys(file)
    file.mkdir()
    with pytest.raises(KeyUnreadable, match=r"people.key cannot be read: Is a directory"):
        read_keys(file)
