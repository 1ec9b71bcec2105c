"""What SPSS gets: data.sav, its multiple-response sets as syntax, a codebook and a readme."""

from collections.abc import Mapping
from pathlib import Path

from survey_app.definition.reasons import NUMBERS, Reason
from survey_app.reports.csv_archive import write_table
from survey_app.reports.formats.archive import Archive
from survey_app.reports.formats.collected import Collected
from survey_app.reports.formats.consents import NAME, describe_consents, make_consent_variables
from survey_app.reports.formats.multiple_response import make_syntax
from survey_app.reports.formats.readme import (
    describe_files,
    describe_reasons,
    describe_subject,
    join_parts,
)
from survey_app.reports.formats.statistics_archive import write_statistics_archive
from survey_app.reports.formats.variable_list import make_variable_list
from survey_app.reports.formats.variables import Variable, make_variables
from survey_app.reports.progress import Meter, Progress, ignore
from survey_app.reports.responses import Context, Source
from survey_app.translations import gettext as _


def write_sav_archive(
    source: Source, context: Context, path: Path, progress: Progress = ignore
) -> None:
    """Write a zip for SPSS; raise ReportError with a sentence for the analyst.

    The library takes the table as a whole, so memory grows with the responses.
    """
    write_statistics_archive(source, context, path, progress, add_spss_files)


def add_spss_files(collected: Collected, archive: Archive, folder: str, meter: Meter) -> None:
    """Add the files for SPSS to an archive; `folder` is "" or ends in a slash."""
    from survey_app.reports.formats.sav import count_pieces, number_reasons, write_sav

    subject = collected.subject
    language = subject.context.language
    meter.start(_("Writing the file for SPSS"))
    pieces = count_pieces(collected.columns)
    variables = make_variables(subject.layout, collected.columns, pieces, language)
    with archive.make_space() as space:
        data = space / "data.sav"
        write_sav(variables, data, title=subject.title, notes=describe_subject(subject))
        archive.add_file(f"{folder}data.sav", data, rows=subject.overview.rows)
        if collected.consents:
            consents = space / f"{NAME}.sav"
            write_sav(make_consent_variables(collected.consents), consents, title=NAME, notes=[])
            archive.add_file(f"{folder}{NAME}.sav", consents, rows=len(collected.consents[0].texts))
    archive.add_text(f"{folder}multiple-response.sps", make_syntax(variables, language))

    def show_missing(variable: Variable) -> Mapping[Reason, str]:
        numbers = number_reasons(variable.gathered)
        return {reason: str(number) for reason, number in numbers.items()}

    with archive.open(f"{folder}codebook.csv") as file:
        file.rows = write_table(make_variable_list(variables, show_missing), file)
    archive.add_text(f"{folder}readme.txt", make_readme(collected, pieces))


def make_readme(collected: Collected, pieces: Mapping[str, int]) -> str:
    """Return the readme; `pieces` are the texts that were split, by column."""
    files = {
        "data.sav": _("one row a response, for SPSS, PSPP, jamovi, JASP or R’s haven"),
        "multiple-response.sps": _("run it in SPSS to have a set for each check-all list"),
        "codebook.csv": _("every variable: full wording, values with their codes, blanks"),
        **(describe_consents(".sav") if collected.consents else {}),
    }
    hints = [
        _(
            "A code that is a whole number is its value. Other codes have numbers in the order of "
            "the oldest version here, then of the newer ones; the code stands in brackets in the "
            "value label."
        ),
        _(
            "A blank is a number that is declared user-missing, with its reason as the value "
            "label; codebook.csv has the numbers of each variable, which are others where answers "
            "themselves are that low:"
        ),
        *describe_reasons({reason: str(number) for reason, number in NUMBERS.items()}),
        _(
            "A text is empty where there is none, and the variable “…_given” beside it says why. "
            "SPSS drops spaces at the end of a text. Texts of more than 32,767 bytes go on in "
            "“…_2” and so on; here {count} variables have such texts. {names}"
        )
        .format(count=len(pieces), names=", ".join(pieces))
        .rstrip(),
        _(
            "Labels that are longer than SPSS takes (255 bytes, 120 for values) end in “…”; "
            "codebook.csv has them whole. Times are in UTC."
        ),
    ]
    return join_parts([describe_subject(collected.subject), describe_files(files), hints])
