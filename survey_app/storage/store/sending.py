"""Sending a response: from then on it is whole and closed."""

from sqlalchemy import Connection, bindparam, delete, insert, select

from survey_app.storage.moments import day
from survey_app.storage.records import AnswerRow, Change, Outcome
from survey_app.storage.schema import draft, receipt
from survey_app.storage.statements import Statement
from survey_app.storage.store.answers import are_stored, as_columns, replace_all
from survey_app.storage.store.standing import Standing, find_standing, move_on

_DELETE_DRAFT = Statement(delete(draft).where(draft.c.response_id == bindparam("response")))
_RECEIPT = Statement(select(receipt.c.code_hash).where(receipt.c.code_hash == bindparam("code")))
_INSERT_RECEIPT = Statement(insert(receipt))


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
    _give_receipt(connection, standing, receipt_hash)
    move_on(
        connection,
        standing.id,
        state="submitted",
        revision=revision,
        head=head,
        updated=standing.at,
        submitted=standing.at,
    )
    return Outcome(status="saved", revision=revision, at=standing.at)


def _again(
    connection: Connection, standing: Standing, change: Change, answers: list[AnswerRow]
) -> Outcome:
    if are_stored(connection, standing.id, answers):
        return standing.outcome("repeat")
    if not standing.earlier.repeats([_posted(standing, change, answers)]):
        head = _log(connection, standing, change, answers, kind="late")
        move_on(connection, standing.id, head=head)
    return standing.outcome("closed")


def _posted(standing: Standing, change: Change, answers: list[AnswerRow]) -> list[object]:
    return [standing.id, [as_columns(row) for row in answers], change.body]


def _log(
    connection: Connection,
    standing: Standing,
    change: Change,
    answers: list[AnswerRow],
    *,
    kind: str,
) -> str:
    return standing.append(
        connection,
        change,
        kind=kind,
        payload={"answers": [as_columns(row) for row in answers]},
        posted=_posted(standing, change, answers),
    )


def _give_receipt(connection: Connection, standing: Standing, code_hash: str) -> None:
    """Store the receipt; a code that was given before proves no less for being given twice."""
    if _RECEIPT.first(connection, {"code": code_hash}) is None:
        values = {"code_hash": code_hash, "study_id": standing.study_id, "day": day(standing.at)}
        _INSERT_RECEIPT.run(connection, values)
