"""Whoever changes anything behind our back, with the disk in his hands, is found out and named."""

import tracemalloc
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from survey_app.storage.backup import backup
from survey_app.storage.engine import open_engine
from survey_app.storage.records import WholeResponse
from survey_app.storage.schema import event
from survey_app.storage.store import Store
from survey_app.storage.store.log import envelope_hash
from survey_app.storage.verification import Counts, open_unchanged, verify
from survey_app.storage.verification.subjects import AT_ONCE
from tests.storage.interview_scenes import TICK, marking, noting, perform
from tests.storage.scenes import begin, begin_interview, by_hand, change, save
from tests.storage.store.test_imports import batch, whole

WITHOUT_TRIGGERS = tuple(
    f"DROP TRIGGER {name}"
    for name in (
        *("event_kept", "event_stays", "event_payload_kept", "event_payload_stays"),
        *("instrument_version_frozen", "instrument_version_stays"),
    )
)
_LAST = "DELETE FROM {table} WHERE {{of}} AND sequence > 2"
WITHDRAW = change(99, kind="withdraw")


def fingerprint(definition: Mapping[str, Any]) -> str:
    return "f1" if definition["title"] == "Teaching" else "another"


def find_breaks(url: str) -> tuple[Counts, list[str]]:
    engine, breaks = open_engine(url), list[str]()
    counts = verify(engine, fingerprint, lambda found: breaks.append(str(found)), lambda *_: None)
    engine.dispose()
    return counts, breaks


@pytest.fixture
def response(store: Store) -> str:
    """A response with four events."""
    begun = begin(store)
    for number, typed in enumerate(("agree", "never", "unsure"), start=1):
        save(store, begun, typed, change(number, base=number))
    return begun


@pytest.fixture
def interview(store: Store) -> str:
    """An interview of two runs: events 1 to 3 begin it and them, 4 to 6 are of both and itself."""
    begun = begin_interview(store, runs=2)
    state = store.interviews.find(begun)
    assert state is not None
    first, second = (run.response for run in state.responses)
    perform(store, begun, change(1), TICK)
    perform(store, begun, change(2, base=1), marking(first, "refused"))
    perform(store, begun, change(3, base=2), noting(second, "slow"))
    return begun


def test_what_nobody_touched_holds(store: Store, url: str, response: str, interview: str) -> None:
    counts, breaks = find_breaks(url)
    assert breaks == []
    assert (counts.responses, counts.interviews, counts.versions) == (3, 1, 1)
    assert counts.events == counts.contents == 4 + len(events_of(store, interview))
    assert counts.erased == 0


def test_withdrawals_are_no_breaks(store: Store, url: str, response: str, interview: str) -> None:
    state = store.interviews.find(interview)
    assert state is not None
    store.responses.withdraw(response, WITHDRAW, scope="all")
    store.responses.withdraw(state.responses[0].response, WITHDRAW, scope="all")
    counts, breaks = find_breaks(url)
    assert (breaks, counts.erased > 5, counts.contents > 0) == ([], True, True)
    store.responses.withdraw(state.responses[1].response, change(98, kind="withdraw"), scope="all")
    assert find_breaks(url)[1] == []


def test_trials_are_no_breaks_while_they_run_and_after(store: Store, url: str) -> None:
    draft = {"name": "teaching", "version": "2.0.0", "format": 1, "by": "eva"}
    words = {"definition": {"title": "Teaching"}, "fingerprint": "f1"}
    store.instruments.try_out(**draft, **words)  # type: ignore[arg-type]
    tried = store.responses.begin(
        study="teaching-2026",
        instrument="teaching",
        version="2.0.0",
        delivery="self",
        source="web",
        language="en",
        consent=None,
        session_hash=None,
        link_hash=None,
        change=change(0, kind="begin"),
        is_test=True,
    )
    assert tried
    assert find_breaks(url)[1] == []
    store.instruments.publish(note="", **draft, **words)  # type: ignore[arg-type]
    counts, breaks = find_breaks(url)
    assert (breaks, counts.erased, counts.versions) == ([], 2, 2)


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE event SET actor = 'eva' WHERE {of} AND sequence = 2", ["event 2: its hash"]),
        ("UPDATE event SET server_time = '' WHERE {of} AND sequence = 4", ["event 4: its hash"]),
        ("UPDATE event SET hash = 'forged' WHERE {of} AND sequence = 1", ["event 1: its hash"]),
        (
            "UPDATE event SET previous = '' WHERE {of} AND sequence = 3",
            ["event 3: it does not follow", "event 3: its hash"],
        ),
        (
            "UPDATE event_payload SET body = '{{}}' WHERE {of} AND sequence = 3",
            ["event 3: its con"],
        ),
        ("UPDATE event_payload SET body = 'x' WHERE {of} AND sequence = 3", ["cannot be read"]),
        ("UPDATE event_payload SET salt = 'sea' WHERE {of} AND sequence = 2", ["event 2: its con"]),
        ("DELETE FROM event_payload WHERE {of} AND sequence = 2", ["event 2: its content is miss"]),
        (
            "DELETE FROM event WHERE {of} AND sequence = 2",
            ["1 row refers to something in event", "event 2 is missing"],
        ),
        (
            f"{_LAST.format(table='event_payload')}; {_LAST.format(table='event')}",
            ["its events end with event 2"],
        ),
        ("DELETE FROM event_payload WHERE {of}; DELETE FROM event WHERE {of}", ["has no events"]),
        ("UPDATE response SET head = '' WHERE id = '{id}'", ["its events end with event 4"]),
    ],
)
def test_a_change_to_a_response_is_named(
    *, store: Store, url: str, path: Path, response: str, statement: str, named: list[str]
) -> None:
    other = begin(store)
    store.close()
    done = statement.format(of=f"subject = '{response}'", id=response)
    by_hand(path, *WITHOUT_TRIGGERS, *done.split(";"))
    counts, breaks = find_breaks(url)
    assert len(breaks) == counts.breaks == len(named), breaks
    for sentence, words in zip(breaks, named, strict=True):
        assert words in sentence
        assert other not in sentence
        assert "compare with a backup" in sentence
        assert response in sentence or "something in event" in sentence


def test_a_forged_chain_is_found_by_what_follows_it(
    store: Store, url: str, path: Path, response: str
) -> None:
    """Who computes the hash of the changed event anew has to change all that follow, and the head."""

    (second,) = [row for row in events_of(store, response) if row["sequence"] == 2]
    forged = envelope_hash({**second, "actor": "eva"})
    store.close()
    change_it = f"UPDATE event SET actor = 'eva', hash = '{forged}' WHERE sequence = 2"
    by_hand(path, *WITHOUT_TRIGGERS, change_it)
    (sentence,) = find_breaks(url)[1]
    assert f"response {response}, event 3: it does not follow the event before it" in sentence


def test_a_change_to_an_interview_is_named(
    store: Store, url: str, path: Path, interview: str
) -> None:
    rows = events_of(store, interview)
    own = next(row["sequence"] for row in rows if row["response_id"] is None)
    of_run = max(row["sequence"] for row in rows if row["response_id"] is not None)
    run = next(row["response_id"] for row in rows if row["sequence"] == of_run)
    store.close()
    by_hand(
        path,
        *WITHOUT_TRIGGERS,
        f"UPDATE event SET language = 'xx' WHERE sequence IN ({own}, {of_run})",
        "UPDATE interview SET head = 'gone'",
    )
    breaks = find_breaks(url)[1]
    assert [sentence.partition(": ")[0] for sentence in breaks] == [
        f"interview {interview}, event {own}",
        f"response {run}, event {of_run}",
        f"interview {interview}",
    ]


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (
            ["""UPDATE instrument_version SET definition = '{"title": "Other"}'"""],
            ["version teaching@1.0.0: its definition is not the one"],
        ),
        (
            ["UPDATE instrument_version SET definition = 'rubbish'"],
            ["version teaching@1.0.0: its definition is not the one"],
        ),
        (
            ["PRAGMA foreign_keys=off", "DELETE FROM instrument_version"],
            [
                "table response: 1 row refers to something in instrument_version",
                "table study_instrument: 1 row refers to",
                "its version teaching@1.0.0 is missing",
            ],
        ),
        (
            ["PRAGMA foreign_keys=off", "DELETE FROM response"],
            ["table answer: 1 row", "table draft: 1 row", "table event: 4 rows refer"],
        ),
    ],
)
def test_a_change_to_what_belongs_together_is_named(
    *, store: Store, url: str, path: Path, response: str, statements: list[str], named: list[str]
) -> None:
    store.close()
    by_hand(path, *WITHOUT_TRIGGERS, *statements)
    breaks = sorted(find_breaks(url)[1], key=lambda sentence: not sentence.startswith("table"))
    assert len(breaks) == len(named), breaks
    for words in named:
        assert any(words in sentence for sentence in breaks), breaks


def test_a_damaged_file_is_named(store: Store, url: str, path: Path) -> None:
    for _ in range(20):
        save(store, begin(store), "agree" * 500, change(1))
    store.close()
    with path.open("r+b") as file:
        file.seek(-3 * 8192, 2)
        file.write(b"\x07" * 3 * 8192)
    breaks = find_breaks(url)[1]
    assert breaks
    assert all("Restore a backup" in sentence for sentence in breaks if "the file" in sentence)
    assert breaks[0].startswith(("the file: ", "the database: "))


def test_nothing_is_left_out_where_there_are_many(store: Store, url: str, path: Path) -> None:
    """One in each page of what is read together, first, last and between."""
    begun = sorted(begin(store) for _ in range(AT_ONCE + 3))
    shown: list[float] = []
    chosen = {begun[0], begun[AT_ONCE - 1], begun[AT_ONCE], begun[-1]}
    store.close()
    by_hand(
        path,
        *WITHOUT_TRIGGERS,
        *(f"UPDATE event SET actor = 'eva' WHERE subject = '{each}'" for each in chosen),
    )
    engine, breaks = open_engine(url), list[str]()
    counts = verify(
        engine,
        fingerprint,
        lambda found: breaks.append(found.where),
        lambda fraction, _message: shown.append(fraction),
    )
    engine.dispose()
    assert counts.responses == len(begun)
    assert set(breaks) == {f"response {each}, event 1" for each in chosen}
    assert (shown == sorted(shown), shown[-1], len(shown)) == (True, 1, 4)


def _many(number: int) -> list[WholeResponse]:
    return [whole() for _ in range(number)]


def test_memory_does_not_grow_with_the_responses(store: Store, url: str) -> None:
    peaks = []
    find_breaks(url)  # what is made once is made
    for more in (2 * AT_ONCE, 8 * AT_ONCE):
        store.imports.add(batch(digest=str(more)), partial(_many, more))
        tracemalloc.start()
        counts, breaks = find_breaks(url)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert breaks == []
    assert counts.responses == 10 * AT_ONCE
    assert peaks[1] < 2 * peaks[0], "of five times as many"


def test_a_backup_is_checked_without_changing_a_byte(
    store: Store, url: str, response: str, tmp_path: Path
) -> None:
    copy = tmp_path / "copy of it?.sqlite"
    backup(url, copy)
    before = copy.read_bytes()
    engine = open_unchanged(copy)
    counts = verify(engine, fingerprint, lambda found: pytest.fail(str(found)), lambda *_: None)
    engine.dispose()
    assert (counts.events, copy.read_bytes()) == (4, before)
    assert [each.name for each in tmp_path.glob("copy*")] == [copy.name]


def events_of(store: Store, subject: str) -> list[Mapping[Any, Any]]:

    query = select(event).where(event.c.subject == subject).order_by(event.c.sequence)
    return list(store._access.read(lambda found: found.execute(query).mappings().all()))
