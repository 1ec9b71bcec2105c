"""Studies, their protocols, their consent texts, and how many responses they have."""

from sqlalchemy import ColumnElement, Connection, func, insert, select
from sqlalchemy.exc import IntegrityError

from survey_app.storage.errors import NameTaken
from survey_app.storage.moments import identifier, now
from survey_app.storage.records import (
    ConsentDelivery,
    ConsentText,
    Delivery,
    Json,
    OverviewRow,
    ProtocolEntry,
    StudyRecord,
)
from survey_app.storage.schema import (
    instrument_version,
    response,
    study,
    study_instrument,
)
from survey_app.storage.store.access import Access
from survey_app.storage.store.consents import add_text, newest_text
from survey_app.storage.store.rows import require_version, study_row, to_record


class Studies:
    """Studies by their slug, the short name that stands in addresses."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def create(
        self, *, slug: str, title: str, anonymous: bool = False, contact: str = ""
    ) -> StudyRecord:
        """Return the new study. Raises NameTaken when the slug is in use."""
        record = StudyRecord(
            id=identifier(),
            slug=slug,
            title=title,
            anonymous=anonymous,
            contact=contact,
            created=now(),
        )
        self._access.write(lambda connection: _create(connection, record))
        return record

    def find(self, slug: str) -> StudyRecord | None:
        """Return one study, or None."""
        query = select(study).where(study.c.slug == slug)
        row = self._access.read(lambda connection: connection.execute(query).mappings().first())
        return None if row is None else to_record(StudyRecord, row)

    def add_instrument(
        self,
        slug: str,
        name: str,
        version: str,
        delivery: Delivery,
        *,
        position: int | None = None,
        open: bool = True,  # noqa: A002 - the column's name
    ) -> None:
        """Add a version to the protocol, or change its place and whether it is open.

        ``position`` None puts a new one last and leaves a present one where it is. Raises
        UnknownRecord for a study or version that is not there.
        """
        entry = (name, version, delivery)
        self._access.write(
            lambda connection: _add_instrument(connection, slug, entry, position, is_open=open)
        )

    def protocol(self, slug: str) -> list[ProtocolEntry]:
        """Return the study's protocol in order; empty for a study that is not there."""
        query = (
            select(study_instrument)
            .join(study, study.c.id == study_instrument.c.study_id)
            .where(study.c.slug == slug)
            .order_by(study_instrument.c.position, study_instrument.c.instrument)
            .order_by(study_instrument.c.version, study_instrument.c.delivery)
        )
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(ProtocolEntry, row) for row in rows]

    def add_consent_text(
        self,
        slug: str,
        *,
        version: str,
        body: dict[str, Json],
        fingerprint: str,
        delivery: ConsentDelivery = "both",
        by: str = "",
    ) -> None:
        """Add a consent text under a version; the same fingerprint again does nothing.

        Raises FrozenVersion for another text under the same version, UnknownRecord for a study
        that is not there.
        """
        text = ConsentText(
            study=slug,
            version=version,
            body=body,
            fingerprint=fingerprint,
            added=now(),
            delivery=delivery,
            added_by=by,
        )
        self._access.write(lambda connection: add_text(connection, text))

    def consent_text(self, slug: str, delivery: Delivery | None = None) -> ConsentText | None:
        """Return the consent text in force for a delivery, or the one added last; None if none."""
        query = newest_text(slug, delivery)
        row = self._access.read(lambda connection: connection.execute(query).mappings().first())
        return None if row is None else to_record(ConsentText, row)

    def overview(self, slug: str | None = None, *, drafts: bool = False) -> list[OverviewRow]:
        """Return the counts of responses, of one study or of all; of ``drafts`` if asked for."""
        kinds = (
            response.c.instrument,
            response.c.version,
            response.c.delivery,
            response.c.state,
            response.c.is_test,
        )
        query = (
            select(study.c.slug.label("study"), *kinds, func.count().label("count"))
            .join(study, study.c.id == response.c.study_id)
            .join(instrument_version, _version_of_response())
            .group_by(study.c.slug, *kinds)
            .order_by(study.c.slug, *kinds)
        )
        if not drafts:
            query = query.where(instrument_version.c.state != "draft")
        if slug is not None:
            query = query.where(study.c.slug == slug)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(OverviewRow, row) for row in rows]

    def list(self) -> list[StudyRecord]:
        """Return all studies by slug."""
        query = select(study).order_by(study.c.slug)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(StudyRecord, row) for row in rows]


def _version_of_response() -> ColumnElement[bool]:
    columns = instrument_version.c
    return (columns.name == response.c.instrument) & (columns.version == response.c.version)


def _create(connection: Connection, record: StudyRecord) -> None:
    values = {column.name: getattr(record, column.name) for column in study.c}
    try:
        connection.execute(insert(study).values(values))
    except IntegrityError as error:
        raise NameTaken(
            f"There is already a study “{record.slug}”. Choose another short name."
        ) from error


def _add_instrument(
    connection: Connection,
    slug: str,
    entry: tuple[str, str, Delivery],
    position: int | None,
    *,
    is_open: bool,
) -> None:
    study_id = study_row(connection, slug)["id"]
    require_version(connection, entry[0], entry[1])
    columns = study_instrument.c
    here = columns.study_id == study_id
    this = here & (columns.instrument == entry[0]) & (columns.version == entry[1])
    this &= columns.delivery == entry[2]
    present = connection.scalar(select(columns.position).where(this))
    if present is None:
        last = connection.scalar(select(func.max(columns.position)).where(here))
        place = position if position is not None else (0 if last is None else last + 1)
        values = (study_id, *entry, place, is_open)
        connection.execute(insert(study_instrument).values(values))
    else:
        place = present if position is None else position
        change = study_instrument.update().where(this).values(position=place, open=is_open)
        connection.execute(change)
