"""Passwords are hashed slowly, one after the other, and an account without one costs as much."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Self

import pytest
from argon2 import extract_parameters

from survey_app.credentials import passwords
from survey_app.credentials.passwords import Passwords, TooManyAtOnce
from survey_app.settings import Settings

CHEAP = Passwords(memory=8, passes=1)


def test_a_password_verifies_and_another_does_not() -> None:
    stored = CHEAP.hash("eleven purple mornings")
    assert CHEAP.verify(stored, "eleven purple mornings")
    assert not CHEAP.verify(stored, "Eleven purple mornings")
    assert "purple" not in stored


def test_of_nobody_no_password_is_right_not_even_none() -> None:
    assert not CHEAP.verify(None, "")
    assert not CHEAP.verify(None, "eleven purple mornings")


def test_the_same_password_is_never_hashed_alike() -> None:
    assert CHEAP.hash("eleven purple mornings") != CHEAP.hash("eleven purple mornings")


def test_a_letter_is_the_same_on_every_keyboard() -> None:
    assert CHEAP.verify(
        CHEAP.hash("Zo\N{LATIN SMALL LETTER E WITH DIAERESIS} 1234"), "Zoe\u0308 1234"
    )


def test_an_installation_asks_more_work_than_the_least_that_is_advised() -> None:
    settings = Settings()
    made = Passwords(settings.password_memory, settings.password_passes).hash("any")
    found = extract_parameters(made)
    assert (found.memory_cost >= 19 * 1024, found.time_cost >= 2) == (True, True)


def test_a_hash_of_other_parameters_holds_and_is_told() -> None:
    stored = CHEAP.hash("eleven purple mornings")
    newer = Passwords(memory=16, passes=1)
    assert newer.verify(stored, "eleven purple mornings")
    assert (newer.is_outdated(stored), CHEAP.is_outdated(stored)) == (True, False)


class Slow:
    """A turn that is held until it is let go, so that others wait for it."""

    def __init__(self) -> None:
        self.reached = Barrier(passwords.MOST_WAITING + 1)
        self.lock = Lock()

    def __enter__(self) -> Self:
        self.reached.wait(10)
        self.lock.acquire()
        return self

    def __exit__(self, *_error: object) -> None:
        self.lock.release()


def test_more_than_a_few_at_once_are_sent_away_so_that_threads_stay_free() -> None:
    slow = Slow()
    busy = Passwords(8, 1, _turn=slow)  # type: ignore[arg-type]  # it is entered and left alike
    with ThreadPoolExecutor(passwords.MOST_WAITING) as pool:
        with slow.lock:
            waiting = [pool.submit(busy.hash, "any") for _ in range(passwords.MOST_WAITING)]
            slow.reached.wait(10)
            with pytest.raises(TooManyAtOnce):
                busy.verify(None, "any")
        assert all(each.result().startswith("$argon2id$") for each in waiting)
