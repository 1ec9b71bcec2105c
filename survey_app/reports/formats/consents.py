"""Under which consent each response was given, as a table of its own beside the answers.

It is no part of the table of answers, which has the same columns in every form and whose variables
are questions: what was agreed to is another unit of the study, with statements that change from one
text to the next. These programs join two files by a key in one line, and the key is the response.
"""

from collections.abc import Iterable
from datetime import date

from survey_app.definition.consent import COLUMN, RECORDING, WHOLE
from survey_app.reports.formats.gathering import Content, Gathered
from survey_app.reports.formats.variables import Variable
from survey_app.reports.responses import Source
from survey_app.reports.sheets.consents import LEADING, make_consents_sheet
from survey_app.spreadsheets.sheet import Value
from survey_app.translations import gettext as _

NAME = "consents"
"""What the file is called, without its ending."""
DAY = "consent_day"


def has_consents(source: Source) -> bool:
    """Whether anybody consented to a text; where nobody did there is no such file."""
    return any(row.version is not None for row in source.consents())


def gather_consents(source: Source) -> tuple[Gathered, ...]:
    """Return the columns of the sheet Consents; none where nobody consented to any text."""
    if not has_consents(source):
        return ()
    sheet = make_consents_sheet(source)
    leading = {header.name for header in LEADING}
    columns = tuple(
        Gathered(name=header.name, content=_find_content(header.name, leading))
        for header in sheet.headers
    )
    for row in sheet.rows():
        for gathered, value in zip(columns, row, strict=True):
            gathered.add(_read(gathered, value))
    return columns


def _find_content(name: str, leading: set[str]) -> Content:
    if name == DAY:
        return "date"
    return "text" if name in leading else "number"


def _read(gathered: Gathered, value: object) -> Value:
    if gathered.content == "date":
        return date.fromisoformat(str(value)) if value else None
    return value if isinstance(value, int | str) else None


def make_consent_variables(columns: Iterable[Gathered]) -> tuple[Variable, ...]:
    """Return the variables, in words; a statement that the text had not is missing."""
    words = {0: _("not ticked"), 1: _("ticked")}
    return tuple(
        Variable(
            name=each.name,
            gathered=each,
            label=say_consent_column(each.name),
            measure="scale" if each.content == "date" else "nominal",
            words=words if each.content == "number" else {},
        )
        for each in columns
    )


def say_consent_column(name: str) -> str:
    """Return what a column of the table holds."""
    known = {
        "response": _("the response, as in the table of answers"),
        "participant": _("the participant’s pseudonym, empty without a code"),
        "consent_version": _("version of the consent text that was agreed to"),
        "consent_language": _("language in which it was shown or read aloud"),
        "consent_method": _("by what means: web, spoken or paper"),
        DAY: _("day of the consent"),
        COLUMN.format(key=RECORDING): _("agreed to be recorded"),
        **{COLUMN.format(key=key): _("agreed to take part") for key in WHOLE},
    }
    key = name.removeprefix(COLUMN.format(key=""))
    return known.get(name) or _("agreed to the statement “{key}”").format(key=key)


def describe_consents(ending: str) -> dict[str, str]:
    """Return the file with what it is, for a readme."""
    words = _(
        "one row a response: under which consent text it was given, and what was ticked; it has "
        "the column response to be joined by, one to one"
    )
    return {f"{NAME}{ending}": words}
