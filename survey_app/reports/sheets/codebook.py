"""The sheet Codebook: one row for each column of Data."""

from collections.abc import Iterable, Iterator

from survey_app.definition.items.base import Bound
from survey_app.definition.reasons import Reason
from survey_app.disclosure.withheld import Withheld
from survey_app.reports.codebook import CodebookRow, Wording, describe_our_columns
from survey_app.reports.wording import list_codes, say
from survey_app.spreadsheets.sheet import Header, Muted, Row, Sheet, Value
from survey_app.translations import gettext as _

HEADERS = (
    Header(name="column", width=32),
    Header(name="item", width=24),
    Header(name="row", width=18),
    Header(name="option", width=18),
    Header(name="kind", width=10),
    Header(name="type", width=16),
    Header(name="measure", width=11),
    Header(name="section", width=24, wrap=True),
    Header(name="question", width=50, wrap=True),
    Header(name="label", width=40, wrap=True),
    Header(name="wordings", width=50, wrap=True),
    Header(name="codes", width=36, wrap=True),
    Header(name="versions", width=22, wrap=True),
    Header(name="called", width=30, wrap=True),
    Header(name="base", width=36, wrap=True),
    Header(name="condition", width=28, wrap=True),
    Header(name="missing_codes", width=30, wrap=True),
    Header(name="min", width=12),
    Header(name="max", width=12),
    Header(name="allowed_min", width=14),
    Header(name="allowed_max", width=14),
    Header(name="n", width=8),
    *(Header(name=f"n_{reason}", width=len(reason) + 6) for reason in Reason),
)
"""`type` is the item's in the definition; `min` and `max` occur, the other two are allowed."""


def make_codebook_sheet(
    rows: Iterable[CodebookRow], language: str, withheld: Iterable[Withheld] = ()
) -> Sheet:
    """Return what every column means; our own columns, which are never blank for a reason, too.

    Those that the file leaves out stand last, in grey, with their words and no count.
    """
    kept = tuple(rows)

    def read_rows() -> Iterator[Row]:
        for name, meaning in describe_our_columns().items():
            yield _describe_ours(name, meaning)
        for row in kept:
            yield _make_row(row, language)
        for each in withheld:
            for name in each.columns:
                yield _describe_withheld(name, each, language)

    return Sheet(name="Codebook", headers=HEADERS, rows=read_rows, freeze="B2")


def _describe_ours(name: str, meaning: str) -> Row:
    kind = {"started": "moment", "submitted": "moment", "is_test": "flag"}.get(name, "code")
    told: dict[str, Value] = {
        "column": name,
        "kind": kind,
        "measure": "date" if kind == "moment" else "nominal",
        "question": meaning,
    }
    return [told.get(header.name) for header in HEADERS]


def _describe_withheld(name: str, withheld: Withheld, language: str) -> Row:
    why = _("left out of this file: with other answers it might tell who answered")
    if withheld.because:
        why = _("left out of this file: it is asked by the answer to {because}").format(
            because=withheld.because
        )
    told = {
        "column": name,
        "item": withheld.key,
        "question": say(withheld.text, language),
        "base": why,
    }
    return [Muted(told[each.name]) if each.name in told else None for each in HEADERS]


def _make_row(row: CodebookRow, language: str) -> Row:
    column = row.column
    return [
        column.name,
        column.item,
        column.row or None,
        column.option or None,
        column.kind,
        row.type_name,
        row.measure,
        say(row.section, language),
        say(column.text, language),
        say(column.label, language) or None,
        _list_wordings(row, language) or None,
        list_codes(row.codes, language) or None,
        ", ".join(row.versions),
        _list_names(row) or None,
        _say_base(row, language),
        row.conditions[row.versions[0]] or None,
        ", ".join(reason for reason, count in row.missing.items() if count) or None,
        *map(_show_bound, (*row.occurring, *row.allowed)),
        row.n,
        *(row.missing[reason] for reason in Reason),
    ]


def _list_wordings(row: CodebookRow, language: str) -> str:
    return "\n".join(
        f"{version}: {_say_wording(wording, language)}" for version, wording in row.wordings.items()
    )


def _list_names(row: CodebookRow) -> str:
    return "\n".join(
        _("called {name} in {version}").format(name=name, version=version)
        for version, name in row.names.items()
    )


def _say_wording(wording: Wording, language: str) -> str:
    return " – ".join(say(text, language) for text in wording if text)


def _say_base(row: CodebookRow, language: str) -> str:
    """Return who is asked, by version where versions differ."""
    column = row.column
    asked = {version: _say_condition(each) for version, each in row.conditions.items()}
    words = "\n".join(f"{version}: {base}" for version, base in asked.items())
    if len(set(asked.values())) == 1:
        words = asked[row.versions[0]]
    if column.kind == "text" and column.label:
        beside = _("what was written beside “{label}”").format(label=say(column.label, language))
        return f"{words}\n{beside}"
    return words


def _say_condition(condition: str) -> str:
    if not condition:
        return _("asked of everybody")
    return _("asked where {condition}").format(condition=condition)


def _show_bound(bound: Bound | None) -> Bound | None:
    """Return a bound; a whole number stands as one, whatever its type."""
    return int(bound) if isinstance(bound, float) and bound.is_integer() else bound
