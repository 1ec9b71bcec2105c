"""What became of each probe over the interviews."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from survey_app.definition.instrument import Instrument
from survey_app.definition.shapes import Probe, Topic
from survey_app.definition.text import Text
from survey_app.reports.responses import (
    INTERVIEWER,
    WITHDRAWN,
    ItemMarkRow,
    MarkRow,
    ResponseRow,
    Source,
)
from survey_app.translations import gettext as _

NOT_REACHED = "not_reached"
STATES = (
    *("raised_unprompted", "raised_after_probe", "asked_and_denied", "dont_know", "refused"),
    *("not_asked", "not_applicable", NOT_REACHED),
)
FREE_PROBE = "other:"
"""How the keys of topics begin that an interviewer added to the list."""


@dataclass(frozen=True, kw_only=True)
class ProbeCoverage:
    """How many of `base` interviews left a probe in each state; all states are counted."""

    probe: str
    text: Text
    counts: Mapping[str, int]
    base: int


@dataclass(frozen=True, kw_only=True)
class TopicCoverage:
    """The probes of one item, those of the newest version first."""

    item: str
    text: Text
    probes: tuple[ProbeCoverage, ...]


@dataclass(kw_only=True)
class Interview:
    """One interview's response with its marks, by item and probe, and those of whole items."""

    response: ResponseRow
    marks: dict[tuple[str, str], MarkRow] = field(default_factory=dict)
    items: dict[str, ItemMarkRow] = field(default_factory=dict)

    def find_state(self, item: str, probe: str) -> str:
        """Return a probe's state; without a mark it is that of its item, or not reached.

        A question that was refused as a whole leaves no probe of which nobody knows why it has
        no mark; what was marked before stays what it is.
        """
        mark = self.marks.get((item, probe))
        if mark and mark.state != NOT_REACHED:
            return mark.state
        whole = self.items.get(item)
        return whole.state if whole else NOT_REACHED


def describe_state(state: str, language: str | None = None) -> str:
    """Return a state in words."""
    words = {
        "raised_unprompted": _("raised unprompted", language),
        "raised_after_probe": _("raised after the probe", language),
        "asked_and_denied": _("asked and denied", language),
        "dont_know": _("don’t know", language),
        "refused": _("refused", language),
        "not_asked": _("not asked", language),
        "not_applicable": _("not applicable", language),
        NOT_REACHED: _("not reached", language),
    }
    return words.get(state, state)


def collect_interviews(source: Source) -> tuple[Interview, ...]:
    """Return the interviews that were not withdrawn, with their marks.

    Interviews are kept in memory, since a conversation is nothing of which there are many.
    """
    interviews = {
        response.id: Interview(response=response)
        for response in source.responses()
        if response.delivery == INTERVIEWER and response.state != WITHDRAWN
    }
    for mark in source.marks():
        if mark.response in interviews:
            interviews[mark.response].marks[mark.item, mark.probe] = mark
    for whole in source.item_marks():
        if whole.response in interviews:
            interviews[whole.response].items[whole.item] = whole
    return tuple(interviews.values())


def keep_interviewed(
    responses: Iterable[ResponseRow], kept: list[ResponseRow]
) -> Iterator[ResponseRow]:
    """Yield the responses and keep those that interviewers asked, for `collect_interviews`."""
    for response in responses:
        if response.delivery == INTERVIEWER:
            kept.append(response)
        yield response


def find_topics(instruments: Iterable[Instrument]) -> dict[str, tuple[Topic, dict[str, Probe]]]:
    """Return by item the newest topic and all its probes over versions, given newest first."""
    topics: dict[str, tuple[Topic, dict[str, Probe]]] = {}
    for instrument in instruments:
        for item in instrument.items:
            topic = item.topic()
            if topic is not None and topic.probes:
                _newest, probes = topics.setdefault(item.key, (topic, {}))
                for probe in topic.probes:
                    probes.setdefault(probe.key, probe)
    return topics


def cover(
    instruments: Iterable[Instrument], interviews: Iterable[Interview]
) -> tuple[TopicCoverage, ...]:
    """Count the states of every probe; its base are the interviews whose version has it."""
    newest_first = tuple(instruments)
    by_version = {each.version: find_topics([each]) for each in newest_first}
    counts: dict[tuple[str, str], Counter[str]] = {}
    for interview in interviews:
        for item, (_topic, probes) in by_version[interview.response.version].items():
            for probe in probes:
                state = interview.find_state(item, probe)
                counts.setdefault((item, probe), Counter())[state] += 1
    return tuple(
        TopicCoverage(
            item=item,
            text=topic.read_aloud,
            probes=tuple(
                _cover_probe(probe, counts.get((item, probe.key), Counter()))
                for probe in probes.values()
            ),
        )
        for item, (topic, probes) in find_topics(newest_first).items()
    )


def _cover_probe(probe: Probe, counts: Counter[str]) -> ProbeCoverage:
    return ProbeCoverage(
        probe=probe.key,
        text=probe.text,
        counts={state: counts[state] for state in STATES},
        base=counts.total(),
    )
