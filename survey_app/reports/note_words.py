"""Notes as they are read: in their order, each under a label that says what it is."""

from collections.abc import Callable, Iterable

from survey_app.reports.responses import NoteRow
from survey_app.translations import gettext as _

AFTER = "after"
QUOTE = "quote"
Naming = Callable[[NoteRow], str]
"""Returns on what a note was written, in words; nothing where its place says so."""


def write_notes(notes: Iterable[NoteRow], name: Naming) -> str:
    """Return notes one after another, those of the conversation before what was added later.

    Texts are whole and as they were written; a quote stands in quotation marks.
    """
    written = sorted(
        (note for note in notes if note.text.strip()),
        key=lambda note: (note.added == AFTER, note.created, note.id),
    )
    return "\n".join(f"{label_note(note, name(note))}: {_quote(note)}" for note in written)


def label_note(note: NoteRow, place: str) -> str:
    """Return what a note is, on what it is, and whether it was added later."""
    kinds = {
        "note": _("Note"),
        QUOTE: _("Quote"),
        "summary": _("Contact summary"),
        "journal": _("Journal"),
        "observer": _("Observer"),
    }
    label = kinds.get(note.kind, note.kind)
    if place:
        label = _("{label} on “{place}”").format(label=label, place=place)
    return _("{label}, added after").format(label=label) if note.added == AFTER else label


def _quote(note: NoteRow) -> str:
    return _("“{text}”").format(text=note.text) if note.kind == QUOTE else note.text
