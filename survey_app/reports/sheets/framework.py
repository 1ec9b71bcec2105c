"""The sheet Framework: the framework matrix, a row an interview, a column a question, its notes.

Gale et al. (2013), "Using the framework method for the analysis of qualitative data in
multi-disciplinary health research", BMC Medical Research Methodology 13:117,
doi:10.1186/1471-2288-13-117.
"""

from collections.abc import Iterator, Sequence
from functools import partial

from survey_app.definition.instrument import Instrument
from survey_app.reports.coverage import Interview
from survey_app.reports.moments import read_moment
from survey_app.reports.note_gaps import explain_gap
from survey_app.reports.note_words import Notes, name_probe, sort_notes, write_notes
from survey_app.reports.questions import Topics, join_questions
from survey_app.reports.responses import Source
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
    topics = join_questions(instruments)
    asked = {each.version: frozenset(join_questions([each])) for each in instruments}

    def read_rows() -> Iterator[Row]:
        words = [Muted(say(topic.read_aloud, language)) for topic in topics.values()]
        about = Muted(_("on the interview as a whole"))
        yield [Muted(_("question")), None, None, None, *words, about, None, None]
        notes = sort_notes(source.notes())
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
        name = partial(name_probe, interview, topic, language)
        written = write_notes(notes.get((response.id, key), ()), name)
        row.append(written or Muted(explain_gap(interview, key, known, language)))
    places = [(of, item) for of, item in notes if of in {response.id, response.interview}]
    whole = [note for place in places if place[1] not in topics for note in notes[place]]
    written = write_notes(whole, lambda note: note.item or "")
    return [*row, written or None, response.id, response.interview]
