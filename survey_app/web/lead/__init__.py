"""The study lead's side: instruments and their versions, trials, invitations, and consent."""

from survey_app.web.lead import (  # noqa: F401
    changing,
    comparing,
    consent,
    consents_given,
    index,
    invitations,
    named,
    version,
)
from survey_app.web.lead.blueprint import blueprint

__all__ = ["blueprint"]
