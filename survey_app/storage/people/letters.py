"""What a study writes to its people, in each of its languages."""

from dataclasses import asdict

from sqlalchemy import Connection, delete, insert, select

from survey_app.storage.moments import now
from survey_app.storage.people.records import Letter
from survey_app.storage.people.schema import letter
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import to_record


class Letters:
    """Letters by study, kind and language."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def keep(self, text: Letter, *, by: str) -> None:
        """Store a letter, or replace the one of its study, kind and language."""
        columns = letter.c
        this = (columns.study == text.study) & (columns.kind == text.kind)
        this &= columns.language == text.language
        values = asdict(text) | {"changed_by": by, "changed": now()}

        def write(connection: Connection) -> None:
            connection.execute(delete(letter).where(this))
            connection.execute(insert(letter).values(values))

        self._access.write(write)

    def list(self, study: str) -> list[Letter]:
        """Return a study's letters by kind and language."""
        query = select(letter).where(letter.c.study == study)
        query = query.order_by(letter.c.kind, letter.c.language)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(Letter, row) for row in rows]
