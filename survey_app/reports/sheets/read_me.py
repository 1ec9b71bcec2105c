"""The sheet Read me: what the file is, what it leaves out and how to read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from survey_app.definition.pooling.words import describe_reason, describe_rule
from survey_app.definition.reasons import NUMBERS, Reason, describe
from survey_app.reports.counting import CellCounts
from survey_app.reports.dataset import Layout
from survey_app.reports.moments import read_moment, show_local
from survey_app.reports.responses import Context
from survey_app.reports.sheets.guide import describe_sheets, describe_tables
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Row, Sheet
from survey_app.spreadsheets.tally import Tally
from survey_app.translations import gettext as _

HEADERS = (Header(name="about", width=26, wrap=True), Header(name="text", width=100, wrap=True))


@dataclass(frozen=True, kw_only=True)
class ReadMe:
    """What the sheet tells. `tally` is None where texts are written as they are.

    `continued` holds by sheet those in which it goes on; `checksum` is that of Data, and
    `charts` says whether there are pictures of them.
    """

    layout: Layout
    context: Context
    counts: CellCounts
    interviews: int
    tally: Tally | None
    sheets_left_out: tuple[str, ...] = ()
    continued: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checksum: str = ""
    charts: bool = False


def make_read_me_sheet(about: ReadMe) -> Sheet:
    """Return the sheet; `about.tally` is read when the rows are, so write it last."""
    return Sheet(
        name="Read me", headers=HEADERS, rows=lambda: read_me_rows(about), freeze="A2", filter=False
    )


def read_me_rows(about: ReadMe) -> Iterator[Row]:
    """Yield what the file is, what is in it, what is not, and how to read it."""
    parts = [
        _describe_origin(about),
        _describe_counts(about),
        _describe_pooling(about.layout),
        _describe_changes(about.tally) if about.tally else iter(()),
        _describe_sheets(about),
        _describe_reasons(),
        _describe_commands(csv=about.tally is None),
        _describe_hints(),
    ]
    for part in parts:
        yield from part
        yield [None, None]


def _describe_origin(about: ReadMe) -> Iterator[Row]:
    context, newest = about.context, about.layout.instruments[0]
    if context.caution:
        yield [_("caution"), context.caution]
    yield [_("study"), context.study]
    yield [_("instrument"), f"{say(newest.title, context.language)} ({newest.name})"]
    yield [_("versions"), ", ".join(each.version for each in about.layout.instruments)]
    yield [_("wording from"), newest.source]
    yield [_("licence of the wording"), newest.licence]
    yield [_("newest event, in UTC"), read_moment(context.newest)]
    yield [_("newest event, local"), show_local(context.newest)]
    yield [_("filter"), context.filter or _("none: every response")]
    if about.checksum:
        yield [
            _("checksum of Data"),
            _("{digits}, the SHA-256 of data.csv in an exact csv export of the same data").format(
                digits=about.checksum
            ),
        ]


def _describe_counts(about: ReadMe) -> Iterator[Row]:
    counts = about.counts
    submitted = counts.responses - counts.in_progress - counts.withdrawn
    yield [_("responses"), counts.responses]
    yield [_("of these submitted"), submitted]
    yield [_("of these in progress"), counts.in_progress]
    yield [_("of these withdrawn"), counts.withdrawn]
    yield [_("of these interviews"), about.interviews]
    yield [_("test responses left out"), about.context.tests_left_out]
    for sentence in about.context.left_out:
        yield [_("left out"), sentence]
    yield [
        _("left out"),
        _(
            "Withdrawn responses have no row, since what was said is erased. They are counted "
            "above and in Versions."
        ),
    ]


def _describe_sheets(about: ReadMe) -> Iterator[Row]:
    if about.context.tables_alone:
        return describe_tables(about.sheets_left_out, charts=about.charts)
    return describe_sheets(
        left_out=about.sheets_left_out,
        continued=about.continued,
        days_alone=about.counts.days_alone,
        charts=about.charts,
    )


def _describe_pooling(layout: Layout) -> Iterator[Row]:
    """Yield which versions are counted together, and every rule by which it is so."""
    groups = layout.divide().groups
    together = "; ".join(", ".join(each.version for each in group) for group in groups)
    yield [_("counted together"), together]
    for rule in layout.pooling.standing:
        sentence = f"{describe_rule(rule)}: {describe_reason(rule)}"
        yield [_("pooling rule"), sentence]


def _describe_changes(tally: Tally) -> Iterator[Row]:
    yield [
        _("texts split"),
        _(
            "{count} cells held a text of more than 32,767 characters, the most that a cell "
            "takes; it goes on in the columns “name (2)” and so on."
        ).format(count=tally.split_cells),
    ]
    yield [
        _("characters replaced"),
        _("{count} characters that no spreadsheet can hold became “\ufffd”.").format(
            count=tally.replaced_characters
        ),
    ]


def _describe_reasons() -> Iterator[Row]:
    for reason in Reason:
        yield [
            str(reason),
            _("a blank: {words}; as a number, if you need one: {number}").format(
                words=describe(reason), number=NUMBERS[reason]
            ),
        ]


def _describe_commands(*, csv: bool) -> Iterator[Row]:
    codes = ", ".join(f'"{reason}"' for reason in Reason)
    recoding = " ".join(f"('{reason}'={NUMBERS[reason]})" for reason in Reason)
    r, pandas = (
        ('readr::read_csv("data.csv"', 'pandas.read_csv("data.csv"')
        if csv
        else (
            'readxl::read_excel("file.xlsx", sheet = "Data"',
            'pandas.read_excel("file.xlsx", sheet_name="Data"',
        )
    )
    yield [
        _("blanks"),
        _(
            "Every empty answer says why it is empty. A column that holds a reason is read as "
            "text, so tell your program which words mean a blank:"
        ),
    ]
    yield ["R", f"{r}, na = c({codes}))"]
    yield ["pandas", f"{pandas}, na_values=[{codes}])"]
    yield [
        "SPSS",
        f"RECODE x (CONVERT) {recoding} INTO x_n. MISSING VALUES x_n (LOWEST THRU -90).",
    ]


def _describe_hints() -> Iterator[Row]:
    yield [_("times"), _("All times are in UTC. Anonymous responses have dates alone.")]
    yield [
        _("whole questions"),
        _(
            "Where an interviewer said of a whole question that it was refused, not known, not "
            "asked or not applicable, its probes without a mark of their own have that state in "
            "Probes (in grey there) and in the charts. In Data a question without probes that "
            "has no answer then has the reason refused, dont_know, not_relevant or, if it was "
            "not asked, not_reached."
        ),
    ]
    yield [
        _("times of marks"),
        _(
            "In Marks “at” and “changed” are minutes and seconds into the interview, pauses left "
            "out: when the mark was first made, and when it became what it is. “in_recording” is "
            "“at” counted from the start of the recording. What was keyed in from paper has no "
            "times. In Interviews “duration” and “recording_started” are counted in the same way."
        ),
    ]
    yield [_("participant"), _("Empty where somebody answered on the web without a code.")]
    yield [_("submitted"), _("Empty as long as a response has not been sent.")]
    yield from _describe_versions()
    yield [
        _("other"),
        _(
            "A text of “other” beside a 0 was written without its box being ticked. Where nothing "
            "at all was ticked the option’s column holds a reason such as unanswered, and the "
            "text stands in “…__other_text” beside it."
        ),
    ]


def _describe_versions() -> Iterator[Row]:
    yield [
        _("versions"),
        _(
            "Data holds all versions together; column “version” tells them apart. Likert, Lists, "
            "Scales and Groups pool versions with the same first number, where no pooling rule "
            "says otherwise, and never the two deliveries. A rule changes what is counted; Data, "
            "Labels and Long keep what was answered."
        ),
    ]
    yield [
        _("renamed questions"),
        _(
            "A question that was renamed is one column, under its newest name. Codebook says what "
            "it was called in which version, Crosswalk shows every name, and in Long “item” is the "
            "name under which it was asked and “column” that of Data."
        ),
    ]
