"""Drafts are read as they are stored, and what was read is remembered."""

import json
from pathlib import Path

from survey_app.storage.store import Store
from survey_app.storage.store.drafts import (
    LARGEST_REMEMBERED,
    MOST_REMEMBERED,
    read_draft,
    spell_draft,
)
from tests.storage.scenes import begin, by_hand, change, save

DRAFT = {
    "sections": {"one": {"raw": {"item_a": ["é\n👩🏽‍⚕️", "="]}, "revision": 1}},
    "values": {"a": None},
}


def test_a_draft_is_spelled_as_json_and_read_back_the_same() -> None:
    text = spell_draft(DRAFT)

    assert json.loads(text) == read_draft(text) == DRAFT


def test_a_draft_that_is_not_there_says_nothing() -> None:
    assert read_draft(None) == {}


def test_the_same_text_is_read_once() -> None:
    text = json.dumps({"sections": {}, "values": {"only": "here"}})

    assert read_draft(text) is read_draft(text)


def test_old_texts_are_forgotten_and_large_ones_never_kept() -> None:
    first, large = '{"values":{"first":1}}', json.dumps({"values": {"a": "x" * LARGEST_REMEMBERED}})
    remembered = read_draft(first)
    for number in range(MOST_REMEMBERED):
        read_draft(json.dumps({"values": {"number": number}}))

    assert read_draft(first) is not remembered
    assert read_draft(large) is not read_draft(large)


def test_what_another_program_writes_is_seen_at_once(store: Store, path: Path) -> None:
    """What is remembered is found by the text that is stored now, so it is never out of date."""
    response = begin(store, session="cookie")
    save(store, response, "typed", change(1))
    store.responses.by_session("cookie")
    by_hand(path, "UPDATE draft SET body = replace(body, 'typed', 'typed elsewhere')")

    found = store.responses.by_session("cookie")

    assert found is not None
    assert found.draft["values"] == {"interest": "typed elsewhere"}
