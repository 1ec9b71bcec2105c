"""The sheet Framework: the framework matrix, a row an interview, a column a question, its notes.

Gale et al. (2013), "Using the framework method for the analysis of qualitative data in
multi-disciplinary health research", BMC Medical Research Methodology 13:117,
doi:10.1186/1471-2288-13-117.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from survey_app.definition.instrument import Instrument
from survey_app.definition.reasons import Reason, describe
from survey_app.definition.shapes import Topic
from survey_app.reports.coverage import NOT_REACHED, Interview, describe_state
from survey_app.reports.moments import read_moment
from survey_app.reports.note_words import write_notes
from survey_app.reports.responses import NoteRow, Source
from survey_app.reports.sheets.notice import make_notice_sheet, say_no_interviews
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value
from survey_app.translations import gettext as _

LEADING = (
    Header(name="participant", width=15),
    Header(name="interview_started", width=20),
    Header(name="version", width=11),
    Header(name="state", width=13),
)
TRAILING = (
    Header(name="whole_interview", width=44, wrap=True),
    Header(name="response", width=35),
    Header(name="interview", width=35),
)
NOTE_WIDTH = 44

Topics = Mapping[str, Topic]
"""The questions by key, in the words of the newest version."""

Notes = Mapping[tuple[str | None, str | None], Sequence[NoteRow]]
"""Notes by response and item; those on a whole interview by its id, as if it were a response."""


def make_framework_sheet(
    instruments: Sequence[Instrument],
    interviews: Sequence[Interview],
    source: Source,
    language: str,
) -> Sheet:
    """Return the notes on each question; the first row holds what was read aloud.

    A cell without notes says in grey why it has none.
    """
    if not interviews:
        return make_notice_sheet("Framework", say_no_interviews())
    topics: dict[str, Topic] = {}
    for instrument in instruments:
        for key, topic in _list_topics(instrument).items():
            topics.setdefault(key, topic)
    asked = {each.version: frozenset(_list_topics(each)) for each in instruments}

    def read_rows() -> Iterator[Row]:
        words = [Muted(say(topic.read_aloud, language)) for topic in topics.values()]
        about = Muted(_("on the interview as a whole"))
        yield [Muted(_("question")), None, None, None, *words, about, None, None]
        notes = _sort_notes(source.notes())
        for interview in interviews:
            known = asked[interview.response.version]
            yield _make_row(interview, topics, known, notes, language)

    headers = (*LEADING, *(Header(name=key, width=NOTE_WIDTH, wrap=True) for key in topics))
    return Sheet(
        name="Framework",
        headers=(*headers, *TRAILING),
        rows=read_rows,
        freeze="B3",
        filter=False,
    )


def _list_topics(instrument: Instrument) -> dict[str, Topic]:
    """Return what is asked; a text that is only read out is no question."""
    topics = {item.key: item.topic() for item in instrument.items if item.columns()}
    return {key: topic for key, topic in topics.items() if topic is not None}


def _sort_notes(notes: Iterable[NoteRow]) -> Notes:
    found: dict[tuple[str | None, str | None], list[NoteRow]] = {}
    for note in notes:
        found.setdefault((note.response or note.interview, note.item), []).append(note)
    return found


def _make_row(
    interview: Interview, topics: Topics, known: frozenset[str], notes: Notes, language: str
) -> Row:
    response = interview.response
    row: list[Value] = [
        response.participant,
        read_moment(response.started),
        response.version,
        response.state,
    ]
    for key, topic in topics.items():
        name = partial(_name_probe, interview, topic, language)
        written = write_notes(notes.get((response.id, key), ()), name)
        row.append(written or Muted(explain_gap(interview, key, known, language)))
    places = [(of, item) for of, item in notes if of in {response.id, response.interview}]
    whole = [note for place in places if place[1] not in topics for note in notes[place]]
    written = write_notes(whole, lambda note: note.item or "")
    return [*row, written or None, response.id, response.interview]


def _name_probe(interview: Interview, topic: Topic, language: str, note: NoteRow) -> str:
    """Return the words of the probe that a note is on, those of a free topic too."""
    if not note.probe:
        return ""
    listed = {probe.key: say(probe.text, language) for probe in topic.probes}
    mark = interview.marks.get((topic.item, note.probe))
    return listed.get(note.probe) or (mark.text if mark else "") or note.probe


def explain_gap(interview: Interview, item: str, known: frozenset[str], language: str) -> str:
    """Say why there is no note on a question: `known` are those of the interview's version."""
    if item not in known:
        return describe(Reason.NOT_IN_THIS_VERSION, language)
    whole = interview.items.get(item)
    if whole is not None and whole.state != NOT_REACHED:
        words = describe_state(whole.state, language)
        return f"{words}: {whole.reason}" if whole.reason else words
    answers = interview.response.answers.get(item, {}).values()
    if any(answer.reason == Reason.NOT_RELEVANT for answer in answers):
        return describe(Reason.NOT_RELEVANT, language)
    if whole is not None or _was_asked(interview, item):
        return _("asked, no note", language)
    return describe_state(NOT_REACHED, language)


def _was_asked(interview: Interview, item: str) -> bool:
    marked = any(
        of == item and mark.state != NOT_REACHED for (of, _probe), mark in interview.marks.items()
    )
    answers = interview.response.answers.get(item, {}).values()
    return marked or any(answer.value is not None for answer in answers)
