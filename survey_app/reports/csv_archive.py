"""The tables as csv files in one zip: for programs, faithful to the last character."""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from survey_app.reports.progress import Meter, Progress, ignore
from survey_app.reports.responses import Context, Source
from survey_app.reports.sheets.read_me import ReadMe, read_me_rows
from survey_app.reports.tables import COUNTING_PASSES, Tables, count_tables
from survey_app.spreadsheets.sheet import Muted, Row, Sheet, Value
from survey_app.translations import gettext as _
from survey_app.translations import use_language

FILES = {
    "Data": "data.csv",
    "Labels": "labels.csv",
    "Long": "long.csv",
    "Codebook": "codebook.csv",
    "Likert": "likert.csv",
    "Probes": "probes.csv",
    "Marks": "marks.csv",
    "Interviews": "interviews.csv",
    "Interview notes": "notes.csv",
}
PASSES = COUNTING_PASSES + len(("Data", "Labels", "Long"))


def write_csv_archive(
    source: Source, context: Context, path: Path, progress: Progress = ignore
) -> None:
    """Write a zip of csv files and a readme; raise ReportError with a sentence for the analyst.

    Memory does not grow with the responses, as for `write_workbook`.
    """
    part = path.with_name(f"{path.name}.part")
    meter = Meter(progress)
    with use_language(context.language):
        tables = count_tables(source, context, meter, PASSES)
        with ZipFile(part, "w", ZIP_DEFLATED) as archive:
            _write_files(tables, context, archive, meter)
        part.replace(path)
        progress(1, _("Done"))


def write_table(sheet: Sheet, file: IO[bytes]) -> None:
    """Write a table as csv in UTF-8; what UTF-8 cannot say is spelled out rather than lost."""
    text = TextIOWrapper(file, "utf-8", errors="backslashreplace", newline="")
    csv.writer(text).writerows(_read_table(sheet))
    text.detach()


def make_readme(tables: Tables, context: Context) -> str:
    """Return the readme as text."""
    about = ReadMe(
        layout=tables.layout,
        context=context,
        counts=tables.counts,
        interviews=len(tables.interviews),
        tally=None,
    )
    warning = _(
        "Do not open these csv files by a double click: a spreadsheet program may take what "
        "someone wrote for a formula, turn codes into dates and drop leading zeros. Read them "
        "with R, pandas or SPSS, as UTF-8 with commas, or ask for the .xlsx instead."
    )
    rows = (f"{topic}: {show_value(text)}" if topic else "" for topic, text in read_me_rows(about))
    files = "\n".join(f"{name}: {file}" for name, file in FILES.items())
    return "\n".join([warning, "", files, "", *rows, ""])


def show_value(value: Value) -> str | int | float | None:
    """Return a value as csv holds it: times in ISO 8601, reasons as their codes."""
    match value:
        case datetime():
            return f"{value.isoformat(timespec='milliseconds')}Z"
        case date():
            return value.isoformat()
        case Muted():
            return value.text
    return value


def _write_files(tables: Tables, context: Context, archive: ZipFile, meter: Meter) -> None:
    for sheet in tables.make_sheets():
        meter.start(_("Writing the table “{name}”").format(name=sheet.name))
        entry = _make_entry(FILES[sheet.name], context)
        with archive.open(entry, "w", force_zip64=True) as file:
            write_table(sheet, file)
    archive.writestr(_make_entry("readme.txt", context), make_readme(tables, context))


def _read_table(sheet: Sheet) -> Iterator[Iterable[object]]:
    yield [header.name for header in sheet.headers]
    for row in sheet.rows():
        yield _show_row(row)


def _show_row(row: Row) -> list[object]:
    return [show_value(value) for value in row]


def _make_entry(name: str, context: Context) -> ZipInfo:
    moment = datetime.fromisoformat(context.exported)
    info = ZipInfo(name, moment.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    return info
