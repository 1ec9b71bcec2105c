"""Holding an interview: beginning, the sheet with and without scripts, finishing, paper."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey_app.storage.records import Change
from survey_app.storage.store import Store
from survey_app.web.interviewer.clock import read_clock
from tests.plain_browser import PlainBrowser
from tests.web.interviewing import Shelf, Studied, add_study, begin, sign_in


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
def sheet(ivy: FlaskClient, address: str) -> PlainBrowser:
    browser = PlainBrowser(ivy)
    browser.open(address)
    return browser


class Script:
    """What the sheet's script sends, from one open page."""

    def __init__(self, client: FlaskClient, address: str, shelf: Shelf, name: str = "page") -> None:
        self.client = client
        self.address = address
        self.name = name
        self.base = shelf.state.revision
        self.response = shelf.response("talk")
        self.sequence = 0
        page = client.get(address).get_data(as_text=True)
        found = re.search(r'<meta name="csrf" content="(\w+)">', page)
        assert found
        self.token = found[1]

    def send(self, *operations: dict[str, Any], **envelope: Any) -> TestResponse:
        self.sequence += 1
        return self.post(
            {
                "client": self.name,
                "sequence": self.sequence,
                "base_revision": self.base,
                "operations": [{"response": self.response, **each} for each in operations],
                "client_time": "2026-11-22T20:14:05.123Z",
                **envelope,
            }
        )

    def post(self, body: Any, token: str | None = None) -> TestResponse:
        return self.client.post(
            f"{self.address}/changes", json=body, headers={"X-CSRF-Token": token or self.token}
        )


@pytest.fixture
def script(ivy: FlaskClient, store: Store, address: str) -> Script:
    return Script(ivy, address, Shelf.of(store, address))


@pytest.fixture
def two_windows(ivy: FlaskClient, store: Store, address: str) -> tuple[Script, Script]:
    shelf = Shelf.of(store, address)
    return Script(ivy, address, shelf, "one"), Script(ivy, address, shelf, "two")


def mark(probe: Any = "ethics", state: Any = "raised_unprompted", **more: Any) -> dict[str, Any]:
    plain = {"op": "mark", "item": "topics", "probe": probe, "state": state, "example": "none"}
    return {**plain, "text": "", "reason": "", "at": 0, **more}


def note(text: str, item: str = "topics", probe: str | None = None) -> dict[str, Any]:
    return {"op": "note", "item": item, "probe": probe, "text": text}


def answer(item: str, value: Any, row: str = "", reason: str = "") -> dict[str, Any]:
    return {"op": "answer", "item": item, "row": row, "value": value, "reason": reason}


# Who may come in


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("ann", "/interviews"),
        ("ann", ""),
        *((name, path) for name in ("ann", "olga") for path in ("/interviews/new", "/finish")),
    ],
)
def test_observers_and_analysts_hold_no_interviews(
    app: Flask, store: Store, address: str, name: str, path: str
) -> None:
    place = path if path.startswith("/interviews") else address + path
    assert sign_in(app, store, name).get(place).status_code == 403


def test_whoever_is_signed_out_is_told_how_to_sign_in(app: Flask, address: str) -> None:
    page = app.test_client().get(address)
    assert page.status_code == 401
    assert "sign in" in page.get_data(as_text=True)


def test_an_interviewer_of_another_study_may_not_open_the_interview(
    app: Flask, store: Store, address: str
) -> None:
    add_study(store, "others")
    store.accounts.add("eve")
    store.accounts.set_role("eve", "interviewer", "others")
    eve = sign_in(app, store, "eve")
    assert eve.get(address).status_code == 403
    assert eve.get("/interviews/new?study=talks").status_code == 403


def test_an_interview_that_is_not_there_gives_a_page_that_says_so(ivy: FlaskClient) -> None:
    assert ivy.get("/interviews/none").status_code == 404


def test_an_interviewer_lists_her_own_and_the_study_lead_everybodys(
    app: Flask, store: Store, ivy: FlaskClient
) -> None:
    begin(ivy, "P01")
    begin(sign_in(app, store, "ivan"), "P02")
    own = ivy.get("/interviews").get_data(as_text=True)
    everybodys = sign_in(app, store, "lea").get("/interviews").get_data(as_text=True)
    assert ("P01" in own, "P02" in own) == (True, False)
    assert ("P01" in everybodys, "P02" in everybodys) == (True, True)


# Beginning


def test_beginning_makes_a_response_for_each_instrument_in_the_protocols_order(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    state = Shelf.of(store, address).state
    assert (state.participant, state.interviewer, state.is_test) == ("P01", "ivy", False)
    assert {run.instrument for run in state.responses} == {"talk", "closing"}
    assert sheet.text.index("What have you been talking") < sheet.text.index("anything else")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": ""}, "Write a code such as P01"),
        ({"code": "Jane Doe"}, "Write a code such as P01"),
        ({"runs": []}, "Choose what to ask"),
        ({"runs": ["talk@9.9.9"]}, "Choose what to ask"),
        ({"agreed": ""}, "Read the consent text"),
        ({"recording": ""}, "may be recorded"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    store: Store, ivy: FlaskClient, typed: dict[str, Any], sentence: str
) -> None:
    browser = PlainBrowser(ivy)
    browser.open("/interviews/new?study=talks")
    filled = {"code": "P07", "agreed": "yes", "recording": "no", "runs": ["talk@1.0.0"]}
    browser.form.values |= {
        name: text if isinstance(text, list) else [text] for name, text in (filled | typed).items()
    }
    assert browser.press().status_code == 422
    assert sentence in browser.text
    assert browser.form.values["code"] == [typed.get("code", "P07")]
    assert store.interviews.list("talks") == []


def test_a_study_without_a_consent_text_says_so_and_lets_the_interview_begin(
    store: Store, ivy: FlaskClient
) -> None:
    add_study(store, "bare", consent=False)
    store.accounts.set_role("ivy", "interviewer", "bare")
    browser = PlainBrowser(ivy)
    browser.open("/interviews/new?study=bare")
    assert "no consent text yet" in browser.text
    browser.fill(code="P01").choose("recording", "no").press()
    assert browser.page.status_code == 200
    assert len(store.interviews.list("bare")) == 1


def test_with_several_studies_one_is_chosen_first(store: Store, ivy: FlaskClient) -> None:
    add_study(store, "bare")
    store.accounts.set_role("ivy", "interviewer", "bare")
    page = ivy.get("/interviews/new").get_data(as_text=True)
    assert "study=bare" in page
    assert "study=talks" in page


# The sheet as a form


def test_the_sheet_shows_its_three_voices_and_the_condition_in_words(sheet: PlainBrowser) -> None:
    for words in (
        "Read aloud",
        "For you, do not read",
        "Wait for the free answer to end.",
        "Probes: do not read until the free answer has ended",
        "If answered yes",
    ):
        assert words in sheet.text
    assert "<title>Interview P01 –" in sheet.text


def test_marks_notes_and_answers_are_saved_without_scripts(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    sheet.choose("state.1.topics.ethics", "raised_after_probe")
    sheet.choose("example.1.topics.ethics", "given")
    sheet.choose("state.1.topics.career", "not_asked")
    sheet.choose("state.1.topics.other:1", "raised_unprompted")
    sheet.choose("answer.1.rewarding", "yes").choose("refusal.1.began", "refused")
    sheet.choose("answer.1.teaching.view", "2")
    sheet.form.values |= {
        "text.1.topics.other:1": ["sleep"],
        "why.1.topics.career": ["no time"],
        "note.1.topics": ["first line\r\nsecond"],
        "note.1.topics.ethics": ["an exam"],
        "answer.1.mentees": ["3"],
        "answer.1.hours": ["2,5"],
        "note.2.anything": ["no"],
    }
    sheet.press()
    shelf = Shelf.of(store, address)
    assert shelf.marks == {
        "topics.ethics": ("raised_after_probe", "given", ""),
        "topics.career": ("not_asked", "none", ""),
        "topics.other:1": ("raised_unprompted", "none", "sleep"),
    }
    assert shelf.notes == {
        ("topics", "during"): "first line\nsecond",
        ("topics.ethics", "during"): "an exam",
        ("anything", "during"): "no",
    }
    assert shelf.answers == {
        "rewarding": "yes",
        "mentees": 3,
        "hours": 2.5,
        "began": "refused",
        "teaching.view": "2",
    }
    assert [each.reason for each in shelf.state.marks if each.probe == "career"] == ["no time"]


def test_the_saved_sheet_shows_again_what_was_saved_and_offers_one_more_row(
    sheet: PlainBrowser,
) -> None:
    sheet.form.values["text.1.topics.other:1"] = ["sleep"]
    sheet.choose("answer.1.rewarding", "no").press()
    assert sheet.form.values["text.1.topics.other:1"] == ["sleep"]
    assert sheet.form.values["answer.1.rewarding"] == ["no"]
    assert "text.1.topics.other:2" in sheet.form.controls


def test_a_sheet_posted_unchanged_stores_nothing(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    before = Shelf.of(store, address).state
    sheet.press()
    assert Shelf.of(store, address).state == before


def test_an_answer_taken_back_stands_as_unanswered(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    sheet.choose("answer.1.rewarding", "yes").press()
    sheet.choose("answer.1.rewarding", "").press()
    assert Shelf.of(store, address).answers == {"rewarding": "unanswered"}


def test_what_cannot_be_stored_stays_in_its_field_and_the_rest_is_saved(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    sheet.form.values |= {"answer.1.mentees": ["two or so"], "note.1.topics": ["kept"]}
    assert sheet.press().status_code == 422
    assert "Please write a whole number in digits, such as 12." in sheet.text
    assert sheet.form.values["answer.1.mentees"] == ["two or so"]
    assert Shelf.of(store, address).notes == {("topics", "during"): "kept"}
    sheet.form.values["answer.1.mentees"] = ["2"]
    sheet.press()
    assert Shelf.of(store, address).answers == {"mentees": 2}


def test_of_two_windows_the_second_is_shown_both_texts_and_may_keep_its_own(
    ivy: FlaskClient, store: Store, address: str, sheet: PlainBrowser
) -> None:
    other = PlainBrowser(ivy)
    other.open(address)
    other.form.values |= {"note.1.topics": ["theirs"], "note.1.what": ["untouched here"]}
    other.press()
    sheet.form.values["note.1.topics"] = ["mine"]
    assert sheet.press().status_code == 409
    assert "There: theirs" in sheet.text
    assert "Here: mine" in sheet.text
    assert sheet.form.values["note.1.topics"] == ["mine"]
    assert Shelf.of(store, address).notes[("topics", "during")] == "theirs"
    sheet.press()
    assert Shelf.of(store, address).notes == {
        ("topics", "during"): "mine",
        ("what", "during"): "untouched here",
    }


def test_whoever_was_signed_out_meanwhile_keeps_what_was_typed(
    ivy: FlaskClient, store: Store, address: str, sheet: PlainBrowser
) -> None:
    sheet.form.values["note.1.topics"] = ["a long thought"]
    store.accounts.disable("ivy")
    assert sheet.press().status_code == 401
    assert "a long thought" in sheet.text


def test_the_clock_starts_stops_for_a_pause_and_goes_on(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    for action in ("start", "pause", "resume"):
        sheet.press(clock=action)
    assert [turn["action"] for turn in Shelf.of(store, address).state.clock] == [
        "start",
        "pause",
        "resume",
    ]


@pytest.mark.parametrize(
    "tampered",
    [
        {"client": "a b"},
        {"sequence": "9" * 5_000},
        {"base_revision": "none"},
        {"before": "[" * 100_000},
        {"before": "[]"},
        {"goto": "x\r\nSet-Cookie: a=b"},
        {"then": "nowhere"},
        {"state.1.topics.other:7": "raised_unprompted"},
    ],
)
def test_a_form_that_was_tampered_with_is_saved_as_far_as_it_makes_sense(
    store: Store, address: str, sheet: PlainBrowser, tampered: dict[str, str]
) -> None:
    sheet.form.values["note.1.topics"] = ["kept"]
    assert sheet.press(**tampered).status_code == 200
    assert Shelf.of(store, address).notes == {("topics", "during"): "kept"}


def test_a_clock_cannot_be_turned_to_something_else(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    assert sheet.press(clock="finish").status_code == 422
    assert Shelf.of(store, address).state.clock == []


def test_nothing_more_is_stored_of_a_participant_who_has_withdrawn(
    store: Store, address: str, sheet: PlainBrowser, script: "Script"
) -> None:
    for sequence, run in enumerate(Shelf.of(store, address).state.responses):
        change = Change(
            client="lead",
            sequence=sequence,
            base_revision=0,
            kind="withdraw",
            actor="lea",
            source="web",
            language="en",
        )
        store.responses.withdraw(run.response, change, scope="all")
    sheet.form.values["note.1.topics"] = ["too late"]
    assert sheet.press().status_code == 409
    assert "The participant has withdrawn" in sheet.text
    answered = script.send(note("too late"))
    assert (answered.status_code, answered.get_json()["status"]) == (409, "closed")
    assert Shelf.of(store, address).notes == {}


@pytest.mark.parametrize(
    ("turns", "state", "words"),
    [
        ("", "ready", "0:00"),
        ("start 20:00", "running", "90:00"),
        ("start 20:00, pause 20:10", "paused", "10:00"),
        ("start 20:00, pause 20:10, resume 21:00", "running", "40:00"),
        ("start 20:00, pause 20:10, pause 20:20", "paused", "10:00"),
        ("start 20:00, start 20:10", "running", "90:00"),
        ("start 20:00, finish 21:01", "finished", "61:00"),
        ("start 20:00, pause 20:10, finish 21:00", "finished", "10:00"),
        ("finish 21:00", "finished", "0:00"),
    ],
)
def test_the_clock_shows_the_time_without_the_pauses(turns: str, state: str, words: str) -> None:
    done = [turn.split() for turn in turns.split(", ") if turn]
    clock = [{"action": action, "at": f"2026-11-22T{at}:00.000Z"} for action, at in done]
    reading = read_clock(clock, datetime(2026, 11, 22, 21, 30, tzinfo=UTC))
    assert (reading.state, reading.words) == (state, words)


# The sheet's script


def test_a_change_is_stored_and_the_answer_says_when(
    store: Store, address: str, script: Script
) -> None:
    answered = script.send(mark(example="asked"), note("said \x00 something"))
    assert answered.status_code == 200
    assert answered.get_json()["status"] == "saved"
    assert answered.get_json()["conflicts"] == []
    shelf = Shelf.of(store, address)
    assert shelf.marks == {"topics.ethics": ("raised_unprompted", "asked", "")}
    assert shelf.notes == {("topics", "during"): "said � something"}
    assert answered.get_json()["revision"] == shelf.state.revision


def test_the_same_change_sent_again_is_a_repeat_and_stores_nothing(
    store: Store, address: str, script: Script
) -> None:
    script.send(note("once"))
    before = Shelf.of(store, address).state
    script.sequence -= 1
    assert script.send(note("once")).get_json()["status"] == "repeat"
    assert Shelf.of(store, address).state == before


def test_a_mark_is_never_later_than_the_clock(store: Store, address: str, script: Script) -> None:
    script.send(mark(at=10**12))
    (stored,) = Shelf.of(store, address).state.marks
    assert stored.first_at == 0  # the clock has not been started


BAD = [
    (mark(item="none"), "not in the interview"),
    (mark(item=["topics"]), "not in the interview"),
    (mark(response="0" * 32), "not in the interview"),
    (mark(probe="none"), "not on the sheet"),
    (mark(probe="other:0"), "not on the sheet"),
    (mark(probe="other:100"), "not on the sheet"),
    (mark(probe=7), "not on the sheet"),
    (mark(state="maybe"), "unknown kind"),
    (mark(state=None), "unknown kind"),
    (mark(example=1), "unknown kind"),
    (mark(at="soon"), "time that cannot be"),
    (mark(at=-1), "time that cannot be"),
    (mark(at=True), "time that cannot be"),
    (mark(text=["a"]), "something else than a text"),
    (mark(text="x" * 20_001), "20001 characters"),
    (note("x" * 20_001), "20001 characters"),
    (note("x", probe="none"), "not on the sheet"),
    (answer("topics", "ethics"), "No answer is recorded here"),
    (answer("teaching", "1", row="none"), "No answer is recorded here"),
    (answer("teaching", "7", row="view"), "one of the answers shown here"),
    (answer("rewarding", "maybe"), "one of the answers shown here"),
    (answer("rewarding", {"a": 1}), "something else than a text"),
    (answer("rewarding", "", reason="bored"), "unknown kind"),
    (answer("teaching", "1") | {"row": ["view"]}, "No answer is recorded here"),
    (answer("mentees", "2.5"), "a whole number in digits"),
    (answer("mentees", "1_000"), "a whole number in digits"),
    (answer("mentees", "9" * 400), "a whole number in digits"),
    (answer("hours", "nan"), "a number in digits"),
    (answer("began", "2026-02-30"), "a date as year-month-day"),
    ({"op": "clock", "action": "finish"}, "unknown kind"),
    ({"op": "erase"}, "unknown kind"),
    ({"op": ["mark"]}, "unknown kind"),
]


@pytest.mark.parametrize(("operation", "sentence"), BAD)
def test_what_the_sheet_does_not_have_is_refused_with_a_sentence_and_nothing_is_stored(
    store: Store, address: str, script: Script, operation: dict[str, Any], sentence: str
) -> None:
    refused = script.send(note("good"), operation)
    assert refused.status_code == 422
    (fault,) = refused.get_json()["faults"]
    assert fault["index"] == 1
    assert sentence in fault["message"]
    assert Shelf.of(store, address).notes == {}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"client": 1, "sequence": 1, "base_revision": 0, "operations": []}',
        b'{"client": "a", "sequence": -1, "base_revision": 0, "operations": []}',
        b'{"client": "a", "sequence": 1e400, "base_revision": 0, "operations": []}',
        b'{"client": "a", "sequence": true, "base_revision": 0, "operations": []}',
        b'{"client": "a", "sequence": 1, "base_revision": 0, "operations": []}',
        b'{"client": "a", "sequence": 1, "base_revision": 0, "operations": {}}',
        b'{"client": "a", "sequence": 1, "base_revision": 0, "operations": [null]}',
        b'{"client": "a b", "sequence": 1, "base_revision": 0, "operations": []}',
        b'{"client": "a", "sequence": 1, "base_revision": 0, "client_time": 5, "operations": []}',
    ],
)
def test_what_no_page_of_ours_would_send_is_refused_and_never_fails(
    script: Script, body: bytes
) -> None:
    answered = script.client.post(
        f"{script.address}/changes",
        data=body,
        content_type="application/json",
        headers={"X-CSRF-Token": script.token},
    )
    assert answered.status_code == 422
    assert answered.get_json()["status"] == "invalid"


def test_a_forged_post_is_refused_with_a_fresh_token_and_that_one_works(
    store: Store, address: str, script: Script
) -> None:
    change = {"client": "a", "sequence": 1, "base_revision": 0}
    change["operations"] = [{**note("kept"), "response": script.response}]
    refused = script.post(change, token="wrong")
    assert (refused.status_code, refused.get_json()["error"]) == (400, "csrf")
    assert script.post(change, token=refused.get_json()["csrf"]).status_code == 200


def test_a_script_that_was_signed_out_is_told_so(store: Store, script: Script) -> None:
    store.accounts.disable("ivy")
    refused = script.send(note("waits"))
    assert (refused.status_code, refused.get_json()) == (401, {"error": "signed_out"})


@pytest.mark.parametrize(
    ("first", "second", "theirs", "mine"),
    [
        (note("one"), note("two"), "one", "two"),
        (
            mark(example="given"),
            mark(state="refused", text="no"),
            "raised unprompted; example: given",
            "refused; no",
        ),
        (answer("rewarding", "yes"), answer("rewarding", "no"), "Yes", "No"),
        (answer("mentees", "3"), answer("mentees", "", reason="dont_know"), "3", "don’t know"),
    ],
)
def test_two_windows_that_change_the_same_thing_both_see_both(
    two_windows: tuple[Script, Script],
    first: dict[str, Any],
    second: dict[str, Any],
    theirs: str,
    mine: str,
) -> None:
    one, two = two_windows
    assert one.send(first).status_code == 200
    answered = two.send(second, note("elsewhere", item="what"))
    assert answered.status_code == 409
    (conflict,) = answered.get_json()["conflicts"]
    assert (conflict["theirs"], conflict["mine"]) == (theirs, mine)
    two.base = answered.get_json()["revision"]
    assert two.send(second).status_code == 200


# Finishing


def finish(sheet: PlainBrowser) -> None:
    sheet.press(then="finish")
    assert sheet.path.endswith("/finish")
    sheet.press()


def test_the_finish_page_lists_what_is_open_and_links_to_it(sheet: PlainBrowser) -> None:
    sheet.choose("state.1.topics.ethics", "raised_unprompted")
    sheet.choose("answer.1.rewarding", "yes").press(then="finish")
    assert "Nothing marked or written (6 of 8)" in sheet.text
    assert "Some probes not reached (1 of 8)" in sheet.text
    assert "#t-1.topics" in sheet.text
    assert "#t-1.rewarding" not in sheet.text.replace("#t-1.rewarding_", "")


def test_finishing_stops_the_clock_and_sends_the_responses(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    finish(sheet)
    state = Shelf.of(store, address).state
    assert [turn["action"] for turn in state.clock] == ["finish"]
    assert {run.state for run in state.responses} == {"submitted"}
    assert state.outcome == "completed"


def test_finishing_twice_changes_nothing(store: Store, address: str, sheet: PlainBrowser) -> None:
    sheet.press(then="finish")
    sheet.post()
    before = Shelf.of(store, address).state
    sheet.post()
    assert Shelf.of(store, address).state == before


def test_after_finishing_notes_are_added_as_such_and_marks_stand(
    store: Store, address: str, sheet: PlainBrowser, script: Script
) -> None:
    sheet.form.values["note.1.topics"] = ["during"]
    finish(sheet)
    sheet.open(address)
    sheet.form.values["after.1.topics"] = ["on second thoughts"]
    sheet.press()
    assert script.send(note("later still", item="what")).status_code == 200
    assert script.send(mark()).status_code == 422
    assert Shelf.of(store, address).marks == {}
    assert Shelf.of(store, address).notes == {
        ("topics", "during"): "during",
        ("topics", "after"): "on second thoughts",
        ("what", "after"): "later still",
    }


# Paper


def test_a_filled_sheet_shows_marks_notes_and_what_it_was_made_of(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    sheet.choose("state.1.topics.ethics", "raised_after_probe")
    sheet.form.values["note.1.topics"] = ["told at length"]
    sheet.press()
    page = sheet.open(f"{address}/print").get_data(as_text=True)
    record = store.instruments.find("talk", "1.0.0")
    assert record is not None
    for words in (record.fingerprint, "talk@1.0.0", "P01", "told at length"):
        assert words in page
    assert re.findall(r'box-ticked">(\w)', page) == ["P"]


def test_a_blank_sheet_prints_everything_whatever_the_conditions(ivy: FlaskClient) -> None:
    page = ivy.get("/interviews/sheet/talk@1.0.0/print").get_data(as_text=True)
    assert "What was rewarding?" in page
    assert "[If answered yes]" in page
    assert page.count("<code>other:3</code>") == 3  # topics, what, teaching
    for words in ("raised unprompted", "How to read this sheet", "<code>mentees</code>"):
        assert words in page


def test_the_list_leads_to_a_blank_sheet_of_each_version_in_the_protocol(ivy: FlaskClient) -> None:
    page = ivy.get("/interviews").get_data(as_text=True)
    links = re.findall(r'href="([^"]+)">Print a blank sheet of ([^<]+)</a>', page)
    versions = ["talk, version 1.0.0", "closing, version 1.0.0"]
    assert [words for _, words in links] == ["the whole protocol", *versions]
    for address, _ in links:
        assert "How to read this sheet" in ivy.get(address).get_data(as_text=True)


def test_a_blank_sheet_of_an_unknown_version_is_not_found(ivy: FlaskClient) -> None:
    assert ivy.get("/interviews/sheet/talk@9.9.9/print").status_code == 404
