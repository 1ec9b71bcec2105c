"""Accounts are added, given roles, let in by a link, and shut out."""

import re
import shlex

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.cli.options import find_login
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


def test_the_last_study_lead_stays_and_a_role_stands_in_both_logs(run: Run, store: Store) -> None:
    for name in ("Zoë", "Ben"):
        store.accounts.add(name)
    assert run("users", "role", "Zoë", "study_lead").exit_code == 0
    refused = run("users", "role", "Zoë", "none")
    assert refused.exit_code == 1
    assert "Zoë is the only study lead" in refused.stderr
    assert run("users", "role", "Ben", "study_lead").exit_code == 0
    assert run("users", "role", "Zoë", "analyst").exit_code == 0
    changes = [each.detail for each in store.conduct.changes("ami") if each.kind == "role"]
    assert changes[0] == {"name": "Zoë", "role": "analyst", "before": "study_lead"}
    told = [each.detail for each in store.access_log.list(9) if each.kind == "role"]
    assert told[0] == "analyst in ami"
    assert len(changes) == 3


def test_the_next_steps_are_commands_that_can_be_typed_as_they_stand(run: Run) -> None:
    said = run("users", "add", "Ann O’Hara").stderr
    commands = re.findall(r"^  survey-app (.+?)(?:    .*)?$", said, re.MULTILINE)
    assert len(commands) == 2
    assert [run(*shlex.split(command)).exit_code for command in commands] == [0, 0]
    assert "is now a study lead" in run("users", "role", "Ann O’Hara", "study_lead").stderr


# Passwords, second factors and sessions


@pytest.fixture
def zoe(store: Store) -> str:
    """Her account's id; she has a password and a second factor."""
    account = store.accounts.add("Zoë")
    store.credentials.set_password(account.id, "a hash", by="Zoë")
    store.credentials.set_factor(account.id, "a seed", 1, ["a code"], by="Zoë")
    return account.id


def sign_in_by_link(run: Run, app: Flask, here: tuple[str, ...], **typed: str) -> FlaskClient:
    link = run("users", "sign-in-link", "Zoë", *here).stdout.strip()
    client = app.test_client()
    client.post(link.removeprefix("http://127.0.0.1:8000"), data=typed)
    return client


def test_a_password_is_reset_by_a_link_that_must_set_a_new_one(
    run: Run, settings: Settings, store: Store, app: Flask
) -> None:
    account = store.accounts.add("Zoë")
    store.credentials.set_password(account.id, "a hash", by="Zoë")
    here = ("--database", settings.database)
    client = sign_in_by_link(run, app, here)
    earlier = run("users", "sign-in-link", "Zoë", *here).stdout.strip()
    result = run("users", "reset-password", "Zoë", *here)
    assert "Zoë has no password now, and is signed out of 1 session." in result.stderr
    assert client.get("/home").status_code == 401
    old, new = (
        link.removeprefix("http://127.0.0.1:8000") for link in (earlier, result.stdout.strip())
    )
    assert client.post(old).status_code == 410
    assert client.post(new).status_code == 422, "it signs in only with a new password"
    typed = {"password": "eleven purple mornings", "again": "eleven purple mornings"}
    assert client.post(new, data=typed).status_code == 303
    assert client.get("/home").status_code == 200


def test_who_is_shut_out_gets_no_new_password(run: Run, settings: Settings, store: Store) -> None:
    store.accounts.add("Zoë")
    store.accounts.disable("Zoë")
    result = run("users", "reset-password", "Zoë", "--database", settings.database)
    assert (result.exit_code, result.stdout) == (1, "")


def test_a_second_factor_is_reset_with_its_recovery_codes(
    run: Run, settings: Settings, store: Store, app: Flask, zoe: str
) -> None:
    here = ("--database", settings.database)
    assert sign_in_by_link(run, app, here).get("/home").status_code == 401
    assert "password, second factor" in run("users", "list", *here).stdout
    said = run("users", "reset-second-factor", "Zoë", *here).stderr
    assert said == "Zoë has no second factor now, and was signed in nowhere.\n"
    found = store.credentials.find("Zoë")
    assert found is not None
    assert (found.factor_seed, found.recovery_codes) == (None, 0)
    assert sign_in_by_link(run, app, here).get("/home").status_code == 200


def test_sessions_are_listed_and_ended(
    run: Run, settings: Settings, store: Store, app: Flask
) -> None:
    store.accounts.add("Zoë")
    here = ("--database", settings.database)
    clients = [sign_in_by_link(run, app, here) for _ in range(2)]
    listed = run("users", "sessions", "Zoë", *here).stdout
    assert (
        len(re.findall(r"^\d{4}-\d\d-\d\d \d\d:\d\d  \d{4}-\d\d-\d\d$", listed, re.MULTILINE)) == 2
    )
    assert "signed out of 2 sessions" in run("users", "sessions", "Zoë", "--end", *here).stderr
    assert {client.get("/home").status_code for client in clients} == {401}
    assert run("users", "sessions", "Zoë", *here).stdout == ""


def test_a_second_factor_is_required_of_all_and_no_longer(
    run: Run, settings: Settings, store: Store, zoe: str
) -> None:
    store.accounts.add("Ann")
    store.accounts.add("gone")
    store.accounts.disable("gone")
    here = ("--database", settings.database)
    said = run("users", "require-second-factor", *here).stderr
    assert "Ann" in said
    assert not any(name in said for name in ("Zoë", "gone"))
    assert store.credentials.factor_required_since() is not None
    run("users", "require-second-factor", "--off", *here)
    assert store.credentials.factor_required_since() is None


def test_the_log_says_what_was_done_and_by_whom(
    run: Run, settings: Settings, store: Store, zoe: str
) -> None:
    here = ("--database", settings.database)
    run("users", "role", "Zoë", "study_lead", *here)
    store.access_log.note("refused", None, by="")
    lines = [line[21:] for line in run("users", "log", *here).stdout.splitlines()]
    assert lines == [
        "–  sign-in refused",
        f"Zoë  role: study lead in ami, by {find_login()}",
        "Zoë  second factor set up",
        "Zoë  password set",
        "Zoë  account added",
        *lines[5:],
    ]
