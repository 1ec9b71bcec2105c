"""How a sheet stands, for windows that read along: the texts of its controls by their names."""

from typing import Any

from flask import jsonify

from survey_app.web.access import current_name, require_own_account, require_role
from survey_app.web.interviewer.blueprint import READERS, blueprint, find_readable, is_observer
from survey_app.web.interviewer.presence import describe_clock
from survey_app.web.interviewer.topics import make_sheet
from survey_app.web.interviewer.values import read_values

RECORDING_CONTROL = "recording.at"
"""The control that holds when the recording was started, in milliseconds into the interview."""


@blueprint.get("/interviews/<interview_id>/state")
@require_own_account
@require_role(*READERS)
def show_state(interview_id: str) -> Any:
    """Return what is stored; a control that is not named stands on its first choice, or empty."""
    interview = find_readable(interview_id)
    observer = current_name() if is_observer(interview) else ""
    values = read_values(interview, make_sheet(interview), observer)
    if interview.recording_offset is not None:
        values[RECORDING_CONTROL] = str(interview.recording_offset)
    return jsonify(
        revision=interview.revision,
        values=values,
        clock=describe_clock(interview),
        finished=interview.finished is not None,
    )
