"""When the clock's buttons were pressed: a press that waited for the network counts from then.

A page says by its own clock when a button was pressed and, beside the request, what that clock
shows as it is sent. Only the difference is used, so a clock that is wrong does no harm.
"""

import re
from datetime import UTC, datetime, timedelta

from flask import request

from survey_app.storage.moments import as_text
from survey_app.storage.records import InterviewState, Json
from survey_app.web.interviewer.clock import read_clock

SENT_HEADER = "X-Sent"
"""What the page's clock shows as it sends, in milliseconds since 1970."""
LONGEST = timedelta(days=7)
"""A press that waited longer than this is taken as made now: some clock was set anew."""
_MILLISECONDS = re.compile(r"[0-9]{1,15}")


def find_presses(posted: object) -> dict[int, str]:
    """Return the moments of the presses among posted operations, by their places in the list."""
    sent, now = _read_sent(), datetime.now(UTC)
    if sent is None or not isinstance(posted, list):
        return {}
    found = {}
    for index, operation in enumerate(posted):
        pressed = operation.get("pressed") if isinstance(operation, dict) else None
        if type(pressed) is int and 0 <= sent - pressed <= LONGEST / timedelta(milliseconds=1):
            found[index] = as_text(now - timedelta(milliseconds=sent - pressed))
    return found


def measure_with(interview: InterviewState, posted: object, presses: dict[int, str]) -> int:
    """Return how long the interview has lasted, in milliseconds, once the presses are counted."""
    stored = read_clock(interview.clock).elapsed
    if interview.clock or not isinstance(posted, list):
        return stored
    turns = [
        {"action": str(posted[index].get("action")), "at": presses[index]} for index in presses
    ]
    known = [turn for turn in turns if turn["action"] in ("start", "pause", "resume")]
    return read_clock(known).elapsed


def place_presses(operations: list[dict[str, Json]], presses: dict[int, str]) -> None:
    """Give the checked operations on the clock the moments at which they were pressed."""
    for index, moment in presses.items():
        if operations[index]["op"] == "clock":
            operations[index]["at"] = moment


def _read_sent() -> int | None:
    text = request.headers.get(SENT_HEADER, "")
    return int(text) if _MILLISECONDS.fullmatch(text) else None
