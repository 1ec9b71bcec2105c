"""A new password as it is typed on a page, twice, and what is wrong with it."""

from dataclasses import dataclass, field

from survey_app.credentials.choosing import refuse_password
from survey_app.translations import gettext as _
from survey_app.web.text import CleanForm


@dataclass(frozen=True)
class NewPassword:
    """The text, and sentences by the name of the input that they are about."""

    text: str = ""
    errors: dict[str, str] = field(default_factory=dict)


def read_new_password(form: CleanForm, name: str) -> NewPassword:
    """Return the password that was typed for the account of a name."""
    typed = form.get("password")
    refused = refuse_password(typed, name)
    if refused is not None:
        return NewPassword(errors={"password": refused})
    if form.get("again") != typed:
        return NewPassword(errors={"again": _("The two do not agree; type the password again.")})
    return NewPassword(text=typed)
