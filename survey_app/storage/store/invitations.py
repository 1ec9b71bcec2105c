"""Invitations: made, listed, looked at by their codes, revoked; and who may begin without one."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, Select, delete, func, insert, select, update

from survey_app.storage.errors import (
    NamesNobody,
    NotInvitedAgain,
    TooManyWrongCodes,
    UnknownRecord,
)
from survey_app.storage.moments import identifier, now
from survey_app.storage.records import Admission, InvitationRecord, NewInvitation
from survey_app.storage.schema import invitation, participant, study, wrong_code
from survey_app.storage.store.access import Access
from survey_app.storage.store.admission import is_open
from survey_app.storage.store.participants import find_participant, who_withdrew
from survey_app.storage.store.renewal import renew, widen
from survey_app.storage.store.rows import study_row, to_record

MOST_WRONG = 10
"""Wrong codes with the same beginning that are answered within an hour."""
_HOUR = len("2026-11-22T20")


class Invitations:
    """A study's invitations; a code is known by its hash alone."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def make(
        self, slug: str, wanted: Sequence[NewInvitation], *, by: str, label: str = ""
    ) -> list[InvitationRecord]:
        """Return the new invitations, in their order and numbered on within the study.

        The same codes again, as from a page that is sent twice, make nothing new: those that are
        there are returned. Of a participant, the invitations that were not used are revoked.
        Raises UnknownRecord for a study that is not there, NamesNobody, NotInvitedAgain.
        """
        return self._access.write(
            lambda connection: _make(connection, slug, wanted, by=by, label=label)
        )

    def list(self, slug: str) -> list[InvitationRecord]:
        """Return a study's invitations by their number."""
        query = _INVITATIONS.where(study.c.slug == slug).order_by(invitation.c.number)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(InvitationRecord, row) for row in rows]

    def find(self, code_hash: str) -> InvitationRecord | None:
        """Return the invitation with a code, or None."""
        return self._access.read(lambda connection: _find(connection, code_hash))

    def is_held_back(self, beginning: str) -> bool:
        """Whether codes with this beginning were tried too often within the hour."""
        here = (wrong_code.c.beginning == beginning) & (wrong_code.c.hour == now()[:_HOUR])
        query = select(wrong_code.c.count).where(here)
        count = self._access.read(lambda connection: connection.scalar(query))
        return count is not None and count >= MOST_WRONG

    def look(self, code_hash: str, beginning: str) -> InvitationRecord | None:
        """Return the invitation with a code that somebody typed; a wrong one is counted.

        Counted by its ``beginning``, its first letters: so each code can be guessed at a few times
        an hour, whoever guesses, and without keeping from where; and nobody is kept waiting by
        a stranger who does not know how their code begins. What was counted in an earlier hour
        is deleted. Raises TooManyWrongCodes, also for a code that is right.
        """
        if self.is_held_back(beginning):
            raise TooManyWrongCodes
        found = self.find(code_hash)
        if found is None:
            self._access.write(lambda connection: _count_wrong(connection, beginning))
        return found

    def renew(
        self, slug: str, participant_id: str, code_hash: str, *, by: str, label: str
    ) -> InvitationRecord | None:
        """Give a participant's invitation a new code, in place of the one before; return it.

        Where there is none, or only ones that were revoked, it is made. What was begun by it stays
        begun by it, so that a new code is no second beginning. None is of a participant who is not
        there, or who withdrew. Raises UnknownRecord for a study that is not there, NamesNobody.
        """

        def write(connection: Connection) -> InvitationRecord | None:
            done = renew(connection, slug, participant_id, code_hash, by=by, label=label)
            return _find(connection, code_hash) if done else None

        return self._access.write(write)

    def share(
        self, slug: str, code_hash: str, most_uses: int, *, by: str, label: str
    ) -> InvitationRecord:
        """Return the invitation for many with this code, made if it is not there.

        It lets at least ``most_uses`` begin from now on; one that was revoked stays so.
        """

        def write(connection: Connection) -> InvitationRecord:
            widen(connection, slug, code_hash, most_uses, by=by, label=label)
            found = _find(connection, code_hash)
            assert found is not None
            return found

        return self._access.write(write)

    def revoke_personal(self, participant_ids: Collection[str]) -> None:
        """Let nobody begin by participants' invitations any more; what was begun stays."""
        change = update(invitation).values(revoked=True)

        def write(connection: Connection) -> None:
            for each in participant_ids:
                connection.execute(change.where(invitation.c.participant_id == each))

        self._access.write(write)

    def revoke(self, slug: str, number: int) -> InvitationRecord:
        """Let nobody begin by an invitation any more; return it. Raises UnknownRecord."""
        return self._access.write(lambda connection: _revoke(connection, slug, number))

    def set_admission(self, slug: str, admission: Admission) -> None:
        """Say who may begin: whoever comes, or who has a code. Raises UnknownRecord."""
        self._access.write(lambda connection: _set_admission(connection, slug, admission))


_INVITATIONS: Select[tuple[object, ...]] = (
    select(
        invitation,
        study.c.slug.label("study"),
        participant.c.pseudonym.label("participant"),
    )
    .join(study, study.c.id == invitation.c.study_id)
    .outerjoin(participant, participant.c.id == invitation.c.participant_id)
)


def _find(connection: Connection, code_hash: str) -> InvitationRecord | None:
    query = _INVITATIONS.where(invitation.c.code_hash == code_hash)
    row = connection.execute(query).mappings().first()
    return None if row is None else to_record(InvitationRecord, row)


def _make(
    connection: Connection, slug: str, wanted: Sequence[NewInvitation], *, by: str, label: str
) -> list[InvitationRecord]:
    row = study_row(connection, slug)
    people = [each.participant for each in wanted if each.participant is not None]
    if row["anonymous"] and people:
        raise NamesNobody
    withdrew = who_withdrew(connection, row["id"], people)
    if withdrew:
        raise NotInvitedAgain(withdrew)
    known = [_find(connection, each.code_hash) for each in wanted]
    there = [each for each in known if each is not None and each.study == slug]
    if wanted and len(there) == len(wanted):
        return there
    columns = invitation.c
    last = connection.scalar(select(func.max(columns.number)).where(columns.study_id == row["id"]))
    for number, each in enumerate(wanted, (last or 0) + 1):
        values = {"number": number, "label": label, "made_by": by}
        _insert(connection, row["id"], each, values)
    made = [_find(connection, each.code_hash) for each in wanted]
    return [each for each in made if each is not None]


def _insert(
    connection: Connection, study_id: str, wanted: NewInvitation, values: dict[str, object]
) -> None:
    participant_id, most_uses = None, wanted.most_uses
    if wanted.participant is not None:
        participant_id, most_uses = find_participant(connection, study_id, wanted.participant), 1
        columns = invitation.c
        connection.execute(
            update(invitation)
            .where(columns.participant_id == participant_id, is_open())
            .values(revoked=True)
        )
    connection.execute(
        insert(invitation).values(
            id=identifier(),
            study_id=study_id,
            code_hash=wanted.code_hash,
            participant_id=participant_id,
            most_uses=most_uses,
            uses=0,
            **values,
        )
    )


def _count_wrong(connection: Connection, beginning: str) -> None:
    hour, columns = now()[:_HOUR], wrong_code.c
    connection.execute(delete(wrong_code).where(columns.hour != hour))
    this = columns.beginning == beginning
    more = update(wrong_code).where(this).values(count=columns.count + 1)
    if connection.execute(more).rowcount == 0:
        values = {"beginning": beginning, "hour": hour, "count": 1}
        connection.execute(insert(wrong_code), values)


def _revoke(connection: Connection, slug: str, number: int) -> InvitationRecord:
    study_id = study_row(connection, slug)["id"]
    this = (invitation.c.study_id == study_id) & (invitation.c.number == number)
    connection.execute(update(invitation).where(this).values(revoked=True))
    row = connection.execute(_INVITATIONS.where(this)).mappings().first()
    if row is None:
        raise UnknownRecord(f"There is no invitation {number} in this study. Look at their list.")
    return to_record(InvitationRecord, row)


def _set_admission(connection: Connection, slug: str, admission: Admission) -> None:
    study_id = study_row(connection, slug)["id"]
    connection.execute(update(study).where(study.c.id == study_id).values(admission=admission))
