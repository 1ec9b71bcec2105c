"""The instruments at hand: shipped ones, those of a folder beside, and what cannot be both."""

from pathlib import Path

import pytest

from survey_app.definition.library import check_files, find_files, load_library, shipped_folder
from tests.definition.definitions import write_items

SLEEP = write_items("- {key: sleep, type: text, text: How do you sleep?}")


def save(folder: Path, text: str, name: str = "wellbeing", version: str = "1.0.0") -> Path:
    file = folder / name / f"{version}.yaml"
    file.parent.mkdir(exist_ok=True)
    text = text.replace("name: wellbeing", f"name: {name}").replace("1.0.0", version)
    file.write_text(text, "utf-8")
    return file


def tell(problems: object, folder: Path) -> list[str]:
    assert isinstance(problems, tuple | list)
    return [str(problem).replace(f"{folder}/", "") for problem in problems]


def test_what_ships_is_at_hand_and_without_a_problem() -> None:
    library = load_library()

    assert library.problems == ()
    assert library.names == ("ami-interview", "ami-safe-relationships", "ami-survey")


def test_a_folder_adds_to_what_ships(tmp_path: Path) -> None:
    save(tmp_path, SLEEP)
    save(tmp_path, SLEEP, version="1.0.10")
    save(tmp_path, SLEEP, version="1.0.9")

    library = load_library(tmp_path)

    assert library.problems == ()
    assert library.versions("wellbeing") == ("1.0.0", "1.0.9", "1.0.10")
    assert library.find("wellbeing") is library.instruments["wellbeing", "1.0.10"]
    assert library.find("wellbeing", "1.0.9") is library.instruments["wellbeing", "1.0.9"]
    assert library.find("wellbeing", "2.0.0") is None
    assert library.find("nothing") is None
    assert library.find("ami-survey") is not None


@pytest.mark.parametrize("folder", ["missing", ""])
def test_a_folder_that_is_missing_or_empty_adds_nothing(tmp_path: Path, folder: str) -> None:
    assert load_library(tmp_path / folder).problems == ()


def test_the_shipped_folder_beside_itself_is_one() -> None:
    assert load_library(shipped_folder()).instruments == load_library().instruments


def test_a_copy_of_a_shipped_file_is_no_problem_and_another_file_of_its_name_is(
    tmp_path: Path,
) -> None:
    shipped = shipped_folder() / "ami-survey" / "1.0.1.yaml"
    text = shipped.read_text("utf-8")

    save(tmp_path, text, "ami-survey", "1.0.1")
    same = load_library(tmp_path)
    save(tmp_path, text.replace("Problem solving", "Solving problems"), "ami-survey", "1.0.1")
    other = load_library(tmp_path)

    assert same.problems == ()
    assert other.instruments == load_library().instruments
    ours = other.instruments["ami-survey", "1.0.1"].fingerprint[:12]
    theirs = check_files([tmp_path])[0][0].fingerprint[:12]
    assert tell(other.problems, tmp_path) == [
        (
            f"ami-survey/1.0.1.yaml:1: ami-survey 1.0.1 ships with the program as {ours} and this file "
            f"is {theirs}; the shipped one is used. Give this file a new version, or remove it"
        )
    ]


def test_a_published_version_may_not_change(tmp_path: Path) -> None:
    file = save(tmp_path, SLEEP)
    published = load_library(tmp_path).instruments["wellbeing", "1.0.0"].fingerprint
    frozen = {("wellbeing", "1.0.0"): published, ("gone", "1.0.0"): "0" * 64}
    file.write_text(SLEEP + "# a comment\n", "utf-8")
    assert load_library(tmp_path, frozen).problems == ()

    save(tmp_path, SLEEP.replace("How do", "How well do"))

    changed = load_library(tmp_path, frozen)
    found = changed.instruments["wellbeing", "1.0.0"].fingerprint
    assert tell(changed.problems, tmp_path) == [
        (
            f"wellbeing/1.0.0.yaml:1: wellbeing 1.0.0 is frozen: it was published as {published[:12]} "
            f"and this file is {found[:12]}; undo the change, or save the file as a new version"
        )
    ]


def test_a_version_that_says_too_little_is_a_problem_of_its_own_file(tmp_path: Path) -> None:
    save(tmp_path, SLEEP)
    save(tmp_path, SLEEP.replace("key: sleep", "key: rest"), version="1.0.1")

    assert tell(load_library(tmp_path).problems, tmp_path) == [
        (
            "wellbeing/1.0.1.yaml:1: sleep: 1.0.1 follows 1.0.0, but 'sleep' was retired: that is a "
            "minor change; raise the minor number"
        )
    ]


def test_broken_files_are_told_and_the_others_stay_at_hand(tmp_path: Path) -> None:
    save(tmp_path, SLEEP)
    (tmp_path / "wellbeing" / "broken.yml").write_bytes(b"\xff")
    (tmp_path / "wellbeing" / "folder.yaml").mkdir()
    (tmp_path / "notes.txt").write_text("no definition", "utf-8")

    library = load_library(tmp_path)

    assert library.find("wellbeing") is not None
    assert tell(library.problems, tmp_path) == [
        "wellbeing/broken.yml:1: this is not a text file in UTF-8; save it as UTF-8",
        (
            "wellbeing/folder.yaml:1: the file cannot be read (Is a directory); check its name and its "
            "permissions"
        ),
    ]


def test_check_tells_of_the_files_named_and_of_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(tmp_path, SLEEP)
    monkeypatch.chdir(tmp_path / "wellbeing")

    good, none = check_files([Path("1.0.0.yaml"), Path("1.0.0.yaml")])
    _, missing = check_files([Path("2.0.0.yaml")])

    assert ([instrument.reference for instrument in good], none) == (["wellbeing@1.0.0"], [])
    assert [str(problem) for problem in missing] == [
        (
            "2.0.0.yaml:1: the file cannot be read (No such file or directory); check its name and its "
            "permissions"
        )
    ]


def test_check_tells_of_a_wrong_name_and_of_two_files_that_disagree(tmp_path: Path) -> None:
    save(tmp_path, SLEEP)
    copy = tmp_path / "copies" / "wellbeing.yaml"
    copy.parent.mkdir()
    copy.write_text(SLEEP.replace("How", "Where"), "utf-8")

    loaded, problems = check_files([tmp_path / "wellbeing", tmp_path / "copies"])

    assert [instrument.items[0].text.in_language("en") for instrument in loaded] == [
        "How do you sleep?"
    ]
    assert tell(problems, tmp_path) == [
        (
            "copies/wellbeing.yaml:1: this file should be called wellbeing/1.0.0.yaml, after its name "
            "and version"
        ),
        (
            "copies/wellbeing.yaml:1: wellbeing 1.0.0 is defined differently by wellbeing/1.0.0.yaml; "
            "give one of them a new version"
        ),
    ]


def test_files_are_found_in_order_whatever_their_depth(tmp_path: Path) -> None:
    names = ("b/2.0.0.yaml", "a/1.0.0.yml", "a/deep/1.0.0.yaml", "a/1.0.0.yaml.bak", "a/x.toml")
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert [str(file.relative_to(tmp_path)) for file in find_files(tmp_path)] == [
        "a/1.0.0.yml",
        "a/deep/1.0.0.yaml",
        "b/2.0.0.yaml",
    ]
