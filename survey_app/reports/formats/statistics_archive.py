"""The zip for a statistics program: what its files are differs, how they come into it does not."""

from collections.abc import Callable
from pathlib import Path

from survey_app.reports.formats.archive import Archive, create_archive
from survey_app.reports.formats.collected import Collected, collect
from survey_app.reports.formats.libraries import require_libraries
from survey_app.reports.formats.manifest import MANIFEST, make_manifest
from survey_app.reports.progress import Meter, Progress
from survey_app.reports.responses import Context, Source
from survey_app.translations import gettext as _
from survey_app.translations import use_language

Add = Callable[[Collected, Archive, str, Meter], None]
"""Adds a program's files to an archive, in a folder that is "" or ends in a slash."""


def write_statistics_archive(
    source: Source, context: Context, path: Path, progress: Progress, add: Add
) -> None:
    """Write a zip with a manifest; raise ReportError with a sentence for the analyst.

    The libraries take the table as a whole, so memory grows with the responses.
    """
    require_libraries()
    with use_language(context.language), create_archive(path) as archive:
        meter = Meter(progress)
        collected = collect(source, context, meter)
        add(collected, archive, "", meter)
        archive.add_text(MANIFEST, make_manifest(collected.subject, archive.entries, {}))
        progress(1, _("Done"))
