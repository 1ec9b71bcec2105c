"""Withdrawing an interview: whoever was interviewed asks for it, and the team erases what was said.

Nobody who was only interviewed has a private link of their own to do it with.
"""

from typing import Any

from flask import render_template, request
from werkzeug.wrappers import Response

from survey_app.definition.fields import Mistake
from survey_app.storage.errors import StorageError
from survey_app.storage.records import Change, InterviewState
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview
from survey_app.web.interviewer.finishing import to_summary
from survey_app.web.interviewer.saving import is_client
from survey_app.web.keeping import keep_typed
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm
from survey_app.web.withdrawing import STATUSES, discard_made

SCOPE = "interview"
"""What the tombstone says was asked for."""


@blueprint.get("/interviews/<interview_id>/withdraw")
@require_role(*ROLES)
def ask_to_withdraw(interview_id: str) -> Any:
    """Say what would be erased and what stays, and ask whether the participant asked for it."""
    return _show(find_interview(interview_id))


@blueprint.post("/interviews/<interview_id>/withdraw")
@keep_typed
@require_role(*ROLES)
def withdraw(interview_id: str) -> Any:
    """Erase what was said in the interview; interrupted, the same press goes on."""
    interview = find_interview(interview_id)
    form = CleanForm(request.form)
    if form.get("asked") != "yes":
        missing = _("Tick that the participant asked for it")
        return _show(interview, (Mistake("asked", missing),)), 422
    try:
        _erase(interview, form.get("client"))
    except StorageError:
        return _show(interview, notice="busy"), STATUSES["busy"], {"Retry-After": "5"}
    return to_summary(interview_id)


def _erase(interview: InterviewState, client: str) -> None:
    for sequence, run in enumerate(interview.responses):
        change = Change(
            client=client if is_client(client) else make_token(),
            sequence=sequence,
            base_revision=0,
            kind="withdraw",
            actor=current_name(),
            source="console",
            language=interview.language,
        )
        services().store.responses.withdraw(
            run.response, change, scope=SCOPE, meanwhile=discard_made
        )


def _show(
    interview: InterviewState, mistakes: tuple[Mistake, ...] = (), notice: str = ""
) -> str | Response:
    if all(run.state == "withdrawn" for run in interview.responses):
        return to_summary(interview.id)
    door = services().catalogue.door(interview.study)
    study = services().store.studies.find(interview.study)
    return render_template(
        "interviewer/withdraw.html",
        interview=interview,
        study_title=study.title if study else interview.study,
        client=make_token(),
        frozen_on=door.frozen_on if door is not None else None,
        mistakes=mistakes,
        errors={mistake.name: mistake.message for mistake in mistakes},
        notice=notice,
        is_test=interview.is_test,
    )
