"""What is wrong with a row that is to be imported, and where."""

from dataclasses import dataclass

from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong in one column of a row, in sentences; column "" stands for the whole row."""

    column: str
    message: str


@dataclass(frozen=True, kw_only=True)
class RowProblem:
    """What is wrong with a row: where it stands, the column, and what to do."""

    place: str
    row: int
    column: str
    message: str

    def __str__(self) -> str:
        parts = [self.place, _("row {number}").format(number=self.row)]
        if self.column:
            parts.append(_("column {name}").format(name=self.column))
        return f"{', '.join(part for part in parts if part)}: {self.message}"


class CellError(ValueError):
    """A cell does not say what can stand there; the sentence says what can."""
