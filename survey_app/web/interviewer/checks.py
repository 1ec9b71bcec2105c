"""What each kind of change may hold: those of a question first, then those of the whole interview.

Every check returns the fields that are stored and raises Refused with a sentence for the page.
"""

import re
from dataclasses import dataclass

from survey_app.storage.records import Json
from survey_app.translations import current_language
from survey_app.translations import gettext as _
from survey_app.web.interviewer.received import (
    Operation,
    Posted,
    Refused,
    read_flags,
    read_one_of,
    read_phase,
    read_text,
    read_time,
)
from survey_app.web.interviewer.topics import MOST_OTHERS, OTHER, SheetTopic, takes_others
from survey_app.web.interviewer.values import AFTER, DURING, WHOLE_STREAMS, observer_stream
from survey_app.web.interviewer.words import (
    EXAMPLES,
    ITEM_STATES,
    NOT_ASKED,
    PHASES,
    REASONS,
    STATES,
)

CLOCK_ACTIONS = ("start", "pause", "resume")
_OTHER = re.compile(re.escape(OTHER) + r"([1-9][0-9]?)")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When and by whom changes arrive.

    `elapsed` is how long the interview has lasted, in milliseconds; `finished` whether it is over.
    `observer` is the name of the account that reads along, empty for whoever holds the interview.
    `paper` says that it was held on paper and is being keyed in, so that no change has a time.
    `study` and `language` are those of the interview.
    """

    elapsed: int
    finished: bool
    observer: str = ""
    paper: bool = False
    study: str = ""
    language: str = ""

    @property
    def added(self) -> str:
        """Whether what is written now was added `during` the interview or `after` it."""
        return "after" if self.finished else "during"


def check_mark(topic: SheetTopic, moment: Moment, posted: Posted) -> Operation:
    """What became of one probe. Phase and state may disagree: the interviewer knows better.

    On paper a mark's phase is not known, only what its box says.
    """
    state = read_one_of(posted, "state", STATES)
    return {
        "probe": _read_probe(topic, posted.get("probe")),
        "state": state,
        "phase": None if moment.paper else read_phase(posted),
        "at": _read_time(moment, posted),
        "example": read_one_of(posted, "example", EXAMPLES),
        "flags": read_flags(posted),
        "text": read_text(posted, "text"),
        "reason": read_text(posted, "reason") if state == NOT_ASKED else "",
    }


def check_item(topic: SheetTopic, moment: Moment, posted: Posted) -> Operation:
    """What holds for a whole question: its phase, what became of it, its flags."""
    del topic
    state = read_one_of(posted, "state", ITEM_STATES)
    return {
        "phase": read_one_of(posted, "phase", PHASES),
        "state": state,
        "at": _read_time(moment, posted),
        "flags": read_flags(posted),
        "reason": read_text(posted, "reason") if state == NOT_ASKED else "",
    }


def check_note(topic: SheetTopic, moment: Moment, posted: Posted) -> Operation:
    """A note on a question or on one of its probes; an observer's stands in a stream apart."""
    if moment.observer:
        return check_observer_note(moment, posted)
    if posted.get("kind", "note") != "note":
        raise Refused(_("The page sent a note of an unknown kind. Load it again."))
    probe = posted.get("probe")
    return {
        "probe": None if probe is None else _read_probe(topic, probe),
        "stream": AFTER if moment.finished else DURING,
        "kind": "note",
        "text": read_text(posted, "text"),
        "added": moment.added,
    }


def check_observer_note(moment: Moment, posted: Posted) -> Operation:
    """What an observer writes about a question, or about the interview as a whole."""
    return {
        "probe": None,
        "stream": observer_stream(moment.observer),
        "kind": "observer",
        "text": read_text(posted, "text"),
        "added": moment.added,
    }


def check_answer(topic: SheetTopic, moment: Moment, posted: Posted) -> Operation:
    """A closed answer as the item type takes it, or why there is none."""
    del moment
    row = posted.get("row")
    if not isinstance(row, str) or row not in topic.answer_rows():
        raise Refused(_("No answer is recorded here. Load the page again."))
    if posted.get("reason"):
        return {"row": row, "reason": read_one_of(posted, "reason", REASONS)}
    answers, mistakes = topic.asked.record(read_text(posted, "value"), row, current_language())
    if mistakes:
        raise Refused(" ".join(mistakes))
    answer = answers[row]
    if answer.reason is not None:
        return {"row": row, "reason": str(answer.reason)}
    return {"row": row, "value": answer.value}


def check_place(topic: SheetTopic, moment: Moment, posted: Posted) -> Operation:
    """The interviewer came to a question."""
    del topic
    return {"at": _read_time(moment, posted)}


def check_whole_note(moment: Moment, posted: Posted) -> Operation:
    """The contact summary or the journal, each in its streams; or an observer's note."""
    whole: Operation = {"response": None, "item": None}
    if moment.observer:
        return whole | check_observer_note(moment, posted)
    kind, stream = posted.get("kind"), posted.get("stream")
    if not isinstance(kind, str) or stream not in WHOLE_STREAMS.get(kind, ()):
        raise Refused(_("The page sent a note of an unknown kind. Load it again."))
    return whole | {
        "probe": None,
        "stream": stream,
        "kind": kind,
        "text": read_text(posted, "text"),
        "added": moment.added,
    }


def check_clock(moment: Moment, posted: Posted) -> Operation:
    """Starting, pausing or going on."""
    if moment.paper:
        raise Refused(_("This interview was held on paper, so no times are kept."))
    return {"action": read_one_of(posted, "action", CLOCK_ACTIONS)}


def check_recording(moment: Moment, posted: Posted) -> Operation:
    """When the recording was started; None takes that back."""
    if moment.paper:
        raise Refused(_("This interview was held on paper, so no times are kept."))
    return {"at": None if posted.get("at") is None else _read_time(moment, posted)}


def _read_time(moment: Moment, posted: Posted) -> Json:
    return None if moment.paper else min(read_time(posted), moment.elapsed)


def _read_probe(topic: SheetTopic, probe: object) -> str:
    if isinstance(probe, str):
        if any(probe == row.key for row in topic.listed):
            return probe
        if takes_others(topic.topic) and _OTHER.fullmatch(probe):
            return probe
    message = _("This probe is not on the sheet (of your own there are at most {most}).")
    raise Refused(message.format(most=MOST_OTHERS))
