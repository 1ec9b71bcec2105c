"""Passwords: hashed with Argon2id, a few at a time, and never told apart by how long it takes.

Measured here on one core: OWASP's least (19 MiB, two passes) takes 35 ms, argon2-cffi's default (64
MiB, three passes, four lanes) 144 ms on two; ours (32 MiB, three passes, one lane) takes 102 ms.
The parameters stand in each hash, so that these may change and old hashes still hold.

argon2-cffi 25.1 is loaded with the first password, since it takes memory that a server whose staff
sign in by links never needs. Compared in November 2026: pwdlib wraps the same library; passlib has
had no release since 2020; hashlib has scrypt alone, whose parameters stand in no hash.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from threading import BoundedSemaphore, Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY = 32 * 1024
"""KiB that one hash takes while it is computed."""
PASSES = 3
MOST_WAITING = 4
"""How many may wait for their turn; the server's other threads stay free for participants."""


class TooManyAtOnce(Exception):  # noqa: N818 - the name says what happened
    """Too many passwords wait to be looked at; nothing was."""


@dataclass(frozen=True)
class Passwords:
    """Hashes and verifies passwords, one after the other, so that `memory` KiB are all they take.

    Each method raises TooManyAtOnce where `MOST_WAITING` are being looked at or wait.
    """

    memory: int = MEMORY
    passes: int = PASSES
    _waiting: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_WAITING))
    _turn: Lock = field(default_factory=Lock)

    def hash(self, password: str) -> str:
        """Return what is kept of a password: parameters, salt and digest in one text."""
        with self._in_turn():
            return self._hasher.hash(spell(password))

    def verify(self, stored: str | None, password: str) -> bool:
        """Whether a password is the one of which `stored` is kept.

        With None, for somebody who has none or is not there, it takes as long and is never true.
        """
        from argon2.exceptions import VerifyMismatchError

        with self._in_turn():
            try:
                self._hasher.verify(stored or self._nobodys, spell(password))
            except VerifyMismatchError:
                return False
        return stored is not None

    def is_outdated(self, stored: str) -> bool:
        """Whether a hash was made with other parameters than ours now."""
        return self._hasher.check_needs_rehash(stored)

    @cached_property
    def _hasher(self) -> "PasswordHasher":
        from argon2 import PasswordHasher

        return PasswordHasher(time_cost=self.passes, memory_cost=self.memory, parallelism=1)

    @cached_property
    def _nobodys(self) -> str:
        return self._hasher.hash("")

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self._waiting.acquire(blocking=False):
            raise TooManyAtOnce
        try:
            with self._turn:
                yield
        finally:
            self._waiting.release()


def spell(password: str) -> str:
    """Return a password as it is hashed: in one spelling, whichever keyboard it was typed on.

    Normalisation Form KC, as NIST SP 800-63B (5.1.1.2) asks.
    """
    return unicodedata.normalize("NFKC", password)
