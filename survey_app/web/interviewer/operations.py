"""What a page may do to an interview, checked against the probe sheet before it is stored.

Every sentence here says why one change was not saved; nothing else of the same post is held up.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from survey_app.storage.records import Json
from survey_app.translations import current_language
from survey_app.translations import gettext as _
from survey_app.web.interviewer.topics import MOST_OTHERS, OTHER, Sheet, SheetTopic, takes_others
from survey_app.web.interviewer.values import AFTER, DURING
from survey_app.web.interviewer.words import EXAMPLES, NOT_ASKED, REASONS, STATES
from survey_app.web.text import clean

TEXT_LIMIT = 20_000
CLOCK_ACTIONS = ("start", "pause", "resume")
_OTHER = re.compile(re.escape(OTHER) + r"([1-9][0-9]?)")

Operation = dict[str, Json]
Posted = Mapping[str, Any]


class Refused(ValueError):  # noqa: N818 - the name says what happened
    """A change that cannot be stored; its text says why."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with the change in one place of a post."""

    index: int
    message: str


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When changes arrive: how long the interview has lasted, and whether it is over."""

    elapsed: int
    finished: bool


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
    if not isinstance(posted, dict) or not isinstance(kind, str) or kind not in _CHECKS:
        raise Refused(_("The page sent a change of an unknown kind. Load it again."))
    if moment.finished and kind != "note":
        raise Refused(_("The interview is finished; only notes can be added."))
    if kind == "clock":
        return {"op": kind, "action": _one_of(posted, "action", CLOCK_ACTIONS)}
    topic = sheet.find(posted.get("response"), posted.get("item"))
    if topic is None:
        raise Refused(_("This question is not in the interview. Load the page again."))
    where = {"op": kind, "response": topic.response, "item": topic.item}
    return where | _CHECKS[kind](topic, moment, posted)


def _check_mark(topic: SheetTopic, moment: Moment, posted: Posted) -> Operation:
    state = _one_of(posted, "state", STATES)
    return {
        "probe": _probe(topic, posted.get("probe")),
        "state": state,
        "phase": None,
        "at": min(_count(posted, "at"), moment.elapsed),
        "example": _one_of(posted, "example", EXAMPLES),
        "flags": [],
        "text": _text(posted, "text"),
        "reason": _text(posted, "reason") if state == NOT_ASKED else "",
    }


def _check_note(topic: SheetTopic, moment: Moment, posted: Posted) -> Operation:
    probe = posted.get("probe")
    return {
        "probe": None if probe is None else _probe(topic, probe),
        "stream": AFTER if moment.finished else DURING,
        "kind": "note",
        "text": _text(posted, "text"),
        "added": "after" if moment.finished else "during",
    }


def _check_answer(topic: SheetTopic, moment: Moment, posted: Posted) -> Operation:
    del moment
    row = posted.get("row")
    if not isinstance(row, str) or row not in topic.answer_rows():
        raise Refused(_("No answer is recorded here. Load the page again."))
    if posted.get("reason"):
        return {"row": row, "reason": _one_of(posted, "reason", REASONS)}
    answers, mistakes = topic.asked.record(_text(posted, "value"), row, current_language())
    if mistakes:
        raise Refused(" ".join(mistakes))
    answer = answers[row]
    if answer.reason is not None:
        return {"row": row, "reason": str(answer.reason)}
    return {"row": row, "value": answer.value}


_CHECKS: dict[str, Callable[[SheetTopic, Moment, Posted], Operation]] = {
    "mark": _check_mark,
    "note": _check_note,
    "answer": _check_answer,
    "clock": lambda *_never: {},
}


def _probe(topic: SheetTopic, probe: object) -> str:
    if isinstance(probe, str):
        if any(probe == row.key for row in topic.listed):
            return probe
        if takes_others(topic.topic) and _OTHER.fullmatch(probe):
            return probe
    message = _("This probe is not on the sheet (of your own there are at most {most}).")
    raise Refused(message.format(most=MOST_OTHERS))


def _one_of(posted: Posted, name: str, known: tuple[str, ...]) -> str:
    value = posted.get(name)
    if not isinstance(value, str) or value not in known:
        raise Refused(_("The page sent a mark of an unknown kind. Load it again."))
    return value


def _text(posted: Posted, name: str) -> str:
    value = posted.get(name, "")
    if not isinstance(value, str):
        raise Refused(_("The page sent something else than a text. Load it again."))
    text = clean(value)
    if len(text) > TEXT_LIMIT:
        message = _("This text has {count} characters; at most {most} can be kept. Shorten it.")
        raise Refused(message.format(count=len(text), most=TEXT_LIMIT))
    return text


def _count(posted: Posted, name: str) -> int:
    value = posted.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(_("The page sent a time that cannot be. Load it again."))
    return value
