"""Many whole responses that were collected elsewhere, brought in all or not at all."""

from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, bindparam, func, select

from survey_app.storage.errors import NameTaken, StorageError
from survey_app.storage.moments import DAY
from survey_app.storage.records import EarlierImport, ImportBatch, WholeResponse
from survey_app.storage.schema import event, event_payload, response, study
from survey_app.storage.statements import Statement
from survey_app.storage.store.access import Access
from survey_app.storage.store.importing import Importing
from survey_app.storage.store.rows import require_version, study_row

AT_ONCE = 200
"""Responses that are held in memory together while they are written."""

_FOUND: tuple[ColumnElement[Any], ...] = (
    func.min(event.c.server_time).label("at"),
    func.count().label("count"),
)
_EARLIER = Statement(
    select(*_FOUND)
    .select_from(response)
    .join(event, event.c.subject == response.c.id)
    .join(
        event_payload,
        (event_payload.c.subject == event.c.subject)
        & (event_payload.c.sequence == event.c.sequence),
    )
    .where(
        response.c.study_id == bindparam("study"),
        response.c.instrument == bindparam("instrument"),
        response.c.version == bindparam("version"),
        response.c.source == "import",
        event.c.sequence == 1,
        event_payload.c.body["digest"].as_string() == bindparam("digest"),
    )
)

Entry = TypeVar("Entry")


class Imports:
    """Imports of responses, each of a file."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def find_earlier(self, batch: ImportBatch) -> EarlierImport | None:
        """Return what was imported before of the same file into the same study, or None.

        Responses that were withdrawn since do not count: nothing of their file is kept. Raises
        UnknownRecord for a study that is not there.
        """
        return self._access.read(lambda connection: _find_earlier(connection, batch))

    def find_present(self, slug: str, response_ids: Collection[str]) -> set[str]:
        """Return those of the keys that responses of the study have."""
        ids = list(response_ids)
        query = (
            select(response.c.id)
            .join(study, study.c.id == response.c.study_id)
            .where(study.c.slug == slug, response.c.id.in_(ids))
        )
        return set(self._access.read(lambda connection: connection.scalars(query).all()))

    def add(
        self,
        batch: ImportBatch,
        responses: Callable[[], Iterable[WholeResponse]],
        *,
        again: bool = False,
    ) -> int:
        """Add the responses, sent and of the source import, and return how many they were.

        All are written in one transaction, or none is: neither when ``responses`` raises nor when
        the process is killed. ``responses`` starts anew with every call, and may be called again
        after a rollback. While it runs nobody else can write, so it should have nothing left to
        do but yield. Raises NameTaken when the same file was imported before, unless ``again``;
        UnknownRecord for a study or a version that is not there; StorageError for participants
        in an anonymous study.
        """
        return self._access.write(
            lambda connection: _add(connection, batch, responses(), again=again)
        )


def say_earlier(earlier: EarlierImport) -> str:
    """Return the refusal to import the same file once more."""
    return (
        f"This file was imported on {earlier.at[:DAY]} already ({earlier.count} of its responses "
        "in the study), so nothing was added. Import it with --again to add them once more."
    )


def _find_earlier(connection: Connection, batch: ImportBatch) -> EarlierImport | None:
    key = {
        "study": study_row(connection, batch.study)["id"],
        "instrument": batch.instrument,
        "version": batch.version,
        "digest": batch.digest,
    }
    found = _EARLIER.first(connection, key)
    return EarlierImport(**found) if found is not None and found["count"] else None


def _add(
    connection: Connection,
    batch: ImportBatch,
    responses: Iterable[WholeResponse],
    *,
    again: bool,
) -> int:
    owner = study_row(connection, batch.study)
    require_version(connection, batch.instrument, batch.version, retired=True)
    earlier = None if again else _find_earlier(connection, batch)
    if earlier is not None:
        raise NameTaken(say_earlier(earlier))
    importing = Importing(
        connection=connection, batch=batch, study_id=owner["id"], anonymous=owner["anonymous"]
    )
    count = 0
    for group in _grouped(responses):
        if owner["anonymous"] and any(each.participant is not None for each in group):
            raise StorageError(
                f"The study “{batch.study}” is anonymous, so it keeps no participant. Take the "
                "participants out of what is imported."
            )
        importing.write(group)
        count += len(group)
    return count


def _grouped(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    rest = iter(entries)
    while group := list(islice(rest, AT_ONCE)):
        yield group
