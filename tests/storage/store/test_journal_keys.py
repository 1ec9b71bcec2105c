"""The keys that open what a browser has sealed."""

from base64 import urlsafe_b64decode
from pathlib import Path

import pytest

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.store import Store
from survey_app.storage.store.journal_keys import KEY_BYTES
from tests.storage.interview_scenes import load
from tests.storage.scenes import begin_interview, change


@pytest.fixture
def interview(store: Store) -> str:
    return begin_interview(store)


@pytest.fixture
def eva(store: Store, interview: str) -> str:
    account = store.accounts.find("eva")
    assert account is not None
    return account.id


def test_the_same_person_gets_the_same_key_again(
    store: Store, interview: str, eva: str, url: str
) -> None:
    key = store.interviews.journal_key(interview, eva)
    assert len(urlsafe_b64decode(f"{key}=")) == KEY_BYTES
    assert store.interviews.journal_key(interview, eva) == key
    with Store(url) as restarted:
        assert restarted.interviews.journal_key(interview, eva) == key


def test_each_person_and_each_interview_has_a_key_of_its_own(
    store: Store, interview: str, eva: str
) -> None:
    keys = {
        store.interviews.journal_key(interview, eva),
        store.interviews.journal_key(interview, store.accounts.add("lee").id),
        store.interviews.journal_key(begin_interview(store), eva),
    }
    assert len(keys) == 3


def test_asking_for_a_key_that_is_there_writes_nothing(
    store: Store, interview: str, eva: str, url: str
) -> None:
    key = store.interviews.journal_key(interview, eva)
    with Store(url) as asking:
        asking._access.writer.close()
        assert asking.interviews.journal_key(interview, eva) == key


def test_a_key_that_was_forgotten_is_gone_from_the_file(
    store: Store, interview: str, eva: str, path: Path
) -> None:
    key = store.interviews.journal_key(interview, eva)
    other = store.interviews.journal_key(interview, store.accounts.add("lee").id)
    assert key.encode() in _bytes(path)
    store.interviews.forget_journal_key(interview, eva)
    store.interviews.forget_journal_key(interview, eva)
    assert other.encode() in _bytes(path)
    assert key.encode() not in _bytes(path)
    assert store.interviews.journal_key(interview, eva) != key


def test_withdrawing_forgets_the_keys_of_the_interview(
    store: Store, interview: str, eva: str
) -> None:
    other = begin_interview(store)
    keys = [store.interviews.journal_key(each, eva) for each in (interview, other)]
    run = load(store, interview).responses[0].response
    store.responses.withdraw(run, change(9, kind="withdraw"), scope="all")
    assert store.interviews.journal_key(interview, eva) != keys[0]
    assert store.interviews.journal_key(other, eva) == keys[1]


def test_an_interview_that_is_not_there_has_no_key(store: Store, eva: str) -> None:
    with pytest.raises(UnknownRecord, match="no interview lost"):
        store.interviews.journal_key("lost", eva)


def _bytes(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
