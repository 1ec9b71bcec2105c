"""What was raised in an interview: topics beside the list, as they are compared, and its probes."""

import unicodedata
from collections.abc import Sequence

from survey_app.reports.coverage import FREE_PROBE, Interview

UNPROMPTED = "raised_unprompted"
RAISED = (UNPROMPTED, "raised_after_probe")


def normalise(text: str) -> str:
    """Return a topic as it is compared: compatible characters alike (NFKC), no case, one space.

    Unicode Standard Annex 15; Unicode Standard, section 3.13, "Default caseless matching".
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.split())


def list_topics(interview: Interview) -> dict[str, str]:
    """Return the free topics that were raised, as they are compared and as they were written."""
    topics: dict[str, str] = {}
    for (_item, probe), mark in interview.marks.items():
        if probe.startswith(FREE_PROBE) and mark.state in RAISED and normalise(mark.text):
            topics.setdefault(normalise(mark.text), mark.text)
    return topics


def list_probes(interview: Interview, states: Sequence[str]) -> set[tuple[str, str]]:
    """Return the listed probes in one of these states, by item and probe."""
    return {
        place
        for place, mark in interview.marks.items()
        if not place[1].startswith(FREE_PROBE) and mark.state in states
    }
