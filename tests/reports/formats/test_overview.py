"""What is in a source is counted by state, with the newest time of any of it."""

from dataclasses import replace

from survey_app.reports.formats.overview import look_over
from survey_app.reports.progress import Meter, ignore
from survey_app.reports.responses import NoteRow
from tests.reports.formats.sample import make_source


def note(changed: str | None) -> NoteRow:
    return NoteRow(
        id="n", stream="interviewer", kind="note", text="", created="2026-11-20", changed=changed
    )


def test_states_add_up_to_all() -> None:
    overview = look_over(make_source(), Meter(ignore))
    assert (overview.responses, overview.submitted) == (13, 11)
    assert (overview.in_progress, overview.withdrawn, overview.interviews) == (1, 1, 0)
    assert overview.newest == "2026-11-22T20:14:05.123Z"


def test_a_note_that_was_changed_last_is_the_newest() -> None:
    notes = [note(None), note("2026-12-01T10:00:00.000Z")]
    source = replace(make_source(2), notes=lambda: iter(notes))
    assert look_over(source, Meter(ignore)).newest == "2026-12-01T10:00:00.000Z"


def test_nothing_has_no_newest_time() -> None:
    overview = look_over(make_source(0), Meter(ignore))
    assert (overview.newest, overview.responses) == (None, 0)
