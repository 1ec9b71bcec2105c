"""What Stata gets: data.dta, a codebook and a readme."""

from collections.abc import Mapping
from pathlib import Path

from survey_app.definition.reasons import Reason
from survey_app.reports.csv_archive import write_table
from survey_app.reports.formats.archive import Archive
from survey_app.reports.formats.collected import Collected
from survey_app.reports.formats.consents import NAME, describe_consents, make_consent_variables
from survey_app.reports.formats.readme import (
    describe_files,
    describe_reasons,
    describe_subject,
    join_parts,
)
from survey_app.reports.formats.statistics_archive import write_statistics_archive
from survey_app.reports.formats.variable_list import make_variable_list
from survey_app.reports.formats.variables import make_variables
from survey_app.reports.progress import Meter, Progress, ignore
from survey_app.reports.responses import Context, Source
from survey_app.translations import gettext as _


def write_dta_archive(
    source: Source, context: Context, path: Path, progress: Progress = ignore
) -> None:
    """Write a zip for Stata; raise ReportError with a sentence for the analyst.

    The library takes the table as a whole, so memory grows with the responses.
    """
    write_statistics_archive(source, context, path, progress, add_stata_files)


def add_stata_files(collected: Collected, archive: Archive, folder: str, meter: Meter) -> None:
    """Add the files for Stata to an archive; `folder` is "" or ends in a slash."""
    from survey_app.reports.formats.dta import LETTERS, write_dta

    subject = collected.subject
    meter.start(_("Writing the file for Stata"))
    # No text is split: Stata's long strings take two billion bytes.
    variables = make_variables(subject.layout, collected.columns, {}, subject.context.language)
    with archive.make_space() as space:
        data = space / "data.dta"
        write_dta(variables, data, title=subject.title)
        archive.add_file(f"{folder}data.dta", data, rows=subject.overview.rows)
        if collected.consents:
            consents = space / f"{NAME}.dta"
            write_dta(make_consent_variables(collected.consents), consents, title=NAME)
            archive.add_file(f"{folder}{NAME}.dta", consents, rows=len(collected.consents[0].texts))
    missing = {reason: f".{letter}" for reason, letter in LETTERS.items()}
    with archive.open(f"{folder}codebook.csv") as file:
        file.rows = write_table(make_variable_list(variables, lambda _variable: missing), file)
    archive.add_text(f"{folder}readme.txt", make_readme(collected, missing))


def make_readme(collected: Collected, missing: Mapping[Reason, str]) -> str:
    """Return the readme."""
    files = {
        "data.dta": _("one row a response, for Stata 14 or newer"),
        "codebook.csv": _("every variable: full wording, values with their codes, blanks"),
        **(describe_consents(".dta") if collected.consents else {}),
    }
    hints = [
        _(
            "A code that is a whole number is its value. Other codes have numbers in the order of "
            "the oldest version here, then of the newer ones; the code stands in brackets in the "
            "value label."
        ),
        _(
            "A blank is an extended missing value with its reason as the value label. Stata takes "
            "these for greater than any number: write “if x < .” where you compare."
        ),
        *describe_reasons(missing),
        _("A text is empty where there is none, and the variable “…_given” beside it says why."),
        _(
            "Variable labels of more than 80 characters end in “…”; codebook.csv has them whole. "
            "Times are in UTC."
        ),
    ]
    return join_parts([describe_subject(collected.subject), describe_files(files), hints])
