"""The interview's clock: what was done to it, by the server's time, as milliseconds run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

ClockState = Literal["ready", "running", "paused", "finished"]
_STARTING = ("start", "resume")
_AFTER: dict[str, ClockState] = {
    "start": "running",
    "resume": "running",
    "pause": "paused",
    "finish": "finished",
}


@dataclass(frozen=True, kw_only=True)
class ClockReading:
    """How long the interview has lasted, pauses left out, in milliseconds."""

    elapsed: int
    state: ClockState

    @property
    def words(self) -> str:
        """The time as minutes and seconds, such as 61:05."""
        minutes, seconds = divmod(self.elapsed // 1000, 60)
        return f"{minutes}:{seconds:02}"


def read_clock(turns: Iterable[Mapping[str, str]], now: datetime | None = None) -> ClockReading:
    """Return what the clock shows at `now` (this moment if it is not given).

    A turn that changes nothing, such as a second pause from another window, does nothing.
    """
    elapsed, since = 0.0, None
    state: ClockState = "ready"
    for turn in turns:
        at = datetime.fromisoformat(turn["at"])
        if since is not None and turn["action"] not in _STARTING:
            elapsed += (at - since).total_seconds()
            since = None
        elif since is None and turn["action"] in _STARTING:
            since = at
        state = _AFTER[turn["action"]]
    if since is not None:
        elapsed += ((now or datetime.now(UTC)) - since).total_seconds()
    return ClockReading(elapsed=max(0, round(elapsed * 1000)), state=state)
