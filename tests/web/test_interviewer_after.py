"""Before and after the call: the plan, the list, breaking off, finishing, the contact summary."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.cli.vocabulary import make_vocabulary
from survey_app.definition.loader import load
from survey_app.storage.clock import measure_held
from survey_app.storage.records import Change, InterviewState, NoteRecord
from survey_app.storage.store import Store
from survey_app.web.interviewer.facts import read_pauses
from survey_app.web.interviewer.times import say_added, say_span, say_stretch
from tests.plain_browser import PlainBrowser
from tests.web.interviewing import Shelf, Studied, begin, sign_in

TIMED = """
format: 1
name: timed
version: 1.0.0
title: Timed
source: ours
licence: MIT
changes: first
sections:
  - {key: one, title: One, minutes: 20, items: [{key: a, type: open_question, text: First?}]}
  - {key: two, title: Two, minutes: 15, items: [{key: b, type: open_question, text: Second?}]}
"""


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
def browser(ivy: FlaskClient) -> PlainBrowser:
    return PlainBrowser(ivy)


class Call:
    """What is done in the call, as another window of the same interviewer would send it."""

    def __init__(self, store: Store, address: str) -> None:
        self.store = store
        self.address = address
        self.sequence = 0
        self.response = Shelf.of(store, address).response("talk")

    @property
    def state(self) -> InterviewState:
        return Shelf.of(self.store, self.address).state

    def do(self, *operations: dict[str, Any], client: str = "call") -> None:
        self.sequence += 1
        change = Change(
            client=client,
            sequence=self.sequence,
            base_revision=self.state.revision,
            kind="console",
            actor="ivy",
            source="console",
            language="en",
        )
        known = {"response": self.response, "item": "topics"}
        done = [known | each if each["op"] not in WHOLE else each for each in operations]
        assert self.store.interviews.apply(self.state.id, change, done).status == "saved"


WHOLE = {"clock", "recording", "outcome"}


@pytest.fixture
def call(store: Store, address: str) -> Call:
    return Call(store, address)


def mark(probe: str = "ethics", state: str = "raised_unprompted", **more: Any) -> dict[str, Any]:
    plain = {"op": "mark", "probe": probe, "state": state, "phase": "free", "at": 5_000}
    return {**plain, "example": "none", "flags": [], "text": "", "reason": "", **more}


def item(**more: Any) -> dict[str, Any]:
    plain = {"op": "item", "phase": "free", "state": "not_reached", "at": 0, "flags": []}
    return {**plain, "reason": "", **more}


def note(text: str, **more: Any) -> dict[str, Any]:
    plain = {"op": "note", "probe": None, "stream": "interviewer", "kind": "note", "text": text}
    return {**plain, "added": "during", **more}


def texts(state: InterviewState) -> dict[str, NoteRecord]:
    """The notes on the interview as a whole, by `kind.stream`."""
    return {f"{each.kind}.{each.stream}": each for each in state.notes if each.item is None}


# Before


def test_a_new_interview_shows_versions_fingerprints_the_consent_and_the_key_that_hides(
    store: Store, browser: PlainBrowser
) -> None:
    browser.open("/interviews/new?study=talks")
    record = store.instruments.find("talk", "1.0.0")
    assert record is not None
    shown = (record.fingerprint[:12], "version 1.0.0", "Consent text, version 2", "<kbd>H</kbd>")
    for words in (*shown, 'id="journal-readiness"'):
        assert words in browser.text


def test_the_planned_time_is_what_the_sections_say_else_the_usual_one(
    store: Store, browser: PlainBrowser
) -> None:
    browser.open("/interviews/new?study=talks")
    assert browser.form.values["minutes"] == ["45"]
    instrument = load(TIMED.encode(), "timed.yaml")
    store.instruments.publish(
        name="timed",
        version="1.0.0",
        format=1,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note="",
        by="test",
    )
    store.studies.add_instrument("talks", "timed", "1.0.0", "interviewer")
    browser.open("/interviews/new?study=talks")
    assert browser.form.values["minutes"] == ["35"]


def test_the_planned_time_is_stored(store: Store, browser: PlainBrowser) -> None:
    browser.open("/interviews/new?study=talks")
    browser.fill(code="P01", minutes="60").choose("agreed", "yes").choose("recording", "no")
    browser.press()
    assert Shelf.of(store, browser.path).state.planned_minutes == 60


@pytest.mark.parametrize("minutes", ["", "4", "301", "soon", "-20", "4.5", "٤٥"])
def test_no_interview_is_planned_for_what_cannot_be_its_time(
    store: Store, browser: PlainBrowser, minutes: str
) -> None:
    browser.open("/interviews/new?study=talks")
    browser.fill(code="P01", minutes=minutes).choose("agreed", "yes").choose("recording", "no")
    assert browser.press().status_code == 422
    assert "from 5 to 300" in browser.text
    assert browser.form.values["minutes"] == [minutes]
    assert store.interviews.list("talks") == []


@pytest.mark.parametrize("path", ["/interviews/new?study=talks", "/interviews/key-in?study=talks"])
def test_whoever_was_signed_out_before_the_call_keeps_what_was_typed(
    store: Store, browser: PlainBrowser, path: str
) -> None:
    browser.open(path)
    browser.fill(code="P77")
    store.accounts.disable("ivy")
    assert browser.press().status_code == 401
    assert browser.form.values["code"] == ["P77"]


# The list


def test_the_list_says_how_open_interviews_stand_and_when_they_were_saved(
    browser: PlainBrowser, call: Call
) -> None:
    browser.open("/interviews")
    assert "not started" in browser.text
    call.do({"op": "clock", "action": "start"})
    browser.open("/interviews")
    assert "running" in browser.text
    saved = browser.text.index("Last saved (UTC)")
    assert call.state.clock[-1]["at"][11:16] in browser.text[saved:]


def test_one_that_was_broken_off_says_when_to_call_back_and_goes_on_where_it_stopped(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    place = f"{call.response}/rewarding"
    broken = {"op": "outcome", "outcome": "broken_off", "text": "called away"}
    call.do({**broken, "call_back": "Tuesday at four", "resume": place})
    browser.open("/interviews")
    assert "Call back: Tuesday at four" in browser.text
    assert re.search(rf'href="{address}#t-1.rewarding">Go on<', browser.text)


def test_observers_land_on_the_list_and_read_the_interviews_of_their_study(
    app: Flask, store: Store, address: str
) -> None:
    olga = PlainBrowser(sign_in(app, store, "olga"))
    assert re.search(rf'href="{address}">Read along with', olga.open("/home").text)
    olga.open("/interviews")
    assert re.search(rf'href="{address}">Read along<', olga.text)
    for words in ("New interview", "Key in from paper", "Go on", "Print a blank sheet"):
        assert words not in olga.text.partition("<footer")[0]


@pytest.mark.parametrize("path", ["/break-off", "/finish", "/summary", "/timeline"])
def test_observers_end_no_interview_and_write_no_summary(
    app: Flask, store: Store, address: str, path: str
) -> None:
    olga = sign_in(app, store, "olga")
    assert olga.get(address + path).status_code == 403
    assert olga.get("/interviews/key-in").status_code == 403


# The rest not asked


def test_the_rest_is_marked_not_asked_and_what_was_written_or_marked_stays(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do(
        mark("ethics", "raised_after_probe"),
        note("half a thought", item="what"),
        item(item="hours", state="refused"),
        item(item="mentees", phase="probing"),
        {"op": "answer", "item": "teaching", "row": "view", "value": "2"},
    )
    browser.open(f"{address}/finish")
    browser.choose("rest", "yes").fill(rest_reason="no time left").press()
    state = call.state
    not_asked = {
        f"{each.item}.{each.probe}": each.reason
        for each in state.marks
        if each.state == "not_asked"
    }
    assert not_asked == {"topics.career": "no time left", "teaching.interest": "no time left"}
    assert {each.item: each.state for each in state.items} == {
        "hours": "refused",
        "mentees": "not_reached",
        "rewarding": "not_asked",
        "began": "not_asked",
        "anything": "not_asked",
    }
    assert {each.reason for each in state.items if each.state == "not_asked"} == {"no time left"}


def test_the_rest_needs_a_reason_and_nothing_is_finished_without_it(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/finish")
    assert browser.choose("rest", "yes").press().status_code == 422
    assert "Write why the rest was not asked" in browser.text
    assert browser.form.values["rest"] == ["yes"]
    assert call.state.finished is None
    assert call.state.items == []


def test_the_rest_stays_open_unless_it_is_ticked(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/finish")
    browser.press()
    assert call.state.finished is not None
    assert (call.state.items, call.state.marks) == ([], [])


# Finishing


def test_the_finish_page_lists_what_to_come_back_to(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do(item(flags=["come_back"]))
    browser.open(f"{address}/finish")
    assert "To come back to (1)" in browser.text


def test_the_contact_summary_opens_by_itself_after_finishing(
    browser: PlainBrowser, address: str
) -> None:
    browser.open(f"{address}/finish")
    browser.press()
    assert browser.path == f"{address}/summary"
    for path in ("finish", "break-off"):
        browser.open(f"{address}/{path}")
        assert browser.path == f"{address}/summary"


# Breaking off


def test_leaving_the_sheet_to_break_off_saves_it_first(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(address)
    browser.form.values["note.1.topics"] = ["until the ward called"]
    browser.press(then="break_off")
    assert browser.path == f"{address}/break-off"
    assert [each.text for each in call.state.notes] == ["until the ward called"]


def test_breaking_off_asks_why_and_whether_it_goes_on_and_keeps_what_was_typed(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/break-off")
    browser.fill(call_back="tomorrow")
    assert browser.press().status_code == 422
    for words in ("Write why the interview is broken off", "Say whether you will call back"):
        assert words in browser.text
    assert browser.form.values["call_back"] == ["tomorrow"]
    assert call.state.outcome is None


def test_a_call_back_needs_its_when_and_how(browser: PlainBrowser, address: str) -> None:
    browser.open(f"{address}/break-off")
    browser.fill(reason="tired").choose("way", "later")
    assert browser.press().status_code == 422
    assert "Write when and how to call back" in browser.text


def test_with_a_call_back_it_stays_open_with_the_clock_paused_and_goes_on_later(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do({"op": "clock", "action": "start"}, {"op": "place", "item": "mentees", "at": 0})
    browser.open(f"{address}/break-off")
    assert browser.form.values["resume"] == [f"{call.response}/mentees"]
    browser.choose("way", "later").fill(reason="called away", call_back="Tuesday at four")
    browser.fill(resume=f"{call.response}/rewarding").press()
    assert browser.path == f"{address}/summary"
    assert "Call back: Tuesday at four" in browser.text
    state = call.state
    assert (state.finished, state.outcome, state.outcome_text) == (
        None,
        "broken_off",
        "called away",
    )
    assert (state.call_back, state.resume) == ("Tuesday at four", f"{call.response}/rewarding")
    assert state.clock[-1]["action"] == "pause"
    assert {run.state for run in state.responses} == {"in_progress"}
    browser.open(address)
    browser.press(clock="resume")
    assert (call.state.outcome, call.state.clock[-1]["action"]) == (None, "resume")


def test_the_sheet_begins_where_it_is_to_resume_and_once_it_went_on_where_one_was_last(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do({"op": "clock", "action": "start"}, {"op": "place", "item": "mentees", "at": 0})
    broken = {"op": "outcome", "outcome": "broken_off", "text": "tired", "call_back": "soon"}
    call.do({**broken, "resume": f"{call.response}/rewarding"})
    assert 'data-resume="1.rewarding"' in browser.open(address).get_data(as_text=True)
    call.do({"op": "clock", "action": "resume"}, {"op": "place", "item": "hours", "at": 9})
    assert 'data-resume="1.hours"' in browser.open(address).get_data(as_text=True)


def test_without_a_call_back_it_ends_there(browser: PlainBrowser, address: str, call: Call) -> None:
    browser.open(f"{address}/break-off")
    browser.choose("way", "ends").fill(reason="withdrew from the call", call_back="left over")
    browser.choose("rest", "yes").fill(rest_reason="broken off").press()
    state = call.state
    assert (state.outcome, state.call_back, state.resume) == ("broken_off", "", "")
    assert state.finished is not None
    assert {run.state for run in state.responses} == {"submitted"}
    assert {each.reason for each in state.items} == {"broken off"}


def test_breaking_off_twice_changes_nothing(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/break-off")
    browser.choose("way", "later").fill(reason="tired", call_back="tomorrow")
    browser.post()
    before = call.state
    browser.post()
    assert call.state == before


@pytest.mark.parametrize("place", ["x", "x/y", "/", "/topics"])
def test_it_goes_on_only_at_a_question_of_its_own(
    browser: PlainBrowser, address: str, call: Call, place: str
) -> None:
    browser.open(f"{address}/break-off")
    browser.choose("way", "later").fill(reason="tired", call_back="tomorrow", resume=place)
    assert browser.press().status_code == 422
    assert call.state.outcome is None


@pytest.mark.parametrize("path", ["break-off", "summary"])
def test_whoever_was_signed_out_after_the_call_keeps_what_was_typed(
    store: Store, browser: PlainBrowser, address: str, path: str
) -> None:
    browser.open(f"{address}/{path}")
    name = {"break-off": "reason", "summary": "summary.salient"}[path]
    browser.form.values[name] = ["a long thought"]
    store.accounts.disable("ivy")
    assert browser.press().status_code == 401
    assert "a long thought" in browser.text


# The contact summary


def test_the_summary_is_filled_with_what_is_known(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do(
        {"op": "clock", "action": "start"},
        {"op": "recording", "at": 65_000},
        mark("ethics", flags=["quote"]),
        mark("career", "asked_and_denied"),
        mark("other:1", text="sleep"),
        item(flags=["come_back"]),
        {"op": "outcome", "outcome": "broken_off", "text": "the ward called", "call_back": "soon"},
        {"op": "clock", "action": "resume"},
    )
    browser.open(f"{address}/summary")
    for words in (
        "P01, interviewed by ivy",
        "talk@1.0.0",
        "45 min planned",
        "text version 2",
        "permitted, started at 1:05",
        "1 raised unprompted, 1 asked and denied",
        "the ward called; call back: soon",
        f'href="{address}#p-1.topics.ethics"',
        f'href="{address}#t-1.topics"',
        "sleep",
    ):
        assert words in re.sub(r"\s+", " ", browser.text), words


def test_what_is_written_before_the_end_is_no_later_addition(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/summary")
    browser.form.values["summary.main_issues"] = ["Support\r\nat night"]
    browser.press()
    assert browser.form.values["summary.main_issues"] == ["Support\nat night"]
    assert texts(call.state)["summary.main_issues"].added == "during"
    assert "after the end" not in browser.text


def test_what_is_written_after_the_end_is_stamped_with_its_time(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/finish")
    browser.press()
    browser.form.values |= {
        "summary.salient": ["the silence"],
        "summary.new_questions": ["who answers?"],
        "journal.journal": ["I talked too much"],
    }
    browser.press()
    found = texts(call.state)
    assert {name: (each.text, each.added, each.author) for name, each in found.items()} == {
        "summary.salient": ("the silence", "after", "ivy"),
        "summary.new_questions": ("who answers?", "after", "ivy"),
        "journal.journal": ("I talked too much", "after", "ivy"),
    }
    assert browser.text.count("0 min after the end") == 3


def test_saving_the_summary_can_lead_to_the_list(browser: PlainBrowser, address: str) -> None:
    browser.open(f"{address}/summary")
    browser.press(then="list")
    assert browser.path == "/interviews"


def test_a_summary_posted_unchanged_stores_nothing(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/summary")
    before = call.state
    browser.press()
    assert call.state == before


def test_of_two_windows_the_second_sees_both_texts(
    ivy: FlaskClient, browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/summary")
    other = PlainBrowser(ivy)
    other.open(f"{address}/summary")
    other.form.values["journal.journal"] = ["theirs"]
    other.press()
    browser.form.values["journal.journal"] = ["mine"]
    assert browser.press().status_code == 409
    assert "There: theirs" in browser.text
    assert browser.form.values["journal.journal"] == ["mine"]
    browser.press()
    assert texts(call.state)["journal.journal"].text == "mine"


def test_a_text_that_is_too_long_stays_in_its_field_and_the_others_are_saved(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    browser.open(f"{address}/summary")
    browser.form.values |= {"summary.other": ["x" * 20_001], "summary.salient": ["kept"]}
    assert browser.press().status_code == 422
    assert browser.form.values["summary.other"] == ["x" * 20_001]
    assert set(texts(call.state)) == {"summary.salient"}


def test_of_a_participant_who_has_withdrawn_nothing_more_is_asked(
    store: Store, browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do({"op": "outcome", "outcome": "broken_off", "text": "her secret", "call_back": ""})
    browser.open(f"{address}/summary")
    for sequence, run in enumerate(call.state.responses):
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
    browser.form.values["summary.other"] = ["too late"]
    assert browser.press().status_code == 409
    assert "The participant has withdrawn" in browser.text
    assert texts(call.state) == {}
    for path in ("finish", "break-off"):
        browser.open(f"{address}/{path}")
        assert browser.path == f"{address}/summary"


# The timeline


def test_the_timeline_tells_everything_in_order_with_its_time(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do(
        {"op": "clock", "action": "start"},
        {"op": "place", "at": 1_000},
        mark("ethics", at=65_000, flags=["quote"]),
        {"op": "answer", "item": "teaching", "row": "view", "value": "2"},
        note("a long night"),
    )
    browser.open(f"{address}/finish")
    browser.press()
    page = browser.open(f"{address}/timeline").get_data(as_text=True)
    rows = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip()
        for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[1:]
    ]
    said = ["began the interview", "clock started", "came to 1", "ethical issues – raised"]
    said += ["Has it changed your view? – very much", "a long night", "completed", "finished"]
    assert len(rows) == len(said)
    for row, words in zip(rows, said, strict=True):
        assert words in row
    assert rows[3].startswith("1:05 ")


def test_the_timeline_says_when_a_free_answer_ended_and_was_gone_back_to(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do(item(phase="probing", at=7_000, flags=["quote"]))
    call.do(item(at=9_000, flags=["quote"]))
    call.do(item(at=9_500, flags=[]))
    page = browser.open(f"{address}/timeline").get_data(as_text=True)
    rows = [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", row)).strip()
        for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)[2:]
    ]
    said = ("free answer ended", "back to the free answer", "question as a whole")
    for row, words in zip(rows, said, strict=True):
        assert words in row
        assert "probing" not in row


def test_the_timeline_shows_what_another_window_had_changed_first(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    base = call.state.revision
    call.do(note("first"), client="one")
    change = Change(
        client="two",
        sequence=1,
        base_revision=base,
        kind="console",
        actor="ivy",
        source="console",
        language="en",
    )
    late = {**note("second"), "response": call.response, "item": "topics"}
    assert call.store.interviews.apply(call.state.id, change, [late]).conflicts
    page = browser.open(f"{address}/timeline").get_data(as_text=True)
    assert "kept, not applied" in page.partition("first")[2]
    assert "second" in page


# In print


def test_a_break_off_is_printed_after_the_interview_went_on(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    broken = {"op": "outcome", "outcome": "broken_off", "text": "tired", "call_back": "at four"}
    resumed = {"op": "clock", "action": "resume"}
    call.do({**broken, "resume": f"{call.response}/hours"}, resumed)
    printed = browser.open(f"{address}/print").get_data(as_text=True)
    assert "tired; call back: at four; go on at question hours" in printed
    assert f"went on {call.state.clock[-1]['at'][:10]}" in printed


def test_a_free_answer_that_was_gone_back_to_has_no_end_in_print(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    ended = item(phase="probing", at=7_000)
    for turn, words in ((ended, "0:07"), (item(at=9_000), "not marked")):
        call.do(turn)
        printed = browser.open(f"{address}/print").get_data(as_text=True)
        assert f"Free answer ended at <strong>{words}</strong>" in printed


def test_the_prompts_are_the_same_on_the_screen_and_in_print(
    browser: PlainBrowser, address: str
) -> None:
    words = make_vocabulary()
    for path in (f"{address}/summary", f"{address}/print", "/interviews/sheet/talk@1.0.0/print"):
        text = browser.open(path).get_data(as_text=True)
        for each in (words.summary_hint, words.journal, *words.summary.values()):
            assert each in text, path


def test_the_whole_protocol_is_one_blank_sheet_of_the_newest_open_versions(
    store: Store, ivy: FlaskClient
) -> None:
    assert "/interviews/sheet/print?study=talks" in ivy.get("/interviews").get_data(as_text=True)
    page = ivy.get("/interviews/sheet/print?study=talks").get_data(as_text=True)
    assert "<title>Blank sheet of the whole protocol – Study talks</title>" in page
    for words in ("<span>Study talks", "8. <code>anything</code>", "1. <code>topics</code>"):
        assert words in page, words
    assert ivy.get("/interviews/sheet/print?study=none").status_code == 404
    store.studies.create(slug="other", title="Other")
    assert ivy.get("/interviews/sheet/print?study=other").status_code == 403


def test_a_single_blank_sheet_is_headed_by_the_study_that_it_is_printed_for(
    ivy: FlaskClient,
) -> None:
    page = ivy.get("/interviews/sheet/talk@1.0.0/print?study=talks").get_data(as_text=True)
    assert "<title>Blank sheet of talk@1.0.0 – Study talks</title>" in page
    bare = ivy.get("/interviews/sheet/talk@1.0.0/print?study=none").get_data(as_text=True)
    assert "Study: ____" in bare
    assert "– </title>" not in bare


def test_the_list_and_the_print_say_which_interview_of_the_participant_it_is(
    ivy: FlaskClient, browser: PlainBrowser, address: str
) -> None:
    assert "interview 1 of" not in browser.open("/interviews").get_data(as_text=True)
    second = begin(ivy)
    listed = browser.open("/interviews").get_data(as_text=True)
    assert {"interview 1 of 2", "interview 2 of 2"} <= set(re.findall(r"interview . of .", listed))
    for path in (f"{second}/print", f"{second}/summary"):
        assert "P01, interview 2 of 2" in browser.open(path).get_data(as_text=True)
    assert "P01, interview 1 of 2" in browser.open(f"{address}/print").get_data(as_text=True)


def test_an_observers_note_says_at_which_question_it_was_written(
    browser: PlainBrowser, address: str, call: Call
) -> None:
    call.do(note("she smiled", item="hours", stream="observer:olga", kind="observer"))
    text = re.sub(r"\s+", " ", browser.open(f"{address}/summary").get_data(as_text=True))
    assert 'she smiled</span> <span class="quiet">at question</span> <a href=' in text


# From paper


def key_in(browser: PlainBrowser, recording: str = "no", **typed: str) -> None:
    browser.open("/interviews/key-in?study=talks")
    head = {"code": "P09", "day": "2026-11-02", "begun": "9:05", "ended": "09:50"}
    browser.fill(**(head | typed)).choose("agreed", "yes").choose("recording", recording).press()


def test_a_sheet_on_paper_is_keyed_into_its_version_with_its_own_times(
    store: Store, browser: PlainBrowser
) -> None:
    key_in(browser)
    state = Shelf.of(store, browser.path).state
    assert (state.source, state.participant, state.interviewer) == ("paper", "P09", "ivy")
    assert state.held == {"day": "2026-11-02", "from": "09:05", "until": "09:50"}
    assert (state.consent_version, state.recording_permitted) == ("2", False)
    assert "clock" not in browser.form.controls


def test_a_day_is_stored_in_one_spelling_however_it_was_typed(
    store: Store, browser: PlainBrowser
) -> None:
    key_in(browser, day="20261102", ended="9:50")
    held = {"day": "2026-11-02", "from": "09:05", "until": "09:50"}
    assert Shelf.of(store, browser.path).state.held == held


def test_what_is_keyed_in_has_no_times_and_says_that_it_comes_from_paper(
    store: Store, browser: PlainBrowser
) -> None:
    key_in(browser)
    address = browser.path
    browser.choose("state.1.topics.ethics", "raised_after_probe").press()
    browser.open(f"{address}/finish")
    browser.choose("rest", "yes").fill(rest_reason="not on the sheet").press()
    state = Shelf.of(store, address).state
    assert {each.first_at for each in state.marks} == {None}
    assert {run.state for run in state.responses} == {"submitted"}
    assert {each.source for each in store.interviews.timeline(state.id)} == {"paper"}
    words = f"keyed in from paper by ivy on {state.started[:10]}"
    assert words in browser.text
    assert "45 min" in browser.text
    for path in ("/interviews", f"{address}/print"):
        assert words in browser.open(path).get_data(as_text=True)
    assert "Interview time" not in browser.open(f"{address}/timeline").get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "Jane Doe"}, "Write a code such as P01"),
        ({"day": ""}, "Write the day of the interview"),
        ({"day": "2026-02-30"}, "Write the day of the interview"),
        ({"day": "2999-01-01"}, "Write the day of the interview"),
        ({"begun": "nine"}, "Write when it began, in hours and minutes"),
        ({"ended": "24:00"}, "Write when it ended, in hours and minutes"),
        ({"ended": "09:05"}, "the end must come later"),
        ({"ended": "09:00"}, "the end must come later"),
        ({"pauses": "around nine"}, "Write pauses one after the other"),
        ({"pauses": "09:30-09:20"}, "Write pauses one after the other"),
        ({"recorded": "10:30", "recording": "yes"}, "Write when the recording was begun"),
        ({"recorded": "09:10"}, "say below that recording was permitted"),
        ({"consent_version": ""}, "Write the version of the consent text"),
        ({"consent_version": "99"}, "no consent text of that version"),
    ],
)
def test_what_is_missing_on_the_head_of_the_sheet_is_said_and_stays(
    store: Store, browser: PlainBrowser, typed: dict[str, str], sentence: str
) -> None:
    key_in(browser, **typed)
    assert browser.page.status_code == 422
    assert sentence in browser.text
    for name, text in typed.items():
        assert browser.form.values[name] == [text]
    assert store.interviews.list("talks") == []


PAUSED = {
    "pauses": "9:20-9:25, 09:40 – 09:41",
    "recorded": "9:26",
    "by": "Ida Berg",
    "recording": "yes",
}


def test_who_held_it_its_pauses_and_its_recording_are_keyed_in(
    store: Store, browser: PlainBrowser
) -> None:
    key_in(browser, **PAUSED)
    address, state = browser.path, Shelf.of(store, browser.path).state
    assert state.held is not None
    assert (state.held["pauses"], state.held["by"]) == ("09:20-09:25 09:40-09:41", "Ida Berg")
    assert state.recording_offset == 16 * 60_000
    held = "interviewed by Ida Berg, keyed in from paper by ivy"
    known = re.sub(r"\s+", " ", browser.open(f"{address}/summary").get_data(as_text=True))
    for words in (held, "39 min", "6 min of pauses", "started at 16:00"):
        assert words in known
    printed = browser.open(f"{address}/print").get_data(as_text=True)
    for words in ("Interviewer: Ida Berg", "paused 09:20–09:25, 09:40–09:41", "by ivy"):
        assert words in printed
    assert "<td>Ida Berg</td>" in browser.open("/interviews").get_data(as_text=True)


def test_the_list_says_of_a_sheet_on_paper_when_it_was_held(browser: PlainBrowser) -> None:
    key_in(browser)
    browser.open(f"{browser.path}/finish")
    browser.press()
    listed = browser.open("/interviews").get_data(as_text=True)
    assert "<td>2026-11-02, 09:50 on the sheet</td>" in listed


TIMES = {
    "begun.1.opening": "9:06",
    "free.1.topics": "09:27",
    "ended.1.opening": "9:30",
    "begun.2.closing": "09:35",
}


def test_the_times_on_the_sheet_are_stored_as_the_console_stores_its_own(
    store: Store, browser: PlainBrowser
) -> None:
    key_in(browser, **PAUSED)
    address = browser.path
    browser.open(f"{address}/times")
    browser.form.values |= {name: [text] for name, text in TIMES.items()}
    assert browser.press().status_code == 200
    state = Shelf.of(store, address).state
    minutes = [(visit["item"], visit["at"] // 60_000) for visit in state.visits]
    assert minutes == [("topics", 1), ("", 20), ("anything", 25)]
    assert [each.turns for each in state.items] == [[{"phase": "probing", "at": 17 * 60_000}]]
    shown = browser.open(f"{address}/print").get_data(as_text=True)
    assert "Free answer ended at <strong>17:00</strong>" in shown
    assert "took 19:00" in shown
    assert 'data-resume=""' in browser.open(address).get_data(as_text=True)


def test_times_are_shown_again_and_can_be_corrected(store: Store, browser: PlainBrowser) -> None:
    key_in(browser, **PAUSED)
    address = browser.path
    browser.open(f"{address}/times")
    browser.form.values |= {name: [text] for name, text in TIMES.items()}
    browser.press()
    browser.open(f"{address}/times")
    assert {name: browser.form.values[name][0] for name in TIMES} == {
        name: text.zfill(5) for name, text in TIMES.items()
    }
    browser.fill(**{"free.1.topics": "17:30"}).choose("way", "into")
    browser.form.values |= {name: [""] for name in TIMES if not name.startswith("free")}
    browser.press()
    state = Shelf.of(store, address).state
    assert [(turn["phase"], turn["at"]) for turn in state.items[0].turns][1:] == [
        ("free", None),
        ("probing", 1_050_000),
    ]
    assert state.visits == []
    browser.open(address)
    browser.choose("come_back.1.topics", "yes").press()
    assert Shelf.of(store, address).state.items[0].phase == "probing"
    browser.open(f"{address}/times")
    assert browser.form.values["free.1.topics"] == ["17:30"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("free.1.topics", "10:30", "Write a time within the interview"),
        ("free.1.topics", "soon", "Write a time within the interview"),
        ("ended.1.opening", "9:30", "Write when this section began, too"),
        ("way", "never", "Say how the times on the sheet were written"),
    ],
)
def test_a_time_that_cannot_be_stays_in_its_field_and_nothing_is_stored(
    store: Store, browser: PlainBrowser, name: str, text: str, sentence: str
) -> None:
    key_in(browser)
    address = browser.path
    before = Shelf.of(store, address).state
    browser.open(f"{address}/times")
    browser.form.values[name] = [text]
    assert browser.press().status_code == 422
    assert sentence in browser.text
    assert Shelf.of(store, address).state == before


def test_there_are_no_times_on_paper_of_an_interview_in_the_console(
    ivy: FlaskClient, address: str
) -> None:
    assert ivy.get(f"{address}/times").status_code == 404


def test_keying_in_speaks_of_the_past_and_the_sheet_offers_no_key_for_phases(
    browser: PlainBrowser,
) -> None:
    page = browser.open("/interviews/key-in?study=talks").get_data(as_text=True)
    for words in ("What to ask", "do not record", "is permitted"):
        assert words not in page
    assert "Yes, it was permitted" in page
    key_in(browser)
    assert "end the free answer" not in browser.text


@pytest.mark.parametrize(("chosen", "stored"), [("P01", "P01"), ("p01", "p01")])
def test_a_code_much_like_a_known_one_asks_whose_it_is(
    store: Store, browser: PlainBrowser, call: Call, chosen: str, stored: str
) -> None:
    del call
    browser.open("/interviews/new?study=talks")
    browser.fill(code="p01").choose("agreed", "yes").choose("recording", "yes").press()
    assert browser.page.status_code == 422
    assert "P01 is known here" in browser.text
    assert len(store.interviews.list("talks")) == 1
    browser.choose("person", chosen).press()
    assert browser.page.status_code == 200
    assert Shelf.of(store, browser.path).state.participant == stored


def test_without_consent_on_the_sheet_nothing_is_keyed_in(
    store: Store, browser: PlainBrowser
) -> None:
    browser.open("/interviews/key-in?study=talks")
    browser.fill(code="P09", day="2026-11-02", begun="09:00", ended="10:00").press()
    assert browser.page.status_code == 422
    for words in ("without consent nothing is keyed in", "recording was permitted on the sheet"):
        assert words in browser.text
    assert store.interviews.list("talks") == []


def test_a_version_that_is_closed_can_still_be_keyed_in(
    store: Store, browser: PlainBrowser
) -> None:
    store.studies.add_instrument("talks", "talk", "1.0.0", "interviewer", open=False)
    browser.open("/interviews/new?study=talks")
    assert "talk@1.0.0" not in browser.text
    browser.open("/interviews/key-in?study=talks")
    assert "talk@1.0.0" in browser.form.options["runs"]


# Times in words


@pytest.mark.parametrize(
    ("held", "minutes"),
    [(("09:05", "09:50"), 45), (("23:30", "00:20"), 50)],
)
def test_an_interview_on_paper_lasted_from_its_beginning_to_its_end(
    held: tuple[str, str], minutes: int
) -> None:
    times = dict(zip(("from", "until"), held, strict=True))
    assert measure_held(times) == minutes * 60_000


@pytest.mark.parametrize(
    ("turns", "minutes"),
    [
        ("start 20:00, finish 20:30", 0),
        ("start 20:00, pause 20:10, resume 20:15, finish 20:30", 5),
        ("start 20:00, pause 20:10, pause 20:12, resume 20:15", 5),
        ("start 20:00, pause 20:10, finish 20:30", 0),
        ("pause 20:00, resume 20:30", 0),
        ("start 20:00, pause 20:10, resume 20:11, pause 20:20, resume 20:22", 3),
    ],
)
def test_pauses_are_what_lay_between_two_parts_of_the_interview(turns: str, minutes: int) -> None:
    done = [turn.split() for turn in turns.split(", ")]
    clock = [{"action": action, "at": f"2026-11-22T{at}:00.000Z"} for action, at in done]
    assert read_pauses(clock) == minutes * 60_000


def test_a_later_addition_says_when_and_how_long_after_the_end() -> None:
    end = "2026-11-22T14:08:00.000Z"
    later = {
        "2026-11-22T14:20:30.000Z": "added 14:20 UTC, 12 min after the end",
        "2026-11-22T17:20:00.000Z": "added 17:20 UTC, 3 hours after the end",
        "2026-11-26T09:00:00.000Z": "added 2026-11-26 09:00 UTC, 3 days after the end",
    }
    assert {at: say_added(at, end) for at in later} == later
    assert say_stretch(-5) == "0 min"


def test_a_span_names_its_day_once() -> None:
    begun = "2026-11-22T23:10:00.000Z"
    assert say_span(begun, "2026-11-22T23:50:00.000Z") == "2026-11-22 23:10 to 23:50 UTC"
    assert say_span(begun, "2026-11-23T00:10:00.000Z").endswith("to 2026-11-23 00:10 UTC")
    assert say_span(begun, None) == "2026-11-22 23:10 UTC"


# What no page of ours would send


@pytest.mark.parametrize("path", ["break-off", "finish", "summary"])
@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"client": "a b" * 100, "rest": "yes", "rest_reason": " "},
        {"client": "x", "way": "never", "reason": "x" * 20_001, "resume": "/" * 50},
        {"before": "[" * 10_000, "sequence": "-1", "base_revision": "9" * 50},
        {"summary.main_issues": "\x00", "journal.none": "x", "state.1.topics.ethics": "maybe"},
    ],
)
def test_a_form_that_was_tampered_with_never_fails(
    ivy: FlaskClient, browser: PlainBrowser, address: str, path: str, posted: dict[str, str]
) -> None:
    browser.open(f"{address}/{path}")
    token = browser.form.values["csrf"][0]
    answered = ivy.post(f"{address}/{path}", data={"csrf": token, **posted})
    assert answered.status_code in {303, 409, 422}


@pytest.mark.parametrize("path", ["/interviews/new", "/interviews/key-in"])
def test_a_study_that_is_not_there_or_not_ones_own_begins_nothing(
    store: Store, ivy: FlaskClient, path: str
) -> None:
    store.studies.create(slug="other", title="Other")
    assert ivy.get(f"{path}?study=none").status_code == 404
    assert ivy.get(f"{path}?study=other").status_code == 403
