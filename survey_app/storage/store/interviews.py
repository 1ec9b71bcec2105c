"""Interviews: one sitting with a participant, in which one or more instruments are delivered."""

from typing import Any

from sqlalchemy import Select, func, select

from survey_app.storage.records import (
    Change,
    Consent,
    InterviewRow,
    InterviewState,
    Json,
    Lease,
    Outcome,
    TimelineEntry,
)
from survey_app.storage.schema import account, event, interview, participant, study
from survey_app.storage.store.access import Access
from survey_app.storage.store.applying import apply, find_repeat
from survey_app.storage.store.journal_keys import find_key, forget_key, make_key
from survey_app.storage.store.lease import hold, release
from survey_app.storage.store.rows import to_record
from survey_app.storage.store.sitting import Sitting, begin
from survey_app.storage.store.state import SOURCE, find_state
from survey_app.storage.store.timeline import read_timeline

_SAVED = (
    select(func.max(event.c.server_time))
    .where(event.c.subject == interview.c.id)
    .correlate(interview)
    .scalar_subquery()
)
"""When an interview was changed last."""


class Interviews:
    """Interviews by their id."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def begin(
        self,
        *,
        study: str,
        participant_code: str,
        interviewer_account_id: str,
        runs: list[tuple[str, str]],
        consent: Consent | None,
        change: Change,
        is_test: bool = False,
        page: str | None = None,
        planned_minutes: int | None = None,
        held: dict[str, str] | None = None,
    ) -> str:
        """Return the id of a new interview, with a response for each (instrument, version).

        ``page`` is random text that names the page which asks: the same page sent twice by the
        same interviewer begins one interview. ``held`` says when an interview took place that is
        keyed in from paper: ``{"day", "from", "until"}``.

        Their source and language are those of the change.
        ``participant_code`` is the pseudonym; a participant is made when it is new in the study.
        Raises UnknownRecord for a study, version or consent text that is not there, StorageError
        for an anonymous study, which has no participants.
        """
        sitting = Sitting(
            study=study,
            participant_code=participant_code,
            interviewer_id=interviewer_account_id,
            runs=runs,
            consent=consent,
            change=change,
            is_test=is_test,
            page=page,
            planned_minutes=planned_minutes,
            held=held,
        )
        return self._access.write(lambda connection: begin(connection, sitting))

    def find(self, interview_id: str) -> InterviewState | None:
        """Return everything about an interview as of one moment, or None."""
        return self._access.read(lambda connection: find_state(connection, interview_id))

    def apply(
        self, interview_id: str, change: Change, operations: list[dict[str, Json]]
    ) -> Outcome:
        """Apply what the console did, in order, as one change.

        ``change.body`` may hold the same ``operations`` as they were posted, each with its
        ``response``: a repeat is then told by these. Each operation is one of::

            {"op": "mark", "response", "item", "probe", "state", "phase", "at", "example",
             "flags", "text", "reason"}
            {"op": "item", "response", "item", "state", "phase", "at", "flags", "reason"}
            {"op": "note", "response" or None, "item", "probe", "stream", "kind", "text", "added"}
            {"op": "answer", "response", "item", "row", "value" or "reason", "other_text"}
            {"op": "clock", "action": "start" | "pause" | "resume" | "finish", "at"}
            {"op": "place", "response", "item", "at"}
            {"op": "times", "visits"}   as in InterviewState, in place of all that had times
            {"op": "recording", "at" or None}
            {"op": "outcome", "outcome" or None, "text", "call_back", "resume"}
            {"op": "consent", "version", "agreed", "ticks", "method", "dated", "language"}

        A mark, an item's mark, an answer or a note replaces the one in the same place; notes of
        the kind ``quote`` are added. A change of an item's phase is kept with its time. One that
        another client changed after the change's base revision, to something else, is kept in the
        event but not applied and comes back in ``conflicts``; the rest is applied. ``finish``
        sends all responses. An interview that was broken off goes on, without an outcome, when
        its clock is started or resumed. Consent to a newer text is carried from then on, once,
        and the one before is kept; a refusal stands in the event alone. The outcome is closed when
        a response has been withdrawn. Raises UnknownRecord for an interview, a response of it or a
        consent text that is not there and ValueError for an operation that is not one of these.
        """
        return self._access.write(
            lambda connection: apply(connection, interview_id, change, operations)
        )

    def find_repeat(self, interview_id: str, change: Change) -> Outcome | None:
        """Return what became of a change that is stored already, or None if it is not.

        For a change that could no longer be stored, such as a mark after the end: the one whose
        acknowledgement was lost was stored in time. It is told by ``change.body``. Raises
        UnknownRecord.
        """
        return self._access.read(lambda connection: find_repeat(connection, interview_id, change))

    def hold(
        self,
        interview_id: str,
        client: str,
        *,
        holder: str,
        take: bool = False,
        session: str | None = None,
    ) -> Lease:
        """Hold the lease of an interview for the next seconds, or say who holds it.

        It is the client's if nobody holds it, if it is the client's already, or to ``take`` it
        away from whoever does, who learns it by asking again. ``holder`` is a name to be shown.
        ``session`` is given for a page that is the only one to write in its browser: it goes on
        from a page of the same session that is gone, whose goodbye may have been lost or have
        been overtaken. Raises UnknownRecord.
        """
        return self._access.write(
            lambda connection: hold(
                connection, interview_id, client, holder=holder, take=take, session=session
            )
        )

    def release(self, interview_id: str, client: str) -> None:
        """Give the lease up for others to hold; one that is somebody else's stays theirs."""
        self._access.write(lambda connection: release(connection, interview_id, client))

    def journal_key(self, interview_id: str, account_id: str) -> str:
        """Return the key to one account's journal of an interview: 32 random bytes as base64url.

        The same one until it is forgotten; nothing is written when it is there. Raises
        UnknownRecord.
        """
        found = self._access.read(lambda connection: find_key(connection, interview_id, account_id))
        return found or self._access.write(
            lambda connection: make_key(connection, interview_id, account_id)
        )

    def forget_journal_key(self, interview_id: str, account_id: str) -> None:
        """Delete the key: what was sealed with it cannot be read any more."""
        if self._access.write(lambda connection: forget_key(connection, interview_id, account_id)):
            self._access.forget_log()

    def timeline(self, interview_id: str) -> list[TimelineEntry]:
        """Return the interview's events in order, none for one that is not there."""
        return self._access.read(lambda connection: read_timeline(connection, interview_id))

    def list(self, study: str, account_id: str | None = None) -> list[InterviewRow]:
        """Return the study's interviews (of one interviewer), the newest first."""
        query = _rows(study, account_id)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(InterviewRow, row) for row in rows]


def _rows(slug: str, account_id: str | None) -> Select[Any]:
    query = (
        select(
            interview,
            SOURCE.label("source"),
            _SAVED.label("saved"),
            study.c.slug.label("study"),
            participant.c.pseudonym.label("participant"),
            account.c.name.label("interviewer"),
        )
        .join(study, study.c.id == interview.c.study_id)
        .join(participant, participant.c.id == interview.c.participant_id)
        .join(account, account.c.id == interview.c.interviewer_id)
        .where(study.c.slug == slug)
        .order_by(interview.c.started.desc(), interview.c.id)
    )
    return query if account_id is None else query.where(interview.c.interviewer_id == account_id)
