"""The sheet Codebook: one row for each column of Data."""

from collections.abc import Iterable, Iterator

from survey_app.definition.reasons import Reason
from survey_app.reports.codebook import CodebookRow, Wording, describe_our_columns
from survey_app.reports.wording import list_codes, say
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value

HEADERS = (
    Header(name="column", width=32),
    Header(name="item", width=24),
    Header(name="row", width=18),
    Header(name="option", width=18),
    Header(name="kind", width=10),
    Header(name="section", width=24, wrap=True),
    Header(name="question", width=50, wrap=True),
    Header(name="label", width=40, wrap=True),
    Header(name="wordings", width=50, wrap=True),
    Header(name="codes", width=36, wrap=True),
    Header(name="versions", width=16, wrap=True),
    Header(name="condition", width=28, wrap=True),
    Header(name="missing_codes", width=30, wrap=True),
    Header(name="n", width=8),
    *(Header(name=f"n_{reason}", width=len(reason) + 6) for reason in Reason),
)


def make_codebook_sheet(rows: Iterable[CodebookRow], language: str) -> Sheet:
    """Return what every column means; our own columns, which are never blank for a reason, too."""
    kept = tuple(rows)

    def read_rows() -> Iterator[Row]:
        for name, meaning in describe_our_columns().items():
            blanks: list[Value] = [None] * (len(HEADERS) - 7)
            yield [name, None, None, None, _find_kind(name), None, meaning, *blanks]
        for row in kept:
            yield _make_row(row, language)

    return Sheet(name="Codebook", headers=HEADERS, rows=read_rows, freeze="B2")


def _find_kind(name: str) -> str:
    return {"started": "moment", "submitted": "moment", "is_test": "flag"}.get(name, "code")


def _make_row(row: CodebookRow, language: str) -> Row:
    column = row.column
    return [
        column.name,
        column.item,
        column.row or None,
        column.option or None,
        column.kind,
        say(row.section, language),
        say(column.text, language),
        say(column.label, language) or None,
        _list_wordings(row, language) or None,
        list_codes(column.codes, language) or None,
        ", ".join(row.versions),
        row.condition or None,
        ", ".join(reason for reason, count in row.missing.items() if count) or None,
        row.n,
        *(row.missing[reason] for reason in Reason),
    ]


def _list_wordings(row: CodebookRow, language: str) -> str:
    return "\n".join(
        f"{version}: {_say_wording(wording, language)}" for version, wording in row.wordings.items()
    )


def _say_wording(wording: Wording, language: str) -> str:
    return " – ".join(say(text, language) for text in wording if text)
