"""What the log of sign-ins and changes to accounts says, in sentences."""

from survey_app.storage.records import AccessEvent
from survey_app.translations import gettext as _


def say_access_event(event: AccessEvent) -> str:
    """Return what was done, and by whom if it was not the account's own doing."""
    sentence = _words().get(event.kind, event.kind).format(detail=event.detail.replace("_", " "))
    if event.by in {"", event.account}:
        return sentence
    return _("{sentence}, by {name}").format(sentence=sentence, name=event.by)


def _words() -> dict[str, str]:
    return {
        "signed_in": _("signed in ({detail})"),
        "refused": _("sign-in refused"),
        "recovery_code_used": _("recovery code used"),
        "added": _("account added"),
        "role": _("role: {detail}"),
        "disabled": _("shut out"),
        "link_made": _("sign-in link made"),
        "password_set": _("password set"),
        "password_reset": _("password reset"),
        "factor_set": _("second factor set up"),
        "factor_removed": _("second factor taken away"),
        "codes_renewed": _("new recovery codes"),
        "sessions_ended": _("sessions ended: {detail}"),
        "factor_required": _("second factor required of all"),
        "not_open": _("asked for a page that is not open to them ({detail})"),
        "factor_free": _("second factor no longer required"),
    }
