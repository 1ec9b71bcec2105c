"""The sheet: one page for the whole protocol, and its saving without scripts."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.storage.records import InterviewState
from survey_app.web.access import current_staff, require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.conflicts import Conflict, control_name
from survey_app.web.interviewer.coverage import cover_all
from survey_app.web.interviewer.operations import TEXT_LIMIT, Operation, check_operations
from survey_app.web.interviewer.posted import find_changes, find_typed
from survey_app.web.interviewer.saving import (
    Key,
    apply,
    explain_all,
    is_withdrawn,
    read_key,
    read_moment,
)
from survey_app.web.interviewer.script_words import script_words
from survey_app.web.interviewer.topics import Sheet, make_sheet
from survey_app.web.interviewer.values import Values, read_values
from survey_app.web.interviewer.words import example_words, reason_words, state_words
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm, clean

_COUNT = re.compile("[0-9]{1,10}")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What could not be saved from a posted form, and the texts that were typed there.

    `faults` are sentences and `conflicts` both versions, by the control they belong to.
    """

    typed: Values = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)


@blueprint.get("/interviews/<interview_id>")
@require_role(*ROLES)
def sheet(interview_id: str) -> Any:
    """Show the sheet."""
    return show_sheet(find_interview(interview_id), Trouble())


@blueprint.post("/interviews/<interview_id>")
def save_form(interview_id: str) -> Any:
    """Save the sheet posted as a form; whoever was signed out keeps what was typed."""
    if current_staff() is None:
        fields = [(name, clean(text)) for name, text in request.form.items() if name != "csrf"]
        return render_template("stale_form.html", fields=fields), 401
    return save_signed_in(interview_id)


@require_role(*ROLES)
def save_signed_in(interview_id: str) -> Any:
    """Save what differs between the form as it was shown and as it was posted."""
    interview = find_interview(interview_id)
    if is_withdrawn(interview):
        return show_sheet(interview, Trouble()), 409
    page = make_sheet(interview)
    form = CleanForm(request.form)
    posted = {name: form.get(name) for name in request.form}
    trouble = _save(interview, page, posted)
    if trouble.faults or trouble.conflicts:
        return show_sheet(find_interview(interview_id), trouble), 409 if trouble.conflicts else 422
    return redirect(_next_place(interview_id, posted), 303)


def show_sheet(interview: InterviewState, trouble: Trouble) -> str:
    """Return the sheet's page, with what could not be saved still in its fields."""
    page = make_sheet(interview)
    stored = read_values(interview, page)
    study = services().store.studies.find(interview.study)
    return render_template(
        "interviewer/sheet.html",
        interview=interview,
        study_title=study.title if study else interview.study,
        sheet=page,
        clock=read_clock(interview.clock),
        values=stored | dict(trouble.typed),
        before=json.dumps(stored, ensure_ascii=False),
        coverage=cover_all(page, stored),
        trouble=trouble,
        client=make_token(),
        withdrawn=is_withdrawn(interview),
        is_test=interview.is_test,
        text_limit=TEXT_LIMIT,
        states=state_words(),
        examples=example_words(),
        reasons=reason_words(),
        script_words=script_words(),
        saved=request.args.get("saved") == "1",
    )


def _next_place(interview_id: str, posted: Mapping[str, str]) -> str:
    if posted.get("then") == "finish":
        return url_for("interviewer.finish", interview_id=interview_id)
    anchor = f"t-{posted['goto']}" if posted.get("goto") else None
    return url_for("interviewer.sheet", interview_id=interview_id, saved=1, _anchor=anchor)


def _save(interview: InterviewState, page: Sheet, posted: dict[str, str]) -> Trouble:
    moment = read_moment(interview)
    before = _read_before(posted)
    changes = find_changes(page, before, posted, moment.elapsed)
    if posted.get("clock"):
        changes.append({"op": "clock", "action": posted["clock"]})
    key = _read_form_key(posted)
    if not changes:
        return Trouble()
    good, faults = check_operations(page, moment, changes)
    outcome = apply(interview, key, good) if good else None
    conflicts = explain_all(page, outcome) if outcome else []
    named = {_name(page, changes[fault.index]): fault.message for fault in faults}
    found = {conflict.name: conflict for conflict in conflicts}
    return Trouble(typed=find_typed(before, posted), faults=named, conflicts=found)


def _read_form_key(posted: Mapping[str, str]) -> Key:
    counts = {
        name: int(posted[name]) if _COUNT.fullmatch(posted.get(name, "")) else None
        for name in ("sequence", "base_revision")
    }
    key = read_key({"client": posted.get("client"), **counts})
    # A form that came without its key is saved as if made from the oldest state: what others
    # changed since is then shown as a conflict, and nothing is written over.
    return key or Key(client=make_token(), sequence=0, base_revision=0)


def _read_before(posted: Mapping[str, str]) -> dict[str, str]:
    try:
        before = json.loads(posted.get("before", ""))
    except (ValueError, RecursionError):
        return {}
    texts = before if isinstance(before, dict) else {}
    return {name: clean(text) for name, text in texts.items() if isinstance(text, str)}


def _name(page: Sheet, operation: Operation) -> str:
    topic = page.find(operation.get("response"), operation.get("item"))
    return control_name(topic, operation) if topic else "clock"
