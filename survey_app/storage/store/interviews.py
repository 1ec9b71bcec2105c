"""Interviews: one sitting with a participant, in which one or more instruments are delivered."""

from typing import Any

from sqlalchemy import Select, select

from survey_app.storage.records import (
    Change,
    Consent,
    InterviewRow,
    InterviewState,
    Json,
    Outcome,
)
from survey_app.storage.schema import account, interview, participant, study
from survey_app.storage.store.access import Access
from survey_app.storage.store.applying import apply
from survey_app.storage.store.rows import to_record
from survey_app.storage.store.sitting import Sitting, begin
from survey_app.storage.store.state import find_state


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
    ) -> str:
        """Return the id of a new interview, with a response for each (instrument, version).

        ``page`` is random text that names the page which asks: the same page sent twice by the
        same interviewer begins one interview.

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
        )
        return self._access.write(lambda connection: begin(connection, sitting))

    def find(self, interview_id: str) -> InterviewState | None:
        """Return everything about an interview as of one moment, or None."""
        return self._access.read(lambda connection: find_state(connection, interview_id))

    def apply(
        self, interview_id: str, change: Change, operations: list[dict[str, Json]]
    ) -> Outcome:
        """Apply what the console did, in order, as one change.

        Each operation is one of::

            {"op": "mark", "response", "item", "probe", "state", "phase", "at", "example",
             "flags", "text", "reason"}
            {"op": "note", "response" or None, "item", "probe", "stream", "kind", "text", "added"}
            {"op": "answer", "response", "item", "row", "value" or "reason", "other_text"}
            {"op": "clock", "action": "start" | "pause" | "resume" | "finish", "at"}
            {"op": "outcome", "outcome", "text"}

        A mark, an answer or a note of the kind ``note`` replaces the one in the same place; other
        notes are added. One that another client changed after the change's base revision, to
        something else, is kept in the event but not applied and comes back in ``conflicts``; the
        rest is applied. ``finish`` sends all responses. The outcome is closed when a response has
        been withdrawn. Raises UnknownRecord for an interview, or a response of it, that is not
        there and ValueError for an operation that is not one of these.
        """
        return self._access.write(
            lambda connection: apply(connection, interview_id, change, operations)
        )

    def list(self, study: str, account_id: str | None = None) -> list[InterviewRow]:
        """Return the study's interviews (of one interviewer), the newest first."""
        query = _rows(study, account_id)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(InterviewRow, row) for row in rows]


def _rows(slug: str, account_id: str | None) -> Select[Any]:
    query = (
        select(
            interview,
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
