"""Whom a letter goes to, and why it does not go to others."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.enrolment import Entry
from survey_app.storage.people.records import Kind
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Recipients:
    """The people a letter goes to, and the others each with the reason."""

    to: tuple[Entry, ...]
    others: tuple[tuple[Entry, str], ...]


def choose(kind: Kind, entries: Iterable[Entry], *, anonymous: bool) -> Recipients:
    """Say whom a new invitation or reminder goes to."""
    told = [(entry, say_why_not(kind, entry, anonymous=anonymous)) for entry in entries]
    return Recipients(
        to=tuple(entry for entry, why in told if not why),
        others=tuple((entry, why) for entry, why in told if why),
    )


def say_why_not(kind: Kind, entry: Entry, *, anonymous: bool) -> str:
    """Return why no letter of that kind is to be begun to somebody, or nothing."""
    if any(each.state in {"waiting", "sending"} for each in entry.messages):
        return _("has a letter on its way")
    if kind == "invitation" and any(is_out(each.state) for each in entry.messages):
        return _("has been written to already")
    return say_why_not_now(kind, entry, anonymous=anonymous)


def say_why_not_now(kind: Kind, entry: Entry, *, anonymous: bool) -> str:
    """Return why a letter is not to be sent to somebody just now, or nothing.

    Asked again as each is sent: meanwhile somebody may have taken part, or withdrawn. In an
    anonymous study nobody can know who took part, so that reminders go to all that were invited.
    """
    person, known = entry.person, entry.participant
    reasons = (
        (person.silent, _("asked not to be written to")),
        (not person.email, _("has no address of e-mail")),
        (known is None, _("is not among the participants")),
        (known is not None and known.withdrew, _("withdrew")),
    )
    found = next((reason for holds, reason in reasons if holds), "")
    if found or kind == "invitation":
        return found
    return _say_why_not_remind(entry, anonymous=anonymous)


def _say_why_not_remind(entry: Entry, *, anonymous: bool) -> str:
    known = entry.participant
    if anonymous or known is None:
        invited = any(is_out(each.state) for each in entry.messages)
        return "" if invited else _("was not invited by letter")
    if known.invitation is None or known.invitation == "revoked":
        return _("has no invitation of their own")
    return _("has sent the answers") if known.progress == "sent" else ""


def is_out(state: str) -> bool:
    """Whether a message of this state has reached somebody, for all that is known."""
    return state in {"sent", "unknown"}
