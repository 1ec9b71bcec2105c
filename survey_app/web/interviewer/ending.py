"""What the two ways to end an interview share: what is open, the rest not asked, the page."""

from collections.abc import Mapping
from typing import Any, Final

from flask import render_template

from survey_app.definition.fields import Mistake
from survey_app.storage.records import InterviewState
from survey_app.translations import gettext as _
from survey_app.web.context import services
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.coverage import cover_all
from survey_app.web.interviewer.operations import TEXT_LIMIT, Operation
from survey_app.web.interviewer.rest import find_open, mark_rest
from survey_app.web.interviewer.saving import Key, is_client
from survey_app.web.interviewer.topics import make_sheet
from survey_app.web.interviewer.values import YES, read_values
from survey_app.web.security import make_token

PAPER: Final = "paper"
"""The source of an interview that was held on paper and keyed in."""


def show_ending(
    template: str,
    interview: InterviewState,
    typed: Mapping[str, str],
    mistakes: tuple[Mistake, ...],
    **more: Any,
) -> str:
    """Return the page of one way to end, with what is open by state, each with its place."""
    sheet = make_sheet(interview)
    values = read_values(interview, sheet)
    still_open = find_open(sheet, values)
    coverage = cover_all(sheet, values)
    study = services().store.studies.find(interview.study)
    return render_template(
        template,
        interview=interview,
        study_title=study.title if study else interview.study,
        sheet=sheet,
        clock=read_clock(interview.clock),
        untouched=[each for each in still_open if each.untouched],
        partly=[each for each in still_open if not each.untouched],
        come_back=[each.topic for each in coverage.values() if each.flags["come_back"]],
        open_probes=sum(len(each.rows) for each in still_open),
        coverage=coverage,
        total=len(sheet.topics),
        on_paper=interview.source == PAPER,
        typed=typed,
        client=typed.get("client") or make_token(),
        mistakes=mistakes,
        errors={mistake.name: mistake.message for mistake in mistakes},
        is_test=interview.is_test,
        **more,
    )


def make_rest(interview: InterviewState, posted: Mapping[str, str]) -> list[Operation]:
    """Return what marks the rest not asked, where that was ticked."""
    if posted["rest"] != YES:
        return []
    sheet = make_sheet(interview)
    at = None if interview.source == PAPER else read_clock(interview.clock).elapsed
    return mark_rest(sheet, read_values(interview, sheet), posted["rest_reason"].strip(), at)


def rest_mistakes(posted: Mapping[str, str]) -> list[Mistake]:
    """Return what is missing before the rest can be marked not asked."""
    if posted["rest"] != YES or posted["rest_reason"].strip():
        return []
    return [Mistake("rest_reason", _("Write why the rest was not asked, such as “no time left”"))]


def text_mistakes(posted: Mapping[str, str], names: tuple[str, ...]) -> list[Mistake]:
    """Return which texts are too long to be kept."""
    message = _("Shorten this text to at most {most} characters").format(most=TEXT_LIMIT)
    return [Mistake(name, message) for name in names if len(posted[name]) > TEXT_LIMIT]


def make_key(interview: InterviewState, posted: Mapping[str, str]) -> Key:
    """Return the key of a form that is sent once: the same form again is a repeat."""
    client = posted["client"] if is_client(posted["client"]) else make_token()
    return Key(client=client, sequence=0, base_revision=interview.revision)
