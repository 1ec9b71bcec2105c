"""How long an interview has lasted, by what was done to its clock."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

STARTING = ("start", "resume")
_MINUTE = 60_000
_DAY = 24 * 60 * _MINUTE


def measure(turns: Iterable[Mapping[str, str]], now: datetime | None = None) -> int:
    """Return the time without its pauses in milliseconds, until `now` where it still runs.

    A turn that changes nothing, such as a second pause, does nothing.
    """
    elapsed, since = timedelta(), None
    for turn in turns:
        at = datetime.fromisoformat(turn["at"])
        if since is None and turn["action"] in STARTING:
            since = at
        elif since is not None and turn["action"] not in STARTING:
            elapsed, since = elapsed + (at - since), None
    if since is not None:
        elapsed += (now or datetime.now(UTC)) - since
    return max(0, round(elapsed / timedelta(milliseconds=1)))


def measure_held(held: Mapping[str, str]) -> int:
    """Return how long an interview on paper lasted without its pauses, in milliseconds.

    `held` is as in InterviewState. One that ended after midnight began the day before.
    """
    whole = count_between(held["from"], held["until"])
    return whole - sum(count_between(*pause) for pause in list_pauses(held))


def list_pauses(held: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return from when to when an interview on paper was paused, in order."""
    pauses = (each.partition("-") for each in held.get("pauses", "").split())
    return [(begun, ended) for begun, _dash, ended in pauses]


def count_between(begun: str, ended: str) -> int:
    """Return the milliseconds from one time of day to the next that reads so, past midnight too."""
    return (_read_minutes(ended) - _read_minutes(begun)) * _MINUTE % _DAY


def _read_minutes(time: str) -> int:
    hours, minutes = time.split(":")[:2]
    return int(hours) * 60 + int(minutes)
