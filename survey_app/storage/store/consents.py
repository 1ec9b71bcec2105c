"""Consent texts in their versions, and who gave consent to which of them."""

from dataclasses import replace

from sqlalchemy import CTE, Connection, Select, func, insert, select

from survey_app.storage.errors import FrozenVersion, NewerText
from survey_app.storage.moments import identifier, now
from survey_app.storage.records import (
    Change,
    Consent,
    ConsentDelivery,
    ConsentText,
    CountedText,
    Delivery,
    GivenConsent,
    Json,
    Outcome,
)
from survey_app.storage.schema import (
    consent,
    consent_text,
    interview,
    participant,
    response,
    study,
)
from survey_app.storage.store.access import Access
from survey_app.storage.store.consenting import agree_again
from survey_app.storage.store.rows import study_row, to_record

_TEXTS = select(consent_text, study.c.slug.label("study")).join(
    study, study.c.id == consent_text.c.study_id
)
_GIVEN = (
    select(
        consent,
        consent_text.c.id.label("text_id"),
        consent_text.c.version,
        consent_text.c.body,
        consent_text.c.fingerprint,
        consent_text.c.added,
        consent_text.c.delivery,
        consent_text.c.added_by,
        study.c.slug.label("study"),
    )
    .join(consent_text, consent_text.c.id == consent.c.consent_text_id)
    .join(study, study.c.id == consent.c.study_id)
)


class Consents:
    """The consent texts of a study, and the consents that were given to them."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def put_in_force(
        self,
        slug: str,
        *,
        body: dict[str, Json],
        fingerprint: str,
        delivery: ConsentDelivery,
        by: str,
        after: str | None,
    ) -> ConsentText:
        """Return the new text, in force from now on under the next number.

        ``after`` is the newest version that its author saw, None for a study's first text. The
        very text that is the newest for its delivery is returned as it is. Raises NewerText where
        somebody else was quicker, UnknownRecord for a study that is not there.
        """
        wanted = ConsentText(
            study=slug,
            version="",
            body=body,
            fingerprint=fingerprint,
            added=now(),
            id=identifier(),
            delivery=delivery,
            added_by=by,
        )
        return self._access.write(lambda connection: _put_in_force(connection, wanted, after))

    def texts(self, slug: str) -> list[CountedText]:
        """Return a study's texts, newest first, each with how many consented to it."""
        return self._access.read(lambda connection: _count(connection, slug))

    def of_response(self, response_id: str) -> list[GivenConsent]:
        """Return the consents of a response, the one that it carries first, then earlier ones."""
        start = select(response.c.consent_id).where(response.c.id == response_id)
        return self._access.read(lambda connection: _follow(connection, start))

    def of_interview(self, interview_id: str) -> list[GivenConsent]:
        """Return the consents to an interview, the newest first."""
        start = select(interview.c.consent_id).where(interview.c.id == interview_id)
        return self._access.read(lambda connection: _follow(connection, start))

    def given(self, slug: str) -> list[GivenConsent]:
        """Return the consents that a study's responses carry, by day and then by random key.

        Tests, withdrawn responses and anonymous ones are left out.
        """
        return self._access.read(lambda connection: _list_given(connection, slug))

    def agree_again(self, response_id: str, change: Change, given: Consent) -> Outcome:
        """Let a response carry a consent to a newer text; the one before is kept.

        Consent to the text that it carries already is a repeat; a response that was sent or
        withdrawn is closed. Raises UnknownRecord for a response or text that is not there.
        """
        return self._access.write(
            lambda connection: agree_again(connection, response_id, change, given)
        )


def add_text(connection: Connection, text: ConsentText) -> None:
    """Store a text under its version; the very same again does nothing. Raises FrozenVersion."""
    study_id = study_row(connection, text.study)["id"]
    columns = consent_text.c
    here = columns.study_id == study_id
    stored = connection.scalar(
        select(columns.fingerprint).where(here, columns.version == text.version)
    )
    if stored is None:
        _insert(connection, text, study_id)
    elif stored != text.fingerprint:
        raise FrozenVersion(f"Consent text {text.version}", stored=stored, offered=text.fingerprint)


def newest_text(slug: str, delivery: Delivery | None = None) -> Select[tuple[object, ...]]:
    """Return the query of the text in force, of one delivery or whichever was added last."""
    query = _TEXTS.where(study.c.slug == slug).order_by(consent_text.c.position.desc()).limit(1)
    return (
        query if delivery is None else query.where(consent_text.c.delivery.in_((delivery, "both")))
    )


def _insert(connection: Connection, text: ConsentText, study_id: str) -> None:
    last = connection.scalar(
        select(func.max(consent_text.c.position)).where(consent_text.c.study_id == study_id)
    )
    connection.execute(
        insert(consent_text).values(
            id=text.id or identifier(),
            study_id=study_id,
            version=text.version,
            position=0 if last is None else last + 1,
            body=text.body,
            fingerprint=text.fingerprint,
            added=text.added,
            delivery=text.delivery,
            added_by=text.added_by,
        )
    )


def _put_in_force(connection: Connection, wanted: ConsentText, after: str | None) -> ConsentText:
    study_id = study_row(connection, wanted.study)["id"]
    query = _TEXTS.where(study.c.slug == wanted.study).order_by(consent_text.c.position.desc())
    texts = [to_record(ConsentText, row) for row in connection.execute(query).mappings()]
    same = next((each for each in texts if each.delivery == wanted.delivery), None)
    if same is not None and same.fingerprint == wanted.fingerprint:
        return same
    newest = texts[0].version if texts else None
    if newest != after:
        raise NewerText(newest or "")
    taken = {each.version for each in texts}
    number = len(texts) + 1
    while str(number) in taken:
        number += 1
    text = replace(wanted, version=str(number))
    _insert(connection, text, study_id)
    return text


def _carried() -> CTE:
    """Return which consents belong to which response: the one it carries, and those before it."""
    first = (
        select(response.c.consent_id.label("consent"), response.c.is_test)
        .where(response.c.consent_id.is_not(None))
        .cte("carried", recursive=True)
    )
    earlier = (
        select(consent.c.replaces, first.c.is_test)
        .join(first, first.c.consent == consent.c.id)
        .where(consent.c.replaces.is_not(None))
    )
    return first.union(earlier)


def _count(connection: Connection, slug: str) -> list[CountedText]:
    carried = _carried()
    query = (
        select(consent.c.consent_text_id, func.count(func.distinct(consent.c.id)).label("consents"))
        .join(carried, carried.c.consent == consent.c.id)
        .join(study, study.c.id == consent.c.study_id)
        .where(study.c.slug == slug, carried.c.is_test.is_(False))
        .group_by(consent.c.consent_text_id)
    )
    counts = {row.consent_text_id: row.consents for row in connection.execute(query)}
    texts = _TEXTS.where(study.c.slug == slug).order_by(consent_text.c.position.desc())
    return [
        CountedText(text=to_record(ConsentText, row), consents=counts.get(row["id"], 0))
        for row in connection.execute(texts).mappings()
    ]


def _follow(connection: Connection, start: Select[tuple[str | None]]) -> list[GivenConsent]:
    found: list[GivenConsent] = []
    consent_id = connection.scalar(start)
    while consent_id is not None:
        row = connection.execute(_GIVEN.where(consent.c.id == consent_id)).mappings().one()
        found.append(_given(dict(row)))
        consent_id = row["replaces"]
    return found


def _list_given(connection: Connection, slug: str) -> list[GivenConsent]:
    query = (
        _GIVEN.add_columns(
            func.min(response.c.id).label("response"),
            participant.c.pseudonym.label("participant"),
        )
        .join(response, response.c.consent_id == consent.c.id)
        .outerjoin(participant, participant.c.id == response.c.participant_id)
        .where(study.c.slug == slug, response.c.anonymous.is_(False))
        .where(response.c.is_test.is_(False), response.c.state != "withdrawn")
        .group_by(consent.c.id, consent_text.c.id, study.c.slug, participant.c.pseudonym)
        .order_by(func.substr(consent.c.given, 1, 10).desc(), consent.c.id)
    )
    return [_given(dict(row)) for row in connection.execute(query).mappings()]


def _given(row: dict[str, Json]) -> GivenConsent:
    text = to_record(ConsentText, {**row, "id": row["text_id"]})
    seen = {"response": row.get("response"), "participant": row.get("participant")}
    return to_record(GivenConsent, row, text=text, **seen)
