"""The sheet Interview notes: what interviewers and observers wrote."""

from survey_app.reports.moments import read_moment
from survey_app.reports.responses import NoteRow, Source
from survey_app.spreadsheets.sheet import Header, Row, Sheet

HEADERS = (
    Header(name="note", width=35),
    Header(name="participant", width=15),
    Header(name="interview", width=35),
    Header(name="interview_started", width=21),
    Header(name="response", width=35),
    Header(name="instrument", width=18),
    Header(name="version", width=11),
    Header(name="item", width=24),
    Header(name="probe", width=20),
    Header(name="stream", width=13),
    Header(name="kind", width=11),
    Header(name="added", width=10),
    Header(name="author", width=16),
    Header(name="created", width=20),
    Header(name="changed", width=20),
    Header(name="text", width=80, wrap=True),
    Header(name="may_be_quoted", width=18),
)


def make_notes_sheet(source: Source) -> Sheet:
    """Return one row a note."""
    return Sheet(
        name="Interview notes",
        headers=HEADERS,
        rows=lambda: (_make_row(note) for note in source.notes()),
    )


def _make_row(note: NoteRow) -> Row:
    return [
        note.id,
        note.participant,
        note.interview,
        read_moment(note.interview_started),
        note.response,
        note.instrument,
        note.version,
        note.item,
        note.probe,
        note.stream,
        note.kind,
        note.added,
        note.author or None,
        read_moment(note.created),
        read_moment(note.changed),
        note.text,
        None if note.may_quote is None else int(note.may_quote),
    ]
