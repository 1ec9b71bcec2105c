"""The times of a sheet on paper by the names of their fields, as they are typed and shown again."""

from collections.abc import Iterator
from dataclasses import dataclass

from survey_app.storage.records import InterviewState
from survey_app.web.interviewer.clock import say_time
from survey_app.web.interviewer.paper_times import say_time_of_day
from survey_app.web.interviewer.topics import Sheet, SheetPart, SheetTopic, takes_others
from survey_app.web.interviewer.words import PROBING

CLOCK = "clock"
INTO = "into"
WAYS = (CLOCK, INTO)
"""How times were written: as times of day, or as minutes and seconds into the interview."""
_MINUTE = 60_000


@dataclass(frozen=True, kw_only=True)
class TimedSection:
    """A section of the sheet; `free` are its questions whose free answer has an end."""

    place: str
    part: SheetPart
    free: tuple[SheetTopic, ...]

    @property
    def begun(self) -> str:
        """The name of the field for its beginning."""
        return f"begun.{self.place}"

    @property
    def ended(self) -> str:
        """The name of the field for its end."""
        return f"ended.{self.place}"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all its fields."""
        return (self.begun, self.ended, *(f"free.{topic.place}" for topic in self.free))


def list_timed(sheet: Sheet) -> tuple[TimedSection, ...]:
    """Return the sections that have questions, in order."""
    return tuple(
        TimedSection(
            place=f"{run.number}.{part.section.key}",
            part=part,
            free=tuple(topic for topic in part.topics if takes_others(topic.topic)),
        )
        for run in sheet.runs
        for part in run.parts
        if part.topics
    )


def read_stored(interview: InterviewState, sheet: Sheet) -> dict[str, str]:
    """Return what is stored, by field, in the way in which nothing of it is lost."""
    times = dict(_list_stored(interview, sheet))
    way = CLOCK if all(at % _MINUTE == 0 for at in times.values()) else INTO
    held = interview.held or {}
    said = {
        name: say_time_of_day(held, at) if way == CLOCK else say_time(at)
        for name, at in times.items()
    }
    return {"way": way, **said}


def _list_stored(interview: InterviewState, sheet: Sheet) -> Iterator[tuple[str, int]]:
    sections = {topic.item: s for s in list_timed(sheet) for topic in s.part.topics[:1]}
    begun: TimedSection | None = None
    for visit in interview.visits:
        at = visit.get("at")
        if isinstance(at, int):
            begun = sections.get(str(visit["item"]), begun)
            if begun is not None:
                yield (begun.begun if visit["item"] else begun.ended), at
    for mark in interview.items:
        topic = sheet.find(mark.response, mark.item)
        at = mark.turns[-1]["at"] if mark.turns else None
        if topic is not None and mark.phase == PROBING and isinstance(at, int):
            yield f"free.{topic.place}", at
