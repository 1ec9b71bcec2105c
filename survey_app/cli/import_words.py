"""What `import-responses` says of a file: what can be imported, and what is left out."""

from collections.abc import Iterable, Iterator

from survey_app.imports.bookkeeping import Skipped
from survey_app.imports.columns import Matching
from survey_app.imports.examination import Examined
from survey_app.imports.problems import RowProblem
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

HEADER = 1
"""The number of the row that names the columns."""


def list_header_problems(
    place: str, sentences: Iterable[str], unknown: Iterable[str], reference: str
) -> list[RowProblem]:
    """Return what is wrong with the first row: `sentences` on the whole, `unknown` columns."""
    no_such = _(
        "{reference} has no such column. Correct its name, or leave such columns out with "
        "--ignore-unknown."
    ).format(reference=reference)
    told = [("", sentence) for sentence in sentences] + [(name, no_such) for name in unknown]
    return [
        RowProblem(place=place, row=HEADER, column=column, message=message)
        for column, message in told
    ]


def say_nothing_written() -> str:
    """Return that the database is as it was."""
    return _("Nothing was written.")


def say_row(number: int) -> str:
    """Return which row is being checked."""
    return _("row {number}").format(number=number)


def say_columns(matching: Matching) -> Iterator[str]:
    """Yield which columns of the version the file lacks, and which of its own are left out."""
    if matching.missing:
        yield _("Not in the file, so unanswered: {names}.").format(
            names=", ".join(matching.missing)
        )
    if matching.unknown:
        yield _("Left out, since the version has no such column: {names}.").format(
            names=", ".join(matching.unknown)
        )


def say_examined(examined: Examined, study: str, *, commit: bool) -> Iterator[str]:
    """Yield what was found, and what happens or is to be done next."""
    for reason, rows in examined.skipped.items():
        yield _say_skipped(reason, rows)
    if examined.unanswered:
        counts = ", ".join(f"{item} ({count})" for item, count in examined.unanswered.items())
        yield _("Required, and unanswered in so many responses: {counts}.").format(counts=counts)
    if examined.problems:
        yield _("{problems} to mend in {rows}. Nothing was written.").format(
            problems=ngettext("{count} problem", "{count} problems", examined.problems),
            rows=ngettext("{count} row", "{count} rows", examined.faulty_rows),
        )
    elif not examined.responses:
        yield _("There is no response to import. Nothing was written.")
    elif not commit:
        yield _(
            "{responses} can be imported into the study {study}. Nothing was written yet: add "
            "--commit to import."
        ).format(responses=_count(examined.responses), study=study)


def say_imported(count: int, study: str) -> str:
    """Return that all were imported."""
    return _("Imported {responses} into the study {study}.").format(
        responses=_count(count), study=study
    )


def list_rows(rows: Iterable[int]) -> str:
    """Return numbers of rows, those that follow each other as a run: 2, 5–9."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], row]
        else:
            runs.append([row])
    return ", ".join("–".join(str(end) for end in run) for run in runs)


def _count(responses: int) -> str:
    return ngettext("{count} response", "{count} responses", responses)


def _say_skipped(reason: Skipped, rows: list[int]) -> str:
    sentences: dict[Skipped, str] = {
        "withdrawn": _("Left out, since they were withdrawn and hold nothing: rows {rows}."),
        "in_progress": _(
            "Left out, since they were never sent, and what is imported counts as sent: rows "
            "{rows}."
        ),
        "interviewer": _(
            "Left out, since they were asked in interviews, and the marks and notes of these stand "
            "on other sheets: rows {rows}. With “self” as their delivery what Data has of them is "
            "imported."
        ),
    }
    return sentences[reason].format(rows=list_rows(rows))
