"""The key of the names: a small file of its own, so that it can lie where the database does not.

A line is a key. The first is the newest; others open what was sealed before it was changed.
"""

import base64
import hashlib
import os
import re
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from survey_app.storage.pace import sync
from survey_app.storage.people.errors import KeyDamaged, KeyMissing, KeyUnreadable

KEY_BYTES = 32
"""Of AES-256."""
ID_BYTES = 8
PRIVATE_FILE = 0o600
_LINE = re.compile(r"survey-app-people-key-1:([A-Za-z0-9_-]{43}=)")
_HEAD = (
    "# The key of the names and addresses of survey-app. Whoever has it and their database can\n"
    "# read them; without it nobody can. Keep a copy of this file apart from the backups.\n"
)


@dataclass(frozen=True, slots=True)
class Key:
    """What seals and opens; ``id`` is its short name, which tells nothing of it."""

    material: bytes = field(repr=False)

    @property
    def id(self) -> str:
        """The short name, by which is known which key something was sealed with."""
        return hashlib.sha256(b"survey-app people key\n" + self.material).digest()[:ID_BYTES].hex()


def new_key() -> Key:
    """Return a random key."""
    return Key(secrets.token_bytes(KEY_BYTES))


def read_keys(file: Path) -> tuple[Key, ...]:
    """Return the keys of a file, the newest first. Raises KeyUnusable."""
    try:
        text = file.read_bytes().decode("ascii", "replace")
    except FileNotFoundError as error:
        raise KeyMissing(file) from error
    except OSError as error:
        raise KeyUnreadable(file, error.strerror or type(error).__name__) from error
    keys: list[Key] = []
    number = 1
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise KeyDamaged(file, number)
        keys.append(Key(base64.urlsafe_b64decode(found[1])))
    if not keys:
        raise KeyDamaged(file, number)
    return tuple(keys)


def write_keys(file: Path, keys: tuple[Key, ...]) -> None:
    """Write a file of keys, its owner's alone, in place of the one before: whole or not at all."""
    partial = _write_partial(file, keys)
    partial.replace(file)
    sync(file.parent)


def drop_partial(file: Path) -> None:
    """Remove what processes that were killed left of writing a file of keys.

    Nobody else may write it meanwhile.
    """
    for left in file.parent.glob(f".{file.name}.*.partial"):
        left.unlink(missing_ok=True)


def make_key(file: Path) -> None:
    """Make a new key where there is no file of one; a file that is there is left as it is.

    Raises KeyMissing where its folder is not there, KeyUnusable for a file that holds none, OSError
    where none can be made.
    """
    if not file.parent.is_dir():
        raise KeyMissing(file)
    if not file.exists():
        partial = _write_partial(file, (new_key(),))
        try:
            _put_first(partial, file)
        finally:
            partial.unlink(missing_ok=True)
        sync(file.parent)
    read_keys(file)


def _put_first(partial: Path, file: Path) -> None:
    """Give a file its name unless another process has done so: two keys would lose what one has."""
    try:
        os.link(partial, file)
    except FileExistsError:
        return
    except OSError:  # a disk without second names, such as a stick
        if not file.exists():
            partial.rename(file)


def _write_partial(file: Path, keys: tuple[Key, ...]) -> Path:
    lines = [
        f"survey-app-people-key-1:{base64.urlsafe_b64encode(key.material).decode()}\n"
        for key in keys
    ]
    partial = file.with_name(f".{file.name}.{secrets.token_hex(4)}.partial")
    try:
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
        with os.fdopen(handle, "w", encoding="ascii", newline="\n") as content:
            content.write(_HEAD + "".join(lines))
        sync(partial)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    return partial
