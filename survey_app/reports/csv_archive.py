"""The tables as csv files in one zip: faithful to the last character, or safe for Excel."""

import csv
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path

from survey_app.reports.formats.archive import Archive, WatchedFile, create_archive
from survey_app.reports.formats.flavours import (
    EXACT,
    Flavour,
    FlavourName,
    Guarding,
    make_flavour,
)
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
    "Values": "values.csv",
    "Versions": "versions.csv",
    "Crosswalk": "crosswalk.csv",
    "Likert": "likert.csv",
    "Lists": "lists.csv",
    "Scales": "scales.csv",
    "Groups": "groups.csv",
    "Probes": "probes.csv",
    "Probe shares": "probe_shares.csv",
    "Framework": "framework.csv",
    "Saturation": "saturation.csv",
    "Marks": "marks.csv",
    "Consents": "consents.csv",
    "Interviews": "interviews.csv",
    "Interview notes": "notes.csv",
    "Timings": "timings.csv",
}
PLAIN = frozenset((str, int, float, type(None)))
"""What csv writes as it is."""

PASSES = COUNTING_PASSES + len(("Data", "Labels", "Long"))


def write_csv_archive(
    source: Source,
    context: Context,
    path: Path,
    progress: Progress = ignore,
    *,
    flavour: FlavourName = "exact",
) -> None:
    """Write a zip of csv files and a readme; raise ReportError with a sentence for the analyst.

    Memory does not grow with the responses, as for `write_workbook`.
    """
    with use_language(context.language), create_archive(path) as archive:
        add_csv_files(source, context, archive, "", progress, flavour=flavour)
        progress(1, _("Done"))


def add_csv_files(
    source: Source,
    context: Context,
    archive: Archive,
    folder: str,
    progress: Progress,
    *,
    flavour: FlavourName = "exact",
) -> None:
    """Add every table as csv and a readme to an archive; `folder` is "" or ends in a slash."""
    meter = Meter(progress)
    tables = count_tables(source, context, meter, PASSES)
    chosen = make_flavour(flavour)
    for sheet in tables.make_sheets():
        meter.start(_("Writing the table “{name}”").format(name=sheet.name))
        with archive.open(folder + name_file(sheet.name, chosen)) as file:
            file.rows = write_table(sheet, file, chosen)
    archive.add_text(f"{folder}readme.txt", make_readme(tables, context, chosen))


def name_file(table: str, flavour: Flavour) -> str:
    """Return the name of a table's file, which tells the two flavours apart."""
    return FILES[table].removesuffix(".csv") + flavour.ending


def write_table(sheet: Sheet, file: WatchedFile, flavour: Flavour = EXACT) -> int:
    """Write a table as csv and return its number of rows.

    What UTF-8 cannot say is spelled out rather than lost.
    """
    text = TextIOWrapper(file, flavour.encoding, errors="backslashreplace", newline="")
    writer = csv.writer(text)
    writer.writerow(header.name for header in sheet.headers)
    rows = 0
    for row in sheet.rows():
        writer.writerow(show_row(row, flavour.guarding))
        rows += 1
    text.detach()
    return rows


def make_readme(tables: Tables, context: Context, flavour: Flavour) -> str:
    """Return the readme as text."""
    about = ReadMe(
        layout=tables.layout,
        context=context,
        counts=tables.counts,
        interviews=len(tables.interviews),
        tally=None,
    )
    rows = (f"{topic}: {show_value(text)}" if topic else "" for topic, text in read_me_rows(about))
    files = "\n".join(f"{name}: {name_file(name, flavour)}" for name in FILES)
    return "\n".join([describe_flavour(flavour), "", files, "", *rows, ""])


def describe_flavour(flavour: Flavour) -> str:
    """Return which flavour it is, what was changed for it, and how to read it."""
    if flavour.guarding is None:
        return _(
            "Do not open these csv files by a double click: a spreadsheet program may take what "
            "someone wrote for a formula, turn codes into dates and drop leading zeros. Read them "
            "with R, pandas or SPSS, as UTF-8 with commas, or ask for the .xlsx instead. This is "
            "the exact flavour: every text is as it was given."
        )
    return _(
        "These csv files are safe to open in Excel; this is the Excel flavour, not the exact one. "
        "{guarded} texts that could be taken for a formula have an apostrophe where it would "
        "begin, and {too_long} texts are longer than a cell of Excel. For a statistics program "
        "take the exact flavour; where a text must be whole and unchanged in Excel, the .xlsx."
    ).format(guarded=flavour.guarding.guarded, too_long=flavour.guarding.too_long)


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


def show_row(row: Row, guarding: Guarding | None = None) -> list[object]:
    """Return a row as csv holds it; `guarding` makes it safe for Excel."""
    shown = [value if type(value) in PLAIN else show_value(value) for value in row]
    if guarding is None:
        return [*shown]
    return [guarding.guard(value) if isinstance(value, str) else value for value in shown]
