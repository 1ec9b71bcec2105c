"""What was recorded, in words: so that no box has to be made out to read a filled sheet."""

from collections.abc import Iterable, Iterator

from survey_app.paper.content import Entry
from survey_app.paper.moments import say_offset, say_time
from survey_app.paper.recorded import Mark, Note, QuestionMark, RecordedRun
from survey_app.paper.vocabulary import State, Vocabulary
from survey_app.translations import gettext as _


def say_mark(mark: Mark, words: Vocabulary) -> tuple[Entry, ...]:
    """Return a mark's state with its times and phase, its example, its flags and its reason."""
    entries = []
    state = _say_state(words.states, mark.state)
    if state:
        times = [say_offset(mark.first_at)]
        if mark.changed_at is not None and mark.changed_at != mark.first_at:
            times.append(_("changed {time}").format(time=say_offset(mark.changed_at)))
        times.append(words.phases.get(mark.phase or "", ""))
        detail = ", ".join(filter(None, times))
        entries.append(Entry(label=_("Mark"), text=f"{state} ({detail})" if detail else state))
    if mark.example in ("asked", "given"):
        entries.append(Entry(label=_("Example"), text=words.examples[mark.example]))
    return (*entries, *_say_flags(mark.flags, words), *_say_reason(mark.reason))


def say_question(
    item: str, mark: QuestionMark, run: RecordedRun, words: Vocabulary
) -> tuple[Entry, ...]:
    """Return what holds for a question, its turns from one phase to the other, and its notes."""
    entries = []
    state = _say_state(words.outcomes, mark.state)
    if state:
        entries.append(Entry(label=_("Outcome"), text=state))
    if len(mark.turns) > 1:
        turns = (f"{words.phases.get(phase, phase)} {say_offset(at)}" for phase, at in mark.turns)
        entries.append(Entry(label=_("Phases"), text=", ".join(turn.strip() for turn in turns)))
    entries += [*_say_flags(mark.flags, words), *_say_reason(mark.reason)]
    return (*entries, *say_notes(run.notes.get(item, ()), ""))


def say_notes(notes: Iterable[Note], probe: str) -> tuple[Entry, ...]:
    """Return the notes on a probe, or (where it is empty) on the question itself."""
    return tuple(say_note(note) for note in notes if note.probe == probe)


def say_note(note: Note) -> Entry:
    """Return a note under a label that says whose it is and whether it was added afterwards."""
    if note.kind == "observer":
        name = note.stream.removeprefix("observer:")
        label = _("Observer {name}").format(name=name)
    else:
        label = _("Quote") if note.kind == "quote" else _("Note")
    if note.late:
        label = _("{label} (added afterwards {time})").format(
            label=label, time=say_time(note.written)
        )
    return Entry(label=label, text=note.text)


def _say_state(states: tuple[State, ...], code: str) -> str:
    return next((state.words for state in states if state.code == code), "")


def _say_flags(flags: Iterable[str], words: Vocabulary) -> Iterator[Entry]:
    names = [words.flags.get(flag, flag) for flag in flags]
    if names:
        yield Entry(label=_("Flags"), text=", ".join(names))


def _say_reason(reason: str) -> Iterator[Entry]:
    if reason:
        yield Entry(label=_("Why not asked"), text=reason)
