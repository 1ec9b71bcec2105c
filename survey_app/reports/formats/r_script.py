"""read.R: makes typed columns and factors of data.csv with R alone, without a package.

The script's strings are in ASCII, whatever the wordings, so that no locale can misread them.
"""

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from string import Template

from survey_app.definition.instrument import Instrument
from survey_app.definition.reasons import Reason, describe
from survey_app.definition.reserved import OUR_COLUMNS
from survey_app.definition.shapes import Column, Kind
from survey_app.definition.text import Text
from survey_app.reports.codebook import describe_our_columns
from survey_app.reports.dataset import Layout
from survey_app.reports.formats.coding import find_columns
from survey_app.reports.formats.variables import say_column
from survey_app.reports.sheets.consents import LEADING
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

COMMENT_WIDTH = 96

SCRIPT = Template("""\
$comment

read_table <- function(name) {
  read.csv(name, colClasses = "character", na.strings = "", encoding = "UTF-8",
           check.names = FALSE)
}
as_choice <- function(x, codes, labels, ordered = FALSE) {
  x <- factor(x, levels = codes, labels = labels, ordered = ordered)
  attr(x, "codes") <- codes
  x
}
as_moment <- function(x) {
  if (all(is.na(x) | nchar(x) == 10)) return(as.Date(x))
  x <- ifelse(nchar(x) == 10, paste0(x, "T00:00:00Z"), x)
  as.POSIXct(x, format = "%Y-%m-%dT%H:%M:%OSZ", tz = "UTC")
}

survey <- read_table("data.csv")
reasons <- read_table("reasons.csv")
for (name in setdiff(names(reasons), "response")) {
  reasons[[name]] <- factor(reasons[[name]],
    levels = $reasons,
    labels = $words)
}

$columns

labels <- $labels
for (name in names(labels)) attr(survey[[name]], "label") <- labels[[name]]
${consents}rm(name, labels, read_table, as_choice, as_moment)
""")

CONSENTS = Template("""
consents <- read_table("consents.csv")
consents$$consent_day <- as.Date(consents$$consent_day)
for (name in setdiff(names(consents), $leading)) consents[[name]] <- consents[[name]] == "1"

""")

CONVERSIONS: dict[Kind, str] = {
    "flag": "as.integer",
    "integer": "as.numeric",  # R's own integers end at 2,147,483,647
    "decimal": "as.numeric",
    "date": "as.Date",
}
CONSENT_COLUMNS = tuple(header.name for header in LEADING)
OUR_CONVERSIONS = {"started": "as_moment", "submitted": "as_moment", "is_test": "as.integer"}


def make_script(layout: Layout, language: str, *, consents: bool = False) -> str:
    """Return the script for the files of a layout, with a table of `consents` or without."""
    lines = [f"survey${name} <- {made}(survey${name})" for name, made in OUR_CONVERSIONS.items()]
    lines += [line for column in layout.columns for line in _convert(layout, column, language)]
    words = {**describe_our_columns(), **{c.name: say_column(c, language) for c in layout.columns}}
    names = [*OUR_COLUMNS, *(column.name for column in layout.columns)]
    pairs = [f"{name} = {quote(words[name])}" for name in names]
    return SCRIPT.substitute(
        comment="\n".join(_explain(consents=consents)),
        reasons=make_vector([str(reason) for reason in Reason]),
        words=make_vector([describe(reason) for reason in Reason]),
        columns="\n".join(lines),
        labels=f"c({_join(pairs)})",
        consents=CONSENTS.substitute(leading=make_vector(CONSENT_COLUMNS)) if consents else "",
    )


def _explain(*, consents: bool) -> Iterator[str]:
    paragraphs = [
        _(
            "Reads data.csv and reasons.csv, which stand beside this file. It needs R alone, no "
            "package:"
        ),
        'source("read.R", chdir = TRUE)',
        _("Afterwards there are two tables with the same rows and columns:"),
        _(
            "survey has the answers, NA where there is none. Choices and scales are factors with "
            'every level of the instrument, chosen or not. attr(survey$x, "codes") has the codes '
            'of a column x and attr(survey$x, "label") its question.'
        ),
        _(
            "reasons tells why there is no answer, as factors, NA where there is one: see "
            "table(reasons$x)."
        ),
    ]
    if consents:
        paragraphs.append(
            _(
                "consents tells for each response under which consent text it was given, and of "
                "each statement whether it was ticked, NA where the text had none such: see "
                'merge(survey, consents[-2], by = "response").'
            )
        )
    for paragraph in paragraphs:
        yield textwrap.fill(paragraph, COMMENT_WIDTH, initial_indent="# ", subsequent_indent="# ")


def quote(text: str) -> str:
    """Return a text as a string of R, in ASCII (R Language Definition, Literal constants)."""
    return '"' + "".join(map(_escape, text)) + '"'


def make_vector(texts: Iterable[str]) -> str:
    """Return texts as a vector of R."""
    return f"c({_join(quote(text) for text in texts)})"


def _escape(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    if " " <= character <= "~":
        return character
    return f"\\U{ord(character):08x}"


def _join(parts: Iterable[str]) -> str:
    return ",\n    ".join(parts)


def _convert(layout: Layout, column: Column, language: str) -> list[str]:
    name = f"survey${column.name}"
    if column.kind == "code":
        levels = list_levels(layout.instruments, column.name)
        ordered = ", ordered = TRUE" if is_ordered(layout, column) else ""
        codes, words = make_vector(levels), make_vector(say_levels(levels, language))
        return [f"{name} <- as_choice({name},\n  {codes},\n  {words}{ordered})"]
    if column.kind in CONVERSIONS:
        return [f"{name} <- {CONVERSIONS[column.kind]}({name})"]
    return []


def list_levels(instruments: Sequence[Instrument], name: str) -> dict[str, Text]:
    """Return every code of a column, of the newest version first, with its newest words."""
    levels: dict[str, Text] = {}
    for each in instruments:
        for column in find_columns(each, name):
            levels = {**levels, **{c: t for c, t in column.codes.items() if c not in levels}}
    return levels


def say_levels(levels: Mapping[str, Text], language: str) -> list[str]:
    """Return the words of levels; those that two share get their code, or R would merge them."""
    words = {code: " ".join(say(text, language).split()) for code, text in levels.items()}
    counts = Counter(words.values())
    return [f"{text} [{code}]" if counts[text] > 1 else text for code, text in words.items()]


def is_ordered(layout: Layout, column: Column) -> bool:
    """Whether a column's codes are the points of a scale."""
    newest = next(each for each in layout.instruments if find_columns(each, column.name))
    return newest.items_by_key[column.item].scale_used() is not None
