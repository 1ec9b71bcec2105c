"""What each interview brought that none before it had: free topics, and listed probes raised.

A closed list is soon heard through, so the free topics alone tell of saturation; the probes tell
how soon the list was covered.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from survey_app.reports.coverage import FREE_PROBE, Interview
from survey_app.reports.responses import InterviewRow

UNPROMPTED = "raised_unprompted"
RAISED = (UNPROMPTED, "raised_after_probe")
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


def normalise(text: str) -> str:
    """Return a topic as it is compared: compatible characters alike (NFKC), no case, one space.

    Unicode Standard Annex 15; Unicode Standard, section 3.13, "Default caseless matching".
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


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
        said = _list_topics(interview)
        first, any_way = _list_probes(interview, (UNPROMPTED,)), _list_probes(interview, RAISED)
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


def _list_topics(interview: Interview) -> dict[str, str]:
    """Return the free topics that were raised, as they are compared and as they were written."""
    topics: dict[str, str] = {}
    for (_item, probe), mark in interview.marks.items():
        if probe.startswith(FREE_PROBE) and mark.state in RAISED and normalise(mark.text):
            topics.setdefault(normalise(mark.text), mark.text)
    return topics


def _list_probes(interview: Interview, states: Sequence[str]) -> set[tuple[str, str]]:
    return {
        place
        for place, mark in interview.marks.items()
        if not place[1].startswith(FREE_PROBE) and mark.state in states
    }
