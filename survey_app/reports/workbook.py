"""The workbook: which sheets, in what order."""

from datetime import datetime
from pathlib import Path

from survey_app.jobs import MANY_RESPONSES
from survey_app.reports.checksum import Checksum
from survey_app.reports.progress import Meter, Progress, ignore
from survey_app.reports.responses import Context, Source
from survey_app.reports.sheets.read_me import ReadMe, make_read_me_sheet
from survey_app.reports.tables import COUNTING_PASSES, Tables, count_tables
from survey_app.spreadsheets.sheet import Sheet
from survey_app.spreadsheets.writer import WorkbookWriter
from survey_app.translations import gettext as _
from survey_app.translations import use_language

SHEETS = (
    *("Read me", "Data", "Labels", "Long", "Codebook", "Values", "Versions", "Crosswalk"),
    *(
        "Likert",
        "Lists",
        "Scales",
        "Groups",
        "Probes",
        "Probe shares",
        "Framework",
        "Saturation",
        "Marks",
    ),
    *("Consents", "Interviews", "Interview notes", "Timings"),
)
CHARTS = "Charts"
"""The last sheet, where it was asked for."""
NO_TIME = "1980-01-01T00:00:00+00:00"
"""What a workbook without data says of its making; one with data says when the newest came in."""
ON_REQUEST = ("Labels", "Long", "Timings")
"""The sheets that a workbook of many responses has only if they are asked for, all but Data and
Consents whose rows grow with them: with these it is five times as large."""

COUNTED_ALONE = (
    *("Read me", "Codebook", "Values", "Versions", "Crosswalk"),
    *("Likert", "Lists", "Groups"),
)
"""The sheets that tell nothing of who gave two answers: what is hidden beside them stays so."""

READERS = ("Data", "Labels", "Long")
"""The sheets for each of which the responses are read again."""


def write_workbook(
    source: Source,
    context: Context,
    path: Path,
    progress: Progress = ignore,
    *,
    charts: bool = False,
) -> None:
    """Write a workbook of all versions of an instrument; with `charts` also of pictures of them.

    The responses are read several times and never kept, so memory does not grow with them. Raise
    ReportError or SpreadsheetError, each with a sentence for the analyst.
    """
    with use_language(context.language):
        meter = Meter(progress)
        left_out = find_left_out(source, context)
        passes = COUNTING_PASSES + len(set(READERS) - set(left_out)) + charts
        tables = count_tables(source, context, meter, passes)
        writer = _open_writer(tables, context, left_out, charts=charts)
        checksum = Checksum()
        for sheet in (each for each in tables.make_sheets() if each.name not in left_out):
            meter.start(_("Writing the sheet “{name}”").format(name=sheet.name))
            writer.add(checksum.watch(sheet) if sheet.name == "Data" else sheet)
        if charts:
            meter.start(_("Drawing charts"))
            writer.add(_draw_charts(tables.source, context))
        about = ReadMe(
            layout=tables.layout,
            context=context,
            counts=tables.counts,
            interviews=len(tables.interviews),
            tally=writer.tally,
            sheets_left_out=left_out,
            continued=writer.continued,
            checksum=checksum.text,
            charts=charts,
        )
        writer.add(make_read_me_sheet(about))
        writer.save(path)
        progress(1, _("Done"))


def _open_writer(
    tables: Tables, context: Context, left_out: tuple[str, ...], *, charts: bool
) -> WorkbookWriter:
    names = [name for name in SHEETS if name not in left_out]
    return WorkbookWriter(
        [*names, CHARTS] if charts else names,
        title=f"{context.study}: {tables.layout.instruments[0].name}",
        created=datetime.fromisoformat(context.newest or NO_TIME),
    )


def find_left_out(source: Source, context: Context) -> tuple[str, ...]:
    """Return the sheets that a workbook leaves out, since nobody asked for them and it is large.

    One with groups that might tell who answered has only those that count each question by itself.
    """
    if context.tables_alone:
        return tuple(name for name in SHEETS if name not in COUNTED_ALONE)
    many = source.size is not None and source.size > MANY_RESPONSES
    return ON_REQUEST if many and not context.all_sheets else ()


def _draw_charts(source: Source, context: Context) -> Sheet:
    # Only now: whoever wants no pictures does not wait for what draws them.
    from survey_app.reports.charts.counting import count_charts
    from survey_app.reports.charts.drawing import draw_images
    from survey_app.reports.presets import Style
    from survey_app.reports.sheets.charts import make_charts_sheet

    return make_charts_sheet(list(draw_images(count_charts(source, context), context, Style())))
