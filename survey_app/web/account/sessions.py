"""Ending sessions of one's own in other browsers, one or all."""

from typing import Any

from flask import redirect, request, url_for

from survey_app.web.access import require_person
from survey_app.web.account.blueprint import blueprint, find_person, own_session
from survey_app.web.context import services
from survey_app.web.text import CleanForm

OTHERS = "others"


@blueprint.post("/account/sessions/end")
@require_person
def end_sessions() -> Any:
    """End the session that is named by its cookie's hash, or all others than this one."""
    account = find_person().account
    wanted = CleanForm(request.form).get("session")
    sessions = services().store.credentials
    if wanted == OTHERS:
        sessions.end_sessions(account.id, by=account.name, but=own_session())
    else:
        # One that is not there has ended already, which is what was asked for.
        sessions.end_session(account.id, wanted, by=account.name)
    return redirect(url_for("account.index", just="ended"), 303)
