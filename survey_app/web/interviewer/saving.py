"""Saving what the sheet sends, whether a script posts it or a form."""

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from flask import Response, jsonify, request

from survey_app.storage.records import Change, InterviewState, Outcome
from survey_app.translations import gettext as _
from survey_app.web.access import current_staff, require_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES, blueprint, find_interview
from survey_app.web.interviewer.clock import read_clock
from survey_app.web.interviewer.conflicts import Conflict, explain
from survey_app.web.interviewer.operations import Moment, Operation, check_operations
from survey_app.web.interviewer.topics import Sheet, make_sheet

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
@require_role(*ROLES)
def save_changes(interview_id: str) -> Any:
    """Save what the sheet's script sends; the answer comes after the commit is on disk."""
    interview = find_interview(interview_id)
    posted = read_json()
    key = read_key(posted)
    if key is None:
        message = _("The page sent something that cannot be read. Load it again.")
        return jsonify(status="invalid", message=message, faults=[]), 422
    sheet = make_sheet(interview)
    moment = read_moment(interview)
    operations, faults = check_operations(sheet, moment, posted.get("operations"))
    if faults:
        return jsonify(status="invalid", faults=[asdict(fault) for fault in faults]), 422
    return _reply(sheet, interview, apply(interview, key, operations), operations)


def apply(interview: InterviewState, key: Key, operations: list[Operation]) -> Outcome:
    """Store checked operations as one change by the person signed in."""
    return services().store.interviews.apply(
        interview.id, make_change(interview.language, key, kind="console"), operations
    )


def make_change(language: str, key: Key, *, kind: str, body: Any = None) -> Change:
    """Return a change by the person signed in."""
    staff = current_staff()
    return Change(
        client=key.client,
        sequence=key.sequence,
        base_revision=key.base_revision,
        kind=kind,
        actor=staff.account.name if staff else "",
        source="console",
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
    if not isinstance(client, str) or not _CLIENT.fullmatch(client) or not _is_time(time):
        return None
    if any(type(count) is not int or not 0 <= count <= MOST_COUNT for count in counts):
        return None
    return Key(client=client, sequence=counts[0], base_revision=counts[1], client_time=time)


def read_moment(interview: InterviewState) -> Moment:
    """Return how long the interview has lasted and whether it is over."""
    reading = read_clock(interview.clock)
    return Moment(elapsed=reading.elapsed, finished=interview.finished is not None)


def explain_all(sheet: Sheet, outcome: Outcome) -> list[Conflict]:
    """Return an outcome's conflicts as people can read them."""
    found = [explain(sheet, conflict) for conflict in outcome.conflicts]
    return [conflict for conflict in found if conflict is not None]


def is_withdrawn(interview: InterviewState) -> bool:
    """Whether the participant took back what was said, so that nothing more is stored."""
    return any(run.state == "withdrawn" for run in interview.responses)


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
        clock = find_interview(interview.id).clock
    reading = read_clock(clock)
    answer = {
        "status": outcome.status,
        "revision": outcome.revision,
        "at": outcome.at,
        "clock": {"elapsed": reading.elapsed, "state": reading.state},
        "conflicts": [asdict(conflict) for conflict in conflicts],
    }
    return jsonify(answer), 409 if conflicts else 200
