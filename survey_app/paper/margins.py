"""What stands around the questions: the head of every page, the legend, the first and last page."""

from collections.abc import Sequence

from survey_app.definition.instrument import Instrument
from survey_app.paper.boxes import tick_examples, tick_flags, tick_state
from survey_app.paper.content import Block, Box, Entry, Legend, TableWords
from survey_app.paper.moments import say_offset, say_time
from survey_app.paper.recorded import Agreed, BreakOff, Note, Sitting
from survey_app.paper.remarks import say_note
from survey_app.paper.vocabulary import Vocabulary
from survey_app.translations import gettext as _

SUMMARY_LINES = 4
JOURNAL_LINES = 8


def make_head(
    instruments: Sequence[Instrument], sitting: Sitting | None, blank_for: str = ""
) -> tuple[Entry, ...]:
    """Return what is repeated on every page: what this sheet is, whose, by whom and when.

    `blank_for` is the study for which blank paper is printed.
    """
    versions = ", ".join(f"{each.reference} ({each.fingerprint[:12]})" for each in instruments)
    study = sitting.study if sitting else blank_for or None
    if sitting and sitting.is_test:
        study = _("{study} (test)").format(study=sitting.study)
    return (
        Entry(label=_("Study"), text=study),
        Entry(label=_("Version"), text=versions),
        Entry(label=_("Participant"), text=_say_participant(sitting) if sitting else None),
        Entry(label=_("Interviewer"), text=sitting.interviewer if sitting else None),
        Entry(label=_("Date"), text=sitting.day if sitting else None),
    )


def _say_participant(sitting: Sitting) -> str:
    if sitting.numbers == 1:
        return sitting.participant
    return _("{code}, interview {number} of {numbers}").format(
        code=sitting.participant, number=sitting.number, numbers=sitting.numbers
    )


def make_legend(words: Vocabulary) -> Legend:
    """Return how to read the sheet."""
    return Legend(
        title=_("How to read this sheet"),
        aloud_label=_("Read aloud"),
        aloud=_("Large and bold: read it as it stands."),
        if_needed_label=_("Read if needed"),
        if_needed=_("In parentheses: read it when the person asks or hesitates."),
        not_read_label=_("Do not read"),
        not_read=_("Small and slanted: for you alone."),
        probes=_(
            "Probes stand in a table: listen for them, and ask only once the free answer has ended."
        ),
        boxes=tick_state(words.states, ""),
        no_box=_("No box ticked: not reached."),
        examples=tuple(
            Box(letter=box.letter, words=_("example {state}").format(state=box.words))
            for box in tick_examples(words.examples, "")
        ),
        flags=tick_flags(words.flags, ()),
        ticked=_("A ticked box is black or crossed, and what it says stands near it in words."),
    )


def make_table_words() -> TableWords:
    """Return the headings of the list of probes."""
    return TableWords(
        state=_("State"),
        example=_("e.g."),
        flag=_("Flag"),
        note=_("Note"),
        below=_("(below)"),
    )


def make_beginning(
    words: Vocabulary, sitting: Sitting | None, statements: Sequence[Agreed] = ()
) -> Block:
    """Return consent, recording, and when the interview began, paused and ended.

    `statements` have a box each on blank paper; a sitting has its own.
    """
    consent = sitting.consent if sitting else None
    permitted = sitting.recording_permitted if sitting else None
    boxes = (
        Box(letter="", words=_("consent read and given"), ticked=bool(consent)),
        Box(letter="", words=_("recording permitted"), ticked=permitted is True),
        Box(letter="", words=_("recording not permitted"), ticked=permitted is False),
        *(
            Box(letter="", words=each.words, ticked=each.ticked)
            for each in (sitting.agreed if sitting else statements)
        ),
    )
    return Block(
        title=_("Before and during"),
        hint="",
        boxes=boxes,
        entries=_say_beginning(words, sitting) if sitting else _blank_beginning(),
        lines=0,
    )


def _blank_beginning() -> tuple[Entry, ...]:
    labels = (
        _("Consent text, version"),
        _("Recording begun at"),
        _("Interview begun at"),
        _("Paused (from, until)"),
        _("Interview ended at"),
    )
    return tuple(Entry(label=label) for label in labels)


def _say_beginning(words: Vocabulary, sitting: Sitting) -> tuple[Entry, ...]:
    permitted = {True: _("permitted"), False: _("not permitted"), None: _("nobody was asked")}
    recording = permitted[sitting.recording_permitted]
    if sitting.recording_at is not None:
        begun = _("begun at {time}").format(time=say_offset(sitting.recording_at))
        recording = f"{recording}, {begun}"
    return (
        Entry(label=_("Consent text, version"), text=sitting.consent or _("none")),
        Entry(label=_("Recording"), text=recording),
        *(_say_paper(sitting) if sitting.keyed_in else _say_clock(words, sitting)),
    )


def _say_clock(words: Vocabulary, sitting: Sitting) -> tuple[Entry, ...]:
    clock = [f"{words.turns.get(action, action)} {say_time(at)}" for action, at in sitting.clock]
    lasted = say_offset(sitting.elapsed) if sitting.clock else _("not timed")
    if sitting.planned_minutes is not None:
        planned = _("{count} min planned").format(count=sitting.planned_minutes)
        lasted = f"{lasted} ({planned})"
    return (
        Entry(label=_("Clock"), text=", ".join(clock) or _("never started")),
        Entry(label=_("Lasted, pauses left out"), text=lasted),
    )


def _say_paper(sitting: Sitting) -> tuple[Entry, ...]:
    return (
        Entry(label=_("Held on paper"), text=sitting.held or _("not written down")),
        Entry(label=_("Paused (from, until)"), text=sitting.paused or _("not written down")),
        Entry(
            label=_("Keyed in from paper"),
            text=_("{time}, by {name}").format(
                time=say_time(sitting.keyed_in), name=sitting.keyed_by
            ),
        ),
    )


def make_ending(words: Vocabulary, sitting: Sitting | None) -> Block:
    """Return how the interview ended: completed or broken off, why, and where to go on."""
    outcome = sitting.outcome if sitting else None
    return Block(
        title=_("How it ended"),
        hint="",
        boxes=tuple(
            Box(letter="", words=label, ticked=code == outcome)
            for code, label in words.endings.items()
        ),
        entries=_say_ending(words, sitting) if sitting else _blank_ending(),
        lines=0,
    )


def _blank_ending() -> tuple[Entry, ...]:
    labels = (_("Why broken off"), _("Call back (when, how)"), _("Go on at question"))
    return tuple(Entry(label=label) for label in labels)


def _say_ending(words: Vocabulary, sitting: Sitting) -> tuple[Entry, ...]:
    recorded = Entry(label=_("Recorded"), text=_say_outcome(words, sitting.outcome))
    return (recorded, *map(_say_break_off, sitting.break_offs))


def _say_break_off(broken: BreakOff) -> Entry:
    label = _("Broken off")
    if broken.at:
        label = f"{label} {say_time(broken.at)}"
    parts = [broken.reason]
    if broken.call_back:
        parts.append(_("call back: {words}").format(words=broken.call_back))
    if broken.resume:
        parts.append(_("go on at question {item}").format(item=broken.resume))
    return Entry(label=label, text="; ".join(parts))


def _say_outcome(words: Vocabulary, outcome: str | None) -> str:
    return _("not ended") if outcome is None else words.endings.get(outcome, outcome)


def make_summary(words: Vocabulary, sitting: Sitting | None) -> Block:
    """Return the contact summary with its prompts."""
    entries: list[Entry] = []
    for stream, prompt in words.summary.items():
        entries += _say_stream(sitting, "summary", stream, prompt)
    return Block(
        title=_("Contact summary"),
        hint=words.summary_hint,
        boxes=(),
        entries=tuple(entries),
        lines=0 if sitting else SUMMARY_LINES,
    )


def make_journal(words: Vocabulary, sitting: Sitting | None) -> Block:
    """Return the reflexive journal."""
    return Block(
        title=_("Reflexive journal"),
        hint="",
        boxes=(),
        entries=_say_stream(sitting, "journal", None, words.journal),
        lines=0 if sitting else JOURNAL_LINES,
    )


def make_observed(sitting: Sitting | None) -> tuple[Entry, ...]:
    """Return the notes about the interview as a whole that have no place of their own."""
    notes = sitting.notes if sitting else ()
    return tuple(say_note(note) for note in notes if note.kind not in ("summary", "journal"))


def _say_stream(
    sitting: Sitting | None, kind: str, stream: str | None, prompt: str
) -> tuple[Entry, ...]:
    if sitting is None:
        return (Entry(label=prompt),)
    found = [note for note in sitting.notes if note.kind == kind and stream in (None, note.stream)]
    if not found:
        return (Entry(label=prompt, text=_("(nothing was written)")),)
    return tuple(Entry(label=_label(prompt, note), text=note.text) for note in found)


def _label(prompt: str, note: Note) -> str:
    if not note.late:
        return prompt
    return _("{label} (added afterwards {time})").format(label=prompt, time=say_time(note.written))
