"""The workbook: which sheets, in what order."""

from datetime import datetime
from pathlib import Path

from survey_app.reports.progress import Meter, Progress, ignore
from survey_app.reports.responses import Context, Source
from survey_app.reports.sheets.read_me import ReadMe, make_read_me_sheet
from survey_app.reports.tables import COUNTING_PASSES, count_tables
from survey_app.spreadsheets.writer import WorkbookWriter
from survey_app.translations import gettext as _
from survey_app.translations import use_language

SHEETS = (
    *("Read me", "Data", "Labels", "Long", "Codebook", "Likert"),
    *("Probes", "Marks", "Interviews", "Interview notes"),
)
PASSES = COUNTING_PASSES + len(("Data", "Labels", "Long"))


def write_workbook(
    source: Source, context: Context, path: Path, progress: Progress = ignore
) -> None:
    """Write a workbook of all versions of an instrument.

    The responses are read several times and never kept, so memory does not grow with them. Raise
    ReportError or SpreadsheetError, each with a sentence for the analyst.
    """
    with use_language(context.language):
        meter = Meter(progress)
        tables = count_tables(source, context, meter, PASSES)
        title = f"{context.study}: {tables.layout.instruments[0].name}"
        writer = WorkbookWriter(
            SHEETS, title=title, created=datetime.fromisoformat(context.exported)
        )
        for sheet in tables.make_sheets():
            meter.start(_("Writing the sheet “{name}”").format(name=sheet.name))
            writer.add(sheet)
        about = ReadMe(
            layout=tables.layout,
            context=context,
            counts=tables.counts,
            interviews=len(tables.interviews),
            tally=writer.tally,
        )
        writer.add(make_read_me_sheet(about))
        writer.save(path)
        progress(1, _("Done"))
