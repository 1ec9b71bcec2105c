"""What an interviewer records passes through the item type, with scripts and without."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app.definition.loader import load
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.interviewing import Shelf, add_people, add_study, begin, sign_in
from tests.web.test_interviewer import Script, answer

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
