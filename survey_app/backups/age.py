"""Files sealed with a passphrase, in the format of age: any program that knows it opens them.

The format is age-encryption.org/v1 (https://c2sp.org/age): a random key seals the content in pieces
of 64 KiB with ChaCha20-Poly1305, and scrypt (RFC 7914) makes of the passphrase what seals that key.
Each piece tells its number and whether it is the last, so that one that was changed, moved or cut
off is noticed.
"""

import hashlib
import hmac
import re
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from survey_app.backups.errors import BackupError, WrongPassphrase

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

MAGIC = b"age-encryption.org/v1\n"
WORK = 17
"""The power of two of scrypt's cost: 128 MiB and half a second for each guess at a passphrase
(OWASP, Password Storage Cheat Sheet)."""
MOST_WORK = 20
"""What is opened costs no more: a file from elsewhere must not take the machine's memory."""
PIECE = 64 * 1024
_TAG = 16
_KEY = 16
_SALT = 16
_NO_NONCE = bytes(12)
_STANZA = re.compile(rb"-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n")
_HEAD_BYTES = 1_000


def is_sealed(file: Path) -> bool:
    """Whether a file is one of age's."""
    with file.open("rb") as content:
        return content.read(len(MAGIC)) == MAGIC


def seal(
    source: BinaryIO,
    target: BinaryIO,
    passphrase: str,
    *,
    work: int = WORK,
    pace: Callable[[], object] = lambda: None,
) -> None:
    """Write what ``source`` holds into ``target``, sealed; ``pace`` is called after each piece."""
    key, salt, nonce = (secrets.token_bytes(size) for size in (_KEY, _SALT, _SALT))
    wrapped = _cipher(_stretch(passphrase, salt, work)).encrypt(_NO_NONCE, key, None)
    head = MAGIC + b"-> scrypt %b %d\n%b\n---" % (_spell(salt), work, _spell(wrapped))
    target.write(head + b" " + _spell(_authenticate(key, head)) + b"\n" + nonce)
    cipher = _cipher(_derive(key, nonce, b"payload"))
    for number, piece, last in _read_pieces(source, PIECE):
        target.write(cipher.encrypt(_number(number, last=last), piece, None))
        pace()


def unseal(source: BinaryIO, target: BinaryIO, passphrase: str) -> None:
    """Write what ``source`` has sealed into ``target``.

    Raises WrongPassphrase, and BackupError for what was changed or cut short. What stands in
    ``target`` then is not to be used.
    """
    from cryptography.exceptions import InvalidTag

    key = _open_head(source, passphrase)
    nonce = source.read(_SALT)
    cipher = _cipher(_derive(key, nonce, b"payload"))
    try:
        target.writelines(
            cipher.decrypt(_number(number, last=last), piece, None)
            for number, piece, last in _read_pieces(source, PIECE + _TAG)
        )
    except InvalidTag as error:
        raise _damaged() from error


def _open_head(source: BinaryIO, passphrase: str) -> bytes:
    """Return the key that the head holds, and leave the source behind it."""
    from cryptography.exceptions import InvalidTag

    start = source.read(_HEAD_BYTES)
    stanza = _STANZA.match(start, len(MAGIC))
    end = re.compile(rb"--- ([A-Za-z0-9+/]{43})\n").match(start, stanza.end() if stanza else 0)
    if stanza is None or end is None:
        raise BackupError(
            "It is sealed in another way than with a passphrase, or its beginning is damaged. "
            "Open it with the program that sealed it, or take another backup."
        )
    work = int(stanza[2])
    if work > MOST_WORK:
        raise BackupError("It is sealed more strongly than this program opens. Open it with age.")
    try:
        key = _cipher(_stretch(passphrase, _read(stanza[1]), work)).decrypt(
            _NO_NONCE, _read(stanza[3]), None
        )
    except InvalidTag as error:
        raise WrongPassphrase(
            "This is not the passphrase that it was sealed with. Try again; without it nobody can "
            "open the file."
        ) from error
    if not hmac.compare_digest(_authenticate(key, start[: end.start() + 3]), _read(end[1])):
        raise _damaged()
    source.seek(end.end())
    return key


def _read_pieces(source: BinaryIO, size: int) -> Iterator[tuple[int, bytes, bool]]:
    """Yield each piece with its number and whether it is the last; there is always one."""
    number, piece = 0, source.read(size)
    while True:
        following = source.read(size)
        yield number, piece, not following
        if not following:
            return
        number, piece = number + 1, following


def _number(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _cipher(key: bytes) -> "ChaCha20Poly1305":
    from cryptography.hazmat.primitives.ciphers.aead import (
        ChaCha20Poly1305,
    )

    return ChaCha20Poly1305(key)


def _stretch(passphrase: str, salt: bytes, work: int) -> bytes:
    cost = 1 << work
    return hashlib.scrypt(
        passphrase.encode(),
        salt=b"age-encryption.org/v1/scrypt" + salt,
        n=cost,
        r=8,
        p=1,
        maxmem=128 * 8 * (cost + 1_024),
        dklen=32,
    )


def _derive(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF with SHA-256 (RFC 5869), of which one block of 32 bytes is enough."""
    drawn = hmac.digest(salt or bytes(32), key, "sha256")
    return hmac.digest(drawn, purpose + b"\x01", "sha256")


def _authenticate(key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derive(key, b"", b"header"), head, "sha256")


def _spell(content: bytes) -> bytes:
    return b64encode(content).rstrip(b"=")


def _read(spelled: bytes) -> bytes:
    content = b64decode(spelled + b"=" * (-len(spelled) % 4))
    if _spell(content) != spelled:
        raise _damaged()
    return content


def _damaged() -> BackupError:
    return BackupError(
        "It is damaged or cut short. Copy it again from where it is kept, or take another backup."
    )
