"""Setting a password, the first or a new one."""

from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.credentials.passwords import TooManyAtOnce
from survey_app.storage.records import CredentialRecord
from survey_app.translations import gettext as _
from survey_app.web.access import require_person
from survey_app.web.account.blueprint import blueprint, find_own, own_session
from survey_app.web.context import services
from survey_app.web.new_password import read_new_password
from survey_app.web.signing.checking import Refusal, check_again, too_many
from survey_app.web.text import CleanForm


@blueprint.get("/account/password")
@require_person
def show_password() -> Any:
    """Show the form for a new password; the one there is has to be typed too."""
    return _show(find_own(), {})


@blueprint.post("/account/password")
@require_person
def set_password() -> Any:
    """Set a password, which signs the person out everywhere else."""
    own, form = find_own(), CleanForm(request.form)
    new = read_new_password(form, own.account.name)
    if new.errors:
        return _show(own, new.errors), 422
    if own.password_hash is not None:
        refusal = check_again(own, form.get("current"))
        if refusal is not None:
            return _refuse(own, refusal)
    try:
        hashed = services().passwords.hash(new.text)
    except TooManyAtOnce:
        return _refuse(own, too_many())
    services().store.credentials.set_password(
        own.account.id, hashed, by=own.account.name, but=own_session()
    )
    return redirect(url_for("account.index", just="password"), 303)


def _refuse(own: CredentialRecord, refusal: Refusal) -> Any:
    wrong = _("This is not your password as it is now.")
    sentence = wrong if refusal.is_wrong else refusal.sentence
    return _show(own, {"current": sentence}), refusal.status, refusal.headers


def _show(own: CredentialRecord, errors: dict[str, str]) -> str:
    return render_template("account/password.html", own=own, errors=errors)
