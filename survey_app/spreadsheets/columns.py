"""How many columns a sheet needs, since a text too long for a cell goes on in further ones."""

from collections.abc import Sequence
from dataclasses import replace

from survey_app.spreadsheets.sheet import Header, Muted, Sheet
from survey_app.spreadsheets.texts import count_pieces


def measure_columns(sheet: Sheet) -> list[int]:
    """Return for each column how many cells its longest text needs."""
    pieces = [1] * len(sheet.headers)
    for row in sheet.rows():
        for place, value in enumerate(row):
            text = value.text if isinstance(value, Muted) else value
            if isinstance(text, str):
                pieces[place] = max(pieces[place], count_pieces(text))
    return pieces


def spread_headers(headers: Sequence[Header], pieces: Sequence[int]) -> list[Header]:
    """Return the headers with `name (2)` and so on where texts need further columns."""
    spread = []
    for header, many in zip(headers, pieces, strict=True):
        spread.append(header)
        for number in range(2, many + 1):
            name = f"{header.name} ({number})"
            spread.append(replace(header, name=name))
    return spread
