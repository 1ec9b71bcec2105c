"""Responses of participants: begun, saved section by section, sent, withdrawn."""

from collections.abc import Callable

from sqlalchemy import bindparam, func, select

from survey_app.storage.moments import now
from survey_app.storage.records import (
    AnswerRow,
    Change,
    Consent,
    Delivery,
    Entrance,
    EventRecord,
    Json,
    OpenResponse,
    Outcome,
    ResponseRecord,
    Source,
)
from survey_app.storage.schema import consent, draft, response, session, study
from survey_app.storage.statements import Statement, Values
from survey_app.storage.store import chain, drafts, log
from survey_app.storage.store.access import Access
from survey_app.storage.store.beginning import ANYBODY, Beginning, begin
from survey_app.storage.store.reading import response_records
from survey_app.storage.store.saving import SectionPost, save_section
from survey_app.storage.store.sending import submit
from survey_app.storage.store.sessions import add_participant_session, end_session
from survey_app.storage.store.withdrawal import withdraw

_OPEN = (
    select(
        response.c.id,
        response.c.instrument,
        response.c.version,
        response.c.delivery,
        response.c.state,
        response.c.revision,
        response.c.language,
        response.c.link_hash,
        response.c.is_test,
        response.c.anonymous,
        response.c.invitation_id,
        consent.c.consent_text_id.label("consent_text"),
        study.c.slug.label("study"),
        drafts.AS_TEXT.label("draft"),
    )
    .join(study, study.c.id == response.c.study_id)
    .outerjoin(draft, draft.c.response_id == response.c.id)
    .outerjoin(consent, consent.c.id == response.c.consent_id)
)
_BY_LINK = Statement(_OPEN.where(response.c.link_hash == bindparam("hash")))
_BY_SESSION = Statement(
    _OPEN.add_columns(session.c.ends)
    .join(session, session.c.response_id == response.c.id)
    .where(
        session.c.hash == bindparam("hash"),
        session.c.revoked.is_(False),
    )
)


class Responses:
    """Responses by their id, by the session in a cookie, or by the private link."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def begin(
        self,
        *,
        study: str,
        instrument: str,
        version: str,
        delivery: Delivery,
        source: Source,
        language: str,
        consent: Consent | None,
        session_hash: str | None,
        link_hash: str | None,
        change: Change,
        is_test: bool = False,
        entrance: Entrance = ANYBODY,
    ) -> str:
        """Return the id of a new response, with its consent, draft, session and first event.

        The hashes are SHA-256 of the cookie and of the private link's token; None for responses
        that nobody resumes, such as imported ones. One use of an invitation is counted with it.
        Raises NameTaken when cookie or link was given out before, as when the same page is sent
        twice at once, UnknownRecord for a study, version or consent text that is not there,
        NotOpen in the browser outside the study's days, and NotInvited without an invitation that
        is good where one is asked for or was shown.
        """
        beginning = Beginning(
            study=study,
            instrument=instrument,
            version=version,
            delivery=delivery,
            source=source,
            language=language,
            consent=consent,
            session_hash=session_hash,
            link_hash=link_hash,
            change=change,
            is_test=is_test,
            entrance=entrance,
        )
        return self._access.write(lambda connection: begin(connection, beginning))

    def by_session(self, session_hash: str) -> OpenResponse | None:
        """Return the response that a participant's cookie opens, by one query, or None."""
        return self._open(_BY_SESSION, {"hash": session_hash})

    def by_link(self, link_hash: str) -> OpenResponse | None:
        """Return the response that a private link opens, or None."""
        return self._open(_BY_LINK, {"hash": link_hash})

    def attach_session(self, response_id: str, session_hash: str) -> None:
        """Let a new cookie open the response. Raises UnknownRecord."""
        self._access.write(
            lambda connection: add_participant_session(connection, response_id, session_hash)
        )

    def detach_session(self, session_hash: str) -> None:
        """Let the cookie open nothing from now on; the response stays."""
        self._access.write(lambda connection: end_session(connection, session_hash))

    def save_section(
        self,
        response_id: str,
        change: Change,
        *,
        section: str,
        raw: dict[str, list[str]],
        values: dict[str, Json],
        answers: list[AnswerRow],
        force: bool = False,
        place: str = "",
    ) -> Outcome:
        """Save what was typed into one section and the answers it makes.

        ``raw`` is the form as posted and replaces the section's draft; ``values`` are merged into
        the draft's values, None drops one. ``answers`` replace all rows of the items that occur
        in them or in ``values``. A section that another client saved after the change's base
        revision, with other text, is a conflict unless ``force``: the post is kept in an event
        and nothing else changes. ``place`` is the section where the participant goes on, kept in
        the draft until the next save. After sending, the outcome is closed and the post is kept
        in an event too. Raises UnknownRecord.
        """
        post = SectionPost(
            change=change,
            section=section,
            raw=raw,
            spelled=log.canonical(raw),
            values=values,
            answers=answers,
            force=force,
            place=place,
        )
        return self._access.write(lambda connection: save_section(connection, response_id, post))

    def submit(
        self,
        response_id: str,
        change: Change,
        *,
        answers: list[AnswerRow],
        receipt_hash: str,
    ) -> Outcome:
        """Send the response: all its answers are replaced, the draft goes, a receipt is stored.

        ``answers`` must come from the revision named in the change: when the response has moved
        on since, the outcome is a conflict, nothing is written, and the caller reads again. A
        second sending with the same answers is a repeat and stores no second receipt, so the
        code must come out the same for the same response; with other answers it is closed, and
        they are kept in an event. Raises UnknownRecord.
        """
        return self._access.write(
            lambda connection: submit(connection, response_id, change, answers, receipt_hash)
        )

    def withdraw(
        self,
        response_id: str,
        change: Change,
        *,
        scope: str,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Outcome:
        """Erase the response's answers, draft, marks, notes and the payloads of its events.

        What stays is a tombstone: the date, ``scope`` (what was asked for, in a word) and the
        chain of empty envelopes, which still verifies. After the commit ``meanwhile`` may end
        whatever reads an older moment; then the write-ahead log is emptied, and Store.traces_remain
        tells whether it could be. Raises UnknownRecord.
        """
        outcome = self._access.write(
            lambda connection: withdraw(connection, response_id, change, scope)
        )
        try:
            meanwhile()
        finally:
            self._access.forget_log()
        return outcome

    def count_withdrawn(self, slug: str, *, include_test: bool = True) -> int:
        """Return how many of a study's responses have been withdrawn, with tests or without."""
        query = (
            select(func.count())
            .select_from(response)
            .join(study, study.c.id == response.c.study_id)
            .where(study.c.slug == slug, response.c.state == "withdrawn")
        )
        if not include_test:
            query = query.where(response.c.is_test.is_(False))
        return self._access.read(lambda connection: connection.execute(query).scalar_one())

    def find(self, response_id: str) -> ResponseRecord | None:
        """Return one response with its answers, or None."""
        chosen = response.c.id == response_id
        return self._access.read(
            lambda connection: next(response_records(connection, chosen), None)
        )

    def history(self, response_id: str) -> list[EventRecord]:
        """Return the response's events in order, with the payloads that were not erased."""
        return self._access.read(lambda connection: log.history(connection, response_id))

    def verify_chain(self, response_id: str) -> int | None:
        """Return the sequence of the first event that was tampered with, None when all hold.

        Raises UnknownRecord.
        """
        return self._access.read(lambda connection: chain.first_break(connection, response_id))

    def _open(self, query: Statement, key: Values) -> OpenResponse | None:
        row = self._access.readers.first(query, key)
        if row is None or _is_over(row.pop("ends", None)):
            return None
        row["draft"] = drafts.read_draft(row["draft"])
        return OpenResponse(**row)


def _is_over(ends: str | None) -> bool:
    return ends is not None and ends <= now()
