"""Saving what the sheet sends, whether a script posts it or a form."""

import json
import re
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, TypeGuard

from flask import Response, jsonify, request

from survey_app.storage.records import Change, InterviewState, Outcome, Source
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_own_account, require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import READERS, blueprint, find_readable, is_observer
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.conflicts import Conflict, explain
from survey_app.web.interviewer.newer_text import show_answer
from survey_app.web.interviewer.operations import Moment, Operation, check_operations
from survey_app.web.interviewer.presses import find_presses, measure_with, place_presses
from survey_app.web.interviewer.topics import Sheet, make_sheet
from survey_app.web.security import csrf_token

MOST_COUNT = 2**31 - 1
_CLIENT = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, kw_only=True)
class Key:
    """Which page sends, what number this post has on it, and the revision it builds on."""

    client: str
    sequence: int
    base_revision: int
    client_time: str | None = None


@blueprint.post("/interviews/<interview_id>/changes")
@require_own_account
@require_role(*READERS)
def save_changes(interview_id: str) -> Any:
    """Save what the sheet's script sends; the answer comes after the commit is on disk.

    It carries a fresh token, so that a page that stays open for hours never holds a stale one.
    """
    interview = find_readable(interview_id)
    posted = read_json()
    key = read_key(posted)
    if key is None:
        message = _("The page sent something that cannot be read. Load it again.")
        return jsonify(status="invalid", message=message, faults=[]), 422
    sheet = make_sheet(interview)
    presses = find_presses(posted.get("operations"))
    elapsed = measure_with(interview, posted.get("operations"), presses)
    moment = replace(read_moment(interview), elapsed=elapsed)
    operations, faults = check_operations(sheet, moment, posted.get("operations"))
    body = _spell(posted.get("operations"))
    if faults:
        repeat = _find_repeat(interview, key, body)
        if repeat is not None:
            return _reply(sheet, interview, repeat, [])
        return jsonify(status="invalid", faults=[asdict(fault) for fault in faults]), 422
    place_presses(operations, presses)
    return _reply(sheet, interview, apply(interview, key, operations, body), operations)


def apply(
    interview: InterviewState, key: Key, operations: list[Operation], body: Any = None
) -> Outcome:
    """Store checked operations as one change by the person signed in; `body` is what was posted."""
    change = _make_console_change(interview, key, body)
    return services().store.interviews.apply(interview.id, change, operations)


def _find_repeat(interview: InterviewState, key: Key, body: Any) -> Outcome | None:
    """Return what became of the same post before: it may have been sound when it came first."""
    if not body:
        return None
    change = _make_console_change(interview, key, body)
    return services().store.interviews.find_repeat(interview.id, change)


def _make_console_change(interview: InterviewState, key: Key, body: Any) -> Change:
    source: Source = "paper" if interview.source == "paper" else "console"
    return make_change(interview.language, key, kind="console", body=body, source=source)


def _spell(posted: object) -> dict[str, Any]:
    """Return posted operations as a repeat is told by: each as text, under its response.

    Nothing for what is no list of operations; that is refused anyway.
    """
    if not isinstance(posted, list) or not all(isinstance(each, dict) for each in posted):
        return {}
    operations = []
    try:
        for each in posted:
            response = each.get("response")
            place = response if isinstance(response, str) else None
            operations.append({"response": place, "posted": json.dumps(each, sort_keys=True)})
    except RecursionError:
        return {}
    return {"operations": operations}


def make_change(
    language: str, key: Key, *, kind: str, body: Any = None, source: Source = "console"
) -> Change:
    """Return a change by the person signed in."""
    return Change(
        client=key.client,
        sequence=key.sequence,
        base_revision=key.base_revision,
        kind=kind,
        actor=current_name(),
        source=source,
        language=language,
        client_time=key.client_time,
        body=body or {},
    )


def read_json() -> dict[str, Any]:
    """Return the posted JSON object; an empty one for anything else."""
    try:
        posted = json.loads(request.get_data())
    except (ValueError, RecursionError):
        return {}
    return posted if isinstance(posted, dict) else {}


def read_key(posted: Any) -> Key | None:
    """Return who posts on top of what, or None if that is missing or cannot be."""
    client, time = posted.get("client"), posted.get("client_time")
    counts = [posted.get("sequence"), posted.get("base_revision")]
    if not is_client(client) or not _is_time(time):
        return None
    if any(type(count) is not int or not 0 <= count <= MOST_COUNT for count in counts):
        return None
    return Key(client=client, sequence=counts[0], base_revision=counts[1], client_time=time)


def is_client(value: object) -> TypeGuard[str]:
    """Whether a posted value can name a page."""
    return isinstance(value, str) and _CLIENT.fullmatch(value) is not None


def read_moment(interview: InterviewState) -> Moment:
    """Return how long the interview has lasted, whether it is over, and who writes how."""
    return Moment(
        elapsed=read_clock(interview.clock).elapsed,
        finished=interview.finished is not None,
        observer=current_name() if is_observer(interview) else "",
        paper=interview.source == "paper",
        study=interview.study,
        language=interview.language,
    )


def explain_all(sheet: Sheet, outcome: Outcome) -> list[Conflict]:
    """Return an outcome's conflicts as people can read them."""
    found = [explain(sheet, conflict) for conflict in outcome.conflicts]
    return [conflict for conflict in found if conflict is not None]


def _is_time(value: object) -> bool:
    if value is None:
        return True
    try:
        datetime.fromisoformat(str(value))
    except ValueError:
        return False
    return isinstance(value, str)


def _reply(
    sheet: Sheet, interview: InterviewState, outcome: Outcome, operations: list[Operation]
) -> tuple[Response, int]:
    if outcome.status == "closed":
        message = _("The participant has withdrawn, so nothing more is stored.")
        return jsonify(status="closed", message=message), 409
    conflicts = explain_all(sheet, outcome)
    clock = interview.clock
    if any(operation["op"] == "clock" for operation in operations):
        clock = find_readable(interview.id).clock
    reading = read_clock(clock)
    answer = {
        "status": outcome.status,
        "revision": outcome.revision,
        "at": outcome.at,
        "clock": {"elapsed": reading.elapsed, "state": reading.state},
        "conflicts": [asdict(conflict) for conflict in conflicts],
        "csrf": csrf_token(),
    }
    if any(operation["op"] == "consent" for operation in operations):
        answer["consent"] = show_answer(find_readable(interview.id))
    return jsonify(answer), 409 if conflicts else 200
