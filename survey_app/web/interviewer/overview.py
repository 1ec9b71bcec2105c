"""The sheet's sections at a glance: how far each has come, and how long it has taken."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from survey_app.definition.text import Text
from survey_app.storage.records import InterviewState
from survey_app.translations import gettext as _
from survey_app.web.interviewer.coverage import Coverage
from survey_app.web.interviewer.sections import find_last_visit, list_visits, time_sections
from survey_app.web.interviewer.topics import Sheet, SheetTopic
from survey_app.web.interviewer.words import NOT_REACHED, RAISED

PARTS = (*RAISED, "otherwise", NOT_REACHED)
"""What a section's coverage bar tells apart, from its start to its end."""


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section with questions: `place` is the number of its run and its key.

    `states` has one of PARTS for each listed probe, sorted in that order. Times are milliseconds.
    """

    place: str
    title: Text
    topics: tuple[SheetTopic, ...]
    states: tuple[str, ...]
    words: str
    elapsed: int
    planned: int | None

    @property
    def minutes(self) -> int | None:
        """The planned time in whole minutes."""
        return None if self.planned is None else round(self.planned / 60_000)


def view_sections(
    sheet: Sheet, interview: InterviewState, coverage: Mapping[str, Coverage], elapsed: int
) -> tuple[SectionView, ...]:
    """Return the sections that have questions, in order."""
    times = time_sections(sheet, interview.visits, elapsed, interview.planned_minutes)
    parts = [part for run in sheet.runs for part in run.parts if part.topics]
    views = []
    for part, time in zip(parts, times, strict=True):
        states = _sort(state for topic in part.topics for state in coverage[topic.place].states)
        views.append(
            SectionView(
                place=time.key,
                title=part.section.title,
                topics=part.topics,
                states=states,
                words=say_parts(states),
                elapsed=time.elapsed,
                planned=time.planned,
            )
        )
    return tuple(views)


def find_resume_place(sheet: Sheet, interview: InterviewState) -> str:
    """Return the place of the question to begin with: where one was to resume, or last came to.

    Where to resume holds while the interview stands broken off; once it has gone on, it is over.
    """
    response, _slash, item = interview.resume.partition("/")
    chosen = sheet.find(response, item) if interview.outcome == "broken_off" else None
    found = chosen or find_last_visit(sheet, list_visits(interview))
    return found.place if found else ""


def say_parts(states: tuple[str, ...]) -> str:
    """Return a section's coverage in words, such as `3 unprompted, 12 open`."""
    counts = Counter(states)
    words = zip(
        PARTS,
        (
            _("{count} unprompted"),
            _("{count} after probe"),
            _("{count} not raised"),
            _("{count} open"),
        ),
        strict=True,
    )
    return ", ".join(text.format(count=counts[part]) for part, text in words if counts[part])


def _sort(states: Iterable[str]) -> tuple[str, ...]:
    parts = (state if state in PARTS else "otherwise" for state in states)
    return tuple(sorted(parts, key=PARTS.index))
