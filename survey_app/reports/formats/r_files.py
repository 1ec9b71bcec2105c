"""What R gets: the answers and the reasons as csv of the same shape, and a script that reads them.

Apart, since a column that holds both is text to R, and a text may itself say “refused”.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.definition.shapes import Cell
from survey_app.reports.csv_archive import write_table
from survey_app.reports.dataset import Layout, make_cells
from survey_app.reports.formats.archive import Archive, create_archive
from survey_app.reports.formats.collected import make_subject
from survey_app.reports.formats.consents import NAME, describe_consents, has_consents
from survey_app.reports.formats.manifest import MANIFEST, make_manifest
from survey_app.reports.formats.r_script import make_script
from survey_app.reports.formats.readme import (
    Subject,
    describe_files,
    describe_subject,
    join_parts,
)
from survey_app.reports.progress import Meter, Progress, ignore
from survey_app.reports.responses import Context, ResponseRow, Source
from survey_app.reports.sheets.consents import make_consents_sheet
from survey_app.reports.sheets.data import make_leading_values
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value
from survey_app.translations import gettext as _
from survey_app.translations import use_language

PASSES = 3


def write_r_archive(
    source: Source, context: Context, path: Path, progress: Progress = ignore
) -> None:
    """Write a zip for R; raise ReportError. Memory does not grow with the responses."""
    with use_language(context.language), create_archive(path) as archive:
        subject = add_r_files(source, context, archive, "", progress)
        archive.add_text(MANIFEST, make_manifest(subject, archive.entries, {}))
        progress(1, _("Done"))


def add_r_files(
    source: Source, context: Context, archive: Archive, folder: str, progress: Progress
) -> Subject:
    """Add the files for R to an archive and return what they are about.

    `folder` is "" or ends in a slash.
    """
    meter = Meter(progress)
    subject = make_subject(source, context, meter, PASSES)
    watched = replace(source, responses=lambda: meter.watch(source.responses()))
    for sheet in (make_answers_sheet(subject, watched), make_reasons_sheet(subject, watched)):
        meter.start(_("Writing the table “{name}”").format(name=sheet.name))
        with archive.open(f"{folder}{sheet.name}.csv") as file:
            file.rows = write_table(sheet, file)
    consents = has_consents(source)
    if consents:
        with archive.open(f"{folder}{NAME}.csv") as file:
            file.rows = write_table(make_consents_sheet(source), file)
    script = make_script(subject.layout, context.language, consents=consents)
    archive.add_text(f"{folder}read.R", script)
    archive.add_text(f"{folder}readme.txt", make_readme(subject, consents=consents))
    return subject


def make_answers_sheet(subject: Subject, source: Source) -> Sheet:
    """Return the table Data with nothing where there is a reason."""
    return _make_sheet("data", subject, source, make_leading_values, _show_value)


def make_reasons_sheet(subject: Subject, source: Source) -> Sheet:
    """Return the same table with reasons alone, and the response's key."""
    return _make_sheet("reasons", subject, source, _show_key, lambda cell: cell.reason)


def make_readme(subject: Subject, *, consents: bool) -> str:
    """Return the readme."""
    files = {
        "read.R": _('reads the two tables into R: source("read.R", chdir = TRUE)'),
        "data.csv": _("one row a response: the answers as codes, empty where there is none"),
        "reasons.csv": _("the same rows and columns: why an answer is empty"),
        **(describe_consents(".csv") if consents else {}),
    }
    return join_parts([describe_subject(subject), describe_files(files)])


def _make_sheet(
    name: str,
    subject: Subject,
    source: Source,
    lead: Callable[[ResponseRow], list[Value]],
    show: Callable[[Cell], Value],
) -> Sheet:
    layout, language = subject.layout, subject.context.language

    def read_rows() -> Iterator[Row]:
        for response in source.rows():
            yield [*lead(response), *map(show, make_cells(layout, response, language))]

    return Sheet(name=name, headers=_make_headers(layout), rows=read_rows)


def _make_headers(layout: Layout) -> tuple[Header, ...]:
    names = [*OUR_COLUMNS, *(column.name for column in layout.columns)]
    return tuple(Header(name=name) for name in names)


def _show_value(cell: Cell) -> Value:
    return None if cell.reason else cell.value


def _show_key(response: ResponseRow) -> list[Value]:
    return [response.id if name == "response" else None for name in OUR_COLUMNS]
