"""The sign-in page: a name, a password, and a code for who uses one; and signing out."""

from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey_app.web.context import services
from survey_app.web.security import (
    STAFF_COOKIE,
    allow_without_token,
    drop_cookie,
    hash_token,
    make_token,
    read_cookie,
)
from survey_app.web.signing.blueprint import blueprint
from survey_app.web.signing.checking import Refusal, check, refuse_try
from survey_app.web.signing.sessions import lead_home, make_duration
from survey_app.web.signing.tries import forgive, know_browser
from survey_app.web.text import CleanForm


@blueprint.get("/sign-in")
def explain() -> Any:
    """Show the form, and how to get a sign-in link."""
    return render_template("sign_in.html", name="", refusal=None)


@blueprint.post("/sign-in")
@allow_without_token
def sign_in_by_password() -> Any:
    """Begin a session, or say that something is not right."""
    form = CleanForm(request.form)
    name = form.get("name").strip()
    checked = check(name, form.get("password"), form.get("factor_code"))
    if isinstance(checked, Refusal):
        return _show_again(name, checked)
    session = make_token()
    account = checked.found.account
    if not services().store.credentials.begin(
        account.id, hash_token(session), make_duration(), checked.proof, how="password"
    ):
        return _show_again(name, refuse_try(checked.found))
    forgive(name)
    response = lead_home(session)
    know_browser(response, name)
    return response


def _show_again(name: str, refusal: Refusal) -> Any:
    page = render_template("sign_in.html", name=name, refusal=refusal)
    return page, refusal.status, refusal.headers


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session, on the server first."""
    services().store.accounts.end_session(hash_token(read_cookie(STAFF_COOKIE)))
    response = redirect(url_for("front.index"), 303)
    drop_cookie(response, STAFF_COOKIE)
    return response
