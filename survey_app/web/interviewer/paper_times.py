"""What was written on a sheet of paper about who held the interview and when.

Times of day on paper have no zone, so they stand in `held` as they were written; times into the
interview are counted from them in milliseconds, pauses left out, as the console counts.
"""

import re
from collections.abc import Iterable, Mapping

from survey_app.storage.clock import count_between, list_pauses, measure_held
from survey_app.storage.records import InterviewRow, InterviewState
from survey_app.translations import gettext as _
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES
from survey_app.web.interviewer.ending import PAPER

BY = "by"
PAUSES = "pauses"
"""What `held` has beside its day and hours: a name, and pauses as `14:20-14:25 14:40-14:41`."""
_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_TIME = re.compile(_CLOCK)
_PAUSE = re.compile(rf"({_CLOCK})\s*(?:-|–|to)\s*({_CLOCK})")
_INTO = re.compile(r"([0-9]{1,3}):([0-5][0-9])")


def say_holder(interview: InterviewState | InterviewRow) -> str:
    """Return who held an interview: of one on paper whoever its sheet names, not who typed."""
    if interview.source != PAPER:
        return interview.interviewer
    return (interview.held or {}).get(BY) or _("not written down")


def say_pauses(held: Mapping[str, str] | None) -> str:
    """Return the pauses as they stand on the sheet, such as `14:20–14:25, 14:40–14:41`."""
    return (held or {}).get(PAUSES, "").replace(" ", ", ").replace("-", "–")


def read_pauses(text: str) -> str | None:
    """Return pauses in the one spelling that is stored, or None for what says no pauses."""
    found = _PAUSE.findall(text)
    if _PAUSE.sub("", text).strip(" ,;"):
        return None
    return " ".join(f"{begun.zfill(5)}-{ended.zfill(5)}" for begun, ended in found)


def is_within(held: Mapping[str, str], time: str) -> bool:
    """Whether a text is a time of day from the beginning to the end of an interview on paper."""
    if not _TIME.fullmatch(time):
        return False
    return count_between(held["from"], time) <= count_between(held["from"], held["until"])


def are_within(held: Mapping[str, str], times: Iterable[str]) -> bool:
    """Whether times of day follow one another within an interview on paper."""
    known = list(times)
    counted = [count_between(held["from"], time) for time in known]
    return all(is_within(held, time) for time in known) and counted == sorted(counted)


def count_into(held: Mapping[str, str], time: str) -> int:
    """Return a time of day as milliseconds into the interview, pauses left out."""
    at = count_between(held["from"], time)
    paused = 0
    for begun, ended in list_pauses(held):
        start, end = (count_between(held["from"], each) for each in (begun, ended))
        paused += max(0, min(at, end) - start)
    return at - paused


def read_into(text: str) -> int | None:
    """Return minutes and seconds into the interview in milliseconds; None for what is none."""
    found = _INTO.fullmatch(text)
    return None if found is None else (int(found[1]) * 60 + int(found[2])) * 1000


def list_interviewers(study: str) -> list[str]:
    """Return the names of those who may hold interviews in a study."""
    staff = services().store.accounts.staff()
    return [each.account.name for each in staff if each.roles.get(study) in ROLES]


def read_time(held: Mapping[str, str], way: str, text: str) -> int | None:
    """Return a time as milliseconds into the interview; None for what is no time within it.

    `way` is `clock` for a time of day, `into` for minutes and seconds from the beginning.
    """
    if way == "clock":
        return count_into(held, text) if is_within(held, text) else None
    at = read_into(text)
    return at if at is not None and at <= measure_held(held) else None


def say_time_of_day(held: Mapping[str, str], at: int) -> str:
    """Return the time of day at a time into the interview, in hours and minutes."""
    for begun, ended in list_pauses(held):
        if at > count_between(held["from"], begun):
            at += count_between(begun, ended)
    hours, minutes = held["from"].split(":")
    passed = int(hours) * 60 + int(minutes) + at // 60_000
    return f"{passed // 60 % 24:02}:{passed % 60:02}"
