"""The sentences that the sheet's script says, handed over on the page itself."""

from survey_app.translations import gettext as _


def script_words() -> dict[str, str]:
    """Return the script's sentences by name; `{…}` is filled in by the script."""
    return {
        "ready": _("Saves as you type"),
        "saved": _("Saved {time}"),
        "waiting_one": _("1 change waiting"),
        "waiting_many": _("{count} changes waiting"),
        "retrying": _("Not saved: retrying"),
        "signed_out": _("Not saved: signed out. Sign in again in another tab"),
        "refused": _("Not saved: the server refused this page. Keep it open"),
        "closed": _("Not saved: the participant has withdrawn"),
        "invalid": _("One change was not saved: see the note beside it"),
        "conflict": _("Another window changed this: see the note beside it"),
        "conflict_title": _("Changed in another window"),
        "theirs": _("There: {text}"),
        "mine": _("Here: {text}"),
        "keep_mine": _("Keep what is here"),
        "take_theirs": _("Take what is there"),
        "open": _("open"),
        "noted": _("noted"),
        "count_raised": _("{count} raised"),
        "count_settled": _("{count} not raised"),
        "count_open": _("{count} open"),
    }
