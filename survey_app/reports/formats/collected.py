"""A source as the files for statistics programs take it: looked over, and gathered by column."""

from dataclasses import dataclass, replace

from survey_app.reports.formats.consents import gather_consents
from survey_app.reports.formats.gathering import Gathered, gather
from survey_app.reports.formats.overview import look_over
from survey_app.reports.formats.readme import Subject
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.progress import Meter
from survey_app.reports.responses import Context, Source
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class Collected:
    """What a file is about, its columns in memory, and those of the consents, if there are any."""

    subject: Subject
    columns: tuple[Gathered, ...]
    consents: tuple[Gathered, ...] = ()


def make_subject(source: Source, context: Context, meter: Meter, passes: int) -> Subject:
    """Look a source over; `passes` is how often it will be read in all. Raise ReportError."""
    source = harmonise(source)
    layout = lay_out(source)
    meter.expect(source.size or 0, passes)
    meter.start(_("Counting responses"))
    overview = look_over(source, meter)
    meter.expect(overview.responses, passes)
    return Subject(layout=layout, context=context, overview=overview)


def collect(source: Source, context: Context, meter: Meter) -> Collected:
    """Read a source twice and keep its columns; raise ReportError."""
    source = harmonise(source)
    subject = make_subject(source, context, meter, 2)
    meter.start(_("Gathering the columns"))
    watched = replace(source, responses=lambda: meter.watch(source.responses()))
    return Collected(
        subject=subject,
        columns=gather(subject.layout, watched, context.language),
        consents=gather_consents(source),
    )
