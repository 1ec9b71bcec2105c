"""The sheet as a Word file."""

from io import BytesIO

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from survey_app.definition.library import load_library
from survey_app.paper.word import make_word
from tests.paper.interviews import ENDLESS, HOSTILE, LONG
from tests.paper.sheets import (
    PROTOCOL,
    find_missing,
    list_words,
    make_blank,
    make_noted,
    read_everything,
    read_word,
)


@pytest.fixture(scope="module")
def content() -> bytes:
    """The blank protocol."""
    return make_word(make_blank())


@pytest.fixture
def document(content: bytes) -> Document:
    """The blank protocol, opened."""
    return docx.Document(BytesIO(content))


def test_every_word_of_the_protocol_is_in_it(content: bytes) -> None:
    library = load_library()
    words = [text for key in PROTOCOL for text in list_words(library.instruments[key])]
    assert find_missing(words, read_word(content)) == []


def test_its_headings_are_real_ones_so_that_it_can_be_walked_through(document: Document) -> None:
    levels = [p.style.name for p in document.paragraphs if p.style is not None]
    assert levels[0] == "Title"
    assert levels.count("Heading 1") == 2 + 3  # the instruments; the ending, summary and journal
    assert levels.count("Heading 3") == 17  # the questions


def test_every_page_has_a_head_and_a_number(document: Document) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0].text
    assert find_missing(["Study:", "ami-interview@1.1.0", "Participant:", "Date:"], head) == []
    codes = [each.text for each in section.footer._element.iter(qn("w:instrText"))]
    assert codes == ["PAGE", "NUMPAGES"]


def test_tables_repeat_their_heads_and_are_named_for_screen_readers(document: Document) -> None:
    probes = document.tables[1:]
    assert len(probes) == 16
    for table in probes:
        assert table.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
        name = table._tbl.tblPr.find(qn("w:tblCaption"))
        assert name is not None
        assert name.get(qn("w:val"))
    assert document.core_properties.title == (
        "Interview sheet: ami-survey@1.0.1, ami-interview@1.1.0"
    )


def test_no_colour_but_black_is_used(document: Document) -> None:
    names = ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3")
    colours = {str(document.styles[name].font.color.rgb) for name in names}
    assert colours == {"000000"}


def test_its_language_is_that_of_the_sheet() -> None:
    document = docx.Document(BytesIO(make_word(make_blank(read_everything(), language="fr"))))
    spoken = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert spoken is not None
    assert spoken.get(qn("w:val")) == "fr"
    assert document.core_properties.language == "fr"


@pytest.mark.parametrize("probe", ["", "cat"])
@pytest.mark.parametrize("words", [*HOSTILE, ENDLESS, LONG])
def test_what_people_wrote_is_in_it_to_the_last_space(words: str, probe: str) -> None:
    assert words in read_word(make_word(make_noted(words, probe)))
