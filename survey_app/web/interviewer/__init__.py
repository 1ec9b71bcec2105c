"""The interviewer's side: the list, a new interview, the sheet, finishing, and paper."""

from survey_app.web.interviewer import beginning, finishing, listing, paper, sheet  # noqa: F401
from survey_app.web.interviewer.blueprint import blueprint

__all__ = ["blueprint"]
