"""Presence: a sheet that is open says so every ten seconds.

That keeps the session alive, renews the lease of the page that writes, and tells the page how the
interview stands. What a page sends is for the person it was made for: anybody else signed in on
the same computer is refused (see require_own_account).
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import jsonify

from survey_app.storage.moments import as_text
from survey_app.storage.records import InterviewState
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_own_account, require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import READERS, blueprint, find_readable, is_observer
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.saving import is_client, read_json
from survey_app.web.security import STAFF_COOKIE, csrf_token, hash_token, read_cookie

SESSION_LEFT = timedelta(hours=2)
"""No session ends sooner than this while a sheet is open."""


@blueprint.post("/interviews/<interview_id>/presence")
@require_own_account
@require_role(*READERS)
def report_presence(interview_id: str) -> Any:
    """Hear that a page is open; `{client, alone, take, watch, release}`.

    With `watch` the page only reads and asks for no lease, with `take` it takes the lease from
    whoever has it, with `release` it is being closed and gives the lease up. `alone` says that
    no other page of its browser writes.
    """
    interview = find_readable(interview_id)
    posted = read_json()
    client = posted.get("client")
    if not is_client(client):
        return jsonify(error=_("The page sent something that cannot be read. Load it again.")), 422
    if posted.get("release") is True:
        services().store.interviews.release(interview_id, client)
        return jsonify(released=True)
    _extend_session()
    return jsonify(
        lease=_hold(interview, client, posted),
        clock=describe_clock(interview),
        revision=interview.revision,
        account=current_name(),
        csrf=csrf_token(),
    )


def describe_clock(interview: InterviewState) -> dict[str, Any]:
    """Return what the interview's clock shows, as the page's script reads it."""
    reading = read_clock(interview.clock)
    return {"elapsed": reading.elapsed, "state": reading.state}


def _hold(interview: InterviewState, client: str, posted: dict[str, Any]) -> dict[str, Any] | None:
    if posted.get("watch") is True or is_observer(interview):
        return None
    lease = services().store.interviews.hold(
        interview.id,
        client,
        holder=current_name(),
        take=posted.get("take") is True,
        session=_session() if posted.get("alone") is True else None,
    )
    return {"mine": lease.mine, "holder": lease.holder, "ends": lease.ends}


def _extend_session() -> None:
    ends = as_text(datetime.now(UTC) + SESSION_LEFT)
    services().store.accounts.extend_session(_session(), ends)


def _session() -> str:
    return hash_token(read_cookie(STAFF_COOKIE))
