"""The texts that may name somebody, by command: listed with their places, told of beside a file."""

import pytest

from survey_app import first_start
from survey_app.people_access import open_people
from survey_app.settings import Settings
from survey_app.storage.people.records import Person
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.web.test_named import WROTE, answer


@pytest.fixture
def here(
    run: Run, settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> tuple[str, ...]:
    del run  # which has cleared the environment first
    monkeypatch.setenv("SURVEY_APP_DATA", str(settings.data))
    return ("--database", settings.database)


def test_each_text_is_a_line_with_its_place_and_what_was_found(
    run: Run, here: tuple[str, ...], store: Store
) -> None:
    response = answer(store, WROTE)
    result = run("names", *here)
    place = f"{response}\tami-survey@1.0.1\trewarding_what\tanswer"
    assert result.stdout == f"{place}\tzoe@example.org; 613-555-0142\n"
    assert result.stderr == "1 text may name somebody, of 1 that were looked through.\n"


def test_names_of_the_list_are_looked_for_where_it_can_be_read(
    run: Run, here: tuple[str, ...], settings: Settings, store: Store
) -> None:
    answer(store, {"rewarding_what": "Zoe, in 2026"})
    absent = run("names", "--people", *here)
    assert (absent.exit_code, absent.stdout) == (1, "")
    first_start.prepare_people(settings)
    with open_people(settings) as people:
        people.keep(Person(id="p", study="ami", name="Zoë Lévêque"))
    assert run("names", *here).stdout == ""
    assert run("names", "--people", *here).stdout.endswith("\tanswer\tZoe\n")


def test_whoever_exports_is_told_of_them(run: Run, here: tuple[str, ...], store: Store) -> None:
    assert "may name" not in run("export", "ami-survey", "--format", "json", *here).stderr
    answer(store, WROTE)
    told = run("export", "ami-survey", "--format", "json", *here).stderr
    assert "1 text may name somebody: see survey-app names before you hand it on." in told
