"""Who may come in: sign-in links, staff sessions, and the roles that views ask for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, g, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey_app.storage.records import Staff
from survey_app.web.context import services
from survey_app.web.security import (
    STAFF_COOKIE,
    allow_without_token,
    csrf_of,
    drop_cookie,
    hash_token,
    make_token,
    read_cookie,
    set_cookie,
)

blueprint = Blueprint("access", __name__)

SESSION_HOURS = 12
COOKIE_HOURS = 24
"""A sheet that stays open lengthens its session; the browser forgets the cookie after this."""
ACCOUNT_HEADER = "X-Account"
"""Whose page it is that sends something, by the account's id."""
ROLE_PAGES = {
    "interviewer": "interviewer.index",
    "analyst": "analyst.index",
    "study_lead": "analyst.index",
    "coordinator": "people.index",
    "observer": "interviewer.index",
}

OPEN_TO_ALL = frozenset({"participant", "front", "access"})
"""The blueprints whose every address anybody may open: what is private there has a secret in its
address or in a cookie. Everywhere else a view declares who comes in, by `require_role`."""

View = Callable[..., Any]


def current_staff() -> Staff | None:
    """Return who is signed in, asking the database once a request."""
    if "staff" not in g:
        cookie = read_cookie(STAFF_COOKIE)
        g.staff = services().store.accounts.by_session(hash_token(cookie)) if cookie else None
    staff: Staff | None = g.staff
    return staff


def has_role(study: str, *roles: str) -> bool:
    """Whether the person signed in has one of the roles in a study."""
    staff = current_staff()
    return staff is not None and staff.roles.get(study) in roles


def studies_with_role(*roles: str) -> list[str]:
    """Return the studies in which the person signed in has one of the roles."""
    staff = current_staff()
    return sorted(study for study, role in staff.roles.items() if role in roles) if staff else []


def require_role(*roles: str, administrator: bool = False) -> Callable[[View], View]:
    """Let a view be seen only by those who have one of the roles in any study.

    With `administrator` the administrator may come in as well. The view itself asks `has_role`
    for the study that it shows.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def checked(*args: Any, **kwargs: Any) -> Any:
            staff = current_staff()
            if staff is None:
                return refuse("signed_out", 401)
            welcome = administrator and staff.account.administrator
            if not welcome and not set(roles) & set(staff.roles.values()):
                return refuse("no_role", 403)
            return view(*args, **kwargs)

        checked.required_roles = roles  # type: ignore[attr-defined]  # read by the access test
        return checked

    return decorate


def require_rights(app: Flask) -> None:
    """Raise RuntimeError unless every address of the application says who may come in."""
    undeclared = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint != "static"
        and endpoint.partition(".")[0] not in OPEN_TO_ALL
        and not hasattr(view, "required_roles")
    ]
    if undeclared:
        raise RuntimeError(f"Nobody is let in at {', '.join(undeclared)}: say who is.")


def require_own_account(view: View) -> View:
    """Refuse a page of one person while another is signed in: nothing is sent under a wrong name.

    Pages say whose they are in a header; a request without it is its sender's own.
    """

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        staff = current_staff()
        expected = request.headers.get(ACCOUNT_HEADER)
        if staff is not None and expected is not None and staff.account.id != expected:
            return jsonify(error="other_account", name=staff.account.name), 403
        return view(*args, **kwargs)

    return checked


def refuse(reason: str, status: int) -> tuple[Any, int]:
    """Return the page, or the JSON, that says why somebody may not come in."""
    if request.is_json or request.accept_mimetypes.best == "application/json":
        return jsonify(error=reason), status
    return render_template("refused.html", reason=reason), status


@blueprint.get("/sign-in")
def explain() -> Any:
    """Say how to get a sign-in link."""
    return render_template("refused.html", reason="signed_out")


@blueprint.get("/sign-in/<token>")
def offer(token: str) -> Any:
    """Show a button: a link that a mail program opens by itself must not be used up."""
    account = services().store.accounts.peek_sign_in(hash_token(token))
    if account is None:
        return render_template("refused.html", reason="link_used"), 410
    return render_template("sign_in.html", account=account)


@blueprint.post("/sign-in/<token>")
@allow_without_token
def sign_in(token: str) -> Any:
    """Use the link up and begin a session of its own; for a page that is open, answer it in JSON.

    A link of somebody else than the page's own person is left as it is.
    """
    if request.is_json:
        return _sign_in_page(token)
    session = _begin_session(token)
    if session is None:
        return render_template("refused.html", reason="link_used"), 410
    response = redirect(url_for("access.home"), 303)
    set_cookie(response, STAFF_COOKIE, session, COOKIE_HOURS * 3600)
    return response


def _sign_in_page(token: str) -> Any:
    account = services().store.accounts.peek_sign_in(hash_token(token))
    if account is not None and account.id != request.headers.get(ACCOUNT_HEADER):
        return jsonify(error="other_account", name=account.name), 403
    session = _begin_session(token)
    if account is None or session is None:
        return jsonify(error="link_used"), 410
    response = jsonify(account=account.name, csrf=csrf_of(session))
    set_cookie(response, STAFF_COOKIE, session, COOKIE_HOURS * 3600)
    return response


def _begin_session(token: str) -> str | None:
    session = make_token()
    ends = datetime.now(UTC) + timedelta(hours=SESSION_HOURS)
    account = services().store.accounts.use_sign_in(
        hash_token(token), hash_token(session), ends.isoformat(timespec="milliseconds")[:23] + "Z"
    )
    return None if account is None else session


@blueprint.get("/sign-in/done")
def home() -> Response | tuple[Any, int]:
    """Lead to the page where somebody's work is."""
    staff = current_staff()
    if staff is None:
        return refuse("signed_out", 401)
    if staff.account.administrator:
        return redirect(url_for("admin.index"), 303)
    for role, page in ROLE_PAGES.items():
        if role in staff.roles.values():
            return redirect(url_for(page), 303)
    return redirect(url_for("front.index"), 303)


@blueprint.post("/sign-out")
def sign_out() -> Response:
    """End the session, on the server first."""
    services().store.accounts.end_session(hash_token(read_cookie(STAFF_COOKIE)))
    response = redirect(url_for("front.index"), 303)
    drop_cookie(response, STAFF_COOKIE)
    return response
