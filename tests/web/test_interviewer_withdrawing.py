"""An interview is withdrawn by the team when the participant asks for it, and nothing is left."""

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.settings import Settings
from survey_app.storage.records import Change
from survey_app.storage.store import Store, traces
from tests.plain_browser import PlainBrowser
from tests.web.interviewing import Shelf, Studied

SAID = "ornithorhynchus"


@pytest.fixture
def installation(talks: Path) -> Path:
    return talks


@pytest.fixture
def ivy(app: Flask, studied: Studied) -> FlaskClient:
    return studied.sign_in(app, "ivy")


@pytest.fixture
def address(begun: Studied) -> str:
    return begun.address


@pytest.fixture
def browser(ivy: FlaskClient, address: str) -> PlainBrowser:
    """What was said stands on the sheet, and the interview is finished."""
    browser = PlainBrowser(ivy)
    browser.open(address)
    browser.fill(**{"note.1.topics": SAID}).press()
    browser.open(f"{address}/finish")
    browser.press()
    return browser


def make_change(sequence: int) -> Change:
    return Change(
        client="other",
        sequence=sequence,
        base_revision=0,
        kind="withdraw",
        actor="ivy",
        source="console",
        language="en",
    )


def read_files(settings: Settings) -> bytes:
    return b"".join(each.read_bytes() for each in settings.data.rglob("*") if each.is_file())


def test_what_was_said_is_erased_from_every_file_once_it_is_said_that_it_was_asked_for(
    browser: PlainBrowser, address: str, store: Store, settings: Settings
) -> None:
    assert SAID.encode() in read_files(settings)
    assert f"{address}/withdraw" in browser.open(f"{address}/summary").get_data(as_text=True)
    browser.open(f"{address}/withdraw")
    assert browser.press().status_code == 422
    assert "Tick that the participant asked for it" in browser.text
    assert SAID.encode() in read_files(settings)
    browser.choose("asked", "yes").press()
    assert browser.path == f"{address}/summary"
    assert "The participant has withdrawn" in browser.text
    assert f"{address}/withdraw" not in browser.text
    shelf = Shelf.of(store, address)
    assert {run.state for run in shelf.state.responses} == {"withdrawn"}
    assert (shelf.notes, shelf.marks, shelf.answers) == ({}, {}, {})
    assert SAID.encode() not in read_files(settings)
    for run in shelf.state.responses:
        assert store.responses.verify_chain(run.response) is None


def test_withdrawing_that_was_interrupted_goes_on_and_twice_is_as_once(
    browser: PlainBrowser, address: str, store: Store
) -> None:
    first, *others = Shelf.of(store, address).state.responses
    assert others
    store.responses.withdraw(first.response, make_change(0), scope="interview")
    page = browser.open(f"{address}/summary").get_data(as_text=True)
    assert "Not everything that was said has been erased yet" in page
    assert f'href="{address}/withdraw">Erase the rest<' in page
    browser.open(f"{address}/withdraw")
    for _ in range(2):
        browser.client.post(f"{address}/withdraw", data={**browser.form.values, "asked": "yes"})
    states = [run.state for run in Shelf.of(store, address).state.responses]
    assert states == ["withdrawn"] * len(states)
    browser.open(f"{address}/withdraw")
    assert browser.path == f"{address}/summary"


def test_it_says_erased_only_once_the_last_trace_is_gone(
    browser: PlainBrowser, address: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "PATIENCE", 0.0)
    browser.open(f"{address}/withdraw")
    with store.snapshot() as snapshot:
        assert list(snapshot.responses("talks"))
        browser.choose("asked", "yes").press()
        for path in (f"{address}/summary", address):
            page = browser.open(path).get_data(as_text=True)
            assert "Its last traces on the study’s computer go within minutes" in page
    store.erase_traces()
    for path in (f"{address}/summary", address):
        page = browser.open(path).get_data(as_text=True)
        assert "What was said has been erased, and nothing more is stored." in page


def test_whoever_breaks_off_can_withdraw_instead(
    ivy: FlaskClient, address: str, store: Store
) -> None:
    browser = PlainBrowser(ivy)
    page = browser.open(f"{address}/break-off").get_data(as_text=True)
    assert f'href="{address}/withdraw"' in page
    browser.open(f"{address}/withdraw")
    browser.choose("asked", "yes").press()
    assert {run.state for run in Shelf.of(store, address).state.responses} == {"withdrawn"}
