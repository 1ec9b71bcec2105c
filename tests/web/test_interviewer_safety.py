"""What keeps words safe, asked of the server: presence, journal keys, state, observers, accounts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey_app.storage.records import Change
from survey_app.storage.store import Store
from survey_app.web.security import hash_token
from tests.web.interviewing import (
    Shelf,
    Studied,
    make_sign_in,
)


@pytest.fixture
def installation(talks: Path) -> Path:
    return talks


@pytest.fixture
def people(app: Flask, studied: Studied) -> dict[str, FlaskClient]:
    return {name: studied.sign_in(app, name) for name in ("ivy", "ivan", "lea", "olga", "ann")}


@pytest.fixture
def address(begun: Studied) -> str:
    return begun.address


def post(client: FlaskClient, address: str, body: Any = None, **headers: str) -> TestResponse:
    """Post JSON as the script does: with the token, which a refusal hands out."""
    token = client.post(address, json={}).get_json()
    given = {"X-CSRF-Token": token.get("csrf", ""), **headers}
    return client.post(address, json=body or {}, headers=given)


def note_on(store: Store, address: str, text: str, **more: Any) -> dict[str, Any]:
    response = Shelf.of(store, address).response("talk")
    return {"op": "note", "response": response, "item": "topics", "text": text, **more}


def changes(*operations: dict[str, Any], client: str = "page") -> dict[str, Any]:
    key = {"client": client, "sequence": 1, "base_revision": 0}
    return {**key, "operations": list(operations)}


def account_of(store: Store, name: str) -> str:
    found = store.accounts.find(name)
    assert found is not None
    return found.id


def lease_of(client: FlaskClient, address: str, page: str, **more: object) -> Any:
    answer = post(client, f"{address}/presence", {"client": page, **more})
    assert answer.status_code == 200
    return answer.get_json()["lease"]


def test_one_page_writes_and_another_learns_who_until_it_takes_over(
    people: dict[str, FlaskClient], address: str
) -> None:
    first = lease_of(people["ivy"], address, "one")
    assert first["mine"]
    second = lease_of(people["lea"], address, "two")
    assert (second["mine"], second["holder"]) == (False, "ivy")
    assert lease_of(people["lea"], address, "two", take=True)["mine"]
    lost = lease_of(people["ivy"], address, "one")
    assert (lost["mine"], lost["holder"]) == (False, "lea")


def test_a_page_that_only_watches_or_is_closed_holds_no_lease(
    people: dict[str, FlaskClient], address: str
) -> None:
    assert lease_of(people["ivy"], address, "one", watch=True) is None
    assert lease_of(people["lea"], address, "two")["mine"]
    assert post(people["lea"], f"{address}/presence", {"client": "two", "release": True}).json
    assert lease_of(people["ivy"], address, "one")["mine"]


def test_the_only_page_of_a_browser_goes_on_from_one_of_the_same_session_that_is_gone(
    people: dict[str, FlaskClient], address: str
) -> None:
    assert lease_of(people["ivy"], address, "gone", alone=True)["mine"]
    assert not lease_of(people["lea"], address, "elsewhere", alone=True)["mine"]
    assert not lease_of(people["ivy"], address, "second")["mine"]
    assert lease_of(people["ivy"], address, "next", alone=True)["mine"]


def test_presence_says_how_the_interview_stands_and_hands_out_a_token_that_works(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    told = post(people["ivy"], f"{address}/presence", {"client": "one"}).get_json()
    assert (told["account"], told["revision"]) == ("ivy", 0)
    assert told["clock"] == {"elapsed": 0, "state": "ready"}
    body = changes(note_on(store, address, "words"))
    saved = people["ivy"].post(
        f"{address}/changes", json=body, headers={"X-CSRF-Token": told["csrf"]}
    )
    assert (saved.status_code, saved.get_json()["csrf"]) == (200, told["csrf"])


def test_presence_lengthens_a_session_that_would_end_within_two_hours(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    make_sign_in(store, "ivy", "short")
    soon = datetime.now(UTC) + timedelta(minutes=2)
    ends = soon.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert store.accounts.use_sign_in(hash_token("short"), hash_token("cookie"), ends)
    people["ivy"].set_cookie("staff", "cookie")
    assert post(people["ivy"], f"{address}/presence", {"client": "one"}).status_code == 200
    with time_machine.travel(soon + timedelta(minutes=110)):
        assert people["ivy"].get(address).status_code == 200
    with time_machine.travel(soon + timedelta(minutes=125)):
        assert people["ivy"].get(address).status_code == 401


@pytest.mark.parametrize("client", [None, 7, "", "a b", "x" * 65])
def test_presence_without_a_name_for_the_page_is_refused(
    people: dict[str, FlaskClient], address: str, client: object
) -> None:
    assert post(people["ivy"], f"{address}/presence", {"client": client}).status_code == 422


def test_each_person_has_a_journal_key_of_their_own_which_stays_the_same(
    people: dict[str, FlaskClient], address: str
) -> None:
    keys = [post(people[name], f"{address}/journal-key").get_json()["key"] for name in people_of(3)]
    assert len(set(keys)) == 3
    assert post(people["ivy"], f"{address}/journal-key").get_json()["key"] == keys[0]
    answer = post(people["ivy"], f"{address}/journal-key")
    assert answer.headers["Cache-Control"] == "no-store"


def people_of(count: int) -> list[str]:
    return ["ivy", "lea", "olga"][:count]


def test_a_journal_key_is_given_to_nobody_else(
    app: Flask, people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    assert post(app.test_client(), f"{address}/journal-key").status_code == 401
    assert post(people["ann"], f"{address}/journal-key").status_code == 403
    other = {"X-Account": account_of(store, "ivy")}
    refused = post(people["ivan"], f"{address}/journal-key", **other)
    assert refused.status_code == 403
    assert refused.get_json() == {"error": "other_account", "name": "ivan"}


def test_a_key_is_forgotten_only_once_the_interview_is_over(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    first = post(people["ivy"], f"{address}/journal-key").get_json()["key"]
    assert post(people["ivy"], f"{address}/journal-key/forget").status_code == 409
    finish(store, address)
    assert post(people["ivy"], f"{address}/journal-key/forget").status_code == 200
    assert post(people["ivy"], f"{address}/journal-key").get_json()["key"] != first


def finish(store: Store, address: str) -> None:
    change = Change(
        client="end",
        sequence=0,
        base_revision=0,
        kind="console",
        actor="ivy",
        source="console",
        language="en",
    )
    operations: list[dict[str, Any]] = [{"op": "clock", "action": "finish"}]
    store.interviews.apply(address.rsplit("/", maxsplit=1)[1], change, operations)


def test_the_state_is_told_by_the_names_of_the_controls(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    recording = {"op": "recording", "response": None, "item": None, "at": 0}
    words = note_on(store, address, "words")
    post(people["ivy"], f"{address}/changes", changes(words, recording))
    told = people["olga"].get(f"{address}/state").get_json()
    assert told["values"] == {"note.1.topics": "words", "recording.at": "0"}
    assert (told["revision"], told["finished"]) == (1, False)


def test_an_observer_reads_the_sheet_and_writes_nothing_but_notes_of_their_own(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    assert people["olga"].get(address).status_code == 200
    mark = note_on(store, address, "") | {"op": "mark", "probe": "ethics"}
    mark |= {"state": "refused", "example": "none", "reason": "", "at": 0, "flags": []}
    for operation in (mark, note_on(store, address, "hers"), {"op": "clock", "action": "start"}):
        refused = post(people["olga"], f"{address}/changes", changes(operation))
        assert refused.status_code == 422, operation
    own = note_on(store, address, "she frowns", kind="observer")
    assert post(people["olga"], f"{address}/changes", changes(own)).status_code == 200
    state = Shelf.of(store, address).state
    written = [(note.kind, note.author, note.text) for note in state.notes]
    assert written == [("observer", "olga", "she frowns")]
    assert (state.marks, state.clock) == ([], [])
    assert people["olga"].get(f"{address}/state").get_json()["values"] == {
        "observer.1.topics": "she frowns"
    }
    assert people["ivy"].get(f"{address}/state").get_json()["values"] == {}


@pytest.mark.parametrize("path", ["", "/state"])
def test_an_analyst_does_not_read_the_sheet(
    people: dict[str, FlaskClient], address: str, path: str
) -> None:
    assert people["ann"].get(f"{address}{path}").status_code == 403


@pytest.mark.parametrize("path", ["changes", "presence", "journal-key", "journal-key/forget"])
def test_a_page_of_one_person_sends_nothing_while_another_is_signed_in(
    people: dict[str, FlaskClient], address: str, store: Store, path: str
) -> None:
    body = {"client": "one", **changes(note_on(store, address, "ivy’s words"))}
    headers = {"X-Account": account_of(store, "ivy")}
    refused = post(people["lea"], f"{address}/{path}", body, **headers)
    assert (refused.status_code, refused.get_json()["name"]) == (403, "lea")
    assert Shelf.of(store, address).notes == {}
    assert post(people["ivy"], f"{address}/changes", body, **headers).status_code == 200


def test_a_page_signs_its_own_person_in_again_and_leaves_another_s_link_alone(
    app: Flask, people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    link = make_sign_in(store, "lea", "again")
    browser = app.test_client()
    of_ivy, of_lea = (
        {"X-Account": account_of(store, name), "Sec-Fetch-Site": "same-origin"}
        for name in ("ivy", "lea")
    )
    refused = browser.post(link, json={}, headers=of_ivy)
    assert (refused.status_code, refused.get_json()["name"]) == (403, "lea")
    assert browser.get(address).status_code == 401
    told = browser.post(link, json={}, headers=of_lea)
    assert told.status_code == 200
    saved = browser.post(
        f"{address}/changes",
        json=changes(note_on(store, address, "on we go")),
        headers={"X-CSRF-Token": told.get_json()["csrf"]},
    )
    assert saved.status_code == 200
    assert browser.post(link, json={}, headers=of_lea).status_code == 410


def test_a_link_that_asks_for_a_code_is_left_for_its_own_page(
    app: Flask, store: Store, address: str
) -> None:
    account = account_of(store, "ivy")
    store.credentials.set_factor(account, "0" * 32, 0, [], by="ivy")
    link = make_sign_in(store, "ivy", "again")
    headers = {"X-Account": account, "Sec-Fetch-Site": "same-origin"}
    told = app.test_client().post(link, json={}, headers=headers)
    assert (told.status_code, told.get_json()) == (428, {"error": "link_asks"})
    assert store.accounts.peek_sign_in(hash_token("again")) is not None


def test_a_page_on_another_site_cannot_sign_anybody_in(
    app: Flask, people: dict[str, FlaskClient], store: Store
) -> None:
    link = make_sign_in(store, "ivy", "again")
    headers = {"X-Account": account_of(store, "ivy"), "Sec-Fetch-Site": "cross-site"}
    assert app.test_client().post(link, json={}, headers=headers).status_code == 400
    assert store.accounts.peek_sign_in(hash_token("again")) is not None


def posted_twice(
    client: FlaskClient, address: str, body: dict[str, Any], between: Any
) -> tuple[TestResponse, TestResponse]:
    """Post a batch, let something happen, and post it again as a page whose answer was lost."""
    first = post(client, f"{address}/changes", body)
    between()
    return first, post(client, f"{address}/changes", body)


def test_a_repeat_is_told_by_what_was_posted_though_its_times_would_be_cut_elsewhere_now(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    response = Shelf.of(store, address).response("talk")
    mark = {
        "op": "mark", "response": response, "item": "topics", "probe": "ethics", "at": 90_000,
        "state": "raised_unprompted", "phase": "free", "example": "none", "flags": [],
        "text": "said early", "reason": "",
    }  # fmt: skip
    started = datetime.now(UTC)
    with time_machine.travel(started, tick=False) as moment:
        post(people["ivy"], f"{address}/changes", changes({"op": "clock", "action": "start"}))
        moment.shift(30)
        first, again = posted_twice(
            people["ivy"],
            address,
            {**changes(mark, {"op": "clock", "action": "pause"}), "sequence": 2},
            lambda: moment.shift(30),
        )
    assert (first.get_json()["status"], again.get_json()["status"]) == ("saved", "repeat")
    assert again.get_json()["clock"] == {"elapsed": 30_000, "state": "paused"}
    interview = store.interviews.find(address.rsplit("/", maxsplit=1)[1])
    assert interview is not None
    assert [turn["action"] for turn in interview.clock] == ["start", "pause"]


def test_a_note_that_was_saved_before_the_end_does_not_stand_twice_after_it(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    note = changes(note_on(store, address, "said once"))
    first, again = posted_twice(people["ivy"], address, note, lambda: finish(store, address))
    assert (first.get_json()["status"], again.get_json()["status"]) == ("saved", "repeat")
    assert Shelf.of(store, address).notes == {("topics", "during"): "said once"}


def test_a_mark_that_was_saved_before_the_end_is_acknowledged_after_it(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    item = {
        "op": "item", "response": Shelf.of(store, address).response("talk"), "item": "topics",
        "at": 0, "phase": "free", "state": "refused", "reason": "", "flags": [],
    }  # fmt: skip
    first, again = posted_twice(
        people["ivy"], address, changes(item), lambda: finish(store, address)
    )
    assert first.get_json()["status"] == "saved"
    assert (again.status_code, again.get_json()["status"]) == (200, "repeat")


def test_a_pause_that_waited_for_the_network_counts_from_when_it_was_pressed(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    with time_machine.travel(datetime.now(UTC).replace(microsecond=0), tick=False) as moment:
        post(people["ivy"], f"{address}/changes", changes({"op": "clock", "action": "start"}))
        moment.shift(600)
        pause = {"op": "clock", "action": "pause", "pressed": 1_000_000}
        go_on = {"op": "clock", "action": "resume", "pressed": 1_120_000}
        late = {**changes(pause, go_on), "sequence": 2}
        sent = {"X-Sent": "1300000"}  # five minutes after the pause, three after going on
        first = post(people["ivy"], f"{address}/changes", late, **sent)
        assert first.get_json()["clock"] == {"elapsed": 480_000, "state": "running"}
        moment.shift(60)
        again = post(people["ivy"], f"{address}/changes", late, **{"X-Sent": "1360000"})
    assert again.get_json()["status"] == "repeat"
    assert again.get_json()["clock"] == {"elapsed": 540_000, "state": "running"}


def test_a_start_that_waited_leaves_the_marks_made_since_at_their_times(
    people: dict[str, FlaskClient], address: str, store: Store
) -> None:
    place = {
        "op": "place", "response": Shelf.of(store, address).response("talk"), "item": "topics",
        "at": 90_000,
    }  # fmt: skip
    start = {"op": "clock", "action": "start", "pressed": 5_000_000}
    body = changes(start, place)
    answer = post(people["ivy"], f"{address}/changes", body, **{"X-Sent": "5120000"}).get_json()
    assert 120_000 <= answer["clock"]["elapsed"] < 150_000
    interview = store.interviews.find(address.rsplit("/", maxsplit=1)[1])
    assert interview is not None
    assert [visit["at"] for visit in interview.visits] == [90_000]


@pytest.mark.parametrize("sent", ["", "soon", "-5", "1", "9" * 20, "\u0661"])
def test_a_press_whose_age_cannot_be_told_counts_from_now(
    people: dict[str, FlaskClient], address: str, sent: str
) -> None:
    start = {"op": "clock", "action": "start", "pressed": 5_000_000}
    headers = {"X-Sent": sent.encode().decode("latin-1")}
    answer = post(people["ivy"], f"{address}/changes", changes(start), **headers).get_json()
    assert answer["clock"]["state"] == "running"
    assert answer["clock"]["elapsed"] < 5_000
