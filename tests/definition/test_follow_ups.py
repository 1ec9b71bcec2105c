"""Follow-ups that elicit more: neutral, short enough to read aloud, in the interview's language."""

import re
from typing import get_args

import pytest

from survey_app import translations
from survey_app.definition.follow_ups import Kind, make_follow_ups

LEADING = re.compile(
    r"\b(why|agree|surely|really|good|bad|right|should|must|too|n['’]t you|is(n['’]t| not) it"
    r"|do you not|of course|obviously|only|important|difficult|problem)\b",
    re.IGNORECASE,
)
"""Words that judge an answer, ask for a defence of it, or say which one is wanted."""


class Catalogue:
    """A catalogue that marks what it was asked for."""

    def __init__(self, language: str) -> None:
        self.language = language

    def gettext(self, message: str) -> str:
        return f"[{self.language}] {message}"


def test_there_is_one_of_each_kind() -> None:
    assert [each.kind for each in make_follow_ups("en")] == list(get_args(Kind))


def test_silence_alone_has_no_words_to_read_aloud() -> None:
    assert [each.kind for each in make_follow_ups("en") if not each.wording] == ["silence"]


def test_each_has_a_name_and_says_when_it_fits() -> None:
    follow_ups = make_follow_ups("en")

    assert all(each.name and each.fits.endswith(".") for each in follow_ups)
    assert len({each.fits for each in follow_ups}) == len(follow_ups)


def test_only_the_one_that_names_a_topic_waits_for_the_end_of_the_free_answer() -> None:
    follow_ups = make_follow_ups("en")

    assert [each.kind for each in follow_ups if each.names_topics] == ["unmentioned"]
    assert all(("{probe}" in each.wording) is each.names_topics for each in follow_ups)


def test_without_a_probe_at_hand_there_is_a_gap_for_it() -> None:
    wordings = {each.kind: each.blank_wording for each in make_follow_ups("en")}

    assert wordings["unmentioned"] == "You have not mentioned …: what do you think about that?"
    assert wordings["elaborate"] == "Could you tell me more about that?"


@pytest.mark.parametrize("wording", [each.wording for each in make_follow_ups("en")])
def test_no_wording_leads_or_judges_and_all_can_be_said_in_one_breath(wording: str) -> None:
    assert not LEADING.search(wording)
    assert len(wording.split()) <= 12


def test_the_words_that_lead_would_be_found() -> None:
    for wording in ("Why did you do that?", "Don’t you agree?", "That was difficult, isn’t it?"):
        assert LEADING.search(wording)


def test_the_wording_is_in_the_interviews_language_and_the_advice_in_the_interviewers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(translations, "_catalogue", Catalogue)

    follow_up = make_follow_ups("fr", own="de")[1]

    assert follow_up.wording.startswith("[fr] ")
    assert follow_up.name.startswith("[de] ")
    assert follow_up.fits.startswith("[de] ")
