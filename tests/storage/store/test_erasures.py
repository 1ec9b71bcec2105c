"""Erasing a study: all of it becomes tombstones, others stay, and what is interrupted goes on."""

from pathlib import Path

import pytest

from survey_app.storage.errors import ErasureUnfinished, NotOpen
from survey_app.storage.records import Json
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, begin_interview, change, save

CANARY = "canary 7f3a91c2"


def certify(by: str = "Léa") -> dict[str, Json]:
    return {"ended_at": "2026-11-22T20:14:05.123Z", "by": by}


def fill(store: Store, study: str = STUDY) -> list[str]:
    """Begin three responses, one of them a test, and say something in each."""
    responses = [begin(store, study=study, is_test=number == 2) for number in range(3)]
    for response in responses:
        save(store, response, CANARY, change(1))
    return responses


def test_everything_goes_and_the_numbers_of_before_and_after_agree(store: Store) -> None:
    responses = fill(store)
    interview = begin_interview(store, runs=2)
    begun = store.erasures.begin(STUDY, "answers", people=0, by="Léa")
    assert store.erasures.erase_some(begun.id, 100) == 0
    store.erasures.empty_log()
    after = store.erasures.count(STUDY)
    assert sum(each["count"] for each in begun.counts["responses"]) == 5
    assert sum(each["count"] for each in after["responses"]) == 5
    assert {each["state"] for each in after["responses"]} == {"withdrawn"}
    assert begun.counts["answers"] == 3
    for nothing in ("answers", "drafts", "notes", "probe_marks", "item_marks", "payloads"):
        assert after[nothing] == 0, nothing
    assert all(store.responses.verify_chain(response) is None for response in responses)
    assert store.interviews.find(interview) is not None
    ended = store.erasures.finish(begun.id, certify())
    assert (ended.ended_at, ended.certificate) == (certify()["ended_at"], certify())


def test_no_file_of_the_database_holds_it_any_more(store: Store, path: Path) -> None:
    fill(store)
    files = [path, path.with_name(path.name + "-wal")]
    assert any(CANARY.encode() in file.read_bytes() for file in files)
    begun = store.erasures.begin(STUDY, "answers", people=0, by="Léa")
    store.erasures.erase_some(begun.id, 100)
    store.erasures.empty_log()
    assert not any(CANARY.encode() in file.read_bytes() for file in files)


def test_what_was_interrupted_goes_on_with_the_counts_of_before(store: Store) -> None:
    fill(store)
    begun = store.erasures.begin(STUDY, "answers", people=0, by="Léa")
    assert store.erasures.erase_some(begun.id, 1) == 2
    with pytest.raises(ErasureUnfinished):
        store.erasures.finish(begun.id, certify())
    again = store.erasures.begin(STUDY, "answers", people=0, by="Mo")
    assert (again.id, again.counts, again.begun_by) == (begun.id, begun.counts, "Léa")
    assert store.erasures.erase_some(again.id, 100) == 0
    store.erasures.finish(again.id, certify("Mo"))
    kept = store.erasures.finish(again.id, certify("Zoë"))
    assert kept.certificate == certify("Mo"), "the first certificate stays"


def test_nobody_begins_any_more(store: Store) -> None:
    store.erasures.begin(STUDY, "answers", people=0, by="Léa")
    assert [each.open for each in store.studies.protocol(STUDY)] == [False]
    with pytest.raises(NotOpen):
        begin(store)


def test_of_names_alone_the_answers_stay(store: Store) -> None:
    (first, *_others) = fill(store)
    begun = store.erasures.begin(STUDY, "identities", people=2, by="Léa")
    assert store.erasures.erase_some(begun.id, 100) == 0
    store.erasures.finish(begun.id, certify())
    found = store.responses.find(first)
    assert found is not None
    assert found.state == "in_progress"
    assert [each.open for each in store.studies.protocol(STUDY)] == [True]
    assert begun.counts["people"] == 2


def test_an_erasure_of_names_that_was_interrupted_may_become_one_of_everything(
    store: Store,
) -> None:
    fill(store)
    names = store.erasures.begin(STUDY, "identities", people=2, by="Léa")
    everything = store.erasures.begin(STUDY, "answers", people=0, by="Léa")
    assert (everything.id, everything.scope) == (names.id, "answers")
    assert store.erasures.erase_some(everything.id, 1) == 2


def test_another_study_keeps_all_it_has(store: Store) -> None:
    store.studies.create(slug="second", title="Second")
    store.studies.add_instrument("second", "teaching", "1.0.0", "self")
    fill(store)
    others = fill(store, "second")
    before = store.erasures.count("second")
    begun = store.erasures.begin(STUDY, "answers", people=0, by="Léa")
    store.erasures.erase_some(begun.id, 100)
    assert store.erasures.count("second") == before
    found = store.responses.find(others[0])
    assert found is not None
    assert found.answers[0].value == CANARY
    assert [each.open for each in store.studies.protocol("second")] == [True]
