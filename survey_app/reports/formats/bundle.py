"""Every form of an export in one zip, from one snapshot, with a manifest."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from survey_app.definition.pooling.file import FILE, write_rules
from survey_app.reports.csv_archive import add_csv_files
from survey_app.reports.formats.archive import Archive, create_archive
from survey_app.reports.formats.collected import collect, make_subject
from survey_app.reports.formats.libraries import describe_missing
from survey_app.reports.formats.manifest import MANIFEST, make_manifest
from survey_app.reports.formats.r_files import add_r_files
from survey_app.reports.formats.readme import (
    Subject,
    describe_files,
    describe_subject,
    join_parts,
)
from survey_app.reports.formats.spss_files import add_spss_files
from survey_app.reports.formats.stata_files import add_stata_files
from survey_app.reports.json_file import write_json_file
from survey_app.reports.progress import Meter, Progress, ignore
from survey_app.reports.responses import Context, Source
from survey_app.reports.workbook import write_workbook
from survey_app.translations import gettext as _
from survey_app.translations import use_language

"""What stands for the newest time where there are no data: that of the zip's own files."""

STEPS = 5
"""The workbook, csv, JSON, R, and the statistics programs."""


@dataclass
class Steps:
    """Gives each part of the work an equal share of the whole's progress."""

    progress: Progress
    done: int = 0

    def begin(self) -> Progress:
        """Return what the next part tells how far it is."""
        before = self.done
        self.done += 1

        def show(share: float, message: str) -> None:
            if share < 1:  # its end is not that of the whole
                self.progress((before + share) / STEPS, message)

        return show


def write_bundle(source: Source, context: Context, path: Path, progress: Progress = ignore) -> None:
    """Write a zip of every form; raise ReportError or SpreadsheetError, each with a sentence.

    SPSS and Stata are left out, and the readme says so, where their libraries are missing. The
    same data give the same files inside; when this one was made stands in the manifest.
    """
    steps = Steps(progress)
    with use_language(context.language), create_archive(path) as archive:
        subject = make_subject(source, context, Meter(ignore), 1)
        _add_whole_files(source, context, archive, subject, steps)
        add_csv_files(source, context, archive, "csv/", steps.begin())
        add_r_files(source, context, archive, "r/", steps.begin())
        missing = dict.fromkeys(("sav", "dta"), describe_missing())
        if not missing["sav"]:
            missing = {}
            _add_statistics_files(source, context, archive, steps)
        if source.pooling.rules:
            name = subject.layout.instruments[0].name
            archive.add_text(FILE, write_rules(name, source.pooling.rules))
        archive.add_text("README.txt", make_readme(subject, missing.get("sav", "")))
        archive.add_text(MANIFEST, make_manifest(subject, archive.entries, missing))
        progress(1, _("Done"))


def _add_whole_files(
    source: Source, context: Context, archive: Archive, subject: Subject, steps: Steps
) -> None:
    name = subject.layout.instruments[0].name
    with archive.make_space() as space:
        workbook, whole = space / f"{name}.xlsx", space / f"{name}.json"
        write_workbook(source, context, workbook, steps.begin())
        # A workbook is a zip itself, which cannot be pressed any smaller.
        archive.add_file(workbook.name, workbook, rows=subject.overview.rows, compress=False)
        workbook.unlink()
        write_json_file(source, context, whole, steps.begin())
        archive.add_file(whole.name, whole, rows=subject.overview.rows)


def _add_statistics_files(source: Source, context: Context, archive: Archive, steps: Steps) -> None:
    meter = Meter(steps.begin())
    collected = collect(source, context, meter)
    add_spss_files(collected, archive, "spss/", meter)
    add_stata_files(collected, archive, "stata/", meter)


def make_readme(subject: Subject, missing: str) -> str:
    """Return the readme; `missing` says why SPSS and Stata are not in it, if they are not."""
    name = subject.layout.instruments[0].name
    rules = subject.layout.pooling.rules
    files = {
        f"{name}.xlsx": _("the workbook: begin here, with its sheet Read me"),
        "csv/": _("the workbook’s tables as csv, to the last character; for programs"),
        f"{name}.json": _("everything in one file, with the definitions of the questions"),
        "r/": _("for R: run read.R"),
        "spss/": missing or _("for SPSS: data.sav"),
        "stata/": missing or _("for Stata: data.dta"),
        **({FILE: _("what was decided about versions, to be run again")} if rules else {}),
        MANIFEST: _("when this was made, and every file with its size, rows and SHA-256"),
    }
    return join_parts([_introduce(), describe_subject(subject), describe_files(files)])


def _introduce() -> Iterator[str]:
    yield _(
        "These are the same responses in several forms, all from one moment: take the one that "
        "your program reads. Each explains itself, and none needs another."
    )
    yield _(
        "The same data give the same files, to the byte; when this bundle was made stands in "
        "manifest.json."
    )
