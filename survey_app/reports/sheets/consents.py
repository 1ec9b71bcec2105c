"""The sheet Consents: under which consent text each response was given, and what was ticked."""

from collections.abc import Iterator

from survey_app.definition.consent import COLUMN
from survey_app.reports.responses import ConsentRow, Source
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value

LEADING = (
    Header(name="response", width=35),
    Header(name="participant", width=15),
    Header(name="consent_version", width=19),
    Header(name="consent_language", width=20),
    Header(name="consent_method", width=19),
    Header(name="consent_day", width=15),
)
TICK_WIDTH = 22


def make_consents_sheet(source: Source) -> Sheet:
    """Return one row a response: 1 where a statement was ticked, 0 where not, blank if not asked.

    Its columns are the statements of all texts to which somebody consented.
    """
    keys = tuple(dict.fromkeys(key for row in source.consents() for key in row.ticks))

    def read_rows() -> Iterator[Row]:
        return (_make_row(row, keys) for row in source.consents())

    ticks = (Header(name=COLUMN.format(key=key), width=TICK_WIDTH) for key in keys)
    return Sheet(name="Consents", headers=(*LEADING, *ticks), rows=read_rows, freeze="C2")


def _make_row(row: ConsentRow, keys: tuple[str, ...]) -> Row:
    ticks: list[Value] = [int(row.ticks[key]) if key in row.ticks else None for key in keys]
    return [
        row.response,
        row.participant,
        row.version,
        row.language,
        row.method,
        row.day,
        *ticks,
    ]
