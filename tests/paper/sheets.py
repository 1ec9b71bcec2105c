"""Sheets to look at: their words in the file, as a person finds them by searching."""

import re
import unicodedata
from io import BytesIO

import docx
from docx.document import Document
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from survey_app.cli.vocabulary import make_vocabulary
from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import say
from survey_app.definition.library import load_library
from survey_app.definition.loader import load
from survey_app.definition.probe_sheet import make_probe_sheet
from survey_app.paper.content import Paper
from survey_app.paper.recorded import Note, RecordedRun, Sitting
from survey_app.paper.sheet import Delivered, make_paper

PROTOCOL = (("ami-survey", "1.0.1"), ("ami-interview", "1.1.0"))
EVERYTHING = """
format: 1
name: everything
version: 1.0.0
title: {en: Everything, fr: Tout}
source: ours
licence: MIT
changes: first
languages: [en, fr]
introduction:
  en: |
    Before *we* begin:

    - breathe
    - see [the notice](https://example.org/notice)
  fr: Avant de commencer
sections:
  - key: opening
    title: {en: Opening, fr: Ouverture}
    minutes: 7
    items:
      - key: talk
        type: open_question
        text: {en: "What do *you* do?", fr: "Que faites-vous ?"}
        if_needed: {en: Take your time., fr: Prenez votre temps.}
        instruction: {en: Never mention the dog., fr: Ne parlez pas du chien.}
        probes:
          cat: {en: the cat, fr: le chat}
      - key: mentees
        type: integer
        text: {en: How many?, fr: Combien ?}
"""


def read_everything() -> Instrument:
    """Return an instrument with all three voices, in two languages."""
    return load(EVERYTHING.encode(), "inline.yaml")


def make_blank(*instruments: Instrument, language: str = "en") -> Paper:
    """Return a blank sheet, of the shipped survey and guide if nothing is named."""
    library = load_library()
    shipped = [library.instruments[key] for key in PROTOCOL]
    delivered = [Delivered(instrument=each) for each in instruments or shipped]
    return make_paper(delivered, make_vocabulary(), language)


def make_noted(text: str, probe: str = "") -> Paper:
    """Return a sheet filled with one note, on a question or on a probe of it."""
    note = Note(
        text=text,
        kind="note",
        stream="interviewer",
        author="ivy",
        written="2026-11-23T14:00:00.000Z",
        late=False,
        item="talk",
        probe=probe,
    )
    sitting = Sitting(
        study="Talks",
        participant="P01",
        interviewer="ivy",
        day="2026-11-23",
        clock=(),
        elapsed=0,
        consent=None,
        recording_permitted=None,
        recording_at=None,
        outcome=None,
    )
    recorded = RecordedRun(notes={"talk": (note,)})
    delivered = Delivered(instrument=read_everything(), recorded=recorded)
    return make_paper([delivered], make_vocabulary(), "en", sitting)


def list_words(instrument: Instrument) -> list[str]:
    """Return every text of an instrument that its interviewer has to see, and every key."""
    sheet, said = make_probe_sheet(instrument), [say(instrument.title, "en")]
    for section in sheet.sections:
        said.append(say(section.title, "en"))
        for topic in section.topics:
            texts = (topic.read_aloud, topic.instruction, topic.if_needed, topic.follow_up)
            said += [topic.item, *(say(text, "en") for text in texts if text)]
            said += [say(choice.text, "en") for choice in topic.choices]
            for probe in topic.probes:
                said += [probe.key, say(probe.text, "en")]
    return said


def find_missing(words: list[str], text: str) -> list[str]:
    """Return the words that are not in a text; where its lines end makes no difference."""
    whole = join(text)
    return [each for each in words if join(each) not in whole]


def join(text: str) -> str:
    """Return a text without spaces, line ends and the joined letters that some fonts have."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_pages(content: bytes) -> list[str]:
    """Return the words of a PDF, page by page."""
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def read_word(content: bytes) -> str:
    """Return the words of a Word file's body, in order, tables included."""
    return "\n".join(_read_body(docx.Document(BytesIO(content))))


def _read_body(document: Document) -> list[str]:
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Paragraph):
            lines.append(block.text)
        elif isinstance(block, Table):
            lines += [cell.text for row in block.rows for cell in row.cells]
    return lines
