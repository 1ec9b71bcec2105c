"""What python-docx has no word for: fields, rules to write on, repeated heads, other texts.

Its objects keep their XML to themselves, so that this module alone reaches for it.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from survey_app.paper.content import Box, Words

TICKED = "☒"
EMPTY = "☐"
THIN_SPACE = "\u2009"
SYMBOLS = "Segoe UI Symbol"
SMALL = "SheetLabel"
"""The character style of labels, by its id and by its name."""


def make_element(name: str, **attributes: str) -> Any:
    """Return an element such as `w:tblHeader` with attributes of the same namespace."""
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def add_field(paragraph: Paragraph, code: str) -> None:
    """Add a field that Word fills in, such as `PAGE`."""
    instruction = make_element("w:instrText")
    instruction.text = code
    for part in (
        make_element("w:fldChar", fldCharType="begin"),
        instruction,
        make_element("w:fldChar", fldCharType="separate"),
        "1",
        make_element("w:fldChar", fldCharType="end"),
    ):
        if isinstance(part, str):
            add_small(paragraph, part)
        else:
            add_small(paragraph, "")._r.append(part)  # noqa: SLF001


def add_words(paragraph: Paragraph, words: Words) -> None:
    """Add words in their styles; a line end in them is a line end on paper."""
    for span in words:
        run = paragraph.add_run(span.text)
        run.italic = True if span.style == "emphasis" else None
        run.bold = True if span.style == "strong" else None
        if span.style == "code":
            set_font(run, "Courier New")


def add_small(paragraph: Paragraph, words: str, *, bold: bool = False) -> Run:
    """Add the words of a label."""
    run = paragraph.add_run(words)
    # By its id: python-docx would look its name up in the whole list for every run.
    run._r.style = SMALL  # noqa: SLF001
    run.bold = bold or None
    return run


def add_boxes(paragraph: Paragraph, boxes: Sequence[Box], *, named: bool) -> None:
    """Add boxes to tick, each with its letter and (if `named`) its words; none torn from them."""
    for number, box in enumerate(boxes):
        if number:
            add_small(paragraph, "   " if named else THIN_SPACE)
        square = add_small(paragraph, TICKED if box.ticked else EMPTY)
        set_font(square, SYMBOLS)
        square.font.size = Pt(10)
        words = " ".join(filter(None, (box.letter, box.words if named else "")))
        joint = "\u00a0" if named else ""
        add_small(paragraph, joint + words.replace(" ", "\u00a0"), bold=box.ticked)


def set_font(run: Run, name: str) -> None:
    """Set a run in a font, whatever its characters are."""
    run.font.name = name
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001
    for kind in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), name)


def add_border(paragraph: Paragraph, *sides: str) -> None:
    """Draw lines at the sides of a paragraph."""
    borders = make_element("w:pBdr")
    for side in sides:
        borders.append(make_element(f"w:{side}", val="single", sz="4", space="0", color="000000"))
    later = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    paragraph._p.get_or_add_pPr().insert_element_before(borders, *later)  # noqa: SLF001


def add_rules(paragraphs: Iterable[Paragraph]) -> None:
    """Make paragraphs into lines to write on, 7 mm apart."""
    for paragraph in paragraphs:
        # Two neighbours with the same borders are one block to Word: only `between` parts them.
        add_border(paragraph, "bottom", "between")
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(20)


def describe_table(table: Table, title: str, description: str) -> None:
    """Give a table the title and description that screen readers say."""
    properties = table._tbl.tblPr  # noqa: SLF001
    properties.append(make_element("w:tblCaption", val=title))
    properties.append(make_element("w:tblDescription", val=description))


def repeat_head(row: _Row) -> None:
    """Repeat a table's first row on every page."""
    row._tr.get_or_add_trPr().append(make_element("w:tblHeader"))  # noqa: SLF001


def keep_whole(row: _Row) -> None:
    """Keep a row on one page."""
    row._tr.get_or_add_trPr().append(make_element("w:cantSplit"))  # noqa: SLF001


def first_paragraph(cell: _Cell) -> Paragraph:
    """Return the paragraph that every cell has."""
    paragraph: Paragraph = cell.paragraphs[0]
    return paragraph


def add_row(table: Table) -> _Row:
    """Add a row at the end of a table."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    return row
