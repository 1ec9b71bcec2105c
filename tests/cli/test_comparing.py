"""`diff` says what changed between two versions, both wordings, and whose answers it touches."""

from dataclasses import replace
from pathlib import Path

import pytest

from survey_app import first_start
from survey_app.definition.library import load_library
from survey_app.definition.shapes import Json
from survey_app.settings import Settings
from survey_app.storage.records import AnswerRow, Change
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate
from tests.cli.conftest import Run

FIRST = """\
format: 1
name: mentors
version: 1.0.0
title: Mentors
source: ours
licence: ours
changes: The first version.
scales:
  extent: {direction: unipolar, points: {1: not at all, 2: very much}}
sections:
  - key: first
    title: First things
    items:
      - {key: topics, type: select_multiple, text: Which topics?, options: {equality: Equality, pay: Pay}}
      - {key: effect, type: likert_grid, text: How much?, scale: extent, rows: {a: A, b: B}}
      - {key: why, type: text, text: Why then?}
"""
DATABASE = "sqlite:///answers.sqlite3"


def write(folder: Path, version: str, *changes: tuple[str, str]) -> None:
    """Write a version into the library of the folder."""
    text = FIRST.replace("1.0.0", version)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "instruments" / "mentors" / f"{version}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def answer(store: Store, number: int, *, is_test: bool = False, **given: Json) -> None:
    """Add a response to 1.0.0 with an answer to each of the items."""
    begun = Change(
        client=f"page {number}", sequence=0, base_revision=0, kind="begin", actor="participant",
        source="web", language="en",
    )  # fmt: skip
    response = store.responses.begin(
        study="s", instrument="mentors", version="1.0.0", delivery="self", source="web",
        language="en", consent=None, session_hash=None, link_hash=None, change=begun,
        is_test=is_test,
    )  # fmt: skip
    store.responses.save_section(
        response,
        replace(begun, sequence=1, kind="save"),
        section="first",
        raw={},
        values={},
        answers=[AnswerRow(item=item, value=value) for item, value in given.items()],
    )


@pytest.fixture
def answered(tmp_path: Path) -> None:
    """A database in which four people answered version 1.0.0, one of them in a test."""
    write(tmp_path, "1.0.0")
    settings = Settings(data=tmp_path).with_changes(
        database=f"sqlite:///{tmp_path}/answers.sqlite3"
    )
    migrate(settings.database)
    with Store(settings.database) as store:
        first_start.publish(store, load_library(tmp_path / "instruments"), "mentors", "1.0.0")
        store.studies.create(slug="s", title="A study")
        store.studies.add_instrument("s", "mentors", "1.0.0", "self")
        answer(store, 1, topics=["equality", "pay"], why="So.")
        answer(store, 2, topics=["equality"])
        answer(store, 3, topics=["pay"])
        answer(store, 4, topics=["equality"], is_test=True)


@pytest.mark.usefixtures("answered")
def test_each_change_is_told_with_both_wordings_and_how_many_it_touches(
    run: Run, tmp_path: Path
) -> None:
    reworded = ("{key: why, type: text, text: Why then?", "{key: why, type: text, text: And why?")
    write(tmp_path, "1.1.0", ("equality: Equality, ", ""), reworded)
    result = run("diff", "mentors@1.0.0", "mentors@1.1.0", "--database", DATABASE)
    assert result.output.splitlines() == [
        "minor, retired: 'equality' of 'topics' was retired",
        "  before: Equality",
        "  2 responses said “Equality”, which 1.1.0 retires",
        "patch, wording: 'text' of 'why' reads differently",
        "  before: Why then?",
        "  after: And why?",
        "  1 response answered “And why?”, which 1.1.0 words differently",
        "2 changes; the smallest honest step is a minor, and 1.1.0 is a minor.",
        "What stands in the way of publishing 1.1.0:",
        (
            "- 'text' of 'why' reads differently: does it still mean the same? Add 'meaning: "
            "unchanged' to 'why' if it does, or give the question a new key if it does not."
        ),
    ]
    assert result.exit_code == 1
    confirmed = (reworded[0], reworded[1].replace("key: why", "key: why, meaning: unchanged"))
    write(tmp_path, "1.1.0", ("equality: Equality, ", ""), confirmed)
    result = run("diff", "mentors@1.0.0", "mentors@1.1.0", "--database", DATABASE)
    assert result.output.splitlines()[-3:] == [
        "  The author says that the meaning is unchanged",
        "  1 response answered “And why?”, which 1.1.0 words differently",
        "2 changes; the smallest honest step is a minor, and 1.1.0 is a minor.",
    ]
    assert result.exit_code == 0


@pytest.mark.usefixtures("answered")
def test_a_number_that_says_too_little_is_refused(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "1.0.1", ("2: very much", "3: entirely"))
    result = run("diff", "mentors@1.0.0", "mentors@1.0.1", "--database", DATABASE)
    assert "major, scale: the scale of 'effect' has other points" in result.output
    assert "  before: 1, 2\n  after: 1, 3\n  No response is touched" in result.output
    assert result.output.endswith(
        "and 1.0.1 is a patch, which says too little.\n"
        "What stands in the way of publishing 1.0.1:\n"
        "- 1.0.1 follows 1.0.0, but the scale of 'effect' has other points: that is a major "
        "change; raise the major number.\n"
    )
    assert result.exit_code == 1


def test_without_a_database_nothing_is_counted(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "1.0.0")
    write(tmp_path, "1.0.1", ("Why then?", "And why?"))
    write(tmp_path, "1.0.2", ("Why then?", "And why?"))
    result = run("diff", "mentors@1.0.0", "mentors@1.0.1")
    assert "response" not in result.output
    assert result.exit_code == 1
    assert "1 change; the smallest honest step is a patch" in result.output
    same = run("diff", "mentors@1.0.1", "mentors@1.0.2")
    assert same.output == "mentors@1.0.1 and 1.0.2 ask the same in the same words.\n"
    assert not (tmp_path / "survey-data").exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ami-survey@1.0.1", "ami-survey@1.0.0"), "1.0.0 does not come after 1.0.1"),
        (("ami-survey@1.0.1", "ami-survey@1.0.1"), "1.0.1 does not come after 1.0.1"),
        (("ami-survey@1.0.0", "ami-interview@1.0.1"), "are two instruments"),
        (("ami-survey@1.0.0", "ami-survey"), "name a version too"),
        (("ami-survey@1.0.0", "ami-survey@9.9.9"), "9.9.9"),
    ],
)
def test_what_cannot_be_compared_is_refused_in_a_sentence(
    run: Run, words: tuple[str, str], sentence: str
) -> None:
    result = run("diff", *words)
    assert sentence in result.output
    assert result.exit_code != 0
