"""All tables of an export, counted once, for a workbook and for csv alike."""

from dataclasses import dataclass, replace

from survey_app.reports.analyses import Analyses
from survey_app.reports.codebook import make_codebook
from survey_app.reports.counting import CellCounts, watch_cells
from survey_app.reports.coverage import Interview, collect_interviews, keep_interviewed
from survey_app.reports.dataset import Layout
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.progress import Meter
from survey_app.reports.responses import Context, ResponseRow, Source
from survey_app.reports.saturation import find_new
from survey_app.reports.sheets.codebook import make_codebook_sheet
from survey_app.reports.sheets.consents import make_consents_sheet
from survey_app.reports.sheets.crosswalk import make_crosswalk_sheet
from survey_app.reports.sheets.data import make_data_sheet, make_labels_sheet
from survey_app.reports.sheets.framework import make_framework_sheet
from survey_app.reports.sheets.interviews import make_interviews_sheet
from survey_app.reports.sheets.likert import make_likert_sheet
from survey_app.reports.sheets.lists import make_lists_sheet
from survey_app.reports.sheets.long import make_long_sheet
from survey_app.reports.sheets.marks import make_marks_sheet
from survey_app.reports.sheets.notes import make_notes_sheet
from survey_app.reports.sheets.probe_shares import make_probe_shares_sheet
from survey_app.reports.sheets.probes import make_probes_sheet
from survey_app.reports.sheets.saturation import make_saturation_sheet
from survey_app.reports.sheets.timings import make_timings_sheet
from survey_app.reports.sheets.values import make_values_sheet
from survey_app.reports.sheets.versions import make_versions_sheet
from survey_app.reports.summaries import Pool, pool_summaries
from survey_app.reports.timings import Timings
from survey_app.spreadsheets.sheet import Sheet
from survey_app.translations import gettext as _

COUNTING_PASSES = 1
"""How often the responses are read before the first table is written."""


@dataclass(frozen=True, kw_only=True)
class Tables:
    """What was counted of a source, from which its tables are made."""

    source: Source
    language: str
    layout: Layout
    counts: CellCounts
    pools: tuple[Pool, ...]
    interviews: tuple[Interview, ...]
    timings: Timings
    analyses: Analyses

    def make_sheets(self) -> tuple[Sheet, ...]:
        """Return every table but Read me, in the order of the workbook."""
        return (
            make_data_sheet(self.layout, self.source, self.language),
            make_labels_sheet(self.layout, self.source, self.language),
            make_long_sheet(self.layout, self.source, self.language),
            make_codebook_sheet(
                make_codebook(self.layout, self.counts), self.language, self.source.withheld
            ),
            make_values_sheet(self.layout, self.language),
            make_versions_sheet(self.layout, self.counts, self.source.published),
            make_crosswalk_sheet(self.layout, self.language),
            make_likert_sheet(self.pools, self.language),
            make_lists_sheet(self.pools, self.language),
            *self.analyses.sheets,
            make_probes_sheet(self.layout.instruments, self.interviews, self.language),
            make_probe_shares_sheet(self.layout.instruments, self.interviews, self.language),
            make_framework_sheet(
                self.layout.instruments, self.interviews, self.source, self.language
            ),
            make_saturation_sheet(
                find_new(self.interviews, self.source.interviews()), self.language
            ),
            make_marks_sheet(self.layout.instruments, self.interviews, self.language),
            make_consents_sheet(self.source),
            make_interviews_sheet(self.source),
            make_notes_sheet(self.source),
            make_timings_sheet(self.layout, self.source, self.timings),
        )


def count_tables(source: Source, context: Context, meter: Meter, passes: int) -> Tables:
    """Count a source; `passes` is how often it will be read in all. Raise ReportError."""
    source = harmonise(source)
    layout = lay_out(source)
    watched = replace(source, responses=lambda: meter.watch(source.responses()))
    meter.expect(source.size or 0, passes)
    meter.start(_("Counting responses"))
    counts, interviewed, timings = CellCounts(), list[ResponseRow](), Timings()
    timed = timings.watch(watched.responses())
    counting = watch_cells(layout, timed, context.language, counts)
    analyses = Analyses(layout, context)
    analysed = analyses.watch(counting)
    pools = pool_summaries(layout, keep_interviewed(analysed, interviewed))
    meter.expect(counts.responses, passes)
    return Tables(
        source=watched,
        language=context.language,
        layout=layout,
        counts=counts,
        pools=pools,
        interviews=collect_interviews(replace(source, responses=lambda: iter(interviewed))),
        timings=timings,
        analyses=analyses,
    )
