"""The key that seals a page's journal: given to the person it belongs to, and forgotten."""

from typing import Any

from flask import jsonify

from survey_app.web.access import current_staff, require_own_account, require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import READERS, blueprint, find_readable, is_withdrawn


@blueprint.post("/interviews/<interview_id>/journal-key")
@require_own_account
@require_role(*READERS)
def give_journal_key(interview_id: str) -> Any:
    """Return the key of this person's journal of this interview; none after a withdrawal."""
    interview = find_readable(interview_id)
    if is_withdrawn(interview):
        return jsonify(error="withdrawn"), 409
    key = services().store.interviews.journal_key(interview_id, _account())
    return jsonify(key=key), 200, {"Cache-Control": "no-store"}


@blueprint.post("/interviews/<interview_id>/journal-key/forget")
@require_own_account
@require_role(*READERS)
def forget_journal_key(interview_id: str) -> Any:
    """Forget the key: the interview is over and everything in the journal has been acknowledged.

    Of an interview that goes on nothing is forgotten: another page may still write.
    """
    interview = find_readable(interview_id)
    if interview.finished is None:
        return jsonify(error="not_finished"), 409
    services().store.interviews.forget_journal_key(interview_id, _account())
    return jsonify(forgotten=True)


def _account() -> str:
    staff = current_staff()
    return staff.account.id if staff else ""
