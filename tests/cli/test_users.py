"""Accounts are added, given roles, let in by a link, and shut out."""

import re
import shlex

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run


def test_an_account_is_added_given_a_role_and_listed(run: Run) -> None:
    assert run("users", "add", "Zoë").exit_code == 0
    assert run("users", "add", "root", "--administrator").exit_code == 0
    said = run("users", "role", "Zoë", "analyst").stderr
    assert said == "Zoë is now an analyst in the study ami.\n"
    lines = run("users", "list").stdout.splitlines()
    assert [line[12:] for line in lines] == ["Zoë  (analyst in ami)", "root  (administrator)"]


def test_a_link_signs_in_once(run: Run, settings: Settings, store: Store, app: Flask) -> None:
    store.accounts.add("Zoë")
    link = run("users", "sign-in-link", "Zoë", "--database", settings.database).stdout.strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:8000/sign-in/[\w-]{43}", link)
    client = app.test_client()
    path = link.removeprefix("http://127.0.0.1:8000")
    assert "Zoë" in client.get(path).text, "looking uses nothing up"
    assert client.post(path).status_code == 303
    assert client.post(path).status_code == 410


def test_who_is_shut_out_is_out_at_once_and_gets_no_link(
    run: Run, settings: Settings, store: Store, app: Flask
) -> None:
    store.accounts.add("Zoë", administrator=True)
    here = ("--database", settings.database)
    link = run("users", "sign-in-link", "Zoë", *here).stdout.strip()
    client = app.test_client()
    client.post(link.removeprefix("http://127.0.0.1:8000"))
    assert client.get("/admin").status_code == 200
    assert run("users", "disable", "Zoë", *here).exit_code == 0
    assert client.get("/admin").status_code == 401
    result = run("users", "sign-in-link", "Zoë", *here)
    assert (result.exit_code, result.stdout) == (1, "")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("role", "Zoe", "analyst"), "did you mean 'Zoë'?"),
        (("role", "Zoë", "boss"), "'boss' is not one of"),
        (("role", "Zoë", "analyst", "--study", "amy"), "did you mean 'ami'?"),
        (("disable", "nobody"), "There is no account 'nobody'; there is Zoë."),
        (("add", " "), "visible characters"),
        (("add", "x" * 61), "visible characters"),
        (("add", "a\nb"), "visible characters"),
    ],
)
def test_a_name_that_is_not_there_is_said_with_one_that_is(
    run: Run, words: tuple[str, ...], sentence: str
) -> None:
    run("users", "add", "Zoë")
    result = run("users", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr


def test_the_same_name_twice_is_refused(run: Run) -> None:
    run("users", "add", "Zoë")
    result = run("users", "add", "Zoë")
    assert result.exit_code == 1
    assert "already" in result.stderr


def test_listing_needs_a_database_and_makes_none(run: Run) -> None:
    result = run("users", "list")
    assert result.exit_code == 1
    assert "There is no database" in result.stderr


def test_a_role_is_taken_away(run: Run, settings: Settings, store: Store) -> None:
    store.accounts.add("Zoë")
    here = ("--database", settings.database)
    run("users", "role", "Zoë", "analyst", *here)
    assert "no longer has a role" in run("users", "role", "Zoë", "none", *here).stderr


def test_the_next_steps_are_commands_that_can_be_typed_as_they_stand(run: Run) -> None:
    said = run("users", "add", "Ann O’Hara").stderr
    commands = re.findall(r"^  survey-app (.+?)(?:    .*)?$", said, re.MULTILINE)
    assert len(commands) == 2
    assert [run(*shlex.split(command)).exit_code for command in commands] == [0, 0]
    assert "is now a study lead" in run("users", "role", "Ann O’Hara", "study_lead").stderr
