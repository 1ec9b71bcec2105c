"""What is typed is stored exactly, or changed by one stated rule (promise P19)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from survey_app.web.text import REPLACEMENT, CleanForm, clean, clean_json


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", ""),
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("tab\tstays", "tab\tstays"),
        ("nul\x00", "nul\ufffd"),
        ("escape\x1b[0m", "escape\ufffd[0m"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
        ("👩🏽‍⚕️", "👩🏽‍⚕️"),
        ("e\u0301 is not é", "e\u0301 is not é"),
        ("  spaces  ", "  spaces  "),
        ("\u202eright to left", "\u202eright to left"),
    ],
    ids=repr,
)
def test_only_line_ends_and_forbidden_characters_are_changed(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(alphabet=st.characters(codec=None)))
def test_whatever_is_typed_can_be_stored_and_cleaning_again_changes_nothing(text: str) -> None:
    kept = clean(text)
    kept.encode("utf-8")
    assert clean(kept) == kept
    assert "\x00" not in kept
    assert len(kept) <= len(text)


@given(st.text())
def test_what_holds_nothing_forbidden_is_not_touched(text: str) -> None:
    if REPLACEMENT not in clean(text) and "\r" not in text:
        assert clean(text) == text


def test_json_is_cleaned_in_every_text_and_name() -> None:
    sent = json.loads('{"a\\u0000": ["\\ud800", 1, null, true, {"b": "x\\r\\ny"}]}')
    assert clean_json(sent) == {"a\ufffd": ["\ufffd", 1, None, True, {"b": "x\ny"}]}


def test_a_form_is_cleaned_as_it_is_read() -> None:
    form = CleanForm(MultiDict([("a", "1\r\n"), ("a", "2\x00")]))
    assert form.getlist("a") == ["1\n", "2\ufffd"]
    assert (form.get("a"), form.get("b")) == ("1\n", "")
