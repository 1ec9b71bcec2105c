"""When responses were begun and sent, set aside while they are counted.

To read all responses once more for a few times of each would cost a large export far more than to
keep these on the disk meanwhile, and memory does not grow with them there.
"""

import csv
import gzip
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile

from survey_app.reports.moments import DATE_LENGTH
from survey_app.reports.responses import WITHDRAWN, ResponseRow

PACKING = 1
"""How hard the times are packed: as little as keeps them small."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Timing:
    """When one response was begun and sent, as a ResponseRow has it; nothing is an empty text."""

    response: str
    participant: str
    version: str
    delivery: str
    source: str
    state: str
    interview: str
    started: str
    submitted: str


class Timings:
    """The times of the responses that have any; one reading at a time."""

    def __init__(self) -> None:
        # It lives as long as this does; nobody but this process ever sees it.
        self._file = TemporaryFile()  # noqa: SIM115
        weakref.finalize(self, self._file.close)

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses, and set aside the times of those that have any.

        Withdrawn ones are left out, and anonymous ones, which have dates alone.
        """
        with gzip.open(self._file, "wt", PACKING, "utf-8", "surrogatepass", "") as packed:
            writer = csv.writer(packed)
            for response in responses:
                if len(response.started) > DATE_LENGTH and response.state != WITHDRAWN:
                    writer.writerow(_list_fields(response))
                yield response

    def read(self) -> Iterator[Timing]:
        """Yield what was set aside, in the same order."""
        self._file.seek(0)
        with gzip.open(self._file, "rt", PACKING, "utf-8", "surrogatepass", "") as packed:
            for fields in csv.reader(packed):
                yield Timing(**dict(zip(Timing.__slots__, fields, strict=True)))


def _list_fields(response: ResponseRow) -> tuple[str | None, ...]:
    return (
        response.id,
        response.participant,
        response.version,
        response.delivery,
        response.source,
        response.state,
        response.interview,
        response.started,
        response.submitted,
    )
