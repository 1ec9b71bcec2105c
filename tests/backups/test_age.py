"""What is sealed opens with its passphrase alone, here and in every other program that knows age."""

import io
from pathlib import Path

import pyrage
import pytest

from survey_app.backups.age import MAGIC, PIECE, is_sealed, seal, unseal
from survey_app.backups.errors import BackupError, WrongPassphrase

PASSPHRASE = "correct horse battery staple, Zoë"
CHEAP = 4
"""So that guessing costs nothing; what others seal has a cost of its own."""

LENGTHS = [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 5]


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, PASSPHRASE, work=CHEAP)
    return target.getvalue()


def unsealed(content: bytes, passphrase: str = PASSPHRASE) -> bytes:
    target = io.BytesIO()
    unseal(io.BytesIO(content), target, passphrase)
    return target.getvalue()


def make(length: int) -> bytes:
    return bytes(number % 251 for number in range(length))


@pytest.mark.parametrize("length", LENGTHS)
def test_what_is_sealed_opens_again_here_and_elsewhere(length: int) -> None:
    content = make(length)
    closed = sealed(content)
    assert closed.startswith(MAGIC)
    assert len(content) < 50 or content[:50] not in closed
    assert unsealed(closed) == pyrage.passphrase.decrypt(closed, PASSPHRASE) == content
    assert sealed(content) != closed, "each time with a key of its own"


@pytest.mark.parametrize("length", [0, PIECE, PIECE + 1])
def test_what_others_seal_opens_here(length: int) -> None:
    assert unsealed(pyrage.passphrase.encrypt(make(length), PASSPHRASE)) == make(length)


def test_another_passphrase_is_refused_with_a_sentence() -> None:
    with pytest.raises(WrongPassphrase, match="not the passphrase that it was sealed with"):
        unsealed(sealed(b"answers"), "correct horse")


@pytest.mark.parametrize("length", [5, 2 * PIECE, 2 * PIECE + 5])
def test_what_is_cut_short_is_refused_wherever_it_is_cut(length: int) -> None:
    closed = sealed(make(length))
    start = len(closed) - length
    for end in {1, len(MAGIC) + 3, start - 20, start, start + 3, len(closed) - PIECE, -16, -1}:
        if end < len(closed):
            with pytest.raises(BackupError):
                unsealed(closed[:end])


def test_no_byte_can_be_changed_unseen() -> None:
    closed = sealed(b"answers")
    for place in range(len(closed)):
        changed = bytearray(closed)
        changed[place] ^= 1
        with pytest.raises(BackupError):
            unsealed(bytes(changed))


def test_pieces_cannot_change_places_or_be_left_out() -> None:
    closed = sealed(make(3 * PIECE))
    size = PIECE + 16
    head, pieces = closed[: -3 * size], [closed[-n * size :][:size] for n in (3, 2, 1)]
    assert unsealed(head + b"".join(pieces)) == make(3 * PIECE)
    for order in ((1, 0, 2), (0, 2), (0, 1), (2,)):
        with pytest.raises(BackupError, match="damaged or cut short"):
            unsealed(head + b"".join(pieces[number] for number in order))


def test_what_would_take_the_machines_memory_to_open_is_refused() -> None:
    closed = sealed(b"answers").replace(b" %d\n" % CHEAP, b" 30\n")
    with pytest.raises(BackupError, match="more strongly than this program opens"):
        unsealed(closed)


def test_what_is_sealed_to_a_key_is_refused_with_what_to_do() -> None:
    to = pyrage.x25519.Identity.generate().to_public()
    with pytest.raises(BackupError, match="in another way than with a passphrase"):
        unsealed(pyrage.encrypt(b"answers", [to]))


def test_sealed_files_are_told_by_how_they_begin(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(sealed(b""))
    (tmp_path / "b").write_bytes(b"SQLite format 3\0")
    assert (is_sealed(tmp_path / "a"), is_sealed(tmp_path / "b")) == (True, False)
