"""Participants of a study: added by number, found by their pseudonyms, listed for who invites."""

import secrets
from collections.abc import Sequence

from sqlalchemy import Connection, and_, func, insert, select

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.moments import identifier
from survey_app.storage.records.invitations import InvitationState
from survey_app.storage.records.participants import ParticipantRecord, Progress
from survey_app.storage.schema import interview, invitation, participant, response
from survey_app.storage.store.access import Access
from survey_app.storage.store.rows import study_row
from survey_app.storage.store.study_changes import note_change

FEWEST_DIGITS = 2
ROOM = 2
"""So many times as many numbers as participants there are at least, so that some stay free between
those that were given: who comes later gets one of them, and a number tells nothing of when."""


class Participants:
    """The participants of studies; who they are stands in another database."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, slug: str, ids: Sequence[str]) -> None:
        """Add participants with these random ids, under pseudonyms drawn at random.

        An id that is there already stays as it is, so that the same call may be repeated. Raises
        UnknownRecord for a study that is not there.
        """
        self._access.write(lambda connection: _add(connection, slug, ids))

    def note_named(self, slug: str, participant_id: str, *, by: str) -> None:
        """Note in the study's record that a participant is given a name, by their pseudonym alone.

        Raises UnknownRecord for a study or a participant that is not there.
        """
        self._access.write(lambda connection: _note_named(connection, slug, participant_id, by))

    def list(self, slug: str) -> list[ParticipantRecord]:
        """Return a study's participants by their pseudonyms. Raises UnknownRecord."""
        return self._access.read(lambda connection: _list(connection, slug))

    def find(self, slug: str, participant_id: str) -> ParticipantRecord | None:
        """Return one of them, or None. Raises UnknownRecord for a study that is not there."""
        return next((each for each in self.list(slug) if each.id == participant_id), None)


def find_participant(connection: Connection, study_id: str, pseudonym: str) -> str:
    """Return the id of the study's participant; one who is new in the study is added."""
    columns = participant.c
    query = select(columns.id).where(columns.study_id == study_id, columns.pseudonym == pseudonym)
    present = connection.scalar(query)
    if present is not None:
        return str(present)
    participant_id = identifier()
    values = {"id": participant_id, "study_id": study_id, "pseudonym": pseudonym}
    connection.execute(insert(participant), values)
    return participant_id


def who_withdrew(connection: Connection, study_id: str, pseudonyms: Sequence[str]) -> list[str]:
    """Return those of the study's pseudonyms that are of somebody who withdrew, in order."""
    columns = participant.c
    query = select(columns.pseudonym).where(columns.study_id == study_id, columns.withdrew)
    withdrew = set(connection.scalars(query))
    return [each for each in pseudonyms if each in withdrew]


def draw_pseudonyms(taken: set[str], count: int) -> list[str]:
    """Return new pseudonyms, such as P07, in no order; there are 99 numbers, or 999, or more."""
    digits = FEWEST_DIGITS
    while 10**digits <= ROOM * (len(taken) + count):
        digits += 1
    free = [
        name for number in range(1, 10**digits) if (name := f"P{number:0{digits}}") not in taken
    ]
    return secrets.SystemRandom().sample(free, count)


def _add(connection: Connection, slug: str, ids: Sequence[str]) -> None:
    row = study_row(connection, slug)
    columns = participant.c
    here = select(columns.id, columns.pseudonym).where(columns.study_id == row["id"])
    present = {each.id: each.pseudonym for each in connection.execute(here)}
    new = [each for each in ids if each not in present]
    names = draw_pseudonyms(set(present.values()), len(new))
    if new:
        values = [
            {"id": each, "study_id": row["id"], "pseudonym": name}
            for each, name in zip(new, names, strict=True)
        ]
        connection.execute(insert(participant), values)


def _note_named(connection: Connection, slug: str, participant_id: str, by: str) -> None:
    study_id = study_row(connection, slug)["id"]
    columns = participant.c
    this = (columns.study_id == study_id) & (columns.id == participant_id)
    pseudonym = connection.scalar(select(columns.pseudonym).where(this))
    if pseudonym is None:
        raise UnknownRecord("There is no such participant in this study. Look at their list.")
    note_change(connection, study_id, "named", by, participant=pseudonym)


def _list(connection: Connection, slug: str) -> list[ParticipantRecord]:
    study_id = study_row(connection, slug)["id"]
    invited, went = _find_invitations(connection, study_id), _find_progress(connection, study_id)
    finished = and_(interview.c.finished.is_not(None), interview.c.is_test.is_(False))
    seen = set(connection.scalars(select(interview.c.participant_id).where(finished)))
    query = (
        select(participant)
        .where(participant.c.study_id == study_id)
        .order_by(participant.c.pseudonym)
    )
    return [
        ParticipantRecord(
            id=row.id,
            pseudonym=row.pseudonym,
            withdrew=row.withdrew,
            invitation=invited.get(row.id),
            progress=went.get(row.id, "none"),
            interviewed=row.id in seen,
        )
        for row in connection.execute(query)
    ]


def _find_invitations(connection: Connection, study_id: str) -> dict[str, InvitationState]:
    columns = invitation.c
    query = (
        select(columns.participant_id, columns.most_uses, columns.uses, columns.revoked)
        .where(columns.study_id == study_id, columns.participant_id.is_not(None))
        .order_by(columns.number)
    )
    found: dict[str, InvitationState] = {}
    for row in connection.execute(query):
        is_used = row.most_uses is not None and row.uses >= row.most_uses
        found[row.participant_id] = "used_up" if is_used else "revoked" if row.revoked else "open"
    return found


def _find_progress(connection: Connection, study_id: str) -> dict[str, Progress]:
    """Return how far each participant's own questionnaires are; one that was sent counts most."""
    columns = response.c
    query = (
        select(columns.participant_id, func.max(columns.submitted))
        .where(columns.study_id == study_id, columns.participant_id.is_not(None))
        .where(columns.delivery == "self", columns.is_test.is_(False))
        .where(columns.state != "withdrawn")
        .group_by(columns.participant_id)
    )
    return {who: "begun" if sent is None else "sent" for who, sent in connection.execute(query)}
