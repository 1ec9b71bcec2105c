"""The study lead's side: the instruments, what their versions change, trials and publication."""

from survey_app.web.lead import changing, comparing, index, invitations, version  # noqa: F401
from survey_app.web.lead.blueprint import blueprint

__all__ = ["blueprint"]
