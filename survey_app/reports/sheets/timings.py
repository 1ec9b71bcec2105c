"""The sheet Timings: one row a response, how long it took."""

from collections.abc import Iterator
from datetime import datetime

from survey_app.reports.dataset import Layout
from survey_app.reports.moments import SECOND, read_moment
from survey_app.reports.responses import InterviewRow, Source
from survey_app.reports.section_times import measure_sections
from survey_app.reports.timings import Timing, Timings
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value

LEADING = (
    Header(name="response", width=35),
    Header(name="participant", width=15),
    Header(name="version", width=11),
    Header(name="delivery", width=12),
    Header(name="source", width=12),
    Header(name="state", width=13),
    Header(name="interview", width=35),
    Header(name="started", width=20),
    Header(name="submitted", width=20),
    Header(name="minutes", width=12),
    Header(name="interview_minutes", width=21),
    Header(name="pauses", width=11),
)
LIVE = frozenset(("web", "console"))
"""The media in which a response is begun and sent as it is given: what is keyed in, imported or
simulated has times too, of which none is the participant's."""

MINUTE = 60 * SECOND


def make_timings_sheet(layout: Layout, source: Source, timings: Timings) -> Sheet:
    """Return how long each response took whose times are known, in minutes.

    `minutes` is from start to sending, whatever lay between; `interview_minutes` is the whole
    interview without its pauses. The sections, those of the newest version first, have columns if
    any interview says when it was at which question. Where no response has times there are only
    headers, so that a program finds the same sheets in every file.
    """
    interviews = {interview.id: interview for interview in source.interviews()}
    has_visits = any(visit.at is not None for each in interviews.values() for visit in each.visits)
    sections = list(
        dict.fromkeys(section.key for each in layout.instruments for section in each.sections)
        if has_visits
        else ()
    )

    def read_rows() -> Iterator[Row]:
        for timing in timings.read():
            interview = interviews.get(timing.interview)
            times = _measure(layout, timing, interview) if interview else {}
            yield [*_make_row(timing, interview), *(times.get(section) for section in sections)]

    added = (Header(name=f"minutes__{key}", width=len(key) + 13) for key in sections)
    headers = (*LEADING, *added)
    return Sheet(name="Timings", headers=headers, rows=read_rows, freeze="C2", large=True)


def _make_row(timing: Timing, interview: InterviewRow | None) -> Row:
    started, submitted = read_moment(timing.started), read_moment(timing.submitted)
    return [
        timing.response,
        timing.participant or None,
        timing.version,
        timing.delivery,
        timing.source,
        timing.state,
        timing.interview or None,
        started,
        submitted,
        _count_minutes(started, submitted) if timing.source in LIVE else None,
        _show_minutes(interview.elapsed_ms) if interview else None,
        interview.pauses if interview else None,
    ]


def _measure(layout: Layout, timing: Timing, interview: InterviewRow) -> dict[str, Value]:
    instrument = next(each for each in layout.instruments if each.version == timing.version)
    times = measure_sections(instrument, timing.response, interview, layout.lineage)
    return {section: _show_minutes(spent) for section, spent in times.items()}


def _count_minutes(started: object, submitted: object) -> float | None:
    if not isinstance(started, datetime) or not isinstance(submitted, datetime):
        return None
    return round((submitted - started).total_seconds() / 60, 1)


def _show_minutes(milliseconds: int | None) -> float | None:
    return None if milliseconds is None else round(milliseconds / MINUTE, 1)
