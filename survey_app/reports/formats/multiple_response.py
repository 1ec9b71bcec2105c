"""Check-all lists as multiple-response sets, in SPSS syntax: pyreadstat cannot write them.

Source: IBM SPSS Statistics, Command Syntax Reference, MRSETS.
"""

from collections.abc import Iterable

from survey_app.reports.formats.labels import count_bytes, cut_label
from survey_app.reports.formats.variables import Variable
from survey_app.reports.wording import say
from survey_app.translations import gettext as _

LABEL_LIMIT = 120
LINE_LIMIT = 60
"""Characters of a label on one line: SPSS reads lines of at most 251 bytes."""


def make_syntax(variables: Iterable[Variable], language: str) -> str:
    """Return the syntax that opens data.sav and defines a set for each check-all list."""
    lists: dict[str, list[Variable]] = {}
    for variable in variables:
        column = variable.gathered.column
        if column is not None and column.kind == "flag":
            lists.setdefault(column.item, []).append(variable)
    head = _(
        "Open this in SPSS from the folder that data.sav is in, and run all of it. It defines a "
        "multiple-response set for each check-all list; save the data afterwards to keep them."
    )
    # SPSS wants two variables at least in a set.
    sets = [_define(item, members, language) for item, members in lists.items() if len(members) > 1]
    return "\n".join(["* Encoding: UTF-8.", f"* {head}", "", "GET FILE='data.sav'.", "", *sets])


def _define(item: str, members: list[Variable], language: str) -> str:
    column = members[0].gathered.column
    words = " ".join(say(column.text, language).split()) if column is not None else ""
    label = cut_label(words, LABEL_LIMIT, count_bytes)
    names = "\n    ".join(member.name for member in members)
    return (
        f"MRSETS\n  /MDGROUP NAME=${item}\n    LABEL={quote(label)}\n    CATEGORYLABELS=VARLABELS\n"
        f"    VARIABLES=\n    {names}\n    VALUE=1\n  /DISPLAY NAME=[${item}].\n"
    )


def quote(text: str) -> str:
    """Return a text as a string of SPSS syntax, on several lines if it is long."""
    pieces = [text[start : start + LINE_LIMIT] for start in range(0, len(text), LINE_LIMIT)]
    return " +\n      ".join("'" + piece.replace("'", "''") + "'" for piece in pieces or [""])
