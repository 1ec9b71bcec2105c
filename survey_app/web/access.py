"""Who may come in: who is signed in, and the roles that views ask for."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, g, jsonify, render_template, request

from survey_app.storage.errors import StorageError
from survey_app.storage.moments import as_text
from survey_app.storage.records import Staff, StudyRecord
from survey_app.web.context import services
from survey_app.web.security import STAFF_COOKIE, hash_token, read_cookie

IDLE = timedelta(minutes=60)
"""After which a session ends if nothing is asked for; an open sheet asks by itself."""
TOUCHED = timedelta(minutes=1)
"""How often the use of a session is noted."""
ACCOUNT_HEADER = "X-Account"
"""Whose page it is that sends something, by the account's id."""

OPEN_TO_ALL = frozenset({"participant", "consenting", "front", "access"})
"""The blueprints whose every address anybody may open: what is private there has a secret in its
address or in a cookie. Everywhere else a view declares who comes in, by `require_role`."""

View = Callable[..., Any]


def current_staff() -> Staff | None:
    """Return who is signed in, asking the database once a request."""
    person = current_person()
    return None if person is None or person.limited else person


def current_person() -> Staff | None:
    """Return who is signed in, even if to nothing yet but setting up a second factor."""
    if "staff" not in g:
        cookie = read_cookie(STAFF_COOKIE)
        g.staff = services().store.accounts.by_session(hash_token(cookie)) if cookie else None
        if g.staff is not None and not _merely_asks():
            g.staff = _touch(g.staff)
    person: Staff | None = g.staff
    return person


def _touch(person: Staff) -> Staff:
    """Note that the session is in use, once a minute; a page is shown even where that fails."""
    now = datetime.now(UTC)
    if person.idle_ends is not None and person.idle_ends < as_text(now + IDLE - TOUCHED):
        with suppress(StorageError):
            session = hash_token(read_cookie(STAFF_COOKIE))
            services().store.accounts.touch_session(session, as_text(now + IDLE))
            return replace(person, idle_ends=as_text(now + IDLE))
    return person


def merely_asks(view: View) -> View:
    """Mark a view that pages ask by themselves: it does not count as use of the session."""
    view.merely_asks = True  # type: ignore[attr-defined]  # read above, for the view at hand
    return view


def _merely_asks() -> bool:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "merely_asks", False)


def current_name() -> str:
    """Return the name of who is signed in, nothing where nobody is."""
    staff = current_staff()
    return staff.account.name if staff else ""


def has_role(study: str, *roles: str) -> bool:
    """Whether the person signed in has one of the roles in a study."""
    staff = current_staff()
    return staff is not None and staff.roles.get(study) in roles


def require_study(slug: str, *roles: str) -> StudyRecord:
    """Return a study in which who is signed in has one of the roles; else end the request.

    There is nothing there for anybody else.
    """
    study = services().store.studies.find(slug) if has_role(slug, *roles) else None
    if study is None:
        abort(404)
    return study


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


def require_person(view: View) -> View:
    """Let a view be seen by everybody who is signed in, whatever their roles: it is about them."""
    return _require(view, current_staff)


def require_person_even_limited(view: View) -> View:
    """Let a view be seen also by who must set up a second factor before anything else."""
    return _require(view, current_person)


def _require(view: View, find: Callable[[], Staff | None]) -> View:
    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if find() is None:
            return refuse("signed_out", 401)
        return view(*args, **kwargs)

    checked.required_roles = ()  # type: ignore[attr-defined]  # read by the access test
    return checked


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


def _note_refusal() -> None:
    """Note that somebody asked for a page that is not open to them (OWASP ASVS 5.0.0, 16.3.2)."""
    staff = current_staff()
    if staff is not None:
        with suppress(StorageError):
            detail = request.endpoint or ""
            services().store.access_log.note("not_open", staff.account.id, by="", detail=detail)


def refuse(reason: str, status: int) -> tuple[Any, int]:
    """Return the page, or the JSON, that says why somebody may not come in."""
    if reason == "no_role":
        _note_refusal()
    if request.is_json or request.accept_mimetypes.best == "application/json":
        return jsonify(error=reason), status
    if reason == "signed_out" and current_person() is not None:
        reason = "factor_needed"
    return render_template("refused.html", reason=reason), status
