"""The interview's clock: what was done to it, by the server's time, as milliseconds run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from survey_app.storage.clock import measure

ClockState = Literal["ready", "running", "paused", "finished"]
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
        return say_time(self.elapsed)


def say_time(milliseconds: int) -> str:
    """Return a time into the interview as minutes and seconds, such as 61:05."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    return f"{minutes}:{seconds:02}"


def read_clock(turns: Sequence[Mapping[str, str]], now: datetime | None = None) -> ClockReading:
    """Return what the clock shows at `now` (this moment if it is not given).

    A turn that changes nothing, such as a second pause from another window, does nothing.
    """
    state = _AFTER[turns[-1]["action"]] if turns else "ready"
    return ClockReading(elapsed=measure(turns, now), state=state)
