"""Beginning a response."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from survey_app.storage.errors import NameTaken
from survey_app.storage.moments import identifier, moment_for
from survey_app.storage.records import Change, Consent, Delivery, Source
from survey_app.storage.schema import draft, response, session
from survey_app.storage.statements import Statement
from survey_app.storage.store import log
from survey_app.storage.store.rows import record_consent, require_version, study_row
from survey_app.storage.store.sessions import store_participant_session

_SESSION = Statement(select(session.c.hash).where(session.c.hash == bindparam("hash")))
_LINK = Statement(select(response.c.link_hash).where(response.c.link_hash == bindparam("hash")))
_INSERT_RESPONSE = Statement(
    insert(response),
    writes=[
        "id",
        "study_id",
        "anonymous",
        "instrument",
        "version",
        "delivery",
        "source",
        "language",
        "state",
        "revision",
        "is_test",
        "consent_id",
        "link_hash",
        "head",
        "started",
        "updated",
    ],
)
_INSERT_DRAFT = Statement(insert(draft))
_EMPTY_DRAFT: dict[str, dict[str, object]] = {"sections": {}, "values": {}}


@dataclass(frozen=True, kw_only=True, slots=True)
class Beginning:
    """What a new response is, and the change that begins it."""

    study: str
    instrument: str
    version: str
    delivery: Delivery
    source: Source
    language: str
    consent: Consent | None
    session_hash: str | None
    link_hash: str | None
    change: Change
    is_test: bool


def begin(connection: Connection, beginning: Beginning) -> str:
    """Store the response, its consent, draft, session and first event; return its id.

    Raises NameTaken when the cookie or the link was given out before.
    """
    _require_new(connection, _SESSION, beginning.session_hash)
    _require_new(connection, _LINK, beginning.link_hash)
    study = study_row(connection, beginning.study)
    require_version(connection, beginning.instrument, beginning.version)
    response_id, at = identifier(), moment_for(anonymous=study["anonymous"])
    consent_id = record_consent(connection, study["id"], beginning.consent, at)
    place = log.Place(response=response_id, interview=None, sequence=1, previous="", at=at)
    entry = _log(beginning.change, place, timed=not study["anonymous"])
    values = {
        "id": response_id,
        "study_id": study["id"],
        "anonymous": study["anonymous"],
        "consent_id": consent_id,
        "head": entry.hash,
        "started": at,
        "updated": at,
    }
    _INSERT_RESPONSE.run(connection, values | _chosen(beginning))
    log.store(connection, entry)
    _INSERT_DRAFT.run(connection, {"response_id": response_id, "body": _EMPTY_DRAFT})
    if beginning.session_hash is not None:
        store_participant_session(connection, response_id, beginning.session_hash, at)
    return response_id


def _require_new(connection: Connection, look_up: Statement, given: str | None) -> None:
    # Nobody else writes between this and the commit, so nothing can come first in the meantime.
    if given is not None and look_up.first(connection, {"hash": given}) is not None:
        raise NameTaken(
            "This cookie or link has begun a response already. Go on with that response, or begin "
            "with new ones."
        )


def _chosen(beginning: Beginning) -> dict[str, object]:
    return {
        "instrument": beginning.instrument,
        "version": beginning.version,
        "delivery": beginning.delivery,
        "source": beginning.source,
        "language": beginning.language,
        "state": "in_progress",
        "revision": 0,
        "is_test": beginning.is_test,
        "link_hash": beginning.link_hash,
    }


def _log(change: Change, place: log.Place, *, timed: bool) -> log.Entry:
    return log.prepare(
        change,
        place,
        kind=change.kind,
        payload=change.body,
        posted=change.body,
        timed=timed,
    )
