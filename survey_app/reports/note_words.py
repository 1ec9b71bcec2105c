"""Notes as they are read: in their order, each under a label that says what it is."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from survey_app.definition.shapes import Topic
from survey_app.reports.coverage import Interview
from survey_app.reports.responses import NoteRow
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

AFTER = "after"
QUOTE = "quote"
Notes = Mapping[tuple[str | None, str | None], Sequence[NoteRow]]
"""Notes by response and item; those on a whole interview by its id, as if it were a response."""

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
    if note.kind == QUOTE and note.may_quote is False:
        label = _("{label}, not to be quoted").format(label=label)
    if place:
        label = _("{label} on “{place}”").format(label=label, place=place)
    return _("{label}, added after").format(label=label) if note.added == AFTER else label


def _quote(note: NoteRow) -> str:
    return _("“{text}”").format(text=note.text) if note.kind == QUOTE else note.text


def sort_notes(notes: Iterable[NoteRow]) -> Notes:
    """Return notes by where they were written."""
    found: dict[tuple[str | None, str | None], list[NoteRow]] = {}
    for note in notes:
        found.setdefault((note.response or note.interview, note.item), []).append(note)
    return found


def name_probe(interview: Interview, topic: Topic, language: str, note: NoteRow) -> str:
    """Return the words of the probe that a note is on, those of a free topic too."""
    if not note.probe:
        return ""
    listed = {probe.key: say(probe.text, language) for probe in topic.probes}
    mark = interview.marks.get((topic.item, note.probe))
    return listed.get(note.probe) or (mark.text if mark else "") or note.probe
