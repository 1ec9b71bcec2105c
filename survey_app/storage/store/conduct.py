"""How a study is run: made with its lead, described, dated, and what was changed by whom."""

from typing import Any

from sqlalchemy import Connection, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from survey_app.storage.errors import NameTaken, StorageError, StudyBegun
from survey_app.storage.moments import identifier, now
from survey_app.storage.records import Erased, HiddenCounts, Json, StudyChange, StudyRecord
from survey_app.storage.schema import interview, invitation, participant, response, study
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import study_row
from survey_app.storage.store.study_changes import find_newest, list_changes, note_change
from survey_app.storage.store.teams import LEAD, appoint

MOST_CHANGES = 50
HIDDEN = "hidden_counts"
DATES = ("opens", "closes", "grace_days", "freeze_on", "retain_until", "afterwards")


class Conduct:
    """The running of studies, by their slug."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def make(
        self, slug: str, title: str, *, lead: str, by: str, anonymous: bool = False
    ) -> StudyRecord:
        """Return a new study with somebody who leads it.

        Raises NameTaken when the slug is in use, UnknownRecord for an account that is not there.
        """
        record = StudyRecord(
            id=identifier(), slug=slug, title=title, anonymous=anonymous, contact="", created=now()
        )
        self._access.write(lambda connection: _make(connection, record, lead, by))
        return record

    def describe(self, slug: str, *, title: str, contact: str, by: str) -> None:
        """Set a study's title and whom to ask. Raises UnknownRecord."""
        values = {"title": title, "contact": contact}
        self._access.write(lambda connection: _set(connection, slug, "details", values, by))

    def date(
        self,
        slug: str,
        *,
        opens: str | None,
        closes: str | None,
        grace_days: int,
        freeze_on: str | None,
        retain_until: str | None,
        afterwards: Erased,
        by: str,
    ) -> None:
        """Set a study's days, all at once (see StudyRecord). Raises UnknownRecord."""
        given = (opens, closes, grace_days, freeze_on, retain_until, afterwards)
        values = dict(zip(DATES, given, strict=True))
        self._access.write(lambda connection: _set(connection, slug, "dates", values, by))

    def set_anonymous(self, slug: str, *, anonymous: bool, by: str) -> None:
        """Say whether responses are tied to nobody; only while nobody has begun or is named.

        Raises StudyBegun, UnknownRecord.
        """
        self._access.write(
            lambda connection: _set_anonymous(connection, slug, by, anonymous=anonymous)
        )

    def hide_counts(
        self, slug: str, least: int | None, *, default: int, reason: str, by: str
    ) -> None:
        """Hide counts under ``least`` in groups by a quasi-identifier; None for what holds anyway.

        ``default`` is what holds anyway. To show more than that needs a reason, which is kept.
        What is so already is not noted again. Raises StorageError, UnknownRecord.
        """
        said = {"default": default, "reason": reason.strip()}
        self._access.write(lambda connection: _hide_counts(connection, slug, least, said, by))

    def hidden_counts(self, slug: str) -> HiddenCounts | None:
        """Return under which count a study hides small ones by its own will; None if by none."""
        return self._access.read(lambda connection: _find_hidden(connection, slug))

    def has_begun(self, slug: str) -> bool:
        """Whether there is a response or a named participant, so that much is settled by now."""
        return self._access.read(
            lambda connection: _has_begun(connection, study_row(connection, slug)["id"])
        )

    def changes(self, slug: str) -> list[StudyChange]:
        """Return what was changed lately, the newest first."""
        return self._access.read(lambda connection: list_changes(connection, slug, MOST_CHANGES))


def _make(connection: Connection, record: StudyRecord, lead: str, by: str) -> None:
    values = {column.name: getattr(record, column.name) for column in study.c}
    if connection.scalar(select(study.c.id).where(study.c.slug == record.slug)) is not None:
        raise _taken(record.slug)
    try:
        connection.execute(insert(study).values(values))
    except IntegrityError as error:
        raise _taken(record.slug) from error
    note_change(connection, record.id, "made", by, title=record.title)
    appoint(connection, record.slug, lead, LEAD, by)


def _taken(slug: str) -> NameTaken:
    return NameTaken(f"There is already a study “{slug}”. Choose another short name.")


def _set(connection: Connection, slug: str, kind: str, values: dict[str, Any], by: str) -> None:
    """Write what is new in some columns of a study, and note what it was and is."""
    row = study_row(connection, slug)
    new = {name: value for name, value in values.items() if row[name] != value}
    if not new:
        return
    connection.execute(update(study).where(study.c.id == row["id"]).values(new))
    before = {name: row[name] for name in new}
    note_change(connection, row["id"], kind, by, before=before, after=new)


def _hide_counts(
    connection: Connection, slug: str, least: int | None, said: dict[str, Json], by: str
) -> None:
    row = study_row(connection, slug)
    before = row["smallest_count"]
    if before == least:
        return
    if least is not None and least < said["default"] and not said["reason"]:
        raise StorageError("To show smaller counts than elsewhere needs a reason. Say why.")
    connection.execute(update(study).where(study.c.id == row["id"]).values(smallest_count=least))
    note_change(connection, row["id"], HIDDEN, by, before=before, after=least, **said)


def _find_hidden(connection: Connection, slug: str) -> HiddenCounts | None:
    row = study_row(connection, slug)
    said = find_newest(connection, row["id"], HIDDEN)
    if row["smallest_count"] is None or said is None:
        return None
    return HiddenCounts(
        least=row["smallest_count"], who=said.who, at=said.at, reason=said.detail["reason"]
    )


def _set_anonymous(connection: Connection, slug: str, by: str, *, anonymous: bool) -> None:
    row = study_row(connection, slug)
    if bool(row["anonymous"]) == anonymous:
        return
    if _has_begun(connection, row["id"]):
        raise StudyBegun
    _set(connection, slug, "anonymity", {"anonymous": anonymous}, by)


def _has_begun(connection: Connection, study_id: str) -> bool:
    named = (invitation.c.study_id == study_id) & invitation.c.participant_id.is_not(None)
    query = select(
        exists().where(response.c.study_id == study_id)
        | exists().where(interview.c.study_id == study_id)
        | exists().where(participant.c.study_id == study_id)
        | exists().where(named)
    )
    return bool(connection.scalar(query))
