"""Every export that was made can be found again."""

import pytest

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY


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
