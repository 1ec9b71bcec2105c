"""Whole responses come in together: all of them, or none."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from survey_app.storage.errors import NameTaken, StorageError, UnknownRecord
from survey_app.storage.records import (
    AnswerRow,
    Change,
    ImportBatch,
    ResponseRecord,
    WholeResponse,
)
from survey_app.storage.schema import answer, event, participant, response
from survey_app.storage.store import Store
from tests.storage.scenes import INTERESTED, STUDY, begin, change, save

BLANK = AnswerRow(item="follow_up", reason="not_relevant")
OTHER = AnswerRow(item="topics", value=["a", "other"], other_text="=1+1", other_unticked=True)


def batch(**changes: str) -> ImportBatch:
    said = {
        "study": STUDY,
        "instrument": "teaching",
        "version": "1.0.0",
        "actor": "command line",
        "file": "answers.xlsx",
        "digest": "d1",
    }
    return ImportBatch(**{**said, **changes})


def whole(**changes: object) -> WholeResponse:
    said = {"language": "fr", "answers": [BLANK, INTERESTED, OTHER]}
    return WholeResponse(**{**said, **changes})  # type: ignore[arg-type]  # the names are ours


def imported(store: Store, study: str = STUDY) -> list[ResponseRecord]:
    with store.snapshot() as snapshot:
        return list(snapshot.responses(study, include_test=True))


def test_an_imported_response_was_sent_and_says_that_it_was_imported(store: Store) -> None:
    moments = {"started": "2026-01-02T03:04:05.678Z", "submitted": "2026-01-02T04:00:00.000Z"}
    assert store.imports.add(batch(), lambda: [whole(**moments)]) == 1
    (found,) = imported(store)
    assert found.answers == [BLANK, INTERESTED, OTHER]
    assert (found.source, found.state, found.delivery, found.language) == (
        *("import", "submitted", "self", "fr"),
    )
    assert (found.started, found.submitted) == tuple(moments.values())
    assert (found.revision, found.is_test, found.participant) == (1, False, None)


def test_its_history_says_from_what_file_it_came_and_what_was_sent(store: Store) -> None:
    store.imports.add(batch(), lambda: [whole()])
    (found,) = imported(store)
    first, last = store.responses.history(found.id)
    assert (first.kind, first.actor, first.source) == ("import", "command line", "import")
    assert first.body == {"file": "answers.xlsx", "digest": "d1"}
    assert (last.kind, last.sequence) == ("send", 2)
    assert last.body is not None
    assert [row["item"] for row in last.body["answers"]] == ["follow_up", "interest", "topics"]
    assert store.responses.verify_chain(found.id) is None


def test_without_times_it_was_sent_when_it_was_imported(store: Store) -> None:
    store.imports.add(batch(), lambda: [whole(), whole(submitted="2026-01-02")])
    known = {each.submitted: each for each in imported(store)}
    assert known["2026-01-02"].started == "2026-01-02"
    (other,) = (each for moment, each in known.items() if moment != "2026-01-02")
    assert other.started == other.submitted == other.updated


def test_participants_are_those_of_the_study_and_added_where_they_are_new(
    store: Store,
) -> None:
    store.imports.add(batch(), lambda: [whole(participant=name) for name in ("P1", "P2")])
    store.imports.add(batch(digest="d2"), lambda: [whole(participant="P1")])
    assert sorted(str(each.participant) for each in imported(store)) == ["P1", "P1", "P2"]
    with store._engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(participant)) == 2


def test_an_anonymous_study_keeps_dates_and_no_participant(store: Store) -> None:
    publish_anonymous(store)
    into = batch(study="anonymous")
    moment = "2026-01-02T03:04:05.678Z"
    store.imports.add(into, lambda: [whole(started=moment, submitted=moment), whole()])
    found = imported(store, "anonymous")
    assert {len(each.started) for each in found} == {len("2026-11-22")}
    assert all(each.started == each.submitted for each in found)
    history = store.responses.history(found[0].id)
    assert {len(each.server_time) for each in history} == {len("2026-11-22")}
    with pytest.raises(StorageError, match="is anonymous, so it keeps no participant"):
        store.imports.add(batch(study="anonymous", digest="d2"), lambda: [whole(participant="P")])
    assert len(imported(store, "anonymous")) == 2


def publish_anonymous(store: Store) -> None:
    store.studies.create(slug="anonymous", title="Anonymous", anonymous=True)
    store.studies.add_instrument("anonymous", "teaching", "1.0.0", "self")


def test_the_same_file_comes_in_once_unless_it_is_asked_for(store: Store) -> None:
    store.imports.add(batch(), lambda: [whole(), whole()])
    with pytest.raises(NameTaken, match=r"was imported on 20.* already \(2 of its responses"):
        store.imports.add(batch(), lambda: [whole()])
    assert len(imported(store)) == 2
    assert store.imports.add(batch(), lambda: [whole()], again=True) == 1
    earlier = store.imports.find_earlier(batch())
    assert earlier is not None
    assert earlier.count == 3


def test_another_file_study_or_response_is_no_earlier_import(store: Store) -> None:
    publish_anonymous(store)
    begin(store)
    assert store.imports.find_earlier(batch()) is None
    store.imports.add(batch(), lambda: [whole()])
    assert store.imports.find_earlier(batch(digest="d2")) is None
    assert store.imports.find_earlier(batch(study="anonymous")) is None


def test_what_was_withdrawn_leaves_nothing_of_its_file(store: Store) -> None:
    store.imports.add(batch(), lambda: [whole()])
    (found,) = imported(store)
    store.responses.withdraw(found.id, change(9, kind="withdraw"), scope="all")
    assert store.imports.find_earlier(batch()) is None
    assert store.responses.verify_chain(found.id) is None
    assert [each.body for each in store.responses.history(found.id)][:2] == [None, None]


def test_keys_that_responses_of_the_study_have_are_found(store: Store) -> None:
    present = begin(store)
    assert store.imports.find_present(STUDY, [present, "unknown"]) == {present}
    assert store.imports.find_present("anonymous", [present]) == set()
    assert store.imports.find_present(STUDY, []) == set()


def count_rows(store: Store) -> list[int | None]:
    with store._engine.connect() as connection:
        return [
            connection.scalar(select(func.count()).select_from(table))
            for table in (response, answer, event, participant)
        ]


def fail() -> Iterator[WholeResponse]:
    yield from (whole(participant=f"P{number}") for number in range(500))
    raise ValueError("the 501st is broken")


def repeat_an_answer() -> Iterator[WholeResponse]:
    yield whole()
    yield whole(answers=[INTERESTED, INTERESTED])


@pytest.mark.parametrize(
    ("into", "responses", "error"),
    [
        (batch(), fail, ValueError),
        (batch(), repeat_an_answer, Exception),
        (batch(version="9.9.9"), lambda: [whole()], UnknownRecord),
        (batch(study="nothing"), lambda: [whole()], UnknownRecord),
    ],
)
def test_what_fails_in_the_middle_leaves_nothing(
    store: Store,
    into: ImportBatch,
    responses: Callable[[], Iterator[WholeResponse]],
    error: type[Exception],
) -> None:
    before = count_rows(store)
    with pytest.raises(error):
        store.imports.add(into, responses)
    assert count_rows(store) == before
    response_id = begin(store)
    assert save(store, response_id, "still works", change(1)).status == "saved"


DYING = """
import os, signal, sys
from tests.storage.store.test_imports import batch, whole
from survey_app.storage.store import Store

def responses():
    for number in range(1_000):
        if number == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        yield whole(participant=f"P{number}")

with Store(sys.argv[1]) as store:
    print(store.imports.add(batch(), responses), flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("dies_at", [0, 1, 450, 999])
def test_a_process_that_is_killed_in_the_middle_leaves_nothing(
    store: Store, path: Path, dies_at: int
) -> None:
    before = count_rows(store)
    assert run_dying(path, dies_at).returncode == -signal.SIGKILL
    assert count_rows(store) == before
    assert store.imports.find_earlier(batch()) is None


def test_the_same_process_that_is_not_killed_leaves_all(store: Store, path: Path) -> None:
    assert run_dying(path, 1_001).stdout == "1000\n"
    assert len(imported(store)) == 1_000


def run_dying(path: Path, dies_at: int) -> subprocess.CompletedProcess[str]:
    root = Path(__file__).parents[3]
    return subprocess.run(
        [sys.executable, "-c", DYING, f"sqlite:///{path}", str(dies_at)],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_page_that_comes_later_finds_an_imported_response_sent(store: Store) -> None:
    store.imports.add(batch(), lambda: [whole()])
    (found,) = imported(store)
    late = Change(
        client="page", sequence=1, base_revision=1, kind="save", actor="participant",
        source="web", language="en",
    )  # fmt: skip
    assert save(store, found.id, "too late", late).status == "closed"
    assert store.responses.verify_chain(found.id) is None
