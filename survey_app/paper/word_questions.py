"""Questions in the Word file: headings, boxes, lines to write on, and the table of probes."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from survey_app.paper.content import Closed, Entry, Paper, ProbeRow, Question
from survey_app.paper.spans import plain
from survey_app.paper.word_parts import (
    add_boxes,
    add_row,
    add_rules,
    add_small,
    add_words,
    describe_table,
    first_paragraph,
    keep_whole,
    repeat_head,
    set_font,
)
from survey_app.paper.word_styles import TEXT_WIDTH

BLANK = "_" * 12
_WIDTHS = (42, 50, 16, 21, 29)


def add_question(document: Document, question: Question, paper: Paper) -> None:
    """Add a question with everything around it."""
    _add_head(document, question, paper)
    if question.closed is not None:
        _add_closed(document.add_paragraph(), question.closed)
    line = _add_line(document)
    add_boxes(line, question.outcomes, named=True)
    if question.why.text is None:
        add_small(line, f"   {question.why.label} {BLANK}")
    line.paragraph_format.keep_with_next = question.lines > 0
    add_entries(document, question.remarks)
    add_rules([document.add_paragraph() for _number in range(question.lines)])
    if question.rows:
        if question.do_not_read:
            add_small(_add_line(document), question.do_not_read.upper(), bold=True)
        _add_probes(document, question, paper)
    if question.follow_ups and paper.follow_ups and not paper.filled:
        _add_follow_ups(document, paper, with_probes=bool(question.do_not_read))


def add_entries(document: Document, entries: Sequence[Entry]) -> None:
    """Add what was recorded, each under its label."""
    for entry in entries:
        _add_entry(document.add_paragraph(), entry)


def _add_line(document: Document) -> Paragraph:
    line = document.add_paragraph()
    line.paragraph_format.keep_with_next = True
    return line


def _add_head(document: Document, question: Question, paper: Paper) -> None:
    line = _add_line(document)
    line.paragraph_format.space_before = Pt(12)
    line.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    add_small(line, f"{question.number}  ", bold=True)
    set_font(add_small(line, question.item), "Courier New")
    if question.condition:
        add_small(line, f"  [{question.condition}]")
    add_small(line, "\t")
    if question.phase is not None:
        add_small(line, f"{question.phase.label} {question.phase.text or BLANK}   ")
    add_boxes(line, question.flags, named=False)
    line.paragraph_format.space_after = Pt(0)
    add_small(line, f"\n{paper.legend.aloud_label.upper()}", bold=True)
    add_words(document.add_heading("", level=3), question.aloud)
    if question.if_needed:
        line = _add_line(document)
        add_small(line, f"{paper.legend.if_needed_label.upper()}  ", bold=True)
        line.add_run("(")
        add_words(line, question.if_needed)
        line.add_run(")")
    if question.instruction:
        line = _add_line(document)
        line.paragraph_format.left_indent = Mm(4)
        add_small(line, f"{paper.legend.not_read_label.upper()}  ", bold=True)
        line.add_run(plain(question.instruction)).italic = True


def _add_closed(line: Paragraph, closed: Closed) -> None:
    line.paragraph_format.keep_with_next = True
    add_small(line, f"{closed.label.upper()}  ", bold=True)
    add_boxes(line, closed.choices, named=True)
    if closed.entry is not None and closed.entry.text is None:
        add_small(line, BLANK * 3)
    if closed.reasons:
        add_small(line, "     ")
        add_boxes(line, closed.reasons, named=True)
    if closed.entry is not None and closed.entry.text is not None:
        line.add_run("\n")
        _add_entry(line, closed.entry)


def _add_entry(line: Paragraph, entry: Entry) -> None:
    add_small(line, f"{entry.label}: ", bold=True)
    line.add_run(entry.text or "")


def _add_probes(document: Document, question: Question, paper: Paper) -> None:
    table = document.add_table(rows=1, cols=len(_WIDTHS), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Mm(width)
    describe_table(table, f"{question.item}: {question.list_title}", plain(question.aloud))
    words = paper.table
    title = f"{question.number} {question.item}: {question.list_title}"
    heads = (title, words.state, words.example, words.flag, words.note)
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        add_small(first_paragraph(cell), head.upper(), bold=True)
    repeat_head(table.rows[0])
    for row in question.rows:
        _add_row(table, row, paper)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _add_row(table: Table, row: ProbeRow, paper: Paper) -> None:
    added = add_row(table)
    topic, states, examples, flags, note = added.cells
    line = first_paragraph(topic)
    add_words(line, row.words)
    if not row.words:
        line.add_run(BLANK + "\n")
    set_font(add_small(line, f" {row.key}" if row.words else row.key), "Courier New")
    add_boxes(first_paragraph(states), row.states, named=False)
    add_boxes(first_paragraph(examples), row.examples, named=False)
    add_boxes(first_paragraph(flags), row.flags, named=False)
    keep_whole(added)
    if not paper.filled:
        added.height = Mm(10)
    if row.closed is not None:
        below = add_row(table)
        keep_whole(below)
        line.paragraph_format.keep_with_next = True
        _add_closed(first_paragraph(below.cells[1].merge(below.cells[-1])), row.closed)
        topic.merge(below.cells[0])
    if row.apart:
        add_small(first_paragraph(note), paper.table.below)
        whole = add_row(table).cells
        note = whole[0].merge(whole[-1])
    for number, remark in enumerate(row.remarks):
        _add_entry(note.add_paragraph() if number else first_paragraph(note), remark)


def _add_follow_ups(document: Document, paper: Paper, *, with_probes: bool) -> None:
    line = document.add_paragraph()
    add_small(line, f"{paper.follow_up_short.upper()}  ", bold=True)
    wordings = [
        f"({each.wording})"
        for each in paper.follow_ups
        if each.wording and (with_probes or not each.names_topics)
    ]
    line.add_run("  ".join(wordings)).font.size = Pt(8.5)
