"""`pooling` says which versions are counted together, decides it, and saves and runs decisions."""

from pathlib import Path

import pytest

from survey_app import first_start
from survey_app.definition.library import load_library
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate
from tests.cli.conftest import Run
from tests.definition.pooling.versions import HEAD, ITEMS

DATABASE = "sqlite:///answers.sqlite3"
WHY = ("--reason", "The question stayed the same.")
CHANGED = "scale: five"


def write(folder: Path, version: str, items: str = ITEMS) -> None:
    """Write a version into the library of the folder."""
    path = folder / "instruments" / "mentors" / f"{version}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(version=version) + items, encoding="utf-8")


@pytest.fixture
def here(tmp_path: Path) -> Settings:
    """A study that uses three versions, of which the newest has one question on another scale."""
    write(tmp_path, "1.0.0")
    write(tmp_path, "1.1.0")
    write(tmp_path, "2.0.0", ITEMS.replace("scale: three", CHANGED))
    settings = Settings(data=tmp_path).with_changes(
        database=f"sqlite:///{tmp_path}/answers.sqlite3"
    )
    make_study(settings, tmp_path)
    return settings


def make_study(settings: Settings, folder: Path) -> None:
    migrate(settings.database)
    with Store(settings.database) as store:
        store.studies.create(slug="s", title="A study")
        for version in ("1.0.0", "1.1.0", "2.0.0"):
            library = load_library(folder / "instruments")
            first_start.publish(store, library, "mentors", version)
            store.studies.add_instrument("s", "mentors", version, "self")


@pytest.fixture
def pool(run: Run, here: Settings) -> Run:
    """Runs `survey-app pooling mentors` with more words."""
    return lambda *words: run("pooling", "mentors", *words, "--database", here.database)


def test_without_rules_the_numbers_decide_and_that_is_said(pool: Run) -> None:
    result = pool()
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "All questions: 1.0.0 + 1.1.0 | 2.0.0",
        "No rules: the first numbers differ: some meaning changed.",
    ]


def test_a_decision_holds_from_then_on_and_is_told_with_its_reason(pool: Run) -> None:
    assert pool("--apart", "1.0.0,1.1.0", *WHY).exit_code == 0
    first, rule = pool().stdout.splitlines()
    assert first == "All questions: 1.0.0 | 1.1.0 | 2.0.0"
    assert rule.startswith("1. ")
    assert rule.endswith(
        "1.0.0 and 1.1.0 are kept apart: The question stayed the same. (command line)"
    )


def test_one_question_is_decided_for_itself(pool: Run) -> None:
    assert pool("--together", "1.1.0,2.0.0", "--item", "good", *WHY).exit_code == 0
    lines = pool().stdout.splitlines()
    assert lines[:2] == [
        "All questions: 1.0.0 + 1.1.0 | 2.0.0",
        "good: 1.0.0 + 1.1.0 + 2.0.0",
    ]


def test_what_cannot_be_added_up_is_refused_until_a_crosswalk_says_how(pool: Run) -> None:
    words = ("--together", "1.1.0,2.0.0", "--item", "again", *WHY)
    refused = pool(*words)
    assert refused.exit_code == 1
    assert "'again' has another scale in 1.1.0 than in 2.0.0" in refused.stderr
    assert "Nothing was added." in refused.stderr
    assert pool(*words, "--codes", "2=3,3=5").exit_code == 0
    assert "counted 2 as 3, 3 as 5" in pool().stdout


def test_to_undo_takes_the_decision_back_and_keeps_it_on_record(pool: Run) -> None:
    assert pool("--apart", "1.0.0,1.1.0", *WHY).exit_code == 0
    assert pool("--undo", "1.1.0,1.0.0", "--reason", "It was a slip.").exit_code == 0
    lines = pool().stdout.splitlines()
    assert lines[0] == "All questions: 1.0.0 + 1.1.0 | 2.0.0"
    assert "(stands no more): The question stayed the same." in lines[1]
    assert "the decision on 1.0.0 and 1.1.0 is taken back" in lines[2]


def test_saved_decisions_run_again_elsewhere_and_twice_is_as_once(
    pool: Run, here: Settings, tmp_path: Path, run: Run
) -> None:
    pool("--apart", "1.0.0,1.1.0", *WHY)
    pool("--together", "1.1.0,2.0.0", "--item", "again", "--codes", "2=3,3=5", *WHY)
    assert "2 rules saved in rules.yaml." in pool("--save", "rules.yaml").stderr
    other = here.with_changes(database=f"sqlite:///{tmp_path}/other.sqlite3")
    make_study(other, tmp_path)
    words = ("pooling", "mentors", "--database", other.database)
    first = run(*words, "--apply", "rules.yaml")
    assert "2 rules added." in first.stderr
    again = run(*words, "--apply", "rules.yaml")
    assert "All of them are there already." in again.stderr
    assert first.stdout.splitlines() == again.stdout.splitlines()
    assert len(again.stdout.splitlines()) == 2 + 2
    saved = Path("rules.yaml").read_text(encoding="utf-8")
    assert saved.startswith("instrument: mentors\nrules:\n")


def test_of_a_file_all_that_is_wrong_is_said_and_nothing_is_added(pool: Run) -> None:
    Path("rules.yaml").write_text(
        "instrument: mentors\n"
        "rules:\n"
        "- {versions: [1.0.0, 1.1.0], pool: false, reason: Good.}\n"
        "- {versions: [1.0.0, 2.0.0], pool: true, reason: Bad.}\n"
        "- {versions: [1.0.0, 3.0.0], pool: true, reason: Worse.}\n",
        encoding="utf-8",
    )
    result = pool("--apply", "rules.yaml")
    assert result.exit_code == 1
    assert "Rule 2: 'again' has another scale" in result.stderr
    assert "Rule 3: There is no version '3.0.0' here" in result.stderr
    assert pool().stdout.splitlines()[-1].startswith("No rules")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--together", "1.0.0"), "Name at least two versions"),
        (("--together", "1.0.0,2"), "'2' is no version"),
        (("--together", "1.0.0,1.1.0"), "Say why in a sentence"),
        (("--together", "1.0.0,1.1.0", "--apart", "1.0.0,1.1.0"), "One thing at a time"),
        (("--item", "good"), "what is to be decided?"),
        (("--codes", "1"), "'1' is no pair of codes"),
        (("--codes", "1=2,1=3"), "'1' stands there twice"),
        (("--apply", "lost.yaml"), "does not exist"),
    ],
)
def test_what_was_not_understood_is_said(pool: Run, words: tuple[str, ...], said: str) -> None:
    result = pool(*words)
    assert result.exit_code != 0
    assert said in result.stderr


def test_an_instrument_is_named_without_a_version(run: Run, here: Settings) -> None:
    result = run("pooling", "mentors@1.0.0", "--database", here.database)
    assert (result.exit_code, "Name the instrument alone" in result.stderr) == (2, True)
