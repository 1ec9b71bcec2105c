"""What is in a source, counted once: the head of a readme and of a manifest."""

from dataclasses import asdict, dataclass

from survey_app.reports.progress import Meter
from survey_app.reports.responses import IN_PROGRESS, WITHDRAWN, Source


@dataclass(frozen=True, kw_only=True)
class Overview:
    """How many responses there are, by state, and interviews."""

    responses: int
    in_progress: int
    withdrawn: int
    interviews: int

    @property
    def submitted(self) -> int:
        """How many were sent."""
        return self.responses - self.in_progress - self.withdrawn

    @property
    def rows(self) -> int:
        """How many have a row, which a withdrawn one has not."""
        return self.responses - self.withdrawn

    def count(self) -> dict[str, int]:
        """Return the counts by name."""
        return {**asdict(self), "submitted": self.submitted}


def look_over(source: Source, meter: Meter) -> Overview:
    """Count a source, reading it once."""
    responses = in_progress = withdrawn = 0
    for response in meter.watch(source.responses()):
        responses += 1
        in_progress += response.state == IN_PROGRESS
        withdrawn += response.state == WITHDRAWN
    return Overview(
        responses=responses,
        in_progress=in_progress,
        withdrawn=withdrawn,
        interviews=sum(1 for _interview in source.interviews()),
    )
