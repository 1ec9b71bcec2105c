"""Responses fall into groups, and those who are in none are told of by their reason."""

from dataclasses import replace

import pytest

from survey_app.definition.shapes import Answer
from survey_app.reports.dataset import make_layout
from survey_app.reports.grouping import (
    Membership,
    explain_hidden,
    find_membership,
    make_grouping,
    name_group,
    name_grouping,
    order_groups,
)
from survey_app.reports.responses import ReportError, ResponseRow
from tests.definition.definitions import load_items
from tests.reports.sample import VERSIONS, make_response

LAYOUT = make_layout(VERSIONS)


def answer(given: Answer, **changes: str) -> ResponseRow:
    """A form that answered `rewarding` so."""
    response = make_response(0)
    answers = {**response.answers, "rewarding": {"": given}}
    return replace(response, answers=answers, **changes)  # type: ignore[arg-type]  # names are ours


MEMBERSHIPS = [
    ("version", answer(Answer(value="y")), Membership(code="1.0.0")),
    ("delivery", answer(Answer(value="y")), Membership(code="self")),
    ("language", answer(Answer(value="y"), language="fr"), Membership(code="fr")),
    ("rewarding", answer(Answer(value="y")), Membership(code="y")),
    ("rewarding", answer(Answer(reason="refused")), Membership(reason="refused")),
    ("rewarding", replace(make_response(0), answers={}), Membership(reason="not_reached")),
    ("rewarding", make_response(1, delivery="interviewer"), Membership(reason="not_reached")),
    ("rewarding", make_response(0, state="withdrawn"), Membership(reason="withdrawn")),
    ("version", make_response(0, state="withdrawn"), Membership(reason="withdrawn")),
]


@pytest.mark.parametrize(("by", "response", "membership"), MEMBERSHIPS)
def test_a_response_is_in_one_group_or_has_a_reason_for_being_in_none(
    by: str, response: ResponseRow, membership: Membership
) -> None:
    assert find_membership(make_grouping(by, VERSIONS), LAYOUT, response) == membership


def test_a_version_that_did_not_ask_puts_its_responses_in_no_group() -> None:
    older = load_items("- {key: liked, type: select_one, text: Liked?, options: {y: Yes, n: No}}")
    newer = replace(
        load_items("- {key: known, type: select_one, text: Known?, options: {y: Yes}}"),
        version="1.1.0",
    )
    response = replace(make_response(0), instrument="wellbeing", version="1.1.0")
    membership = find_membership(
        make_grouping("liked", [older, newer]), make_layout([older, newer]), response
    )
    assert membership == Membership(reason="not_in_this_version")


@pytest.mark.parametrize("by", ["nothing", "topics", "again", "teaching", "thanks", "years", ""])
def test_only_a_question_with_one_answer_out_of_a_list_makes_groups(by: str) -> None:
    with pytest.raises(ReportError, match="cannot be compared by"):
        make_grouping(by, VERSIONS)


@pytest.mark.parametrize(
    ("by", "found", "names"),
    [
        ("version", {"1.0.0", "1.1.0"}, ["1.1.0", "1.0.0"]),
        ("delivery", {"interviewer", "self"}, ["by themselves", "in interviews"]),
        ("language", {"fr", "en", "de"}, ["de", "en", "fr"]),
        ("rewarding", {"n", "y", "z"}, ["Yes", "No", "z"]),
        ("rewarding", {"n"}, ["No"]),
    ],
)
def test_groups_stand_in_their_own_order_and_words(
    by: str, found: set[str], names: list[str]
) -> None:
    grouping = make_grouping(by, VERSIONS)
    codes = order_groups(grouping, found)
    assert [name_group(grouping, code, "en") for code in codes] == names


def test_a_comparison_has_the_words_of_its_question() -> None:
    named = [name_grouping(make_grouping(by, VERSIONS), "en") for by in ("version", "rewarding")]
    assert named == ["version", "Rewarding?"]


def test_of_fewer_than_five_people_nothing_is_shown() -> None:
    assert explain_hidden(5) == ""
    assert explain_hidden(0) == "Nobody answered here."
    assert explain_hidden(4) == "Fewer than 5 answered here, so nothing is shown of them."
