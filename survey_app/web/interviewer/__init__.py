"""The interviewer's side: before the call, the sheet, its ends, what follows, and paper."""

from survey_app.web.interviewer import (  # noqa: F401
    beginning,
    breaking_off,
    consent,
    finishing,
    journal_keys,
    keying,
    listing,
    paper,
    presence,
    safety_words,
    sheet,
    state,
    summary,
    timeline,
    times_on_paper,
    withdrawing,
)
from survey_app.web.interviewer.blueprint import blueprint

__all__ = ["blueprint"]
