"""What was decided about versions is added to, in the order of deciding, and never changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY

TOGETHER = {"versions": ["1.0.0", "2.0.0"], "pool": True}
APART = {"versions": ["1.0.0", "2.0.0"], "pool": False}


def test_a_rule_stays_with_its_reason_its_person_and_its_time(store: Store) -> None:
    made = store.pooling.add(STUDY, "teaching", TOGETHER, "The same question.", "eva")
    assert store.pooling.list(STUDY, "teaching") == [made]
    assert (made.rule, made.note, made.added_by) == (TOGETHER, "The same question.", "eva")


def test_rules_come_in_the_order_of_deciding_also_within_one_millisecond(store: Store) -> None:
    with time_machine.travel("2026-11-26T12:00:00Z", tick=False):
        decided = [(TOGETHER if number % 2 else APART, str(number), "eva") for number in range(20)]
        store.pooling.add_all(STUDY, "teaching", decided)
    assert [each.note for each in store.pooling.list(STUDY, "teaching")] == list(
        map(str, range(20))
    )


def test_a_clock_that_was_set_back_makes_no_later_rule_an_earlier_one(store: Store) -> None:
    for moment in ("2026-11-26T12:00:00Z", "2026-11-25T12:00:00Z"):
        with time_machine.travel(moment):
            store.pooling.add(STUDY, "teaching", TOGETHER, moment, "eva")
    notes = [each.note for each in store.pooling.list(STUDY, "teaching")]
    assert notes == ["2026-11-26T12:00:00Z", "2026-11-25T12:00:00Z"]


def test_two_who_decide_at_once_both_add(store: Store) -> None:
    def decide(by: str) -> None:
        store.pooling.add(STUDY, "teaching", TOGETHER, "Because.", by)

    people = [f"person {number}" for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(decide, people))
    found = store.pooling.list(STUDY, "teaching")
    assert sorted(each.added_by for each in found) == sorted(people)
    assert len({each.added_at for each in found}) == len(people)


def test_several_are_added_all_or_none(store: Store) -> None:
    with pytest.raises(ValueError, match="needs a reason"):
        store.pooling.add_all(STUDY, "teaching", [(TOGETHER, "Why.", "eva"), (APART, "  ", "eva")])
    assert store.pooling.list(STUDY, "teaching") == []


@pytest.mark.parametrize(
    ("study", "instrument", "said"),
    [("lost", "teaching", "no study “lost”"), (STUDY, "lost", "No version of lost")],
)
def test_a_study_or_instrument_that_is_not_there_is_refused(
    store: Store, study: str, instrument: str, said: str
) -> None:
    with pytest.raises(UnknownRecord, match=said):
        store.pooling.add(study, instrument, TOGETHER, "Why.", "eva")


def test_the_rules_of_one_instrument_are_not_those_of_another(store: Store) -> None:
    store.pooling.add(STUDY, "teaching", TOGETHER, "Why.", "eva")
    assert store.pooling.list(STUDY, "other") == []
    assert store.pooling.list("other", "teaching") == []
