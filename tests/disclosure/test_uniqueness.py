"""Who stands alone is counted, and what each question adds to it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.definition.lineage import trace
from survey_app.disclosure.profiles import list_stored_names, tell_profiles
from survey_app.disclosure.uniqueness import FEW, find_uniqueness
from survey_app.storage.records import ProfileCount
from tests.reports.tabled import define

ITEMS = [
    "{key: age, type: integer, text: Age}",
    "{key: jobs, type: select_multiple, text: Jobs, options: {a: Art, b: Bread}}",
    "{key: place, type: likert_grid, text: Place, scale: extent, rows: {x: X, y: Y}}",
]


@pytest.mark.parametrize(
    ("profiles", "alone", "few"),
    [
        ({}, 0, 0),
        ({("1", "a"): 1}, 1, 1),
        ({("1", "a"): 2, ("1", "b"): 1}, 1, 3),
        ({("1", "a"): 5, ("2", "a"): 4}, 0, 4),
    ],
)
def test_people_who_share_their_answers_with_few_are_counted(
    profiles: dict[tuple[str, ...], int], alone: int, few: int
) -> None:
    found = find_uniqueness(("age", "job"), profiles)
    assert (found.people, found.alone, found.few) == (sum(profiles.values()), alone, few)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=40))
def test_the_counts_are_those_of_counting_everybody(people: list[tuple[str, str]]) -> None:
    found = find_uniqueness(("one", "two"), Counter(people))
    assert found.alone == sum(people.count(each) == 1 for each in people)
    assert found.few == sum(people.count(each) < FEW for each in people)
    for place, share in enumerate(found.shares):
        own = [each[place] for each in people]
        others = [each[1 - place] for each in people]
        assert share.alone == sum(own.count(each) == 1 for each in own)
        assert share.without == sum(others.count(each) == 1 for each in others)
    assert sum(count for _profile, count in found.profiles) == found.few


def test_answers_are_told_in_words_whatever_the_question() -> None:
    instrument = define(ITEMS)
    answers = (
        ("age", "", "34", None),
        ("jobs", "", '["a", "b"]', None),
        ("place", "x", '"1"', None),
        ("place", "y", None, "refused"),
    )
    counts = [
        ProfileCount(version="1.0.0", answers=answers, count=2),
        ProfileCount(version="1.0.0", answers=(), count=1),
    ]
    keys = ("age", "jobs", "place")
    found = tell_profiles(keys, counts, {"1.0.0": instrument}, trace([instrument]), "en")
    assert found == {
        ("34", "Art, Bread", "X: a, [refused]"): 2,
        ("[not_reached]", "[not_reached]", "[not_reached]"): 1,
    }


def test_a_renamed_question_is_one_under_either_name() -> None:
    older = define([ITEMS[0]], version="1.0.0")
    newer = define(
        ["{key: years, type: integer, text: Age, renamed_from: age, meaning: unchanged}"],
        version="1.1.0",
    )
    lineage = trace([older, newer])
    assert list_stored_names(["years"], ["1.0.0", "1.1.0"], lineage) == ("age", "years")
    counts = [
        ProfileCount(version="1.0.0", answers=(("age", "", "34", None),), count=1),
        ProfileCount(version="1.1.0", answers=(("years", "", "34", None),), count=1),
    ]
    from survey_app.definition.lineage import rename_items

    asked = {each.version: rename_items(each, lineage) for each in (older, newer)}
    assert tell_profiles(["years"], counts, asked, lineage, "en") == {("34",): 2}
