"""What a study writes to its people, in each of its languages."""

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage.moments import now
from survey_app.storage.people.places import place_of
from survey_app.storage.people.records import Letter
from survey_app.storage.people.schema import letter
from survey_app.storage.people.sealing import Keyring
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import to_record


class Letters:
    """Letters by study, kind and language."""

    def __init__(self, access: Access, keys: Keyring) -> None:
        self._access = access
        self._keys = keys

    def keep(self, text: Letter, *, by: str) -> None:
        """Store a letter, or replace the one of its study, kind and language."""
        columns = letter.c
        this = (columns.study == text.study) & (columns.kind == text.kind)
        this &= columns.language == text.language
        clear = {"study": text.study, "kind": text.kind, "language": text.language}
        words = {"subject": text.subject, "body": text.body, "changed_by": by}

        def write(connection: Connection) -> None:
            sealed = self._keys.sealer(connection).seal(place_of(letter, clear), words)
            connection.execute(delete(letter).where(this))
            connection.execute(insert(letter).values(clear | {"sealed": sealed, "changed": now()}))

        self._access.write(write)

    def list(self, study: str) -> list[Letter]:
        """Return a study's letters by kind and language."""
        query = select(letter).where(letter.c.study == study)
        query = query.order_by(letter.c.kind, letter.c.language)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [
            to_record(Letter, dict(row) | self._keys.open(place_of(letter, row), row["sealed"]))
            for row in rows
        ]
