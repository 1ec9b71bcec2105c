"""The sentences about keeping words safe, and what templates hand over to that script."""

from collections.abc import Callable
from typing import Any

from flask import url_for

from survey_app.storage.records import InterviewState
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, current_staff
from survey_app.web.interviewer.blueprint import blueprint, is_observer

TOKEN = "TOKEN"  # noqa: S105 - the place of a sign-in link's token in its address


def safety_words() -> dict[str, str]:
    """Return the script's sentences by name; `{…}` is filled in by the script."""
    return {
        "other_account": _(
            "{name} is signed in now, and this page belongs to somebody else. Nothing is sent "
            "until its own interviewer signs in again. What you type is kept here."
        ),
        "not_theirs": _("Not saved: another is signed in"),
        "signed_out": _("Not saved: signed out"),
        "sign_in": _("You are signed out. Go on typing: nothing is lost, and it waits here."),
        "no_link": _("Paste the whole sign-in link, please."),
        "link_used": _("This link no longer works. Ask for a new one."),
        "link_asks": _("This link asks for more than a press. Open it in another tab, please."),
        "link_of_another": _(
            "This link is for {name}, and this page belongs to somebody else. The link still works."
        ),
        "link_unsent": _("The server did not answer. Try again in a moment."),
        "resting": _("Reading along"),
        "reading": _(
            "You are reading along: {name} writes in another window or on another device."
        ),
        "observing": _("You are observing: you read along, and write notes of your own."),
        "offline_sealed": _(
            "Keep this page open until it says Saved. What waits is sealed on this computer and "
            "cannot be read without the server."
        ),
        "offline_bare": _(
            "Keep this page open until it says Saved. What waits is on this page alone."
        ),
        "back_one": _("1 change from before was brought back."),
        "back_many": _("{count} changes from before were brought back."),
        "finishing": _("Finishing goes on by itself once everything is at the server."),
        **boat_words(),
        **journal_words(),
    }


def boat_words() -> dict[str, str]:
    """Return what is said about sealed copies."""
    return {
        "boat_saved": _(
            "The sealed copy is among your downloads. Only this sheet can read it: do so before "
            "the interview is finished, since its key is forgotten soon after."
        ),
        "boat_read": _("The sealed copy was read back in."),
        "boat_without_key": _("There is no key for a sealed copy yet. Sign in first."),
        "boat_of_another": _("This file is from another interview, so nothing was read from it."),
        "boat_of_another_person": _("Somebody else sealed this file. Only they can read it here."),
        "boat_unreadable": _(
            "This file cannot be opened: it is damaged, or the interview was finished since and "
            "its key forgotten. Nothing was read from it."
        ),
        "boat_damaged": _(
            "This file is damaged, or it is not a sealed copy. Nothing was read from it."
        ),
    }


def journal_words() -> dict[str, str]:
    """Return what is said where the browser keeps no journal."""
    return {
        "journal_insecure": readiness_words()["insecure"],
        "journal_off": readiness_words()["off"],
        "journal_failed": _(
            "This computer’s storage is full or closed, so nothing more is kept on it. Saving to "
            "the server goes on: keep this page open until it says Saved."
        ),
        "journal_later": _(
            "Nothing is kept on this computer yet. Keep this page open until it says Saved."
        ),
    }


def readiness_words() -> dict[str, str]:
    """Return what is said, before the call starts, about keeping words on this computer."""
    return {
        "ready": _(
            "If the network fails, what you type is kept on this computer, sealed, until the "
            "server has it. It can be read again only here and after signing in."
        ),
        "insecure": _(
            "This connection is not secure, so nothing can be kept on this computer. During the "
            "call keep the page open until it says Saved."
        ),
        "off": _(
            "This browser keeps nothing on this computer. During the call keep the page open "
            "until it says Saved."
        ),
    }


@blueprint.context_processor
def offer_safety() -> dict[str, Callable[..., Any]]:
    """Give the interviewer's templates what the safety script needs."""
    return {"safety": describe_safety}


def describe_safety(interview: InterviewState) -> dict[str, Any]:
    """Return whose page this is, whether they only observe, and the addresses it uses."""
    staff = current_staff()
    return {
        "account": staff.account.id if staff else "",
        "name": current_name(),
        "role": "observer" if is_observer(interview) else "writer",
        "words": safety_words(),
        "sign_in": url_for("access.sign_in", token=TOKEN),
        "addresses": {
            name: url_for(f"interviewer.{endpoint}", interview_id=interview.id)
            for name, endpoint in (
                ("presence", "report_presence"),
                ("state", "show_state"),
                ("journal-key", "give_journal_key"),
                ("journal-forget", "forget_journal_key"),
            )
        },
    }
