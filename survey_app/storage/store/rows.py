"""Rows to records, and the look-ups that many queries begin with."""

from collections.abc import Mapping
from dataclasses import fields
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Connection, bindparam, insert, select

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import identifier
from survey_app.storage.records import Consent
from survey_app.storage.schema import consent, consent_text, instrument_version, study
from survey_app.storage.statements import Row, Statement

Record = TypeVar("Record")

_STUDY = Statement(select(study).where(study.c.slug == bindparam("slug")))
_VERSION = Statement(
    select(instrument_version.c.state, instrument_version.c.trial).where(
        instrument_version.c.name == bindparam("name"),
        instrument_version.c.version == bindparam("version"),
    )
)
_CONSENT_TEXT = Statement(
    select(consent_text.c.id).where(
        consent_text.c.study_id == bindparam("study"),
        consent_text.c.version == bindparam("version"),
    )
)
_INSERT_CONSENT = Statement(insert(consent))


def to_record(kind: type[Record], row: Mapping[Any, Any], **more: object) -> Record:
    """Return the ``kind`` whose fields are the row's columns of the same names."""
    plain: type = kind
    values = {name: row[name] for name in _names(plain) if name not in more}
    return kind(**values, **more)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def study_row(connection: Connection, slug: str) -> Row:
    """Return the study's row. Raises UnknownRecord."""
    row = _STUDY.first(connection, {"slug": slug})
    if row is None:
        raise no_study(slug)
    return row


def require_version(
    connection: Connection,
    name: str,
    version: str,
    *,
    retired: bool = False,
    trial: bool = False,
) -> None:
    """Raise UnknownRecord unless the version of the instrument has been published.

    ``retired`` lets one pass that was retired since, as for answers given before that on paper;
    ``trial`` one that is being tried.
    """
    found = _VERSION.first(connection, {"name": name, "version": version})
    passing = found is not None and (
        found["state"] == "published"
        or (retired and found["state"] == "retired")
        or (trial and found["trial"])
    )
    if not passing:
        raise not_published(name, version)


def no_study(slug: str) -> UnknownRecord:
    """Return the error that says so."""
    return UnknownRecord(f"There is no study “{slug}”. Check its name, or create it first.")


def not_published(name: str, version: str) -> UnknownRecord:
    """Return the error that says so."""
    return UnknownRecord(
        f"{name}@{version} is not published now. Publish it, or choose a version that is."
    )


def no_consent_text(given: Consent) -> UnknownRecord:
    """Return the error that says so."""
    return UnknownRecord(
        f"The study has no consent text {given.version}. Add the text before it is agreed to."
    )


def record_consent(
    connection: Connection,
    study_id: str,
    given: Consent | None,
    at: str,
    *,
    replaces: str | None = None,
) -> str | None:
    """Store the consent and return its id. Raises UnknownRecord for a text that is not there."""
    if given is None:
        return None
    text = _CONSENT_TEXT.first(connection, {"study": study_id, "version": given.version})
    if text is None:
        raise no_consent_text(given)
    return store_consent(connection, study_id, text["id"], given, at, replaces=replaces)


def store_consent(
    connection: Connection,
    study_id: str,
    text_id: str,
    given: Consent,
    at: str,
    *,
    replaces: str | None = None,
) -> str:
    """Store the consent to a text that is known to be there; return the consent's id."""
    consent_id = identifier()
    values = {
        "id": consent_id,
        "study_id": study_id,
        "consent_text_id": text_id,
        "language": given.language,
        "ticks": given.ticks,
        "method": given.method,
        "given": at,
        "replaces": replaces,
        "noted_by": given.noted_by,
        "dated": given.dated,
    }
    _INSERT_CONSENT.run(connection, values)
    return consent_id
