"""Random answers as a browser would post them, for each control that a form may have."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor
from random import Random

import click

from survey_app.cli.invented_text import PHRASES, SHORT_PHRASES
from survey_app.definition.fields import (
    ChecksField,
    ChoicesField,
    DateField,
    LineField,
    NumberField,
    ParagraphField,
    QuestionField,
    RanksField,
    RowsField,
    WrittenField,
)
from survey_app.definition.fields.base import REASON_MARK
from survey_app.definition.fields.chosen import OTHER, SelectionField
from survey_app.definition.form import SectionForm

BLANK_SHARE = 0.08
REFUSED_SHARE = 0.05
TICK_SHARE = 0.4
OTHER_SHARE = 0.12
WIDTH = 100
"""How far from a number's or date's only bound, or from 0, an invented one lies at most."""

Posted = dict[str, list[str]]


class RefusedInvention(click.ClickException):
    """An invented answer that the instrument refuses; its text says which and why."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(
            f"{where}: what was invented here is refused: {why} If the item's bounds leave nothing "
            "to write, widen them; else its field names a sample that it does not take."
        )


def invent_section(form: SectionForm, random: Random) -> Posted:
    """Return what a participant might post for a section: some blanks, refusals and others."""
    posted: Posted = {}
    for field in form.blank_fields.values():
        posted |= invent_field(field, random)
    return posted


def invent_field(field: QuestionField, random: Random) -> Posted:
    """Return what might be posted for one question. Raises TypeError for an unknown control."""
    if isinstance(field, RowsField):
        return _fill_rows(field, random)
    if not field.required and random.random() < BLANK_SHARE:
        return {}
    if field.allow and random.random() < REFUSED_SHARE:
        name = field.name if isinstance(field, SelectionField) else f"{field.name}-reason"
        return {name: [REASON_MARK + random.choice(field.allow)]}
    if isinstance(field, WrittenField):
        return {field.name: [invent_text(field, random)]}
    for kind, invent in _INVENTORS.items():
        if isinstance(field, kind):
            return invent(field, random)
    raise TypeError(f"no answer can be invented for {type(field).__name__}")


def _fill_choices(field: ChoicesField, random: Random) -> Posted:
    code = random.choice(field.codes)
    return {field.name: [code], **_write_other(field, code == OTHER, random)}


def _fill_checks(field: ChecksField, random: Random) -> Posted:
    alone = [option.code for option in field.options if option.exclusive]
    if alone and random.random() < BLANK_SHARE:
        return {field.name: [random.choice(alone)]}
    listed = [option.code for option in field.options if option.code not in alone]
    chosen = [code for code in listed if random.random() < TICK_SHARE] or listed[:1]
    ticked = field.other is not None and random.random() < OTHER_SHARE
    return {
        field.name: [*chosen, OTHER] if ticked else chosen,
        **_write_other(field, ticked, random),
    }


def _write_other(field: SelectionField, ticked: bool, random: Random) -> Posted:  # noqa: FBT001
    """Return the text of 'other'; now and then it is written without the tick, as people do."""
    if field.other is None or not (ticked or random.random() < BLANK_SHARE / 4):
        return {}
    return {f"{field.name}-{OTHER}": [random.choice(SHORT_PHRASES)]}


def _fill_rows(field: RowsField, random: Random) -> Posted:
    posted: Posted = {}
    for row, _ in field.rows:
        drawn = random.random()
        if field.allow and drawn < REFUSED_SHARE:
            posted[field.row_name(row)] = [REASON_MARK + random.choice(field.allow)]
        elif field.required or drawn >= BLANK_SHARE:
            posted[field.row_name(row)] = [random.choice(field.options).code]
    return posted


def _fill_ranks(field: RanksField, random: Random) -> Posted:
    codes = [option.code for option in field.options]
    count = len(codes) if field.required else random.randint(1, len(codes))
    order = random.sample(codes, count)
    return {field.place_name(code): [str(place)] for place, code in enumerate(order, 1)}


def invent_text(field: QuestionField, random: Random) -> str:
    """Return one text, or the code of one choice, that a field takes.

    Raises TypeError for a field that is not answered by one.
    """
    if isinstance(field, WrittenField):
        # A field that reads more strictly than ours do says itself what it takes.
        write = _WRITERS.get(type(field))
        return write(field, random) if write is not None else field.sample
    if isinstance(field, ChoicesField | RowsField):
        return random.choice(field.options).code
    raise TypeError(f"no text can be invented for {type(field).__name__}")


def _write_number(field: NumberField, random: Random) -> str:
    low, high = _bounds(field.minimum, field.maximum)
    origin, distance = field.grid
    first, last = ceil((low - origin) / distance), floor((high - origin) / distance)
    if first > last:
        return field.sample
    return f"{origin + distance * random.randint(first, last):f}"


def _bounds(minimum: Decimal | None, maximum: Decimal | None) -> tuple[Decimal, Decimal]:
    if minimum is None:
        top = Decimal(WIDTH) if maximum is None else maximum
        return top - WIDTH, top
    return minimum, minimum + WIDTH if maximum is None else maximum


def _write_date(field: DateField, random: Random) -> str:
    first = field.earliest or (field.latest or date(2026, 1, 1)) - timedelta(days=WIDTH)
    last = field.latest or first + timedelta(days=WIDTH)
    return (first + timedelta(days=random.randint(0, (last - first).days))).isoformat()


def _write_paragraph(field: ParagraphField, random: Random) -> str:
    count = random.choice((1, 1, 1, 2))
    return "\n".join(random.sample(PHRASES, count))[: field.limit]


def _write_line(field: LineField, random: Random) -> str:
    return random.choice(SHORT_PHRASES)[: field.limit]


_WRITERS: dict[type[WrittenField], Callable[..., str]] = {
    NumberField: _write_number,
    DateField: _write_date,
    ParagraphField: _write_paragraph,
    LineField: _write_line,
}
_INVENTORS: dict[type[QuestionField], Callable[..., Posted]] = {
    ChoicesField: _fill_choices,
    ChecksField: _fill_checks,
    RanksField: _fill_ranks,
}
