"""Sealing what names somebody: each row's words in one sealed value, tied to the row's place.

AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits, so that the same words look different
each time; one key seals at most 2**32 values by that, which no study reaches. The place of a row
goes into the authenticated data, so that a value that was moved elsewhere is refused. A value is
its format (1 byte), the key's short name (8), the nonce (12), and what was sealed with its tag.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from survey_app.storage.people.errors import KeyWrong, SealBroken
from survey_app.storage.people.keys import ID_BYTES, Key, read_keys
from survey_app.storage.people.places import Place
from survey_app.storage.people.schema import sealing

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORMAT = b"\x01"
NONCE_BYTES = 12
STEP = 128
"""Words are filled up to a multiple of so many bytes: their length shall name nobody either."""
_HEAD_BYTES = len(FORMAT) + ID_BYTES + NONCE_BYTES


class Keyring:
    """The keys of a file, read when first needed, and again when one of them is not known."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._ciphers: dict[str, AESGCM] = {}

    def require(self, connection: Connection) -> None:
        """Raise KeyUnusable unless the key of a database is here."""
        self._find(find_key_in_use(connection))

    def sealer(self, connection: Connection) -> "Sealer":
        """Return what seals within a transaction that writes. Raises KeyUnusable.

        The database says which key is in use, so that nothing is sealed with one that was changed.
        """
        key = find_key_in_use(connection)
        return Sealer(key, self._find(key))

    def open(self, place: Place, sealed: bytes) -> dict[str, Any]:
        """Return what was sealed in a place. Raises KeyUnusable, SealBroken."""
        from cryptography.exceptions import InvalidTag

        if sealed[: len(FORMAT)] != FORMAT or len(sealed) < _HEAD_BYTES:
            raise SealBroken(_say(place))
        cipher = self._find(find_key(sealed))
        nonce = sealed[len(FORMAT) + ID_BYTES : _HEAD_BYTES]
        try:
            words = cipher.decrypt(nonce, sealed[_HEAD_BYTES:], place.data)
        except InvalidTag as error:
            raise SealBroken(_say(place)) from error
        opened: dict[str, Any] = json.loads(words)
        return opened

    def _find(self, key: str) -> "AESGCM":
        if key not in self._ciphers:
            self._ciphers |= {each.id: make_cipher(each) for each in read_keys(self.file)}
        if key not in self._ciphers:
            raise KeyWrong(self.file, key)
        return self._ciphers[key]


class Sealer:
    """Seals with one key, by its short name."""

    def __init__(self, key: str, cipher: "AESGCM") -> None:
        self._head = FORMAT + bytes.fromhex(key)
        self._cipher = cipher

    def seal(self, place: Place, words: Mapping[str, Any]) -> bytes:
        """Return words sealed for their place."""
        spelled = json.dumps(words, ensure_ascii=False, separators=(",", ":")).encode()
        # JSON may end with spaces.
        spelled += b" " * (-len(spelled) % STEP)
        nonce = os.urandom(NONCE_BYTES)
        return self._head + nonce + self._cipher.encrypt(nonce, spelled, place.data)


def find_key(sealed: bytes) -> str:
    """Return the short name of the key that a value was sealed with."""
    return sealed[len(FORMAT) : len(FORMAT) + ID_BYTES].hex()


def find_key_in_use(connection: Connection) -> str:
    """Return the short name of the key that a database is sealed with."""
    return str(connection.execute(select(sealing.c.key)).scalar_one())


def make_cipher(key: Key) -> "AESGCM":
    """Return what seals and opens with a key."""
    # Loaded when it is needed: it takes memory that a process without names has no use for.
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key.material)


def _say(place: Place) -> str:
    return f"{place.table} {place.row[-1]}"
