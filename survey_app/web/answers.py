"""Answers in words, as the check page and the page of a conflict show them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from survey_app.definition.fields import Mistake
from survey_app.definition.fields.chosen import name_other
from survey_app.definition.form import FilledResponse, FilledSection, ResponseForm
from survey_app.definition.items.base import Item
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answers, Cell, Column
from survey_app.translations import gettext
from survey_app.web.pages import Line
from survey_app.web.wording import plain

Raw = Mapping[str, Sequence[str]]


def describe_response(
    form: ResponseForm, filled: FilledResponse, drafts: Mapping[str, Raw]
) -> dict[str, list[Line]]:
    """Return every item's answer in words; what could not be read stands as it was typed."""
    lines = {}
    for key, section in form.sections.items():
        fields = filled.sections[key].fields
        for item in section.asked:
            if item.key in filled.answers:
                lines[item.key] = describe_answers(form, item, filled.answers[item.key])
            else:
                typed = fields[item.key].typed(drafts.get(key, {}))
                lines[item.key] = [Line(said, about) for about, said in typed]
    return lines


def describe_answers(form: ResponseForm, item: Item, answers: Answers) -> list[Line]:
    """Return an item's answers in words, a line each; none if nothing was answered."""
    language = form.language
    cells = item.cells(answers, language)
    pairs = list(zip(form.columns[item.key], cells, strict=True))
    found = [_describe(column, cell, language) for column, cell in pairs]
    # A refusal stands in each column of a list, and 'other' in its box and in its text.
    spelled = {_label(column, language) for column, cell in pairs if _is_text(column, cell)}
    lines = [*dict.fromkeys(line for line in found if line is not None)]
    lines = [line for line in lines if line.about or line.said not in spelled]
    if any(answer.unticked for answer in answers.values()):
        said = f"{lines[-1].said} ({gettext('not ticked', language)})"
        lines[-1] = replace(lines[-1], said=said)
    return [] if all(line.blank for line in lines) else lines


def list_wrong(section: FilledSection) -> dict[str, Sequence[Mistake]]:
    """Return what is wrong with each item of a section."""
    return {key: field.mistakes for key, field in section.fields.items() if field.mistakes}


def _describe(column: Column, cell: Cell, language: str) -> Line | None:
    if cell.value is None:
        return _describe_blank(column, cell, language)
    if column.kind == "flag":
        return Line(cell.label) if cell.value else None
    label = _label(column, language)
    if label and _is_text(column, cell):
        return Line(f"{name_other(label)}: {cell.label}")
    is_part = column.row or (column.kind == "integer" and column.option)
    return Line(cell.label, label if is_part else "")


def _describe_blank(column: Column, cell: Cell, language: str) -> Line | None:
    row = _label(column, language) if column.row else ""
    if cell.reason == Reason.REFUSED:
        return Line(gettext("I would rather not say", language), row)
    if cell.reason == Reason.DONT_KNOW:
        return Line(gettext("I don’t know", language), row)
    return Line(gettext("Not answered", language), row, blank=True) if row else None


def _label(column: Column, language: str) -> str:
    return plain(column.label, language) if column.label else ""


def _is_text(column: Column, cell: Cell) -> bool:
    return column.kind == "text" and cell.value is not None
