"""Which column of a table is which of the version's, by its name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.definition.shapes import Column
from survey_app.spreadsheets.sheet import Muted
from survey_app.spreadsheets.table import ReadValue, Unusable
from survey_app.translations import gettext as _

_continued = re.compile(r"(.+) \(([0-9]+)\)")


@dataclass(frozen=True, kw_only=True)
class Matching:
    """The places in a row of each column by its name: several where a long text was split.

    `missing` are columns of the version that the table has not, `unknown` names of the table that
    the version has not; `problems` are sentences on the header as such.
    """

    places: Mapping[str, tuple[int, ...]]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]
    problems: tuple[str, ...]

    def pick(self, values: Sequence[ReadValue]) -> dict[str, ReadValue]:
        """Return a row's values by the names of the columns; those without any are left out."""
        found: dict[str, ReadValue] = {}
        for name, places in self.places.items():
            value = _join([values[place] for place in places if place < len(values)])
            if value is not None:
                found[name] = value
        return found


def match_columns(header: Sequence[str], columns: Sequence[Column]) -> Matching:
    """Find the version's columns, and those that stand before them, in a table's header."""
    kinds = {column.name: column.kind for column in columns}
    names = {name.casefold(): name for name in (*OUR_COLUMNS, *kinds)}
    places: dict[str, tuple[int, ...]] = {}
    unknown: list[str] = []
    twice: list[str] = []
    for place, written in enumerate(header):
        name = names.get(written.casefold())
        if name is None:
            begun = _find_begun(written, places, kinds)
            if begun is not None:
                places[begun] = (*places[begun], place)
            elif written:
                unknown.append(written)
        elif name in places:
            twice.append(written)
        else:
            places[name] = (place,)
    return Matching(
        places=places,
        missing=tuple(name for name in kinds if name not in places),
        unknown=tuple(unknown),
        problems=tuple(_say_problems(twice, any(name in kinds for name in places))),
    )


def _find_begun(
    written: str, places: Mapping[str, tuple[int, ...]], kinds: Mapping[str, str]
) -> str | None:
    """Return the column of texts that `name (2)` goes on with, if it does."""
    found = _continued.fullmatch(written)
    if found is None:
        return None
    name = found[1].casefold()
    goes_on = kinds.get(name) == "text" and len(places.get(name, ())) == int(found[2]) - 1
    return name if goes_on else None


def _say_problems(twice: Sequence[str], some: bool) -> list[str]:  # noqa: FBT001
    problems = [
        _("Two columns are called {name}. Take one away, or give it another name.").format(
            name=name
        )
        for name in twice
    ]
    if not some:
        problems.append(
            _(
                "None of its columns belongs to this version. The first row must hold the names "
                "of the columns, as in the sheet Data of an export."
            )
        )
    return problems


def _join(parts: Sequence[ReadValue]) -> ReadValue:
    """Return the whole of a text that was split over several cells."""
    first = parts[0] if parts else None
    if len(parts) < 2 or all(part is None for part in parts[1:]):  # noqa: PLR2004
        return first
    return "".join(_as_text(part) for part in parts)


def _as_text(part: ReadValue) -> str:
    if isinstance(part, Muted | Unusable):
        return part.text
    return "" if part is None else str(part)
