"""What is in a source, counted once: the head of a readme and of a manifest."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass

from survey_app.reports.progress import Meter
from survey_app.reports.responses import IN_PROGRESS, WITHDRAWN, Source


@dataclass(frozen=True, kw_only=True)
class Overview:
    """How many responses there are, by state, and interviews.

    `newest` is the latest time that the source tells of any of it, in text, and None if it holds
    nothing: the same data have the same.
    """

    responses: int
    in_progress: int
    withdrawn: int
    interviews: int
    newest: str | None

    @property
    def submitted(self) -> int:
        """How many were sent."""
        return self.responses - self.in_progress - self.withdrawn

    def count(self) -> dict[str, int]:
        """Return the counts by name."""
        counts = {name: value for name, value in asdict(self).items() if isinstance(value, int)}
        return {**counts, "submitted": self.submitted}


def look_over(source: Source, meter: Meter) -> Overview:
    """Count a source, reading it once."""
    responses = in_progress = withdrawn = interviews = 0
    newest = ""
    for response in meter.watch(source.responses()):
        responses += 1
        in_progress += response.state == IN_PROGRESS
        withdrawn += response.state == WITHDRAWN
        newest = _find_latest([newest, response.started, response.submitted])
    for interview in source.interviews():
        interviews += 1
        newest = _find_latest([newest, interview.started, interview.finished])
    newest = _find_latest([newest, *_list_note_times(source)])
    return Overview(
        responses=responses,
        in_progress=in_progress,
        withdrawn=withdrawn,
        interviews=interviews,
        newest=newest or None,
    )


def _list_note_times(source: Source) -> Iterator[str | None]:
    for note in source.notes():
        yield note.created
        yield note.changed


def _find_latest(times: Iterable[str | None]) -> str:
    # As texts: all are in UTC and in ISO 8601, and a day alone stands before its moments.
    return max(time for time in times if time is not None)
