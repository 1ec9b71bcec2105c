"""The codebook of a .sav or .dta: what each variable is, whole, and how its numbers read."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from math import isfinite

from survey_app.definition.reasons import Reason
from survey_app.reports.formats.gathering import REASONS
from survey_app.reports.formats.variables import Variable, describe_reasons
from survey_app.spreadsheets.sheet import Header, Row, Sheet

HEADERS = (
    Header(name="variable"),
    Header(name="column"),
    Header(name="item"),
    Header(name="row"),
    Header(name="option"),
    Header(name="label"),
    Header(name="content"),
    Header(name="measure"),
    Header(name="values"),
    Header(name="missing"),
    Header(name="n"),
    *(Header(name=f"n_{reason}") for reason in REASONS),
)

Missing = Callable[[Variable], Mapping[Reason, str]]
"""Says how a file writes the reasons in a variable; `column` is the name in Data."""


def make_variable_list(variables: Iterable[Variable], missing: Missing) -> Sheet:
    """Return one row for each variable of a file."""
    kept = tuple(variables)

    def read_rows() -> Iterator[Row]:
        for variable in kept:
            yield _make_row(variable, missing(variable) if variable.has_reasons else {})

    return Sheet(name="Codebook", headers=HEADERS, rows=read_rows)


def _make_row(variable: Variable, missing: Mapping[Reason, str]) -> Row:
    gathered = variable.gathered
    column = gathered.column
    words = describe_reasons()
    return [
        variable.name,
        gathered.name,
        column.item if column else None,
        (column.row or None) if column else None,
        (column.option or None) if column else None,
        variable.label,
        "given" if variable.is_given else gathered.content,
        variable.measure,
        _list_values(variable) or None,
        "\n".join(f"{shown} = {reason}: {words[reason]}" for reason, shown in missing.items())
        or None,
        *_count(variable),
    ]


def _count(variable: Variable) -> list[int | None]:
    """Return how many have a value, and how many none for each reason; once for a split text."""
    gathered = variable.gathered
    if variable.piece:
        return [None] * (1 + len(REASONS))
    blanks = [gathered.reasons.count(place) for place in range(1, 1 + len(REASONS))]
    filled = sum(map(bool, gathered.texts)) + sum(map(isfinite, gathered.numbers))
    return [filled, *blanks]


def _list_values(variable: Variable) -> str:
    """Return the numbers with their codes, where these are others, and their words."""
    lines = []
    for number, words in variable.words.items():
        code = variable.codes.get(number, str(number))
        between = "" if code == str(number) else f"{code}: "
        lines.append(f"{number} = {between}{words}")
    return "\n".join(lines)
