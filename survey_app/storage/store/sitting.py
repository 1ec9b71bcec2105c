"""Beginning an interview."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from survey_app.storage.errors import StorageError
from survey_app.storage.moments import identifier, now
from survey_app.storage.records import Change, Consent, Json
from survey_app.storage.schema import interview, response
from survey_app.storage.store import log
from survey_app.storage.store.participants import find_participant
from survey_app.storage.store.rows import record_consent, require_version, study_row


@dataclass(frozen=True, kw_only=True, slots=True)
class Sitting:
    """What a new interview is, and the change that begins it."""

    study: str
    participant_code: str
    interviewer_id: str
    runs: list[tuple[str, str]]
    consent: Consent | None
    change: Change
    is_test: bool
    page: str | None
    planned_minutes: int | None
    held: dict[str, str] | None

    def interview_id(self) -> str:
        """Return the new interview's id: the same for the same page of the same interviewer."""
        if self.page is None:
            return identifier()
        named = f"{self.interviewer_id}\n{self.page}".encode()
        return hashlib.sha256(named).hexdigest()[: len(identifier())]


def begin(connection: Connection, sitting: Sitting) -> str:
    """Store the interview, its participant, consent, responses and first event; return its id.

    The same page sent twice begins one interview: the other id is returned again.
    """
    interview_id = sitting.interview_id()
    if connection.scalar(select(interview.c.id).where(interview.c.id == interview_id)):
        return interview_id
    study = study_row(connection, sitting.study)
    if study["anonymous"]:
        raise StorageError(
            f"The study “{sitting.study}” is anonymous, so nobody can be interviewed under a "
            "pseudonym. Hold interviews in a study of their own."
        )
    for name, version in sitting.runs:
        on_paper = sitting.change.source == "paper"
        require_version(connection, name, version, retired=on_paper, trial=sitting.is_test)
    at = now()
    shared = {
        "study_id": study["id"],
        "participant_id": find_participant(connection, study["id"], sitting.participant_code),
        "consent_id": record_consent(connection, study["id"], sitting.consent, at),
        "language": sitting.change.language,
        "is_test": sitting.is_test,
        "revision": 0,
        "started": at,
        "head": "",
    }
    connection.execute(insert(interview).values(shared | _own(sitting, interview_id)))
    _add_responses(connection, sitting, shared | {"interview_id": interview_id, "updated": at})
    _log(connection, interview_id, sitting, at)
    return interview_id


def _own(sitting: Sitting, interview_id: str) -> dict[str, Json]:
    """Return the columns that the interview does not share with its responses."""
    return {
        "id": interview_id,
        "interviewer_id": sitting.interviewer_id,
        "clock": [],
        "outcome_text": "",
        "planned_minutes": sitting.planned_minutes,
        "held": sitting.held,
    }


def _add_responses(connection: Connection, sitting: Sitting, shared: dict[str, Json]) -> None:
    fixed = {
        "anonymous": False,
        "delivery": "interviewer",
        "source": sitting.change.source,
        "state": "in_progress",
    }
    rows = [
        shared | fixed | {"id": identifier(), "instrument": name, "version": version}
        for name, version in sitting.runs
    ]
    connection.execute(insert(response), rows)


def _log(connection: Connection, interview_id: str, sitting: Sitting, at: str) -> None:
    place = log.Place(response=None, interview=interview_id, sequence=1, previous="", at=at)
    head = log.append(
        connection,
        sitting.change,
        place,
        kind=sitting.change.kind,
        payload=sitting.change.body,
        posted=sitting.change.body,
        timed=True,
    )
    connection.execute(interview.update().where(interview.c.id == interview_id).values(head=head))
