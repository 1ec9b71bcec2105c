"""An interview's topics as the sheet shows them: numbered, with a name for every control.

A control's name is its part, the run's number and the place: `state.1.topics.ethics`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item
from survey_app.definition.probe_sheet import ProbeSheet, SheetSection
from survey_app.definition.shapes import Topic
from survey_app.definition.text import Text
from survey_app.storage.records import InterviewState, Run
from survey_app.web.context import services

OTHER = "other:"
MOST_OTHERS = 99


@dataclass(frozen=True, kw_only=True)
class Row:
    """A probe to mark: a listed one, or (without `text`) a free one of the interviewer's own."""

    key: str
    place: str
    text: Text | None = None


@dataclass(frozen=True, kw_only=True)
class SheetTopic:
    """A topic with its place on the sheet; `asked` is the item that reads what is recorded."""

    number: int
    place: str
    response: str
    topic: Topic
    rows: tuple[Row, ...]
    asked: Item

    @property
    def item(self) -> str:
        """The item's key."""
        return self.topic.item

    @property
    def listed(self) -> tuple[Row, ...]:
        """The rows of the instrument's own probes."""
        return tuple(row for row in self.rows if row.text is not None)

    @property
    def others(self) -> tuple[Row, ...]:
        """The rows of the interviewer's own."""
        return tuple(row for row in self.rows if row.text is None)

    def answer_rows(self) -> tuple[str, ...]:
        """The rows under which a closed answer may be recorded."""
        return self.topic.recorded_rows()

    def answer_place(self, row: str) -> str:
        """The place of a row's answer in the names of its controls."""
        return f"{self.place}.{row}" if row else self.place


@dataclass(frozen=True, kw_only=True)
class SheetPart:
    """A section's topics under its title."""

    section: SheetSection
    topics: tuple[SheetTopic, ...]


@dataclass(frozen=True, kw_only=True)
class SheetRun:
    """One instrument's version on the sheet; `response` is empty on blank paper."""

    number: int
    response: str
    instrument: Instrument
    parts: tuple[SheetPart, ...]


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole protocol of an interview on one page, in the interview's language."""

    language: str
    runs: tuple[SheetRun, ...]

    @cached_property
    def topics(self) -> tuple[SheetTopic, ...]:
        """All topics in order."""
        return tuple(topic for run in self.runs for part in run.parts for topic in part.topics)

    @cached_property
    def _by_place(self) -> dict[tuple[str, str], SheetTopic]:
        return {(topic.response, topic.item): topic for topic in self.topics}

    def find(self, response: object, item: object) -> SheetTopic | None:
        """Return the topic of a response's item, or None."""
        known = isinstance(response, str) and isinstance(item, str)
        return self._by_place.get((str(response), str(item))) if known else None


def make_sheet(interview: InterviewState, spare: int = 1) -> Sheet:
    """Return the sheet of an interview, its instruments in the order of the study's protocol.

    `spare` is how many empty rows each list offers for topics of the interviewer's own.
    """
    used = count_others(interview)
    numbers = iter(range(1, 10_000))
    runs = []
    for number, run in enumerate(_in_protocol_order(interview), start=1):
        instrument = services().catalogue.instrument(run.instrument, run.version)
        sheet = services().catalogue.probe_sheet(run.instrument, run.version)
        runs.append(
            make_run(
                instrument,
                sheet,
                number=number,
                response=run.response,
                numbers=numbers,
                used=used,
                spare=spare,
            )
        )
    return Sheet(language=interview.language, runs=tuple(runs))


def make_run(
    instrument: Instrument,
    sheet: ProbeSheet,
    *,
    number: int,
    response: str,
    numbers: Iterator[int],
    used: Mapping[tuple[str, str], int],
    spare: int,
) -> SheetRun:
    """Return one instrument's part of a sheet.

    `numbers` number the topics; `used` says how many rows of their own the topics have by response
    and item, to which come `spare` empty ones.
    """
    parts = []
    for section in sheet.sections:
        topics = []
        for topic in section.topics:
            place = f"{number}.{topic.item}"
            others = min(used.get((response, topic.item), 0) + spare, MOST_OTHERS)
            topics.append(
                SheetTopic(
                    number=next(numbers),
                    place=place,
                    response=response,
                    topic=topic,
                    rows=tuple(_make_rows(topic, place, others)),
                    asked=instrument.items_by_key[topic.item],
                )
            )
        parts.append(SheetPart(section=section, topics=tuple(topics)))
    return SheetRun(number=number, response=response, instrument=instrument, parts=tuple(parts))


def takes_others(topic: Topic) -> bool:
    """Whether new topics may come up: in lists of probes and open questions, not in closed ones."""
    return bool(topic.probes) or topic.recording == "nothing"


def count_others(interview: InterviewState) -> dict[tuple[str, str], int]:
    """Return the highest number of a row of the interviewer's own, by response and item."""
    highest: dict[tuple[str, str], int] = {}
    for mark in interview.marks:
        if mark.probe.startswith(OTHER):
            key = (mark.response, mark.item)
            number = int(mark.probe.removeprefix(OTHER))
            highest[key] = max(highest.get(key, 0), number)
    return highest


def _make_rows(topic: Topic, place: str, others: int) -> Iterator[Row]:
    for probe in topic.probes:
        yield Row(key=probe.key, place=f"{place}.{probe.key}", text=probe.text)
    if takes_others(topic):
        for number in range(1, others + 1):
            yield Row(key=f"{OTHER}{number}", place=f"{place}.{OTHER}{number}")


def _in_protocol_order(interview: InterviewState) -> list[Run]:
    protocol = services().store.studies.protocol(interview.study)
    order = [(entry.instrument, entry.version) for entry in protocol]

    def position(run: Run) -> int:
        key = (run.instrument, run.version)
        return order.index(key) if key in order else len(order)

    return sorted(interview.responses, key=position)
