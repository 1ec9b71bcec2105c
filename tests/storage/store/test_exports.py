"""Every export that was made can be found again."""

import time
from typing import Any

import pytest

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, change, publish, save


def test_an_export_is_recorded_with_all_that_identifies_it(store: Store) -> None:
    made = store.exports.record(
        "eva",
        STUDY,
        filter={"instrument": "teaching", "include_test": False},
        columns=["interest", "age"],
        rows=11,
        hash="sha-256 of the file",
    )
    assert store.exports.list(STUDY) == [made]
    assert (made.who, made.rows, made.columns) == ("eva", 11, ["interest", "age"])


def test_an_export_of_no_study_is_refused(store: Store) -> None:
    with pytest.raises(UnknownRecord, match="no study “lost”"):
        store.exports.record("eva", "lost", filter={}, columns=[], rows=0, hash="")


LATER, EARLIER = "2099-01-01T00:00:00.000Z", "2001-01-01T00:00:00.000Z"
WITHDRAW = change(99, kind="withdraw")


def record(store: Store, name: str, *, at: str | None = None, **chosen: Any) -> None:
    given = {"instrument": "teaching", "versions": ["1.0.0"], "include_test": False} | chosen
    store.exports.record(name, STUDY, filter=given, columns=[], rows=1, hash="", at=at)


def outdated(store: Store) -> set[str]:
    return {each.who for each in store.exports.list_outdated(STUDY, "teaching")}


def test_a_withdrawal_names_the_exports_that_may_hold_it(store: Store) -> None:
    record(store, "before it came in")
    _tick()
    response = begin(store)
    save(store, response, "agree", change(1))
    record(store, "made in between")
    record(store, "of other versions", versions=["2.0.0"])
    record(store, "of another instrument", instrument="guide")
    record(store, "with test responses too", include_test=True)
    assert outdated(store) == set(), "nothing was withdrawn"
    _tick()
    store.responses.withdraw(response, WITHDRAW, scope="response")
    _tick()
    record(store, "made since")
    assert outdated(store) == {"made in between", "with test responses too"}


def test_a_trial_concerns_only_exports_with_test_responses(store: Store) -> None:
    response = begin(store, is_test=True)
    record(store, "without")
    record(store, "with", include_test=True)
    _tick()
    store.responses.withdraw(response, WITHDRAW, scope="trial")
    assert outdated(store) == {"with"}


def test_of_anonymous_responses_the_exports_of_the_same_day_are_named(store: Store) -> None:
    publish(store, study="silent", anonymous=True)
    response = begin(store, study="silent")
    found = store.responses.find(response)
    assert found is not None
    day = found.started
    given = {"instrument": "teaching", "versions": ["1.0.0"]}
    for who, at in (("a", EARLIER), ("b", f"{day}T23:59:59.999Z"), ("c", LATER)):
        store.exports.record(who, "silent", filter=given, columns=[], rows=1, hash="", at=at)
    store.responses.withdraw(response, WITHDRAW, scope="response")
    assert [each.who for each in store.exports.list_outdated("silent", "teaching")] == ["b"]


def test_a_record_says_when_the_making_began(store: Store) -> None:
    record(store, "eva", at=EARLIER)
    assert store.exports.list(STUDY)[0].at == EARLIER


def _tick() -> None:
    """Let the clock, which counts thousandths of a second, go on."""
    time.sleep(0.002)
