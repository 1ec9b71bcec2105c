"""How long the session at hand still lasts: pages say it in good time, and can go on with it.

ASVS 5.0.0, 7.1.1 and 7.3.1; WCAG 2.2, 2.2.1. Only seconds are told, no moment, as the browser's
clock and ours may differ.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import jsonify

from survey_app.storage.records import Staff
from survey_app.translations import gettext as _
from survey_app.translations import ngettext
from survey_app.web.access import merely_asks, require_own_account, require_person_even_limited
from survey_app.web.account.blueprint import blueprint, find_person
from survey_app.web.security import csrf_token

WARNING = timedelta(minutes=5)
"""How long before its end a session's pages say that it ends."""
_MINUTES = range(1, round(WARNING.total_seconds()) // 60 + 1)


@dataclass(frozen=True)
class TimeLeft:
    """Seconds until the session ends, and whether it does so even if it is used till then."""

    seconds: int
    final: bool


@blueprint.app_template_global("time_left")
def find_time_left() -> TimeLeft:
    """Return how long the session of the request at hand still lasts."""
    return measure(find_person(), datetime.now(UTC))


def measure(person: Staff, now: datetime) -> TimeLeft:
    """Return how long a session lasts from a moment on, rounded down, never below nothing."""
    ends = [datetime.fromisoformat(each) for each in (person.idle_ends, person.ends) if each]
    # A session of before there were limits has no end: its pages ask again after a while.
    first = min(ends, default=now + WARNING * 2)
    return TimeLeft(
        seconds=max(0, int((first - now).total_seconds())),
        final=person.ends is not None and first == datetime.fromisoformat(person.ends),
    )


@blueprint.get("/account/session")
@merely_asks
@require_own_account
@require_person_even_limited
def tell_time_left() -> Any:
    """Tell how long the session lasts, and leave it as it is."""
    return _describe()


@blueprint.post("/account/session")
@require_own_account
@require_person_even_limited
def go_on() -> Any:
    """Count as use of the session, like every page; tell how long it lasts now."""
    return _describe()


def _describe() -> Any:
    left = find_time_left()
    return jsonify(
        account=find_person().account.name,
        seconds=left.seconds,
        final=left.final,
        csrf=csrf_token(),
    )


@blueprint.app_template_global()
def words_of_time_left() -> dict[str, Any]:
    """Return the sentences of the notice, those with minutes as lists from one minute on."""
    return {
        "soon": [
            ngettext(
                "You will be signed out in {count} minute, as no page has been opened or sent for "
                "a while.",
                "You will be signed out in {count} minutes, as no page has been opened or sent for "
                "a while.",
                count,
            )
            for count in _MINUTES
        ],
        "final": [
            ngettext(
                "You will be signed out in {count} minute: no sign-in lasts longer. Send what is "
                "ready, or sign in again in another tab and go on here.",
                "You will be signed out in {count} minutes: no sign-in lasts longer. Send what is "
                "ready, or sign in again in another tab and go on here.",
                count,
            )
            for count in _MINUTES
        ],
        "over": _(
            "You are signed out. What you typed is still on this page: sign in in another tab, "
            "then go on here."
        ),
        "other": _(
            "{name} is signed in in this browser now, and this page is not theirs. Nothing is "
            "sent from it until you are signed in again."
        ),
        "unheard": _(
            "Nothing was sent, as the server does not answer just now. What you typed is still on "
            "this page: try again in a moment."
        ),
        "on": _("You are signed in. Go on here."),
    }
