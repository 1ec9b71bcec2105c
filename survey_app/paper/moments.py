"""Times as they are written on paper."""

from collections.abc import Callable, Iterable
from datetime import datetime

from survey_app.translations import gettext as _


def say_offset(milliseconds: int | None) -> str:
    """Return a time into the interview as minutes and seconds, nothing where it is unknown."""
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(max(0, milliseconds) // 1000, 60)
    return f"{minutes}:{seconds:02}"


def say_time(moment: str) -> str:
    """Return a server's time as day and minute in UTC."""
    return _("{time} UTC").format(time=datetime.fromisoformat(moment).strftime("%Y-%m-%d %H:%M"))


def find_spans(
    visits: Iterable[tuple[str, int | None]], section_of: Callable[[str], str], end: int
) -> dict[str, list[tuple[int, int]]]:
    """Return from when to when each section was talked about, by its key, in milliseconds.

    `visits` say when the interviewer came to which question; the last one lasts until `end`.
    Visits whose time is unknown, as those keyed in from paper, say nothing.
    """
    # Visits that waited in a browser without a network arrive late; their times are still true.
    known = sorted(((section_of(item), at) for item, at in visits if at is not None), key=_by_time)
    leavings = [*(at for _section, at in known[1:]), max([end, *(at for _section, at in known)])]
    spans: dict[str, list[tuple[int, int]]] = {}
    for (section, at), left in zip(known, leavings, strict=False):
        held = spans.setdefault(section, [])
        if held and held[-1][1] == at:
            held[-1] = (held[-1][0], left)
        else:
            held.append((at, left))
    return spans


def _by_time(visit: tuple[str, int]) -> int:
    return visit[1]
