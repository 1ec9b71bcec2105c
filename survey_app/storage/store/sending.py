"""Sending a response: from then on it is whole and closed."""

from sqlalchemy import Connection, bindparam, delete

# Its ON CONFLICT is read alike by both databases.
from sqlalchemy.dialects.postgresql import insert

from survey_app.storage.engine import Spelled
from survey_app.storage.moments import day
from survey_app.storage.records import AnswerRow, Change, Outcome
from survey_app.storage.schema import draft, receipt
from survey_app.storage.statements import Statement
from survey_app.storage.store import log
from survey_app.storage.store.answers import are_stored, as_columns, replace_all
from survey_app.storage.store.choices import spell_choices
from survey_app.storage.store.standing import Standing, find_standing, move_on

_DELETE_DRAFT = Statement(delete(draft).where(draft.c.response_id == bindparam("response")))
# A code that was given before proves no less for being given twice.
_GIVE_RECEIPT = Statement(insert(receipt).on_conflict_do_nothing())


def submit(
    connection: Connection,
    response_id: str,
    change: Change,
    answers: list[AnswerRow],
    receipt_hash: str,
) -> Outcome:
    """Send the response where it stands (see Responses.submit)."""
    standing = find_standing(connection, response_id, change)
    if standing.state == "withdrawn":
        return standing.outcome("closed")
    if standing.state == "submitted":
        return _again(connection, standing, change, answers)
    if standing.revision != change.base_revision:
        return standing.outcome("conflict")
    head = _log(connection, standing, change, answers, kind=change.kind)
    revision = standing.revision + 1
    replace_all(connection, standing.id, answers, revision=revision, client=change.client)
    _DELETE_DRAFT.run(connection, {"response": standing.id})
    given = {"code_hash": receipt_hash, "study_id": standing.study_id, "day": day(standing.at)}
    _GIVE_RECEIPT.run(connection, given)
    move_on(
        connection,
        standing.id,
        state="submitted",
        revision=revision,
        head=head,
        updated=standing.at,
        submitted=standing.at,
        choices=spell_choices(answers),
    )
    return Outcome(status="saved", revision=revision, at=standing.at)


def _again(
    connection: Connection, standing: Standing, change: Change, answers: list[AnswerRow]
) -> Outcome:
    if are_stored(connection, standing.id, answers):
        return standing.outcome("repeat")
    if not standing.earlier.repeats([_posted(standing, change, _spelled(answers))]):
        head = _log(connection, standing, change, answers, kind="late")
        move_on(connection, standing.id, head=head)
    return standing.outcome("closed")


def _posted(standing: Standing, change: Change, answers: Spelled) -> Spelled:
    return log.listed(answers, log.canonical([standing.id, change.body]))


def _spelled(answers: list[AnswerRow]) -> Spelled:
    return log.canonical([as_columns(row) for row in answers])


def _log(
    connection: Connection,
    standing: Standing,
    change: Change,
    answers: list[AnswerRow],
    *,
    kind: str,
) -> str:
    spelled = _spelled(answers)
    return standing.append(
        connection,
        change,
        kind=kind,
        payload=log.mapped(answers=spelled),
        posted=_posted(standing, change, spelled),
    )
