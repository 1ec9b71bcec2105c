"""Why there is no answer: every reason has its words and, for .sav and .dta, its number."""

import pytest

from survey_app.definition.reasons import NUMBERS, STORED, Reason, describe


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_and_a_number(reason: Reason) -> None:
    assert describe(reason, "en")
    assert -99 < NUMBERS[reason] < -89


def test_no_two_reasons_share_a_number_or_words() -> None:
    assert len(set(NUMBERS.values())) == len(Reason)
    assert len({describe(reason, "en") for reason in Reason}) == len(Reason)


def test_what_is_stored_is_what_a_participant_or_a_condition_can_cause() -> None:
    assert [str(reason) for reason in STORED] == [
        "unanswered",
        "not_relevant",
        "refused",
        "dont_know",
    ]
