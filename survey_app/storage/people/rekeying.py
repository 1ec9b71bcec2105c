"""Changing the key of the names: everything is sealed anew, all or nothing.

First both keys stand in the file, then the database is written anew in one transaction, and only
when no file of it holds anything of before does the earlier key leave the file. Killed anywhere,
what is there can be read, and the next call goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, bindparam, select, update

from survey_app.storage.engine import open_engine, writing
from survey_app.storage.failures import as_sentences
from survey_app.storage.moments import now
from survey_app.storage.people.errors import KeyWrong
from survey_app.storage.people.keys import Key, drop_partial, new_key, read_keys, write_keys
from survey_app.storage.people.places import ROWS, place_of
from survey_app.storage.people.schema import sealing
from survey_app.storage.people.sealing import Keyring, Sealer, find_key_in_use, make_cipher
from survey_app.storage.people.upgrade import MIGRATIONS, empty_files


@dataclass(frozen=True, kw_only=True)
class Rekeyed:
    """What a change of key has done: how many entries were sealed anew, and under which key.

    ``earlier`` is the file that keeps the key of before, None where it was destroyed; ``is_whole``
    says that no file of the database holds what was sealed with that one, else it stays where it
    was until the next call.
    """

    key: str
    entries: int
    earlier: Path | None
    is_whole: bool


def rekey(url: str, file: Path, *, destroy: bool) -> Rekeyed:
    """Seal all of a people database with a new key, which takes the place of the one in ``file``.

    Goes on with a change that was interrupted. With ``destroy`` the earlier key is kept nowhere,
    so that backups from before can be read no more. Nobody else may call it meanwhile. Raises
    KeyUnusable, SealBroken, WrongDatabase, StoreBusy, OSError.
    """
    engine = open_engine(url)
    try:
        MIGRATIONS.require_current(engine)
        keys = _begin(engine, file)
        entries = _seal_anew(engine, Keyring(file), keys[0])
        # A page may hold at its end what stood there before.
        if not empty_files(engine):
            return Rekeyed(key=keys[0].id, entries=entries, earlier=None, is_whole=False)
    finally:
        engine.dispose()
    earlier = None if destroy else _set_aside(file, keys[1:])
    drop_partial(file)
    write_keys(file, keys[:1])
    return Rekeyed(key=keys[0].id, entries=entries, earlier=earlier, is_whole=True)


def _begin(engine: Engine, file: Path) -> tuple[Key, ...]:
    """Return the keys, the new one first, once the file holds them all."""
    keys = read_keys(file)
    with as_sentences(), engine.connect() as connection:
        in_use = find_key_in_use(connection)
    if all(key.id != in_use for key in keys):
        raise KeyWrong(file, in_use)
    if len(keys) == 1:
        keys = (new_key(), *keys)
        write_keys(file, keys)
    return keys


def _seal_anew(engine: Engine, keys: Keyring, key: Key) -> int:
    """Seal every entry with a key, in one transaction; return how many there are."""
    sealer = Sealer(key.id, make_cipher(key))
    with as_sentences(), writing(engine).begin() as connection:
        entries = sum(_seal_table(connection, table, keys, sealer) for table in ROWS)
        connection.execute(update(sealing).values(key=key.id, since=now()))
    return entries


def _seal_table(connection: Connection, table: Table, keys: Keyring, sealer: Sealer) -> int:
    columns = [table.c[name] for name in ROWS[table]]
    rows = connection.execute(select(*columns, table.c.sealed)).mappings().all()
    this = [column == bindparam(f"this_{column.name}") for column in columns]
    change = update(table).where(*this).values(sealed=bindparam("anew"))
    if rows:
        connection.execute(change, [_seal_row(table, row, keys, sealer) for row in rows])
    return len(rows)


def _seal_row(
    table: Table, row: Mapping[Any, Any], keys: Keyring, sealer: Sealer
) -> dict[str, str | bytes]:
    place = place_of(table, row)
    this: dict[str, str | bytes] = {f"this_{name}": row[name] for name in ROWS[table]}
    return this | {"anew": sealer.seal(place, keys.open(place, row["sealed"]))}


def _set_aside(file: Path, earlier: tuple[Key, ...]) -> Path:
    """Keep the earlier keys in a file of their own beside, by the short name of the latest."""
    aside = file.with_name(f"{file.name}.before-{earlier[0].id}")
    write_keys(aside, earlier)
    return aside
