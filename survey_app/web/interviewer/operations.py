"""What a page may do to an interview, checked against the probe sheet before it is stored.

An operation is one of::

    {"op": "mark", "response", "item", "probe", "at", "state", "phase", "example", "flags",
     "text", "reason"}
    {"op": "item", "response", "item", "at", "phase", "state", "flags", "reason"}
    {"op": "note", "response", "item", "probe" or None, "text"}
    {"op": "note", "kind": "summary" | "journal", "stream", "text"}   no response, no item
    {"op": "note", "kind": "observer", "response", "item", "text"}    or no response, no item
    {"op": "answer", "response", "item", "row", "value", "reason"}
    {"op": "place", "response", "item", "at"}
    {"op": "clock", "action"}
    {"op": "recording", "at" or None}
    {"op": "consent", "version", "said", "method", "dated", "recording", "ticks"}

`at` counts milliseconds into the interview, pauses left out, and is never stored later than the
server's clock stands; of an interview held on paper no time is stored. Every sentence says why one
change was not saved.
"""

from collections.abc import Callable
from dataclasses import dataclass

from survey_app.translations import gettext as _
from survey_app.web.interviewer.agreeing import check_consent
from survey_app.web.interviewer.checks import (
    Moment,
    check_answer,
    check_clock,
    check_item,
    check_mark,
    check_note,
    check_place,
    check_recording,
    check_whole_note,
)
from survey_app.web.interviewer.received import TEXT_LIMIT, Operation, Posted, Refused
from survey_app.web.interviewer.topics import Sheet, SheetTopic

__all__ = ["TEXT_LIMIT", "Fault", "Moment", "Operation", "check_operations"]

_OF_QUESTIONS: dict[str, Callable[[SheetTopic, Moment, Posted], Operation]] = {
    "mark": check_mark,
    "item": check_item,
    "note": check_note,
    "answer": check_answer,
    "place": check_place,
}
_OF_THE_WHOLE: dict[str, Callable[[Moment, Posted], Operation]] = {
    "note": check_whole_note,
    "clock": check_clock,
    "recording": check_recording,
    "consent": check_consent,
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with the change in one place of a post."""

    index: int
    message: str


def check_operations(
    sheet: Sheet, moment: Moment, posted: object
) -> tuple[list[Operation], list[Fault]]:
    """Return the operations as they may be stored, and what is wrong with the others."""
    if not isinstance(posted, list) or not posted:
        return [], [Fault(index=0, message=_("The page sent no list of changes. Load it again."))]
    good: list[Operation] = []
    faults: list[Fault] = []
    for index, operation in enumerate(posted):
        try:
            good.append(_check(sheet, moment, operation))
        except Refused as refusal:
            faults.append(Fault(index=index, message=str(refusal)))
    return good, faults


def _check(sheet: Sheet, moment: Moment, posted: object) -> Operation:
    kind = posted.get("op") if isinstance(posted, dict) else None
    if not isinstance(posted, dict) or not isinstance(kind, str):
        raise Refused(_("The page sent a change of an unknown kind. Load it again."))
    _check_allowed(moment, kind, posted)
    if kind in _OF_THE_WHOLE and _is_whole(kind, posted):
        return {"op": kind, **_OF_THE_WHOLE[kind](moment, posted)}
    if kind not in _OF_QUESTIONS:
        raise Refused(_("The page sent a change of an unknown kind. Load it again."))
    topic = sheet.find(posted.get("response"), posted.get("item"))
    if topic is None:
        raise Refused(_("This question is not in the interview. Load the page again."))
    where = {"op": kind, "response": topic.response, "item": topic.item}
    return where | _OF_QUESTIONS[kind](topic, moment, posted)


def _check_allowed(moment: Moment, kind: str, posted: Posted) -> None:
    by_observer = kind == "note" and posted.get("kind") == "observer"
    if moment.observer and not by_observer:
        raise Refused(_("You are reading along, so only notes of your own can be added."))
    if by_observer and not moment.observer:
        raise Refused(_("Only somebody who reads along can add an observer’s note."))
    if moment.finished and kind != "note":
        raise Refused(_("The interview is finished; only notes can be added."))


def _is_whole(kind: str, posted: Posted) -> bool:
    """Whether a change is about no question: a note that names none, the clock, the recording."""
    if kind != "note":
        return True
    names_none = posted.get("response") is None and posted.get("item") is None
    return names_none and posted.get("kind", "note") != "note"
