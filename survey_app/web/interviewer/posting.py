"""Saving a page of an interview that was posted as a form, without scripts."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from survey_app.storage.records import InterviewState
from survey_app.web.interviewer.agreeing import CONTROL, read_consent
from survey_app.web.interviewer.conflicts import Conflict, control_name
from survey_app.web.interviewer.operations import Operation, check_operations
from survey_app.web.interviewer.posted import find_changes, find_typed
from survey_app.web.interviewer.saving import Key, apply, explain_all, read_key, read_moment
from survey_app.web.interviewer.topics import Sheet
from survey_app.web.interviewer.values import Values
from survey_app.web.security import make_token
from survey_app.web.text import clean

_COUNT = re.compile("[0-9]{1,10}")


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """What could not be saved from a posted form, and the texts that were typed there.

    `faults` are sentences and `conflicts` both versions, by the control they belong to.
    """

    typed: Values = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """The answer's status: 409 with a conflict, 422 with a fault, 200 with neither."""
        return 409 if self.conflicts else 422 if self.faults else 200


def save_posted(interview: InterviewState, page: Sheet, posted: dict[str, str]) -> Trouble:
    """Save what differs between the form as it was shown and as it was posted."""
    moment = read_moment(interview)
    before = _read_before(posted)
    changes = find_changes(page, before, posted, moment.elapsed)
    if posted.get("clock"):
        changes.append({"op": "clock", "action": posted["clock"]})
    if posted.get("recording"):
        started = posted["recording"] == "started"
        changes.append({"op": "recording", "at": moment.elapsed if started else None})
    if posted.get("consent"):
        changes.append(read_consent(posted))
    if not changes:
        return Trouble()
    good, faults = check_operations(page, moment, changes)
    outcome = apply(interview, _read_form_key(posted), good) if good else None
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
    if operation["op"] == "consent":
        return CONTROL
    topic = page.find(operation.get("response"), operation.get("item"))
    return control_name(topic, operation) or "clock"
