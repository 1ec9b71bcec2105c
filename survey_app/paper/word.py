"""The sheet as a Word file: real headings, tables that repeat their heads, page fields, A4."""

from io import BytesIO

import docx
from docx.document import Document
from docx.enum.text import WD_BREAK, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from survey_app.paper.content import Block, Entry, Legend, Paper, Part, Run
from survey_app.paper.word_parts import (
    add_border,
    add_boxes,
    add_field,
    add_row,
    add_rules,
    add_small,
    add_words,
    describe_table,
    first_paragraph,
)
from survey_app.paper.word_questions import BLANK, add_entries, add_question
from survey_app.paper.word_styles import TEXT_WIDTH, set_page, set_styles

HEAD_WIDTH = TEXT_WIDTH + 16
"""Millimetres: the head of a page reaches into the margin."""
HEAD_FIRST = 2
"""How many entries stand on the head's first line: the study and its versions."""


def make_word(paper: Paper) -> bytes:
    """Return the sheet as a Word file."""
    document = docx.Document()
    set_page(document)
    set_styles(document, paper.language)
    document.core_properties.title = f"{paper.title}: {paper.subject}"
    document.core_properties.subject = paper.subject
    document.core_properties.language = paper.language
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _add_margins(document, paper)
    _add_first_page(document, paper)
    for run in paper.runs:
        _add_run(document, run, paper)
    _add_ending(document, paper)
    _add_last_page(document, paper)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _add_margins(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0]
    for number, entry in enumerate(paper.head):
        if number:
            add_small(head, "\n" if number == HEAD_FIRST else "     ")
        add_small(head, f"{entry.label}:\u00a0")
        add_small(head, entry.text or BLANK * 2, bold=entry.text is not None)
    _reach_into_margin(head)
    head.paragraph_format.line_spacing = 1.4
    add_border(head, "bottom")
    foot = section.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(Mm(HEAD_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    add_small(foot, f"{paper.title}\t")
    before, _page, rest = paper.page.partition("{page}")
    between, _pages, after = rest.partition("{pages}")
    for words, field in ((before, "PAGE"), (between, "NUMPAGES")):
        add_small(foot, words)
        add_field(foot, field)
    add_small(foot, after)
    _reach_into_margin(foot)


def _reach_into_margin(line: Paragraph) -> None:
    line.paragraph_format.right_indent = Mm(TEXT_WIDTH - HEAD_WIDTH)


def _add_first_page(document: Document, paper: Paper) -> None:
    document.add_heading(paper.title, level=0)
    add_entries(document, paper.facts)
    _add_block(document, paper.beginning)
    _add_legend(document, paper.legend, paper)
    if paper.follow_ups and not paper.filled:
        document.add_heading(paper.follow_up_title, level=2)
        for each in paper.follow_ups:
            line = document.add_paragraph()
            add_small(line, f"{each.name}   ", bold=True)
            if each.wording:
                line.add_run(f"“{each.wording}” ")
            add_small(line, each.fits)


def _add_block(document: Document, block: Block) -> None:
    document.add_heading(block.title, level=2)
    add_boxes(document.add_paragraph(), block.boxes, named=True)
    if all(entry.text is None for entry in block.entries):
        line = document.add_paragraph()
        line.paragraph_format.line_spacing = Pt(20)
        for entry in block.entries:
            add_small(line, f"{entry.label} {BLANK}    ".replace(" ", "\u00a0") + " ")
    else:
        add_entries(document, block.entries)


def _add_legend(document: Document, legend: Legend, paper: Paper) -> None:
    document.add_heading(legend.title, level=2)
    table = document.add_table(rows=0, cols=2, style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, (32, TEXT_WIDTH - 32), strict=True):
        column.width = Mm(width)
    describe_table(table, legend.title, legend.title)
    voices = (
        (legend.aloud_label.upper(), legend.aloud, "bold"),
        (legend.if_needed_label.upper(), f"({legend.if_needed})", ""),
        (legend.not_read_label.upper(), f"{legend.not_read} {legend.probes}", "italic"),
    )
    for label, words, style in voices:
        left, right = add_row(table).cells
        add_small(first_paragraph(left), label, bold=True)
        said = first_paragraph(right).add_run(words)
        said.bold, said.italic = style == "bold", style == "italic"
        said.font.size = Pt(12) if style == "bold" else None
    boxes = (
        (paper.table.state, legend.boxes, legend.no_box),
        (paper.table.example, legend.examples, ""),
        (paper.table.flag, legend.flags, legend.ticked if paper.filled else ""),
    )
    for label, row, words in boxes:
        left, right = add_row(table).cells
        add_small(first_paragraph(left), label, bold=True)
        add_boxes(first_paragraph(right), row, named=True)
        add_small(first_paragraph(right), f"   {words}")


def _add_run(document: Document, run: Run, paper: Paper) -> None:
    heading = document.add_heading(f"{run.title} ", level=1)
    add_small(heading, f"{run.reference}  {run.fingerprint}")
    heading.paragraph_format.page_break_before = not paper.filled and run is paper.runs[0]
    for paragraph in run.introduction:
        add_words(document.add_paragraph(), paragraph)
    for part in run.parts:
        _add_part(document, part, paper)


def _add_part(document: Document, part: Part, paper: Paper) -> None:
    heading = document.add_heading(part.title, level=2)
    heading.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    add_small(heading, "\t" + "   ".join(f"{e.label} {e.text or BLANK}" for e in part.times))
    for paragraph in part.introduction:
        add_words(document.add_paragraph(), paragraph)
    for question in part.questions:
        add_question(document, question, paper)


def _add_ending(document: Document, paper: Paper) -> None:
    document.add_heading(paper.ending.title, level=1)
    add_boxes(document.add_paragraph(), paper.ending.boxes, named=True)
    for entry in paper.ending.entries:
        if entry.text:
            add_entries(document, (entry,))
        elif entry.text is None:
            line = document.add_paragraph()
            add_small(line, entry.label)
            add_rules((line,))


def _add_last_page(document: Document, paper: Paper) -> None:
    if paper.observed:
        document.add_heading(paper.observed_title, level=1)
        add_entries(document, paper.observed)
    if not paper.filled:
        document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    for block in (paper.summary, paper.journal):
        document.add_heading(block.title, level=1)
        if block.hint:
            add_small(document.add_paragraph(), block.hint)
        for entry in block.entries:
            _add_writing(document, entry, block.lines)


def _add_writing(document: Document, entry: Entry, lines: int) -> None:
    label = document.add_paragraph()
    label.add_run(entry.label).bold = True
    label.paragraph_format.keep_with_next = True
    if entry.text is not None:
        document.add_paragraph(entry.text)
        return
    rules = [document.add_paragraph() for _number in range(lines)]
    add_rules(rules)
