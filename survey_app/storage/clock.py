"""How long an interview has lasted, by what was done to its clock."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

STARTING = ("start", "resume")


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
