"""How long each section has taken, and how long was planned for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.definition.text import Text
from survey_app.storage.records import InterviewState, Json
from survey_app.web.interviewer.clock import say_time
from survey_app.web.interviewer.topics import Sheet, SheetPart, SheetTopic

Visit = Mapping[str, Json]
"""The interviewer came to a question: `response`, `item` and `at`, milliseconds into the call."""


@dataclass(frozen=True, kw_only=True)
class SectionTime:
    """A section's time so far and its planned time (None without a plan), in milliseconds.

    `key` is the number of the run and the section's key, as `1.opening`; `current` marks the
    section in which the interviewer is.
    """

    key: str
    title: Text
    elapsed: int
    planned: int | None
    current: bool

    @property
    def is_over(self) -> bool:
        """Whether it took longer than planned."""
        return self.planned is not None and self.elapsed > self.planned

    @property
    def words(self) -> str:
        """The time so far as minutes and seconds."""
        return say_time(self.elapsed)

    @property
    def planned_words(self) -> str:
        """The planned time as minutes and seconds, empty without a plan."""
        return "" if self.planned is None else say_time(self.planned)


def time_sections(
    sheet: Sheet, visits: Iterable[Visit], elapsed: int, planned_minutes: int | None
) -> tuple[SectionTime, ...]:
    """Return the times of the sections that have questions, in order.

    From one visit to the next the time is that of the question visited, and from the last one to
    `elapsed`, now. What passed before the first visit belongs to no section. Visits without a time
    (keyed in from paper) measure nothing.
    """
    parts = _parts(sheet)
    homes = {topic.place: key for key, part in parts.items() for topic in part.topics}
    spent = dict.fromkeys(parts, 0)
    steps = _steps(sheet, visits, elapsed)
    for topic, start, end in steps:
        spent[homes[topic.place]] += end - start
    planned = plan_sections(parts, planned_minutes)
    current = homes[steps[-1][0].place] if steps else ""
    return tuple(
        SectionTime(
            key=key,
            title=part.section.title,
            elapsed=spent[key],
            planned=planned[key],
            current=key == current,
        )
        for key, part in parts.items()
    )


def plan_sections(
    parts: Mapping[str, SheetPart], planned_minutes: int | None
) -> dict[str, int | None]:
    """Return the planned milliseconds of each section, None where there is no plan.

    Without a plan for the interview a section has the `minutes` of its author. With one these are
    its shares: they are stretched to fill the interview, and a section without minutes weighs as
    much as its number of questions does in the others.
    """
    own = {key: part.section.minutes for key, part in parts.items()}
    if planned_minutes is None:
        return {key: None if minutes is None else minutes * 60_000 for key, minutes in own.items()}
    timed = [key for key, minutes in own.items() if minutes is not None]
    questions = sum(len(parts[key].topics) for key in timed)
    usual = sum(own[key] or 0 for key in timed) / questions if questions else 1.0
    weights = {key: own[key] or usual * len(parts[key].topics) for key in parts}
    whole = sum(weights.values())
    return {key: round(planned_minutes * 60_000 * each / whole) for key, each in weights.items()}


def list_visits(interview: InterviewState) -> list[Visit]:
    """Return where somebody was on the page: times written on paper are no visits to it."""
    visits = interview.visits
    if interview.source != "paper":
        return list(visits)
    return [visit for visit in visits if visit.get("at") is None]


def find_last_visit(sheet: Sheet, visits: Iterable[Visit]) -> SheetTopic | None:
    """Return the question to which the interviewer came last; None before the first."""
    found = [sheet.find(visit.get("response"), visit.get("item")) for visit in visits]
    return next((topic for topic in reversed(found) if topic is not None), None)


def _parts(sheet: Sheet) -> dict[str, SheetPart]:
    return {
        f"{run.number}.{part.section.key}": part
        for run in sheet.runs
        for part in run.parts
        if part.topics
    }


def _steps(
    sheet: Sheet, visits: Iterable[Visit], elapsed: int
) -> list[tuple[SheetTopic, int, int]]:
    """Each visited question with the beginning and the end of the visit, by time."""
    starts: list[tuple[int, SheetTopic | None]] = []
    for visit in visits:
        topic, at = sheet.find(visit.get("response"), visit.get("item")), visit.get("at")
        # On paper a section has an end of its own: from then on nobody is at any question.
        if isinstance(at, int) and (topic is not None or not visit.get("item")):
            starts.append((at, topic))
    # Visits that waited in a browser without a network arrive late; their times are still true.
    starts.sort(key=lambda start: start[0])
    ends = [at for at, _ in starts[1:]] + [elapsed]
    steps = zip(starts, ends, strict=False)
    return [(topic, at, max(at, end)) for (at, topic), end in steps if topic is not None]
