"""What a page sends is checked, stored and shown again, with scripts and without."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.definition.loader import load
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.interviewing import Shelf, add_people, add_study, begin, sign_in
from tests.web.test_interviewer import Script, answer, mark, note

NUMBERS = """
format: 1
name: numbers
version: 1.0.0
title: Numbers
source: ours
licence: MIT
changes: first
sections:
  - key: page
    title: Numbers
    items:
      - {key: years, type: integer, text: How long?, minimum: 0, maximum: 60}
      - {key: hours, type: decimal, text: How much?, places: 8}
      - {key: since, type: date, text: Since when?, earliest: 2014-09-01}
      - {key: sure, type: range, text: How sure?, start: 0, end: 10, step: 2}
      - {key: which, type: select_one, text: Which?, options: {a: A}, other: "other:"}
"""
WHOLE = "Please write a whole number in digits, such as 12."
REFUSED = [
    ("years", "9" * 30, WHOLE),
    ("years", "61", "Please write a number that is 60 or less."),
    ("years", "two or so", WHOLE),
    ("hours", "0.123456789", "with at most 8 decimals."),
    ("since", "soon", "Please write a date as year-month-day, such as 2026-11-22."),
    ("since", "2013-01-01", "Please write a date that is 2014-09-01 or later."),
    ("sure", "3", "Please write one of these numbers: 0, 2, 4 …"),
    ("which", "b", "Please choose one of the answers shown here."),
]
"""What is typed where, and what is said about it."""


@pytest.fixture
def ivy(app: Flask, store: Store) -> FlaskClient:
    """An interviewer in a study whose third instrument records numbers."""
    add_study(store)
    add_people(store)
    instrument = load(NUMBERS.encode(), "inline.yaml")
    store.instruments.publish(
        name=instrument.name,
        version=instrument.version,
        format=1,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note="",
        by="test",
    )
    store.studies.add_instrument(
        "talks", instrument.name, instrument.version, "interviewer", position=2
    )
    return sign_in(app, store, "ivy")


@pytest.fixture
def address(ivy: FlaskClient) -> str:
    return begin(ivy)


@pytest.fixture
def script(ivy: FlaskClient, store: Store, address: str) -> Script:
    shelf = Shelf.of(store, address)
    made = Script(ivy, address, shelf)
    made.response = shelf.response("numbers")
    return made


@pytest.fixture
def sheet(ivy: FlaskClient, address: str) -> PlainBrowser:
    browser = PlainBrowser(ivy)
    browser.open(address)
    return browser


@pytest.mark.parametrize(("item", "typed", "sentence"), REFUSED)
def test_a_script_is_told_what_the_item_type_refuses(
    store: Store, address: str, script: Script, item: str, typed: str, sentence: str
) -> None:
    refused = script.send(answer(item, typed))

    assert refused.status_code == 422
    (fault,) = refused.get_json()["faults"]
    assert fault["index"] == 0
    assert fault["message"].endswith(sentence)
    assert Shelf.of(store, address).answers == {}


@pytest.mark.parametrize(("item", "typed", "sentence"), REFUSED)
def test_without_scripts_it_is_said_beside_the_field_that_keeps_what_was_typed(
    store: Store, address: str, sheet: PlainBrowser, item: str, typed: str, sentence: str
) -> None:
    name = f"answer.3.{item}"
    sheet.form.values |= {name: [typed], "note.3.years": ["kept"]}

    assert sheet.press().status_code == 422
    assert sentence in sheet.text
    assert Shelf.of(store, address).answers == {}
    assert Shelf.of(store, address).notes == {("years", "during"): "kept"}
    if item != "which":  # a choice that is not offered has no control to stand in
        assert sheet.form.values[name] == [typed]


def test_what_the_item_type_takes_is_stored_and_shown_again_as_it_can_be_typed(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    typed = {"years": " 7 ", "hours": "0,00000025", "since": "2020-02-29", "sure": "4"}
    sheet.form.values |= {f"answer.3.{item}": [text] for item, text in typed.items()}
    sheet.choose("answer.3.which", "other").press()

    assert Shelf.of(store, address).answers == {
        "years": 7,
        "hours": 2.5e-07,
        "since": "2020-02-29",
        "sure": 4,
        "which": "other",
    }
    assert sheet.form.values["answer.3.hours"] == ["0.00000025"]


# Phases, flags, whole questions, places, the recording, the summary


def item(**more: Any) -> dict[str, Any]:
    plain = {"op": "item", "item": "topics", "at": 0, "phase": "free", "state": "not_reached"}
    return {**plain, "reason": "", "flags": [], **more}


@pytest.fixture
def talk(ivy: FlaskClient, store: Store, address: str) -> Script:
    return Script(ivy, address, Shelf.of(store, address))


def test_a_question_turned_to_probing_keeps_both_times_when_that_is_undone(
    store: Store, address: str, talk: Script
) -> None:
    talk.send({"op": "clock", "action": "start"})
    for phase in ("probing", "free", "probing"):
        assert talk.send(item(phase=phase)).status_code == 200

    (stored,) = Shelf.of(store, address).state.items
    assert stored.phase == "probing"
    assert [turn["phase"] for turn in stored.turns] == ["probing", "free", "probing"]


def test_a_mark_made_while_probing_says_so_and_may_still_be_called_unprompted(
    store: Store, address: str, talk: Script
) -> None:
    talk.send(
        item(phase="probing"),
        mark(phase="probing", state="raised_unprompted", flags=["minimal_answer", "quote"]),
    )

    (stored,) = Shelf.of(store, address).state.marks
    assert (stored.phase, stored.state) == ("probing", "raised_unprompted")
    assert stored.flags == ["quote", "minimal_answer"]


def test_places_and_the_recording_are_kept_in_order(
    store: Store, address: str, talk: Script
) -> None:
    talk.send(
        {"op": "recording", "at": 0},
        {"op": "place", "item": "topics", "at": 0},
        {"op": "place", "item": "hours", "at": 0},
    )

    state = Shelf.of(store, address).state
    assert state.recording_offset == 0
    assert [visit["item"] for visit in state.visits] == ["topics", "hours"]
    talk.send({"op": "recording", "at": None})
    assert Shelf.of(store, address).state.recording_offset is None


def test_the_summary_and_the_journal_are_rewritten_where_they_stand(
    store: Store, address: str, talk: Script
) -> None:
    whole = {"op": "note", "response": None, "item": None}
    for text in ("first", "second"):
        talk.send(
            whole | {"kind": "summary", "stream": "salient", "text": text},
            whole | {"kind": "journal", "stream": "journal", "text": f"{text} thought"},
        )

    notes = Shelf.of(store, address).state.notes
    assert sorted((each.kind, each.stream, each.text) for each in notes) == [
        ("journal", "journal", "second thought"),
        ("summary", "salient", "second"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "theirs", "mine", "name"),
    [
        (
            item(phase="probing", flags=["quote"]),
            item(state="refused"),
            "probing; quote",
            "free answer; refused",
            "phase.1.topics",
        ),
        (
            mark(flags=["quote"], phase="free"),
            mark(flags=["come_back"], phase="free"),
            "raised unprompted; quote",
            "raised unprompted; come back to this",
            "state.1.topics.ethics",
        ),
        (
            {"op": "note", "response": None, "kind": "summary", "stream": "other", "text": "one"},
            {"op": "note", "response": None, "kind": "summary", "stream": "other", "text": "two"},
            "one",
            "two",
            "summary.other",
        ),
    ],
)
def test_two_windows_see_both_versions_of_what_is_new_too(
    ivy: FlaskClient,
    store: Store,
    address: str,
    first: dict[str, Any],
    second: dict[str, Any],
    theirs: str,
    mine: str,
    name: str,
) -> None:
    shelf = Shelf.of(store, address)
    one, two = Script(ivy, address, shelf, "one"), Script(ivy, address, shelf, "two")
    assert one.send(first).status_code == 200

    answered = two.send(second, note("elsewhere", item="what"))

    assert answered.status_code == 409
    (conflict,) = answered.get_json()["conflicts"]
    assert (conflict["theirs"], conflict["mine"], conflict["name"]) == (theirs, mine, name)
    assert conflict["values"][name]


def test_without_scripts_the_form_does_all_that_too(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    sheet.choose("phase.1.topics", "probing").choose("minimal_answer.1.topics", "yes")
    sheet.choose("state.1.topics.ethics", "raised_unprompted").choose(
        "quote.1.topics.ethics", "yes"
    )
    sheet.choose("state.1.topics.career", "raised_after_probe")
    sheet.choose("outcome.1.what", "not_asked")
    sheet.form.values["whynot.1.what"] = ["no time"]
    sheet.press(goto="1.hours")

    state = Shelf.of(store, address).state
    assert {
        each.item: (each.phase, each.state, each.reason, each.flags) for each in state.items
    } == {
        "topics": ("probing", "not_reached", "", ["minimal_answer"]),
        "what": ("free", "not_asked", "no time", []),
    }
    assert {each.probe: (each.phase, each.flags) for each in state.marks} == {
        "ethics": ("free", ["quote"]),
        "career": ("probing", []),
    }
    assert [visit["item"] for visit in state.visits] == ["hours"]


def test_without_scripts_a_flag_is_unticked_and_a_phase_turned_back(
    store: Store, address: str, sheet: PlainBrowser
) -> None:
    sheet.choose("phase.1.topics", "probing").choose("come_back.1.topics", "yes").press()
    sheet.choose("phase.1.topics", "free").choose("come_back.1.topics").press()

    (stored,) = Shelf.of(store, address).state.items
    assert (stored.phase, stored.flags) == ("free", [])
    assert [turn["phase"] for turn in stored.turns] == ["probing", "free"]
