"""An export reads one moment, in one order, in constant memory."""

import tracemalloc
from typing import Any

import pytest
import time_machine

from survey_app.storage.records import AnswerRow
from survey_app.storage.store import Store
from survey_app.storage.store.reading import BATCH
from tests.storage.scenes import STUDY, begin, begin_interview, change, publish, save


def test_a_snapshot_is_one_moment_while_others_write(store: Store) -> None:
    first = begin(store)
    save(store, first, "before", change(1))
    with store.snapshot() as snapshot:
        save(store, first, "after", change(2, base=1))
        begin(store)
        [record] = snapshot.responses(STUDY)
        assert (snapshot.count(STUDY), record.revision) == (1, 1)
        assert record.answers == [AnswerRow(item="interest", value="before")]
    with store.snapshot() as later:
        assert later.count(STUDY) == 2


def test_a_long_export_sees_nothing_that_happens_while_it_streams(store: Store) -> None:
    responses = [begin(store) for _ in range(20)]
    with store.snapshot() as snapshot:
        stream = snapshot.responses(STUDY)
        seen = [next(stream)]
        for response in responses:
            save(store, response, "meanwhile", change(1))
        seen += list(stream)
    assert [record.revision for record in seen] == [0] * 20


def test_the_newest_event_is_the_last_that_changed_what_was_chosen(store: Store) -> None:
    with store.snapshot() as empty:
        assert empty.newest(STUDY) is None
    with time_machine.travel("2026-11-22T20:14:05Z", tick=False):
        response = begin(store)
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False):
        save(store, response, "later", change(1))
        begin(store, is_test=True)
    with time_machine.travel("2026-11-24T08:00:00Z", tick=False):
        begin(store, is_test=True)
    with store.snapshot() as snapshot:
        assert snapshot.newest(STUDY) == "2026-11-23T08:00:00.000Z"
        assert snapshot.newest(STUDY, include_test=True) == "2026-11-24T08:00:00.000Z"
        assert snapshot.newest(STUDY, "other") is None


def test_what_was_changed_in_an_interview_is_newer_than_its_beginning(store: Store) -> None:
    with time_machine.travel("2026-11-22T20:14:05Z", tick=False):
        interview = begin_interview(store)
    with time_machine.travel("2026-11-23T08:00:00Z", tick=False):
        started = change(1, actor="eva", source="console")
        store.interviews.apply(interview, started, [{"op": "clock", "action": "start", "at": 0}])
    with store.snapshot() as snapshot:
        assert snapshot.newest(STUDY) == "2026-11-23T08:00:00.000Z"


def test_the_newest_event_of_an_anonymous_study_is_a_day(store: Store) -> None:
    publish(store, study="quiet", anonymous=True)
    with time_machine.travel("2026-11-22T20:14:05Z", tick=False):
        begin(store, study="quiet")
    with store.snapshot() as snapshot:
        assert snapshot.newest("quiet") == "2026-11-22"


def test_two_exports_of_the_same_data_come_in_the_same_order(store: Store) -> None:
    for _ in range(30):
        begin(store)
    with store.snapshot() as first, store.snapshot() as second:
        order = [record.id for record in first.responses(STUDY)]
        assert order == [record.id for record in second.responses(STUDY)]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        ({}, 3),
        ({"include_test": True}, 4),
        ({"instrument": "teaching"}, 3),
        ({"instrument": "other"}, 0),
        ({"instrument": "teaching", "versions": ["1.0.0"]}, 2),
        ({"instrument": "teaching", "versions": ["1.0.0", "2.0.0"]}, 3),
        ({"versions": []}, 0),
    ],
)
def test_a_snapshot_streams_what_was_chosen_and_counts_the_same(
    store: Store, chosen: dict[str, Any], count: int
) -> None:
    begin(store)
    begin(store)
    begin(store, is_test=True)
    _begin_version(store, "2.0.0")
    publish(store, study="another")
    begin(store, study="another")
    with store.snapshot() as snapshot:
        assert snapshot.count(STUDY, **chosen) == count
        assert len(list(snapshot.responses(STUDY, **chosen))) == count


def test_every_response_has_its_own_answers_across_batches(store: Store) -> None:
    expected = {}
    for number in range(BATCH // 100):
        response = begin(store)
        save(store, response, f"text {number}", change(1))
        expected[response] = f"text {number}"
    _copy_responses(store, times=BATCH // 2)
    with store.snapshot() as snapshot:
        records = list(snapshot.responses(STUDY))
    assert len(records) > 2 * BATCH
    assert all(len(record.answers) == 1 for record in records)
    assert {record.id: record.answers[0].value for record in records}.items() >= expected.items()


def test_memory_does_not_grow_with_the_number_of_responses(store: Store) -> None:
    save(store, begin(store), "x" * 2000, change(1))
    _copy_responses(store, times=2 * BATCH)
    small = _most_memory(store)
    _copy_responses(store, times=3)
    with store.snapshot() as snapshot:
        assert snapshot.count(STUDY) > 7 * BATCH
    assert _most_memory(store) < 1.5 * small


def test_marks_and_notes_say_whose_and_when(store: Store) -> None:
    interview = begin_interview(store)
    state = store.interviews.find(interview)
    assert state is not None
    run = state.responses[0].response
    place = {"response": run, "item": "q", "probe": "pay"}
    words = {"stream": "interviewer", "kind": "note", "added": "during"}
    store.interviews.apply(
        interview,
        change(1, actor="eva", source="console"),
        [
            {"op": "mark", **place, "state": "raised_unprompted", "at": 1200},
            {"op": "note", **place, **words, "text": "laughs"},
            {"op": "note", **words, "text": "on the whole"},
        ],
    )
    with store.snapshot() as snapshot:
        [mark] = snapshot.marks(STUDY)
        notes = {note.text: note for note in snapshot.notes(STUDY)}
        on_one_instrument = {note.text for note in snapshot.notes(STUDY, "teaching")}
        elsewhere = [*snapshot.marks("another"), *snapshot.notes("another")]
        elsewhere += [*snapshot.notes(STUDY, "another"), *snapshot.notes(STUDY, None, ["2.0.0"])]
    assert (mark.participant, mark.interview, mark.interview_started, mark.response) == (
        "P07",
        interview,
        state.started,
        run,
    )
    assert {text: (note.participant, note.instrument) for text, note in notes.items()} == {
        "laughs": ("P07", "teaching"),
        "on the whole": ("P07", None),
    }
    assert (on_one_instrument, elsewhere) == ({"laughs", "on the whole"}, [])


def test_interviews_are_told_of_until_all_of_it_is_withdrawn(store: Store) -> None:
    interview = begin_interview(store, runs=2)
    state = store.interviews.find(interview)
    assert state is not None
    first, second = (run.response for run in state.responses)
    tick = {"op": "clock", "action": "start"}
    store.interviews.apply(interview, change(1, actor="eva"), [tick])
    told = []
    for run in (first, second, None):
        with store.snapshot() as snapshot:
            told.append(
                [each.clock[0]["action"] for each in snapshot.interviews(STUDY, "teaching")]
            )
            assert list(snapshot.interviews(STUDY, "another")) == []
        if run is not None:
            store.responses.withdraw(run, change(9, kind="withdraw"), scope="all")
    assert told == [["start"], ["start"], []]


def _begin_version(store: Store, version: str) -> None:
    store.instruments.publish(
        name="teaching", version=version, format=1, fingerprint="g", definition={}, note="", by=""
    )
    store.responses.begin(
        study=STUDY,
        instrument="teaching",
        version=version,
        delivery="self",
        source="import",
        language="en",
        consent=None,
        session_hash=None,
        link_hash=None,
        change=change(0, kind="begin"),
    )


def _copy_responses(store: Store, *, times: int) -> None:
    """Add so many copies of each response with its answers, quickly."""
    columns = (
        "study_id, anonymous, instrument, version, delivery, source, language, state, revision,"
        " is_test, head, started, updated"
    )
    answers = "item, row, value, other_unticked, revision, client"
    numbers = f"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times})"
    with store._engine.begin() as connection:
        for table, key, rest in (("response", "id", columns), ("answer", "response_id", answers)):
            connection.exec_driver_sql(
                f"{numbers} INSERT INTO {table} ({key}, {rest})"
                f" SELECT {key} || '-{times}-' || i, {rest} FROM {table}, n"
            )


def _most_memory(store: Store) -> int:
    tracemalloc.start()
    try:
        with store.snapshot() as snapshot:
            for _ in snapshot.responses(STUDY):
                pass
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
