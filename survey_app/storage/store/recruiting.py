"""Recruitment as papers print it, counted from rows: invited, agreed, begun, finished, withdrawn.

Tombstones count, so that the numbers reconcile; test responses never do.
"""

from dataclasses import asdict
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Subquery,
    case,
    func,
    insert,
    select,
    update,
)

from survey_app.storage.moments import now
from survey_app.storage.records import (
    PeopleCount,
    Recruitment,
    StageCount,
    StatedRecruitment,
)
from survey_app.storage.schema import (
    consent_text,
    interview,
    invitation,
    participant,
    recruitment,
    response,
    study_instrument,
)
from survey_app.storage.store.access import Access
from survey_app.storage.store.detachment import NOBODY
from survey_app.storage.store.rows import study_row, to_record
from survey_app.storage.store.study_changes import note_change

BROKEN_OFF = "broken_off"
_WITHDREW = participant.c.withdrew & ~participant.c.pseudonym.startswith(NOBODY)
_KIND = (response.c.instrument, response.c.delivery)


class Recruiting:
    """Recruitment by study."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def count(self, slug: str) -> Recruitment:
        """Return a study's recruitment, of one moment. Raises UnknownRecord."""
        return self._access.read(lambda connection: count_recruitment(connection, slug))

    def state(
        self, slug: str, *, invited: int, declined: int, unanswered: int, note: str, by: str
    ) -> None:
        """Keep what a study lead says of people whom the program has not met.

        Raises UnknownRecord.
        """
        said = StatedRecruitment(
            invited=invited,
            declined=declined,
            unanswered=unanswered,
            note=note,
            stated_by=by,
            stated_at=now(),
        )
        self._access.write(lambda connection: _state(connection, slug, said))


def count_recruitment(connection: Connection, slug: str) -> Recruitment:
    """Return the recruitment within a transaction (see Recruiting.count)."""
    study_id = study_row(connection, slug)["id"]
    stated = select(recruitment).where(recruitment.c.study_id == study_id)
    row = connection.execute(stated).mappings().first()
    return Recruitment(
        invited_by_code=_count_invited(connection, study_id),
        stated=StatedRecruitment() if row is None else to_record(StatedRecruitment, row),
        coded=_count_coded(connection, study_id),
        codeless=_count_codeless(connection, study_id),
        stages=_count_stages(connection, study_id),
    )


def _real(study_id: str) -> ColumnElement[bool]:
    return (response.c.study_id == study_id) & response.c.is_test.is_(False)


def _count_invited(connection: Connection, study_id: str) -> int:
    """Return how many participants have had a personal invitation."""
    query = select(func.count(invitation.c.participant_id.distinct()))
    return connection.execute(query.where(invitation.c.study_id == study_id)).scalar_one()


def _count_coded(connection: Connection, study_id: str) -> PeopleCount:
    """Return what became of those who took part under a code.

    A tombstone names nobody; of who has nothing left the participant alone says so, and that they
    agreed is known from the study's having a text, without which nobody begins.
    """
    live = _live(study_id)
    gone = live.c.participant_id.is_(None)
    has_text = select(consent_text.c.id).where(consent_text.c.study_id == study_id).exists()
    each = (
        select(
            func.coalesce(live.c.agreed, _as_number(has_text)).label("agreed"),
            func.coalesce(live.c.finished, 0).label("finished"),
            _as_number(gone).label("withdrawn"),
        )
        .select_from(participant)
        .outerjoin(live, live.c.participant_id == participant.c.id)
        .where(participant.c.study_id == study_id, ~gone | _WITHDREW)
        .subquery()
    )
    columns = (each.c.agreed, each.c.finished, each.c.withdrawn)
    totals = (func.coalesce(func.sum(column), 0) for column in columns)
    took_part, agreed, finished, withdrawn = connection.execute(
        select(func.count(), *totals).select_from(each)
    ).one()
    return PeopleCount(took_part=took_part, agreed=agreed, finished=finished, withdrawn=withdrawn)


def _live(study_id: str) -> Subquery:
    """Return by participant whether they agreed and finished, in what they have not withdrawn."""
    consented = func.coalesce(response.c.consent_id, interview.c.consent_id).is_not(None)
    return (
        select(
            response.c.participant_id,
            func.max(_as_number(consented)).label("agreed"),
            func.max(_as_number(response.c.state == "submitted")).label("finished"),
        )
        .select_from(response)
        .outerjoin(interview, interview.c.id == response.c.interview_id)
        .where(_real(study_id), response.c.state != "withdrawn")
        .where(response.c.participant_id.is_not(None))
        .group_by(response.c.participant_id)
        .subquery()
    )


def _count_codeless(connection: Connection, study_id: str) -> PeopleCount:
    """Return how many took part without a code: as many as began one instrument, at least.

    A tombstone does not say whether there was a code. Where people were invited by name, as many
    are left out as participants withdrew, since those were counted by their codes.
    """
    invited = select(invitation.c.study_id).where(
        invitation.c.study_id == study_id, invitation.c.participant_id.is_not(None)
    )
    named = select(func.count()).where(
        participant.c.study_id == study_id, _WITHDREW, invited.exists()
    )
    coded: int = connection.execute(named).scalar_one()
    withdrawn = func.sum(_as_number(response.c.state == "withdrawn"))
    query = (
        select(
            func.count(),
            func.count(response.c.consent_id),
            func.sum(_as_number(response.c.state == "submitted")),
            withdrawn,
        )
        .where(_real(study_id), response.c.participant_id.is_(None))
        .where(response.c.interview_id.is_(None))
        .group_by(response.c.instrument)
    )
    rows = [
        (begun - min(coded, gone), max(0, agreed - min(coded, gone)), sent, begun - gone)
        for begun, agreed, sent, gone in connection.execute(query)
    ]
    if not rows:
        return PeopleCount()
    took_part, agreed, finished, left = (max(column) for column in zip(*rows, strict=True))
    return PeopleCount(
        took_part=took_part, agreed=agreed, finished=finished, withdrawn=took_part - left
    )


def _count_stages(connection: Connection, study_id: str) -> list[StageCount]:
    """Return what became of the responses, in the order of the protocol."""
    query = (
        select(*_KIND, response.c.state, func.count())
        .where(_real(study_id))
        .group_by(*_KIND, response.c.state)
    )
    found: dict[tuple[str, Any], dict[str, int]] = {}
    for instrument, delivery, state, count in connection.execute(query):
        found.setdefault((instrument, delivery), {})[state] = count
    for instrument, delivery, count in connection.execute(_broken_off(study_id)):
        states = found[instrument, delivery]
        states[BROKEN_OFF] = count
        states["in_progress"] -= count
    order = _order(connection, study_id)
    stages = sorted(found, key=lambda kind: (order.get(kind, len(order)), kind))
    return [_make_stage(*kind, found[kind]) for kind in stages]


def _broken_off(study_id: str) -> Any:
    return (
        select(*_KIND, func.count())
        .select_from(interview)
        .join(response, response.c.interview_id == interview.c.id)
        .where(interview.c.study_id == study_id, interview.c.outcome == BROKEN_OFF)
        .where(response.c.state == "in_progress", response.c.is_test.is_(False))
        .group_by(*_KIND)
    )


def _order(connection: Connection, study_id: str) -> dict[tuple[str, Any], int]:
    columns = study_instrument.c
    query = (
        select(columns.instrument, columns.delivery, func.min(columns.position).label("place"))
        .where(columns.study_id == study_id)
        .group_by(columns.instrument, columns.delivery)
    )
    return {(row.instrument, row.delivery): row.place for row in connection.execute(query)}


def _make_stage(instrument: str, delivery: Any, states: dict[str, int]) -> StageCount:
    return StageCount(
        instrument=instrument,
        delivery=delivery,
        submitted=states.get("submitted", 0),
        in_progress=states.get("in_progress", 0),
        broken_off=states.get(BROKEN_OFF, 0),
        withdrawn=states.get("withdrawn", 0),
    )


def _as_number(holds: ColumnElement[bool]) -> ColumnElement[int]:
    return case((holds, 1), else_=0)


def _state(connection: Connection, slug: str, said: StatedRecruitment) -> None:
    study_id = study_row(connection, slug)["id"]
    values = asdict(said)
    change = update(recruitment).where(recruitment.c.study_id == study_id).values(values)
    if connection.execute(change).rowcount == 0:
        connection.execute(insert(recruitment).values(study_id=study_id, **values))
    told = {name: values[name] for name in ("invited", "declined", "unanswered", "note")}
    note_change(connection, study_id, "stated", said.stated_by, **told)
