"""Saving one section of a response: applied, repeated, or kept as a conflict."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, update

from survey_app.storage.engine import Spelled
from survey_app.storage.records import AnswerRow, Change, Json, Outcome
from survey_app.storage.schema import draft
from survey_app.storage.statements import Statement
from survey_app.storage.store import log
from survey_app.storage.store.answers import as_columns, replace_items
from survey_app.storage.store.drafts import spell_draft
from survey_app.storage.store.standing import Standing, find_standing, move_on

_REDRAFT = Statement(
    update(draft).where(draft.c.response_id == bindparam("response")), writes=["body"]
)


@dataclass(frozen=True, kw_only=True, slots=True)
class SectionPost:
    """What was posted for one section: raw (also as events spell it), values, answers, place."""

    change: Change
    section: str
    raw: dict[str, list[str]]
    spelled: Spelled
    values: dict[str, Json]
    answers: list[AnswerRow]
    force: bool
    place: str

    def posted(self, response_id: str) -> Spelled:
        """Return what a repeat of the same post would carry."""
        rest = log.canonical([response_id, self.section, self.change.body])
        return log.listed(self.spelled, rest)


def save_section(connection: Connection, response_id: str, post: SectionPost) -> Outcome:
    """Save the post where the response stands (see Responses.save_section)."""
    standing = find_standing(connection, response_id, post.change)
    again = standing.earlier.repeats([post.posted(response_id)])
    if again and standing.earlier.kind not in log.NOT_APPLIED:
        return standing.outcome("repeat")
    if standing.state != "in_progress":
        if standing.state == "submitted" and not again:
            _keep(connection, standing, post, "late")
        return standing.outcome("closed")
    stored = None if post.force else _other_text(standing, post)
    if stored is None:
        return _apply(connection, standing, post)
    if not again:
        _keep(connection, standing, post, "conflict")
    return standing.outcome("conflict", stored=stored)


def _other_text(standing: Standing, post: SectionPost) -> dict[str, list[str]] | None:
    """Return what another client saved in the section since the post's page was made."""
    saved = standing.draft.get("sections", {}).get(post.section)
    if saved is None or saved["client"] == post.change.client:
        return None
    if saved["revision"] <= post.change.base_revision or saved["raw"] == post.raw:
        return None
    stored: dict[str, list[str]] = saved["raw"]
    return stored


def _keep(connection: Connection, standing: Standing, post: SectionPost, kind: str) -> None:
    head = standing.append(
        connection,
        post.change,
        kind=kind,
        payload=log.mapped(raw=post.spelled, section=log.canonical(post.section)),
        posted=post.posted(standing.id),
    )
    move_on(connection, standing.id, head=head)


def _apply(connection: Connection, standing: Standing, post: SectionPost) -> Outcome:
    revision = standing.revision + 1
    payload = log.mapped(
        answers=log.canonical([as_columns(row) for row in post.answers]),
        raw=post.spelled,
        section=log.canonical(post.section),
    )
    head = standing.append(
        connection,
        post.change,
        kind=post.change.kind,
        payload=payload,
        posted=post.posted(standing.id),
    )
    body = _redrafted(standing.draft, post, revision)
    _REDRAFT.run(connection, {"response": standing.id, "body": spell_draft(body)})
    move_on(connection, standing.id, head=head, revision=revision, updated=standing.at)
    replace_items(
        connection,
        standing.id,
        _saved_before(standing, post),
        post.answers,
        revision=revision,
        client=post.change.client,
    )
    return Outcome(status="saved", revision=revision, at=standing.at)


def _saved_before(standing: Standing, post: SectionPost) -> set[str]:
    """Return the items of the section that may have answers: none where it was never saved."""
    if post.section not in standing.draft.get("sections", {}):
        return set()
    return {row.item for row in post.answers} | post.values.keys()


def _redrafted(stored: dict[str, Json], post: SectionPost, revision: int) -> dict[str, Json]:
    section = {"raw": post.raw, "revision": revision, "client": post.change.client}
    values = stored.get("values", {}) | post.values
    body = {
        "sections": stored.get("sections", {}) | {post.section: section},
        "values": {item: value for item, value in values.items() if value is not None},
    }
    return body | ({"place": post.place} if post.place else {})
