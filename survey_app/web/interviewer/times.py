"""Times and stretches of time in words. Times are those of the server, in UTC, and say so."""

from datetime import datetime

from survey_app.translations import gettext as _
from survey_app.translations import ngettext
from survey_app.web.wording import say_moment

_MINUTE = 60
_HOUR = 60 * _MINUTE
_DAY = 24 * _HOUR


def say_span(begun: str, ended: str | None) -> str:
    """Return from when to when something lasted, the day once where it is the same."""
    if ended is None:
        return say_moment(begun)
    first = begun[:16].replace("T", " ")
    last = say_moment(ended)
    if begun[:10] == ended[:10]:
        last = _("{time} UTC").format(time=ended[11:16])
    return _("{begun} to {ended}").format(begun=first, ended=last)


def say_minutes(milliseconds: int) -> str:
    """Return a stretch of time in minutes, such as `42 min`."""
    return _("{count} min").format(count=round(milliseconds / 60_000))


def say_added(at: str, end: str) -> str:
    """Return when something was added, such as `added 14:20 UTC, 12 min after the end`."""
    same_day = at[:10] == end[:10]
    time = _("{time} UTC").format(time=at[11:16]) if same_day else say_moment(at)
    return _("added {time}, {stretch} after the end").format(
        time=time, stretch=say_stretch((_read(at) - _read(end)).total_seconds())
    )


def say_stretch(seconds: float) -> str:
    """Return a stretch of time in its largest unit: minutes, hours or days."""
    whole = max(0, int(seconds))
    if whole < _HOUR:
        return _("{count} min").format(count=whole // _MINUTE)
    if whole < 2 * _DAY:
        return ngettext("{count} hour", "{count} hours", whole // _HOUR)
    return ngettext("{count} day", "{count} days", whole // _DAY)


def _read(at: str) -> datetime:
    return datetime.fromisoformat(at)
