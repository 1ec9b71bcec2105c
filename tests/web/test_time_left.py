"""How long a session lasts is told without lengthening it, and one press goes on with it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from survey_app.settings import Settings
from survey_app.storage.records import AccountRecord, Staff
from survey_app.storage.store import Store
from survey_app.web.access import ACCOUNT_HEADER
from survey_app.web.account.time_left import TimeLeft, measure
from tests.web.signed_in import sign_in

ADDRESS = "/account/session"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
HOUR = 3600
IVY = AccountRecord(id="1", name="ivy", administrator=False, disabled=False, created="2026-11-22")


@pytest.fixture
def client(app: Flask, settings: Settings, store: Store) -> FlaskClient:
    """The browser of an interviewer who has signed in at noon."""
    with time_machine.travel(NOON, tick=False):
        return sign_in(app, settings, store, role="interviewer").client


def seconds(client: FlaskClient) -> int:
    """Return how many seconds the server says are left."""
    answer = client.get(ADDRESS, headers={"Accept": "application/json"})
    assert answer.status_code == 200
    return int(answer.json["seconds"])  # type: ignore[index]  # it is an object


@pytest.mark.parametrize(
    ("idle_ends", "ends", "expected"),
    [
        ("2026-11-22T13:00:00.000Z", "2026-11-23T00:00:00.000Z", TimeLeft(HOUR, final=False)),
        ("2026-11-22T13:00:00.000Z", "2026-11-22T12:04:00.500Z", TimeLeft(240, final=True)),
        ("2026-11-22T13:00:00.000Z", "2026-11-22T13:00:00.000Z", TimeLeft(HOUR, final=True)),
        ("2026-11-22T11:59:00.000Z", "2026-11-23T00:00:00.000Z", TimeLeft(0, final=False)),
        (None, "2026-11-22T12:00:59.999Z", TimeLeft(59, final=True)),
        (None, None, TimeLeft(600, final=False)),
    ],
)
def test_a_session_lasts_until_the_first_of_its_two_ends(
    idle_ends: str | None, ends: str | None, expected: TimeLeft
) -> None:
    person = Staff(account=IVY, roles={}, idle_ends=idle_ends, ends=ends)
    assert measure(person, NOON) == expected


def test_asking_how_long_it_lasts_does_not_lengthen_it(client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for minute in range(60):
            assert seconds(client) == HOUR - 60 * minute
            clock.shift(timedelta(minutes=1))
        assert client.get(ADDRESS).status_code == 401


def test_a_press_goes_on_with_it_for_an_hour(client: FlaskClient) -> None:
    with time_machine.travel(NOON + timedelta(minutes=56), tick=False) as clock:
        told = client.get(ADDRESS).get_json()
        assert (told["seconds"], told["final"]) == (240, False)
        token = {"X-CSRF-Token": told["csrf"]}
        assert client.post(ADDRESS, json={}, headers=token).get_json()["seconds"] == HOUR
        clock.shift(timedelta(minutes=59))
        assert seconds(client) == 60


def test_no_press_goes_beyond_twelve_hours(client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        for _ in range(14):
            clock.shift(timedelta(minutes=51))
            told = client.get(ADDRESS).get_json()
            pressed = client.post(ADDRESS, json={}, headers={"X-CSRF-Token": told["csrf"]})
        assert (pressed.get_json()["seconds"], pressed.get_json()["final"]) == (6 * 60, True)
        clock.shift(timedelta(minutes=6))
        assert client.get(ADDRESS).status_code == 401


def test_a_press_without_the_token_goes_on_with_nothing(client: FlaskClient) -> None:
    with time_machine.travel(NOON + timedelta(minutes=56), tick=False):
        assert client.post(ADDRESS, json={}).status_code == 400
        assert seconds(client) == 240


def test_whoever_is_signed_out_is_told_so(app: Flask) -> None:
    answer = app.test_client().get(ADDRESS, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.get_json()) == (401, {"error": "signed_out"})


def test_a_page_of_somebody_else_is_told_who_is_signed_in(client: FlaskClient) -> None:
    with time_machine.travel(NOON, tick=False):
        answer = client.get(ADDRESS, headers={ACCOUNT_HEADER: "another"})
    assert answer.status_code == 403
    assert answer.get_json() == {"error": "other_account", "name": "the interviewer of ami"}


@pytest.mark.parametrize("page", ["/home", "/account", "/interviews", "/account/second-factor"])
def test_a_page_says_how_long_its_session_lasts_once_it_was_asked_for(
    client: FlaskClient, page: str
) -> None:
    with time_machine.travel(NOON + timedelta(minutes=50), tick=False):
        assert f'data-seconds="{HOUR}" data-address="{ADDRESS}"' in client.get(page).text
    with time_machine.travel(NOON + timedelta(minutes=50, seconds=30), tick=False):
        assert f'data-seconds="{HOUR - 30}"' in client.get(page).text, "noted once a minute"


def test_pages_for_everybody_say_nothing_of_it(client: FlaskClient) -> None:
    for page in ("/", "/sign-in", "/s/ami", "/promises"):
        assert "data-seconds" not in client.get(page).text
