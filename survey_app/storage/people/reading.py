"""Reading everything that is sealed, to know that all of it can be."""

from pathlib import Path

from sqlalchemy import Engine, select

from survey_app.storage.failures import as_sentences
from survey_app.storage.people.places import ROWS, place_of
from survey_app.storage.people.sealing import Keyring


def check_sealed(engine: Engine, key: Path) -> int:
    """Open every entry of a people database; return how many there are.

    Raises KeyUnusable, SealBroken.
    """
    keys, opened = Keyring(key), 0
    with as_sentences(), engine.connect() as connection:
        keys.require(connection)
        for table in ROWS:
            columns = [table.c[name] for name in ROWS[table]]
            for row in connection.execute(select(*columns, table.c.sealed)).mappings():
                keys.open(place_of(table, row), row["sealed"])
                opened += 1
    return opened
