"""Tables made by hand, and what becomes of their rows."""

from collections.abc import Mapping, Sequence

from survey_app.definition.instrument import Instrument
from survey_app.imports.bookkeeping import Target
from survey_app.imports.columns import match_columns
from survey_app.imports.rows import CheckedRow, RowReader
from survey_app.spreadsheets.table import ReadRow, ReadValue, Table
from tests.imports.scenes import EVERYTHING


def make_table(
    header: Sequence[str],
    *rows: Sequence[ReadValue],
    name: str = "Data",
    ours: bool = False,
    even: bool = False,
) -> Table:
    """A table whose first row is the second of its sheet."""
    made = [
        ReadRow(place=f"sheet {name}", number=number, values=tuple(row))
        for number, row in enumerate(rows, 2)
    ]
    return Table(
        name=name,
        place=f"sheet {name}",
        header=tuple(header),
        rows=lambda: iter(made),
        ours=ours,
        even=even,
    )


def check(
    table: Table, instrument: Instrument = EVERYTHING, *, anonymous: bool = False
) -> list[CheckedRow]:
    """The rows of a table as they are read."""
    target = Target(instrument=instrument, anonymous=anonymous, language="en")
    reader = RowReader(target, table, match_columns(table.header, instrument.columns))
    return [reader.read(row) for row in table.rows()]


def check_cells(
    cells: Mapping[str, ReadValue] | None = None,
    /,
    *,
    ours: bool = False,
    name: str = "Data",
    **more: ReadValue,
) -> CheckedRow:
    """One row that holds these cells alone."""
    row = {**(cells or {}), **more}
    (checked,) = check(make_table(list(row), list(row.values()), name=name, ours=ours))
    return checked


def say(checked: CheckedRow) -> list[str]:
    """What is wrong with a row."""
    return [str(problem) for problem in checked.problems]
