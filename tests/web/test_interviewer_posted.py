"""The sheet posted as a form, without scripts: everything the operations do, and nothing twice."""

from typing import Any

import pytest

from survey_app.web.interviewer.posted import find_changes, find_typed
from survey_app.web.interviewer.values import default_of
from tests.web.interviewing import CLOSING_RESPONSE, TALK_RESPONSE, lay_out

SHEET = lay_out()
AT = 7_000
CONTROLS = {
    name: default_of(name)
    for topic in SHEET.topics
    for name in (
        *(f"{part}.{topic.place}" for part in ("phase", "outcome", "whynot", "note")),
        *(
            f"{part}.{row.place}"
            for row in topic.rows
            for part in ("state", "example", "text", "why", "note")
        ),
    )
}
"""A page on which nothing was stored as a browser posts it: check boxes without a tick are not."""


def change(before: dict[str, str], **typed: str) -> list[dict[str, Any]]:
    """What comes of a page that showed `before` and on which `typed` was changed.

    Names are written with __ for dots; a text that is None stands for a box unticked.
    """
    names = {name.replace("__", "."): text for name, text in typed.items()}
    shown = {name: text for name, text in before.items() if not name.startswith("marked.")}
    ticked = {
        name: text for name, text in (CONTROLS | shown | names).items() if is_posted(name, text)
    }
    return find_changes(SHEET, before, ticked, AT)


def is_posted(name: str, text: str) -> bool:
    box = name.partition(".")[0] in {"quote", "come_back", "minimal_answer"}
    return not box or text != ""


def only(operations: list[dict[str, Any]]) -> dict[str, Any]:
    (operation,) = operations
    return operation


# Marks


def test_a_page_posted_as_it_was_shown_changes_nothing() -> None:
    assert change({}) == []
    assert change({"quote.1.topics": "yes", "state.1.topics.ethics": "refused"}) == []


def test_a_mark_carries_the_questions_phase_and_its_flags() -> None:
    typed = {"state__1__topics__ethics": "raised_after_probe", "quote__1__topics__ethics": "yes"}

    assert only(change({"phase.1.topics": "probing"}, **typed)) == {
        "op": "mark",
        "response": TALK_RESPONSE,
        "item": "topics",
        "probe": "ethics",
        "at": AT,
        "state": "raised_after_probe",
        "phase": "probing",
        "example": "none",
        "flags": ["quote"],
        "text": "",
        "reason": "",
    }


def test_a_flag_alone_changes_a_mark_and_can_be_unticked() -> None:
    before = {"state.1.topics.ethics": "raised_unprompted", "marked.1.topics.ethics": "free"}

    ticked = only(change(before, come_back__1__topics__ethics="yes"))
    unticked = only(
        change(before | {"come_back.1.topics.ethics": "yes"}, come_back__1__topics__ethics="")
    )

    assert (ticked["flags"], unticked["flags"]) == (["come_back"], [])


def test_a_note_beside_a_mark_keeps_the_phase_in_which_it_was_made() -> None:
    before = {
        "state.1.topics.ethics": "raised_unprompted",
        "marked.1.topics.ethics": "free",
        "phase.1.topics": "probing",
    }

    assert only(change(before, example__1__topics__ethics="given"))["phase"] == "free"
    assert only(change(before, state__1__topics__ethics="refused"))["phase"] == "probing"
    assert only(change(before, state__1__topics__ethics="not_reached"))["phase"] is None


def test_what_was_raised_unprompted_came_before_the_free_answer_ended() -> None:
    turn, unprompted, probed = change(
        {},
        phase__1__topics="probing",
        state__1__topics__ethics="raised_unprompted",
        state__1__topics__career="raised_after_probe",
    )

    assert (turn["op"], turn["phase"]) == ("item", "probing")
    assert (unprompted["phase"], probed["phase"]) == ("free", "probing")


def test_raised_unprompted_while_probing_is_the_interviewers_own_word() -> None:
    marked = only(
        change({"phase.1.topics": "probing"}, state__1__topics__ethics="raised_unprompted")
    )

    assert (marked["state"], marked["phase"]) == ("raised_unprompted", "probing")


@pytest.mark.parametrize(
    ("before", "typed", "mark"),
    [
        ({}, {"text__1__topics__other:1": "sleep"}, ("raised_unprompted", "free")),
        (
            {"phase.1.topics": "probing"},
            {"text__1__topics__other:1": "sleep"},
            ("raised_after_probe", "probing"),
        ),
        (
            {},
            {"text__1__topics__other:1": "sleep", "state__1__topics__other:1": "asked_and_denied"},
            ("asked_and_denied", "free"),
        ),
        ({"text.1.topics.other:1": "sleep"}, {"text__1__topics__other:1": " "}, ("not_reached", None)),
        (
            {"text.1.topics.other:1": "sleep"},
            {"come_back__1__topics__other:1": "yes"},
            ("not_reached", None),
        ),
    ],
)  # fmt: skip
def test_a_topic_that_no_list_foresaw_has_come_up_by_being_written_down(
    before: dict[str, str], typed: dict[str, str], mark: tuple[str, str | None]
) -> None:
    made = only(change(before, **typed))

    assert (made["state"], made["phase"]) == mark


def test_on_paper_the_boxes_say_what_became_of_a_topic_and_not_its_words() -> None:
    shown = {"state.1.topics.other:1": "not_reached"}
    (made,) = find_changes(SHEET, shown, shown | {"text.1.topics.other:1": "sleep"}, AT)

    assert made["state"] == "not_reached"


# What holds for a whole question


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"phase__1__topics": "probing"}, {"phase": "probing"}),
        ({"outcome__1__topics": "refused"}, {"state": "refused"}),
        (
            {"outcome__1__topics": "not_asked", "whynot__1__topics": "no time"},
            {"state": "not_asked", "reason": "no time"},
        ),
        ({"minimal_answer__1__topics": "yes"}, {"flags": ["minimal_answer"]}),
        (
            {"come_back__1__topics": "yes", "quote__1__topics": "yes"},
            {"flags": ["quote", "come_back"]},
        ),
    ],
)
def test_what_was_changed_of_a_question_is_said_with_the_rest_of_it(
    typed: dict[str, str], said: dict[str, Any]
) -> None:
    plain = {"op": "item", "response": TALK_RESPONSE, "item": "topics", "at": AT}
    rest = {"phase": "free", "state": "not_reached", "reason": "", "flags": []}

    assert only(change({}, **typed)) == {**plain, **rest, **said}


def test_a_flag_of_a_question_can_be_unticked() -> None:
    assert only(change({"quote.1.topics": "yes"}, quote__1__topics=""))["flags"] == []


def test_flags_of_a_page_that_could_not_be_changed_stay() -> None:
    assert find_changes(SHEET, {"quote.1.topics": "yes"}, {"after.1.topics": "later"}, AT) == [
        {
            "op": "note",
            "response": TALK_RESPONSE,
            "item": "topics",
            "probe": None,
            "stream": "afterwards",
            "text": "later",
        }
    ]


def test_an_unticked_box_is_kept_unticked_when_something_else_could_not_be_saved() -> None:
    posted = {"phase.1.topics": "free", "note.1.topics": "typed"}

    assert find_typed({"quote.1.topics": "yes"}, posted) == {
        "quote.1.topics": "",
        "note.1.topics": "typed",
    }


# Places and the whole interview


def test_the_button_of_a_question_says_where_the_interviewer_is() -> None:
    gone = find_changes(SHEET, {}, CONTROLS | {"goto": "2.anything"}, AT)

    assert gone == [{"op": "place", "response": CLOSING_RESPONSE, "item": "anything", "at": AT}]
    assert find_changes(SHEET, {}, CONTROLS | {"goto": "nowhere"}, AT) == []


def test_a_page_for_paper_has_no_phases_and_the_question_stays_in_its_first() -> None:
    paper = {name: text for name, text in CONTROLS.items() if not name.startswith("phase.")}
    posted = paper | {"outcome.1.topics": "refused", "goto": "1.topics"}

    refused, place = find_changes(SHEET, {}, posted, AT)

    assert (refused["op"], refused["state"], refused["phase"]) == ("item", "refused", "free")
    assert (place["op"], place["item"]) == ("place", "topics")


def test_on_a_finished_interviews_page_nobody_is_anywhere() -> None:
    assert find_changes(SHEET, {}, {"goto": "2.anything"}, AT) == []


def test_summary_journal_and_an_observers_notes_are_posted_by_name() -> None:
    posted = {
        "summary.salient": "a pause",
        "journal.journal": "I hurried",
        "observer.interview": "calm",
        "observer.1.topics": "long silence",
    }

    found = find_changes(SHEET, {"summary.salient": "", "summary.other": "kept"}, posted, AT)

    assert [(each["kind"], each.get("stream"), each["item"], each["text"]) for each in found] == [
        ("observer", None, "topics", "long silence"),
        ("summary", "salient", None, "a pause"),
        ("journal", "journal", None, "I hurried"),
        ("observer", None, None, "calm"),
    ]
