"""How many began, and what became of them: the numbers of a flow diagram, by delivery.

A diagram of this kind is what CONSORT 2010 (item 13a) and STROBE (item 13c) ask a report for.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from survey_app.reports.responses import (
    IN_PROGRESS,
    INTERVIEWER,
    SELF,
    WITHDRAWN,
    InterviewRow,
    ResponseRow,
)

BROKEN_OFF = "broken_off"
SUBMITTED = "submitted"
WAYS_OUT = (IN_PROGRESS, BROKEN_OFF, WITHDRAWN)
"""What becomes of a response that was begun and is not submitted."""


@dataclass(frozen=True, kw_only=True)
class Flow:
    """Of the responses of one delivery: how many were submitted, and of the others what they are.

    Each is counted once: one that was withdrawn is that and nothing else, and one in progress is
    counted as broken off where its interview stands so.
    """

    delivery: str
    submitted: int
    out: dict[str, int]

    @property
    def begun(self) -> int:
        """All of them."""
        return self.submitted + sum(self.out.values())


@dataclass(kw_only=True)
class Course:
    """Counts responses while others read them."""

    _broken_off: set[str] = field(default_factory=set)
    _counts: dict[str, Counter[str]] = field(default_factory=dict)

    def expect(self, interviews: Iterable[InterviewRow]) -> None:
        """Say how the interviews went, before their responses are read."""
        self._broken_off |= {each.id for each in interviews if each.outcome == BROKEN_OFF}

    def watch(self, responses: Iterable[ResponseRow]) -> Iterator[ResponseRow]:
        """Yield the responses and count them."""
        for response in responses:
            counts = self._counts.setdefault(response.delivery, Counter())
            stopped = response.state == IN_PROGRESS and response.interview in self._broken_off
            counts[BROKEN_OFF if stopped else response.state] += 1
            yield response

    def flows(self) -> tuple[Flow, ...]:
        """Return the flow of each delivery that there was; without any, that of participants."""
        return tuple(
            _make_flow(delivery, self._counts.get(delivery, Counter()))
            for delivery in (SELF, INTERVIEWER)
            if delivery in self._counts or (delivery == SELF and not self._counts)
        )


def _make_flow(delivery: str, counts: Counter[str]) -> Flow:
    ways = [way for way in WAYS_OUT if delivery == INTERVIEWER or way != BROKEN_OFF]
    return Flow(
        delivery=delivery,
        submitted=counts[SUBMITTED],
        out={way: counts[way] for way in ways},
    )
