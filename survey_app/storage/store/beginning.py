"""Beginning a response."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, case, exists, insert, or_, select

from survey_app.storage.errors import NameTaken, NotInvited, NotOpen
from survey_app.storage.moments import identifier, moment_for, today
from survey_app.storage.records import Change, Consent, Delivery, Entrance, Source
from survey_app.storage.schema import (
    consent_text,
    draft,
    instrument_version,
    response,
    session,
    study,
)
from survey_app.storage.statements import Row, Statement
from survey_app.storage.store import log
from survey_app.storage.store.admission import NOBODY, Guest, admit
from survey_app.storage.store.consenting import copy_consent
from survey_app.storage.store.rows import no_consent_text, no_study, not_published, store_consent
from survey_app.storage.store.sessions import store_participant_session

_before = response.alias("before")
_FIND = Statement(
    select(
        study.c.id,
        study.c.anonymous,
        study.c.admission,
        study.c.opens,
        study.c.closes,
        _before.c.id.label("before"),
        _before.c.invitation_id,
        _before.c.participant_id,
        _before.c.consent_id.label("consent_before"),
        select(case((instrument_version.c.trial, "trial"), else_=instrument_version.c.state))
        .where(
            instrument_version.c.name == bindparam("instrument"),
            instrument_version.c.version == bindparam("version"),
        )
        .scalar_subquery()
        .label("version_state"),
        select(consent_text.c.id)
        .where(
            consent_text.c.study_id == study.c.id, consent_text.c.version == bindparam("consent")
        )
        .correlate(study)
        .scalar_subquery()
        .label("consent_text"),
        or_(
            exists().where(session.c.hash == bindparam("session")),
            exists().where(response.c.link_hash == bindparam("link")),
        ).label("taken"),
    )
    .outerjoin(
        _before,
        (_before.c.id == bindparam("after"))
        & (_before.c.study_id == study.c.id)
        # Who withdrew was let in by an invitation that is nobody's any more.
        & (_before.c.state != "withdrawn"),
    )
    .where(study.c.slug == bindparam("study"))
)
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
        "participant_id",
        "invitation_id",
        "consent_id",
        "link_hash",
        "head",
        "started",
        "updated",
    ],
)
_INSERT_DRAFT = Statement(insert(draft))
ANYBODY = Entrance()
"""Of somebody who shows no invitation."""
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
    entrance: Entrance


def begin(connection: Connection, beginning: Beginning) -> str:
    """Store the response, its consent, draft, session and first event; return its id.

    Raises NameTaken when the cookie or the link was given out before, NotOpen and NotInvited.
    """
    found = _find(connection, beginning)
    if beginning.source == "web" and not beginning.is_test:
        _require_days(found["opens"], found["closes"])
    guest = _admit(connection, beginning, found)
    response_id, at = identifier(), moment_for(anonymous=found["anonymous"])
    consent_id, consent = None, beginning.consent
    if consent is not None:
        consent_id = store_consent(connection, found["id"], found["consent_text"], consent, at)
    elif beginning.entrance.same_consent:
        consent_id = copy_consent(connection, found["consent_before"], identifier())
    place = log.Place(response=response_id, interview=None, sequence=1, previous="", at=at)
    entry = _log(beginning.change, place, timed=not found["anonymous"])
    values = {
        "id": response_id,
        "study_id": found["id"],
        "anonymous": found["anonymous"],
        "participant_id": guest.participant_id,
        "invitation_id": guest.invitation_id,
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


def _find(connection: Connection, beginning: Beginning) -> Row:
    """Return the study, by one query that also asks all that must hold before."""
    consent = beginning.consent
    key = {
        "study": beginning.study,
        "instrument": beginning.instrument,
        "version": beginning.version,
        "consent": None if consent is None else consent.version,
        "session": beginning.session_hash,
        "link": beginning.link_hash,
        "after": beginning.entrance.after,
    }
    found = _FIND.first(connection, key)
    if found is None:
        raise no_study(beginning.study)
    if found["taken"]:
        # Nobody else writes between this and the commit, so nothing can come first meanwhile.
        raise NameTaken(
            "This cookie or link has begun a response already. Go on with that response, or begin "
            "with new ones."
        )
    if found["version_state"] not in (
        {"published", "trial"} if beginning.is_test else {"published"}
    ):
        raise not_published(beginning.instrument, beginning.version)
    if consent is not None and found["consent_text"] is None:
        raise no_consent_text(consent)
    return found


def _require_days(opens: str | None, closes: str | None) -> None:
    """Raise NotOpen outside the days of a study that has some."""
    if opens is None and closes is None:
        return
    day = today()
    if (opens is not None and day < opens) or (closes is not None and day > closes):
        raise NotOpen


def _admit(connection: Connection, beginning: Beginning, found: Row) -> Guest:
    """Return as whom somebody begins; an invitation is used in the same transaction."""
    code_hash = beginning.entrance.code_hash
    if code_hash is not None and not beginning.is_test:
        guest = admit(connection, found["id"], code_hash)
    elif found["before"] is not None:
        guest = Guest(found["invitation_id"], found["participant_id"])
    elif found["admission"] == "open" or beginning.is_test or beginning.source != "web":
        return NOBODY
    else:
        raise NotInvited
    return NOBODY if found["anonymous"] else guest


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
