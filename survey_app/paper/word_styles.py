"""Type and page of the Word file: black on white, A4 with a margin to write in, real styles."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

from survey_app.paper.word_parts import SMALL, make_element

BODY = "Georgia"
LABEL = "Arial"
BLACK = RGBColor(0, 0, 0)
TEXT_WIDTH = 158
"""Millimetres between the margins."""

_HEADINGS = {"Title": (22, 0), "Heading 1": (16, 14), "Heading 2": (12.5, 10), "Heading 3": (12, 1)}
"""Points: the size of the type, and the space above."""


def set_page(document: Document) -> None:
    """Set the page and its margins; the right one is wide enough to write in."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(18), Mm(34)
    section.top_margin, section.bottom_margin = Mm(30), Mm(25)
    section.header_distance = section.footer_distance = Mm(16)


def set_styles(document: Document, language: str) -> None:
    """Set the document's styles and the language that its words are checked and read in."""
    styles = document.styles
    normal = styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    _set_type(normal, BODY, 10)
    normal.paragraph_format.space_after = Pt(4)
    for name, (size, above) in _HEADINGS.items():
        _set_heading(styles[name], size, above)
    for name in ("Header", "Footer"):
        # Their own tab stops are those of another page's width.
        for stops in styles[name].element.pPr.findall(qn("w:tabs")):
            styles[name].element.pPr.remove(stops)
    small = styles.add_style(SMALL, WD_STYLE_TYPE.CHARACTER)
    assert isinstance(small, CharacterStyle)
    _set_type(small, LABEL, 7.5)
    defaults = styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for spoken in defaults.findall(qn("w:lang")):
        defaults.remove(spoken)
    defaults.append(make_element("w:lang", val=language, eastAsia=language, bidi=language))


def _set_heading(style: object, size: float, above: float) -> None:
    assert isinstance(style, ParagraphStyle)
    _set_type(style, BODY, size)
    style.font.bold = True
    form = style.paragraph_format
    form.keep_with_next = True
    form.space_before, form.space_after = Pt(above), Pt(3)
    for borders in style.element.pPr.findall(qn("w:pBdr")):
        style.element.pPr.remove(borders)


def _set_type(style: CharacterStyle, name: str, size: float) -> None:
    style.font.name, style.font.size = name, Pt(size)
    style.font.color.rgb = BLACK
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for kind in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{kind}"), name)
