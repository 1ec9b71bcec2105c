"""How many responses of all studies have something on an item, or on a part of it."""

from dataclasses import replace
from typing import Any

import pytest

from survey_app.storage.records import AnswerRow, TouchedCount
from survey_app.storage.store import Store
from tests.storage.interview_scenes import load, marking, noting, perform
from tests.storage.scenes import begin, begin_interview, change, publish

OTHER_STUDY = "elsewhere"


def answer(store: Store, number: int, *rows: AnswerRow, **more: Any) -> str:
    """A response with these answers."""
    response = begin(store, **more)
    made_by = replace(change(1), client=f"page {number}")
    store.responses.save_section(
        response, made_by, section="opening", raw={}, values={}, answers=list(rows)
    )
    return response


def count(store: Store, item: str, **about: str) -> tuple[int, int, int]:
    found = store.desk.touched("teaching", "1.0.0", item, **about)
    return found.answers, found.marks, found.notes


def test_of_what_nobody_answered_there_is_nothing(store: Store) -> None:
    begin(store)

    assert store.desk.touched("teaching", "1.0.0", "topics") == TouchedCount(
        answers=0, marks=0, notes=0
    )


def test_answers_are_counted_by_response_and_a_blank_is_none(store: Store) -> None:
    answer(store, 1, AnswerRow(item="topics", value=["pay", "equality"]))
    answer(store, 2, AnswerRow(item="topics", value=["pay"]))
    answer(store, 3, AnswerRow(item="topics", reason="unanswered"))
    answer(store, 4, AnswerRow(item="role", value="equality"))

    assert count(store, "topics") == (2, 0, 0)
    assert count(store, "topics", code="equality") == (1, 0, 0)
    assert count(store, "topics", code="equal") == (0, 0, 0)
    assert count(store, "role", code="equality") == (1, 0, 0)


def test_a_battery_is_counted_once_for_each_response_and_by_row(store: Store) -> None:
    answer(
        store, 1, AnswerRow(item="effect", row="a", value="3"),
        AnswerRow(item="effect", row="b", value="1"),
    )  # fmt: skip
    answer(store, 2, AnswerRow(item="effect", row="b", value="3"))

    assert count(store, "effect") == (2, 0, 0)
    assert count(store, "effect", row="a") == (1, 0, 0)
    assert count(store, "effect", code="3") == (2, 0, 0)
    assert count(store, "effect", code="1") == (1, 0, 0)


def test_every_study_counts_and_neither_tests_nor_withdrawn_nor_other_versions_do(
    store: Store,
) -> None:
    said = AnswerRow(item="why", value="so")
    publish(store, study=OTHER_STUDY)
    answer(store, 1, said)
    answer(store, 2, said, study=OTHER_STUDY)
    answer(store, 3, said, is_test=True)
    gone = answer(store, 4, said)
    assert count(store, "why") == (3, 0, 0)

    store.responses.withdraw(gone, replace(change(2), client="page 4"), scope="response")

    assert count(store, "why") == (2, 0, 0)
    assert store.desk.touched("teaching", "1.0.1", "why").answers == 0
    assert store.desk.touched("learning", "1.0.0", "why").answers == 0


@pytest.mark.parametrize(
    ("about", "expected"), [({}, (0, 2, 2)), ({"probe": "pay"}, (0, 1, 1)), ({"probe": "time"}, (0, 1, 0))]
)  # fmt: skip
def test_marks_and_notes_are_counted_by_interview_and_by_probe(
    store: Store, about: dict[str, str], expected: tuple[int, int, int]
) -> None:
    first, second, third = (begin_interview(store, participant=f"P{number}") for number in range(3))
    one, two, three = (load(store, each).responses[0].response for each in (first, second, third))
    perform(
        store, first, change(1), marking(one, "raised_unprompted"),
        marking(one, "not_reached", probe="time"), noting(one, "about pay") | {"probe": "pay"},
        noting(one, "in all") | {"stream": "observer"},
    )  # fmt: skip
    perform(
        store, second, change(1), marking(two, "refused", probe="time"), noting(two, "said no"),
        noting(None, "on the whole") | {"item": None},
    )  # fmt: skip
    perform(store, third, change(1), marking(three, "not_reached"))

    assert count(store, "q", **about) == expected
    assert count(store, "other") == (0, 0, 0)
