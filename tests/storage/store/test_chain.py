"""Whoever changes the log behind our back is found out."""

from pathlib import Path

import pytest

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.store import Store
from tests.storage.scenes import begin, by_hand, change, save

WITHOUT_TRIGGERS = (
    "DROP TRIGGER event_kept",
    "DROP TRIGGER event_stays",
    "DROP TRIGGER event_payload_kept",
    "DROP TRIGGER event_payload_stays",
)


@pytest.fixture
def response(store: Store) -> str:
    """A response with four events."""
    begun = begin(store)
    for number, typed in enumerate(("agree", "never", "unsure"), start=1):
        save(store, begun, typed, change(number, base=number))
    return begun


def test_an_untouched_chain_holds(store: Store, response: str) -> None:
    assert len(store.responses.history(response)) == 4
    assert store.responses.verify_chain(response) is None


@pytest.mark.parametrize(
    ("statement", "sequence"),
    [
        ("UPDATE event SET actor = 'eva' WHERE sequence = 2", 2),
        ("UPDATE event SET server_time = '2020-01-01' WHERE sequence = 3", 3),
        ("UPDATE event SET hash = 'forged' WHERE sequence = 1", 1),
        ("UPDATE event SET previous = '' WHERE sequence = 4", 4),
        ("UPDATE event_payload SET body = '{}' WHERE sequence = 3", 3),
        ("UPDATE event_payload SET salt = 'sea' WHERE sequence = 2", 2),
        ("DELETE FROM event_payload WHERE sequence = 2", 2),
        ("DELETE FROM event WHERE sequence = 2", 3),
        ("DELETE FROM event WHERE sequence = 4", 4),
        ("DELETE FROM event", 1),
        ("UPDATE response SET head = ''", 5),
    ],
)
def test_the_first_broken_event_is_named(
    store: Store, path: Path, response: str, statement: str, sequence: int
) -> None:
    by_hand(path, *WITHOUT_TRIGGERS, statement)
    assert store.responses.verify_chain(response) == sequence


def test_each_response_has_a_chain_of_its_own(store: Store, path: Path, response: str) -> None:
    other = begin(store)
    by_hand(path, *WITHOUT_TRIGGERS, f"UPDATE event SET actor = '' WHERE subject = '{response}'")
    assert store.responses.verify_chain(response) == 1
    assert store.responses.verify_chain(other) is None


def test_a_chain_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(UnknownRecord, match="no response lost"):
        store.responses.verify_chain("lost")
