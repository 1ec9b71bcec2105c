"""The sheet Interviews: one row for each, with how it went."""

from survey_app.reports.moments import read_moment, show_time
from survey_app.reports.responses import BreakOff, InterviewRow, Source
from survey_app.spreadsheets.sheet import Header, Row, Sheet
from survey_app.translations import gettext as _

HEADERS = (
    Header(name="interview", width=35),
    Header(name="participant", width=15),
    Header(name="interviewer", width=16),
    Header(name="source", width=11),
    Header(name="language", width=12),
    Header(name="started", width=20),
    Header(name="finished", width=20),
    Header(name="held_on_paper", width=28),
    Header(name="held_by", width=16),
    Header(name="duration", width=12),
    Header(name="duration_ms", width=15),
    Header(name="pauses", width=10),
    Header(name="planned_minutes", width=19),
    Header(name="consent_version", width=19),
    Header(name="recording_permitted", width=23),
    Header(name="recording_started", width=21),
    Header(name="outcome", width=14),
    Header(name="outcome_text", width=44, wrap=True),
    Header(name="call_back", width=24, wrap=True),
    Header(name="break_offs", width=44, wrap=True),
    Header(name="is_test", width=11),
)


def make_interviews_sheet(source: Source) -> Sheet:
    """Return one row an interview; times into it are minutes and seconds."""
    return Sheet(
        name="Interviews",
        headers=HEADERS,
        rows=lambda: (_make_row(interview) for interview in source.interviews()),
        freeze="C2",
    )


def _make_row(interview: InterviewRow) -> Row:
    may_record = interview.recording_permitted
    return [
        interview.id,
        interview.participant,
        interview.interviewer,
        interview.source,
        interview.language,
        read_moment(interview.started),
        read_moment(interview.finished),
        interview.held or None,
        interview.held_by or None,
        show_time(interview.elapsed_ms),
        interview.elapsed_ms,
        interview.pauses,
        interview.planned_minutes,
        interview.consent,
        None if may_record is None else int(may_record),
        show_time(interview.recorded_ms),
        interview.outcome,
        interview.outcome_text or None,
        interview.call_back or None,
        "\n".join(map(_say_break_off, interview.break_offs)) or None,
        int(interview.is_test),
    ]


def _say_break_off(broken: BreakOff) -> str:
    words = f"{broken.at}: {broken.reason}"
    if not broken.call_back:
        return words
    call_back = _("call back: {words}").format(words=broken.call_back)
    return f"{words}; {call_back}"
