"""The sheet on paper: filled from an interview, or blank to be written on."""

from typing import Any

from flask import abort, render_template

from survey_app.web.access import require_role
from survey_app.web.catalogue import UnknownInstrument
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview
from survey_app.web.interviewer.clock import ClockReading, read_clock
from survey_app.web.interviewer.topics import Sheet, make_run, make_sheet
from survey_app.web.interviewer.values import read_values
from survey_app.web.interviewer.words import outcome_words, reason_words, state_words

BLANK_ROWS = 3
"""Rows for topics of one's own under every list on blank paper."""


@blueprint.get("/interviews/<interview_id>/print")
@require_role(*ROLES)
def print_filled(interview_id: str) -> Any:
    """Show a filled sheet for the printer."""
    interview = find_interview(interview_id)
    study = services().store.studies.find(interview.study)
    sheet = make_sheet(interview, spare=0)
    return _show(
        sheet,
        interview=interview,
        study_title=study.title if study else interview.study,
        values=read_values(interview, sheet),
        clock=read_clock(interview.clock),
    )


@blueprint.get("/interviews/sheet/<name>@<version>/print")
@require_role(*ROLES)
def print_blank(name: str, version: str) -> Any:
    """Show a blank sheet for the printer."""
    try:
        instrument = services().catalogue.instrument(name, version)
    except UnknownInstrument:
        abort(404)
    probes = services().catalogue.probe_sheet(name, version)
    run = make_run(
        instrument,
        probes,
        number=1,
        response="",
        numbers=iter(range(1, 10_000)),
        used={},
        spare=BLANK_ROWS,
    )
    sheet = Sheet(language=instrument.languages[0], runs=(run,))
    return _show(sheet, interview=None, study_title="", values={}, clock=None)


def _show(sheet: Sheet, *, clock: ClockReading | None, **context: Any) -> str:
    return render_template(
        "interviewer/paper.html",
        sheet=sheet,
        clock=clock,
        states=state_words(),
        boxes=[words for words in state_words() if words.letter],
        reasons=reason_words(),
        outcomes=outcome_words(),
        **context,
    )
