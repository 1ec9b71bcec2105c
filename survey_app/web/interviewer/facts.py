"""What is known of an interview without anybody's writing it down: the contact summary's head."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from survey_app.storage.clock import count_between, list_pauses, measure_held
from survey_app.storage.records import InterviewState
from survey_app.web.interviewer.coverage import Coverage, cover_all
from survey_app.web.interviewer.sections import SectionTime, time_sections
from survey_app.web.interviewer.topics import Row, Sheet, SheetTopic
from survey_app.web.interviewer.values import YES, Values
from survey_app.web.interviewer.words import FLAGS, NOT_REACHED, RAISED, STATES


@dataclass(frozen=True, kw_only=True)
class Flagged:
    """A flag that was set on a question, or on one of its probes (`row`)."""

    flag: str
    topic: SheetTopic
    row: Row | None


@dataclass(frozen=True, kw_only=True)
class NewTopic:
    """A topic that no list foresaw: its words, where it came up, and its state."""

    text: str
    topic: SheetTopic
    state: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is known of an interview. Times are in milliseconds.

    `elapsed` leaves out the pauses, whose sum is `paused`; of an interview on paper `elapsed` is
    from its beginning to its end as written there, less its pauses. `states` counts the listed
    probes by state; `untouched` counts the questions without any mark or word.
    """

    elapsed: int
    paused: int
    sections: tuple[SectionTime, ...]
    states: Mapping[str, int]
    coverage: tuple[Coverage, ...]
    untouched: int
    flags: tuple[Flagged, ...]
    new_topics: tuple[NewTopic, ...]


def collect(interview: InterviewState, sheet: Sheet, values: Values, elapsed: int) -> Facts:
    """Return what is known of an interview whose clock shows `elapsed`."""
    coverage = tuple(cover_all(sheet, values).values())
    lasted = measure_held(interview.held) if interview.held else elapsed
    sections = time_sections(sheet, interview.visits, elapsed, interview.planned_minutes)
    return Facts(
        elapsed=lasted,
        paused=_pause_on_paper(interview.held) if interview.held else read_pauses(interview.clock),
        sections=sections if any(section.elapsed for section in sections) else (),
        states=_count_states(coverage),
        coverage=coverage,
        untouched=sum(each.is_untouched for each in coverage),
        flags=tuple(_find_flags(sheet, values)),
        new_topics=tuple(_find_new_topics(sheet, values)),
    )


def read_pauses(turns: Iterable[Mapping[str, str]]) -> int:
    """Return how long the clock stood still before it went on again, in milliseconds.

    What follows the last pause is none: by then the interview was over, or has not gone on yet.
    """
    paused, since = 0.0, None
    running = False
    for turn in turns:
        at = datetime.fromisoformat(turn["at"])
        if turn["action"] in {"start", "resume"}:
            paused += (at - since).total_seconds() if since else 0
            running, since = True, None
        elif running:
            running, since = False, at
    return round(paused * 1000)


def _pause_on_paper(held: Mapping[str, str]) -> int:
    return sum(count_between(*pause) for pause in list_pauses(held))


def _count_states(coverage: Iterable[Coverage]) -> dict[str, int]:
    counts = dict.fromkeys(STATES, 0)
    for each in coverage:
        for state in each.states:
            counts[state] += 1
    return counts


def _find_flags(sheet: Sheet, values: Values) -> Iterable[Flagged]:
    for flag in FLAGS:
        for topic in sheet.topics:
            for row in (None, *topic.rows):
                place = row.place if row else topic.place
                if values.get(f"{flag}.{place}") == YES:
                    yield Flagged(flag=flag, topic=topic, row=row)


def _find_new_topics(sheet: Sheet, values: Values) -> Iterable[NewTopic]:
    for topic in sheet.topics:
        for row in topic.others:
            text = values.get(f"text.{row.place}", "").strip()
            state = values.get(f"state.{row.place}", NOT_REACHED)
            if text or state in RAISED:
                yield NewTopic(text=text, topic=topic, state=state)
