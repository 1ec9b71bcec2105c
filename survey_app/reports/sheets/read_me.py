"""The sheet Read me: what the file is, what it leaves out and how to read it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from survey_app.definition.reasons import NUMBERS, Reason, describe
from survey_app.reports.counting import CellCounts
from survey_app.reports.dataset import Layout
from survey_app.reports.moments import read_moment, show_local
from survey_app.reports.responses import Context
from survey_app.reports.sheets.guide import describe_lists, describe_structure, describe_timings
from survey_app.reports.wording import say
from survey_app.spreadsheets.cells import Tally
from survey_app.spreadsheets.sheet import Header, Row, Sheet
from survey_app.translations import gettext as _

HEADERS = (Header(name="about", width=26, wrap=True), Header(name="text", width=100, wrap=True))


@dataclass(frozen=True, kw_only=True)
class ReadMe:
    """What the sheet tells. `tally` is None where texts are written as they are.

    `continued` holds by sheet those in which it goes on; `checksum` is that of Data.
    """

    layout: Layout
    context: Context
    counts: CellCounts
    interviews: int
    tally: Tally | None
    sheets_left_out: tuple[str, ...] = ()
    continued: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checksum: str = ""


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
        _describe_changes(about.tally) if about.tally else iter(()),
        chain(_describe_sheets(about), _describe_further(about.continued)),
        _describe_reasons(),
        _describe_commands(csv=about.tally is None),
        _describe_hints(),
    ]
    for part in parts:
        yield from part
        yield [None, None]


def _describe_origin(about: ReadMe) -> Iterator[Row]:
    context, newest = about.context, about.layout.instruments[0]
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
    yield [_("left out"), _("Withdrawn responses keep their row, and nothing of what was said.")]


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


def _describe_sheets(about: ReadMe) -> Iterator[Row]:
    yield ["Data", _("one row a response; answers as codes, a blank as its reason’s code")]
    if about.sheets_left_out:
        yield [
            ", ".join(about.sheets_left_out),
            _(
                "left out, since there are many responses: ask for all sheets where you make the "
                "workbook. Codebook has the words of every code, and the csv export both tables."
            ),
        ]
    else:
        yield ["Labels", _("the same in words")]
        yield ["Long", _("one row for each answer and each option or row of it")]
    yield from describe_structure()
    yield [
        "Likert",
        _(
            "how often each point of each scale was chosen, in per cent of n; quartiles are of "
            "type 2, so they lie on a point or half-way between two; mean and sd treat the points "
            "as equally far apart; top_2 are those who chose one of the two highest points, with "
            "Wilson’s 95 % interval"
        ),
    ]
    yield describe_lists()
    yield from _describe_analyses()
    yield ["Probes", _("one row an interview, one column a probe; its state in words")]
    yield from _describe_interview_analyses()
    yield [
        "Marks",
        _(
            "one row for each mark of a probe, with its times; a row without a probe is on the "
            "whole question, and has a state only where something holds for all of it"
        ),
    ]
    yield ["Interviews", _("one row an interview: how long it lasted and how it ended")]
    yield [
        "Interview notes",
        _(
            "what interviewers and observers wrote; a note without a response is on the whole "
            "interview, and stands in the file of each instrument that was asked in it"
        ),
    ]
    yield describe_timings(about.counts.days_alone)


def _describe_further(continued: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    for name, further in continued.items():
        yield [
            ", ".join(further),
            _(
                "{name} goes on there under the same header, since a sheet takes 1,048,576 rows "
                "and two thousand million characters; put them one below the other"
            ).format(name=name),
        ]


def _describe_analyses() -> Iterator[Row]:
    yield [
        "Scales",
        _(
            "a row for each scale of the definition’s analysis block, then one for each of its "
            "items, turned round where “reversed”; n are those who answered every item"
        ),
    ]
    yield [
        "Groups",
        _(
            "a row for each item on a scale with its test, then one for each group; exploratory: "
            "read the effect and its interval before p, which p_holm adjusts over all tests of "
            "the same people; a group of fewer than 5 is neither shown nor tested"
        ),
    ]


def _describe_interview_analyses() -> Iterator[Row]:
    yield [
        "Framework",
        _(
            "the framework matrix: one row an interview, one column a question, in it the notes; "
            "grey says why there is none"
        ),
    ]
    yield [
        "Saturation",
        _(
            "one row an interview in the order held: what it brought that none before it had, "
            "and what the last two brought in per cent of what the first four did"
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
    yield [
        _("versions"),
        _(
            "Data holds all versions together; column “version” tells them apart. Likert pools "
            "versions with the same first number, and never the two deliveries."
        ),
    ]
    yield [
        _("other"),
        _(
            "A text of “other” beside a 0 was written without its box being ticked. Where nothing "
            "at all was ticked the option’s column holds a reason such as unanswered, and the "
            "text stands in “…__other_text” beside it."
        ),
    ]
