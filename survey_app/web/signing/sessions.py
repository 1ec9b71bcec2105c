"""Sessions of the staff as they begin: how long they last, and the cookies that open them."""

from datetime import UTC, datetime, timedelta

from flask import redirect, url_for
from werkzeug.wrappers import Response

from survey_app.storage.moments import as_text
from survey_app.storage.records import Duration
from survey_app.web.access import IDLE
from survey_app.web.context import services
from survey_app.web.security import STAFF_COOKIE, hash_token, read_cookie, set_cookie

SESSION = timedelta(hours=12)
"""After which a session ends in any case; an open sheet lengthens its own."""
COOKIE = timedelta(hours=24)
"""After which the browser forgets the cookie of a session, also of a lengthened one."""


def make_duration() -> Duration:
    """Return until when a session lasts that begins now."""
    now = datetime.now(UTC)
    return Duration(ends=as_text(now + SESSION), idle_ends=as_text(now + IDLE))


def lead_home(session: str) -> Response:
    """Lead somebody whose session has begun to the home page."""
    response = redirect(url_for("account.home"), 303)
    give_session(response, session)
    return response


def give_session(response: Response, session: str) -> None:
    """Give the browser the cookie that opens a session, and end the one that it had."""
    earlier = read_cookie(STAFF_COOKIE)
    if earlier:
        services().store.accounts.end_session(hash_token(earlier))
    set_cookie(response, STAFF_COOKIE, session, round(COOKIE.total_seconds()))
