"""The sheet Values: the codebook's codes for programs, one row for each value label."""

from collections.abc import Iterator

from survey_app.definition.instrument import Instrument
from survey_app.definition.reasons import Reason, describe
from survey_app.definition.shapes import Answer, Column
from survey_app.definition.text import Text
from survey_app.reports.dataset import Layout, find_holders
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value

HEADERS = (
    Header(name="column", width=32),
    Header(name="item", width=24),
    Header(name="code", width=22, wrap=True),
    Header(name="label", width=50, wrap=True),
    Header(name="order", width=9, wrap=True),
    Header(name="kind", width=10),
    Header(name="is_missing", width=14, wrap=True),
    Header(name="versions", width=22, wrap=True),
    Header(name="wordings", width=50, wrap=True),
)
"""Columns that wrap are read from the left, so that no number runs into the words beside it."""

Offers = list[tuple[Instrument, Text]]
"""The versions that offer a code with its words there, newest first."""


def make_values_sheet(layout: Layout, language: str) -> Sheet:
    """Return the codes of every column with their words, those that a newer version retired last.

    A column and a code together stand once: `label` is the newest version's, and `wordings` has
    the words by version where they differ. The reasons for a blank stand once, at the end and
    without a column: they mean the same in every column of an item, so that a row for each would
    make the sheet several times as long and say nothing more.
    """

    def read_rows() -> Iterator[Row]:
        for column in layout.columns:
            codes = enumerate(_collect_codes(layout, column).items(), 1)
            for order, (code, offers) in codes:
                yield _make_row(column, code, offers, order, language)
        versions = ", ".join(each.version for each in layout.instruments)
        for order, reason in enumerate(Reason, 1):
            words = describe(reason, language)
            yield [None, None, str(reason), words, order, "reason", 1, versions, None]

    return Sheet(name="Values", headers=HEADERS, rows=read_rows, freeze="D2")


def show_code(instrument: Instrument, column: Column, code: str) -> Value:
    """Return a code as it stands in Data, since it is made as the cells there are."""
    if column.kind == "flag":
        return int(code)
    item = instrument.items_by_key[column.item]
    cells = item.cells({column.row: Answer(value=code)}, instrument.languages[0])
    place = [each.name for each in item.columns()].index(column.name)
    return cells[place].value


def _collect_codes(layout: Layout, column: Column) -> dict[str, Offers]:
    codes: dict[str, Offers] = {}
    for holder in find_holders(layout, column.name):
        for code, text in holder.columns_by_name[column.name].codes.items():
            codes.setdefault(code, []).append((holder, text))
    return codes


def _make_row(column: Column, code: str, offers: Offers, order: int, language: str) -> Row:
    newest, text = offers[0]
    words = {instrument.version: say(each, language) for instrument, each in offers}
    lines = "\n".join(f"{version}: {said}" for version, said in words.items())
    return [
        column.name,
        column.item,
        show_code(newest, newest.columns_by_name[column.name], code),
        say(text, language),
        order,
        "value",
        0,
        ", ".join(words),
        lines if len(set(words.values())) > 1 else None,
    ]
