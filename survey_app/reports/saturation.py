"""What each interview brought that none before it had: free topics, and listed probes raised.

A closed list is soon heard through, so the free topics alone tell of saturation; the probes tell
how soon the list was covered.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.reports.coverage import Interview
from survey_app.reports.raised import RAISED, UNPROMPTED, list_probes, list_topics
from survey_app.reports.responses import InterviewRow

MINUTE = len("2026-11-22T20:14")


@dataclass(frozen=True, kw_only=True)
class Found:
    """What an interview brought anew: free topics in their own words, and how many probes.

    `unprompted` are probes that nobody had raised unprompted before, `raised` those that nobody
    had raised at all, unprompted or after the probe.
    """

    interview: Interview
    held: str
    topics: tuple[str, ...]
    unprompted: int
    raised: int


def find_new(interviews: Iterable[Interview], rows: Iterable[InterviewRow]) -> tuple[Found, ...]:
    """Return what each interview brought, in the order in which they were begun.

    `rows` say of interviews on paper when they were held; what was said twice in one interview
    counts once.
    """
    held = {row.id: row.held for row in rows}
    return tuple(_find_in_order(_put_in_order(interviews, held)))


def _put_in_order(
    interviews: Iterable[Interview], held: Mapping[str, str]
) -> list[tuple[str, Interview]]:
    """Return the interviews with when they were held, to the minute, in order."""
    timed = [
        (_find_time(interview, held.get(interview.response.interview or "", "")), interview)
        for interview in interviews
    ]
    return sorted(timed, key=lambda each: (each[0], each[1].response.id))


def _find_time(interview: Interview, held: str) -> str:
    """Return when an interview was begun, such as `2026-11-22 20:14`."""
    return (held or interview.response.started)[:MINUTE].replace("T", " ")


def _find_in_order(timed: Sequence[tuple[str, Interview]]) -> Iterator[Found]:
    topics: set[str] = set()
    unprompted: set[tuple[str, str]] = set()
    raised: set[tuple[str, str]] = set()
    for held, interview in timed:
        said = list_topics(interview)
        first, any_way = list_probes(interview, (UNPROMPTED,)), list_probes(interview, RAISED)
        yield Found(
            interview=interview,
            held=held,
            topics=tuple(words for topic, words in said.items() if topic not in topics),
            unprompted=len(first - unprompted),
            raised=len(any_way - raised),
        )
        topics |= said.keys()
        unprompted |= first
        raised |= any_way
