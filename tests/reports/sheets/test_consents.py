"""Consents says under which text each response was given; notes say what may not be quoted."""

from survey_app.reports.note_words import write_notes
from survey_app.reports.responses import ConsentRow, NoteRow, Source
from survey_app.reports.sheets.consents import make_consents_sheet
from survey_app.reports.sheets.notes import make_notes_sheet
from tests.reports.sheets.tables import make_instrument, pick, read_rows

FIRST = make_instrument("1.0.0", "\n      - {key: years, type: integer, text: How long?}\n")


def make_source(*consents: ConsentRow, notes: tuple[NoteRow, ...] = ()) -> Source:
    return Source(
        instruments=(FIRST,),
        responses=lambda: iter(()),
        consents=lambda: iter(consents),
        notes=lambda: iter(notes),
    )


def make_note(*, may_quote: bool | None, kind: str = "quote") -> NoteRow:
    return NoteRow(
        id="n", stream="interviewer", kind=kind, text="We talked.", created="", may_quote=may_quote
    )


def test_each_statement_of_whatever_text_has_a_column() -> None:
    rows = read_rows(
        make_consents_sheet(
            make_source(
                ConsentRow(
                    response="a",
                    participant="P01",
                    version="1",
                    language="en",
                    method="spoken",
                    day="2026-11-22",
                    ticks={"recording": True, "quoted": False},
                ),
                ConsentRow(response="b", version="3", ticks={"quoted": True, "kept": True}),
                ConsentRow(response="c"),
            )
        )
    )
    columns = ("response", "consent_version", "consent_recording", "consent_quoted")
    assert pick(rows, *columns, "consent_kept") == [
        ("a", "1", 1, 0, None),
        ("b", "3", None, 1, 1),
        ("c", None, None, None, None),
    ]
    assert pick(rows, "participant", "consent_method", "consent_day")[0] == (
        "P01",
        "spoken",
        "2026-11-22",
    )


def test_without_consents_the_sheet_has_its_leading_columns() -> None:
    assert read_rows(make_consents_sheet(make_source())) == []


def test_a_note_says_whether_its_words_may_be_quoted() -> None:
    notes = (make_note(may_quote=True), make_note(may_quote=False), make_note(may_quote=None))
    rows = read_rows(make_notes_sheet(make_source(notes=notes)))
    assert pick(rows, "may_be_quoted") == [(1,), (0,), (None,)]


def test_a_quote_that_may_not_be_used_says_so_where_notes_are_read_together() -> None:
    assert (
        write_notes([make_note(may_quote=False)], lambda _: "")
        == "Quote, not to be quoted: “We talked.”"
    )
    assert write_notes([make_note(may_quote=True)], lambda _: "") == "Quote: “We talked.”"
    assert (
        write_notes([make_note(may_quote=False, kind="note")], lambda _: "") == "Note: We talked."
    )
