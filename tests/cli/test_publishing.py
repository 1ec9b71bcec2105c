"""`trial`, `publish` and `retire`: the life of a version by command."""

from pathlib import Path

import pytest

from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.drafts import ADDED, NAME, REWORDED, write_version


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The folder in which the commands run, with a first version and a draft."""
    data = tmp_path / "survey-data"
    settings = Settings(data=data, instruments=tmp_path / "instruments").with_changes(
        database=f"sqlite:///{data / 'responses.sqlite3'}"
    )
    write_version(settings, "1.0.0")
    return settings


def test_a_version_is_published_with_who_when_and_why(run: Run, settings: Settings) -> None:
    result = run("publish", f"{NAME}@1.0.0", "--by", "eva")
    assert (result.exit_code, result.stderr) == (
        0,
        f"{NAME}@1.0.0 is published. No study asks it yet.\n",
    )
    with Store(settings.database) as store:
        record = store.instruments.find(NAME, "1.0.0")
    assert record is not None
    assert (record.published_by, record.note) == ("eva", "What 1.0.0 changes.")


def test_publishing_twice_says_who_was_first(run: Run, settings: Settings) -> None:
    run("publish", f"{NAME}@1.0.0", "--by", "eva")
    again = run("publish", f"{NAME}@1.0.0", "--by", "ada")
    assert again.exit_code == 0
    assert "was published on 20" in again.stderr
    assert "by eva; it stays as it is" in again.stderr
    write_version(settings, "1.0.0", ADDED)
    changed = run("publish", f"{NAME}@1.0.0")
    assert changed.exit_code == 0
    with Store(settings.database) as store:
        record = store.instruments.find(NAME, "1.0.0")
    assert record is not None
    assert "ethics" not in str(record.definition)


def test_studies_follow_to_the_new_version(run: Run, settings: Settings) -> None:
    run("publish", f"{NAME}@1.0.0")
    with Store(settings.database) as store:
        store.studies.add_instrument("ami", NAME, "1.0.0", "self")
    write_version(settings, "1.1.0", ADDED)
    write_version(settings, "1.2.0", ADDED, ("Mentors", "All mentors"))
    assert "ami asks it from now on." in run("publish", f"{NAME}@1.1.0").stderr
    assert "No study asks it yet." in run("publish", f"{NAME}@1.2.0", "--no-study").stderr
    assert _open_version(settings) == ["1.1.0"]
    run("publish", f"{NAME}@1.2.0", "--study", "ami")
    assert _open_version(settings) == ["1.2.0"]


def test_to_an_older_version_nobody_follows_unasked(run: Run, settings: Settings) -> None:
    write_version(settings, "1.1.0", ADDED)
    run("publish", f"{NAME}@1.1.0")
    with Store(settings.database) as store:
        store.studies.add_instrument("ami", NAME, "1.1.0", "self")
    assert "No study asks it yet." in run("publish", f"{NAME}@1.0.0").stderr
    assert _open_version(settings) == ["1.1.0"]


def test_all_that_stands_in_the_way_is_told_at_once(run: Run, settings: Settings) -> None:
    run("publish", f"{NAME}@1.0.0")
    write_version(settings, "1.0.1", ADDED, REWORDED)
    refused = run("publish", f"{NAME}@1.0.1", "--note", " ")
    assert refused.exit_code == 1
    for words in ("meaning: unchanged", "minor", "Say in a sentence what changed since 1.0.0"):
        assert words in refused.stdout
    assert refused.stderr.endswith(f"{NAME}@1.0.1 is not published.\n")
    with Store(settings.database) as store:
        assert store.instruments.find(NAME, "1.0.1") is None


def test_a_draft_is_tried_under_the_link_that_is_printed(run: Run, settings: Settings) -> None:
    write_version(settings, "1.1.0", ADDED)
    tried = run("trial", f"{NAME}@1.1.0", "--study", "ami")
    assert tried.exit_code == 0
    assert f"/s/ami/try/{NAME}/1.1.0/" in tried.stdout
    assert "may be tried now" in tried.stderr
    run("simulate", f"{NAME}@1.1.0", "-n", "3")
    ended = run("trial", f"{NAME}@1.1.0", "--end")
    assert ended.stderr.endswith(
        "The trial of mentors@1.1.0 is over. 3 trial responses to the draft were erased.\n"
    )
    assert run("trial", f"{NAME}@9.9.9").exit_code == 2


def test_publishing_tells_how_much_of_a_trial_was_erased(run: Run, settings: Settings) -> None:
    run("trial", f"{NAME}@1.0.0")
    run("simulate", f"{NAME}@1.0.0", "-n", "1")
    done = run("publish", f"{NAME}@1.0.0")
    assert "1 trial response to the draft was erased." in done.stderr


def test_a_retired_version_is_not_published_again(run: Run, settings: Settings) -> None:
    run("publish", f"{NAME}@1.0.0")
    assert run("retire", f"{NAME}@1.0.0", "--reason", " ").exit_code == 2
    assert "is retired" in run("retire", f"{NAME}@1.0.0", "--reason", "Out of use.").stderr
    assert "was retired before" in run("retire", f"{NAME}@1.0.0", "--reason", "Again.").stderr
    again = run("publish", f"{NAME}@1.0.0")
    assert again.exit_code == 1
    assert "was retired on 20" in again.stderr
    assert run("retire", f"{NAME}@9.9.9", "--reason", "x").exit_code == 1


def _open_version(settings: Settings) -> list[str]:
    with Store(settings.database) as store:
        return [
            entry.version
            for entry in store.studies.protocol("ami")
            if entry.instrument == NAME and entry.open
        ]
