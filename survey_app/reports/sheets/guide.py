"""How each sheet is read: a part of Read me."""

from collections.abc import Iterator, Mapping

from survey_app.spreadsheets.sheet import Row
from survey_app.translations import gettext as _
from survey_app.translations import ngettext


def describe_sheets(
    *,
    left_out: tuple[str, ...],
    continued: Mapping[str, tuple[str, ...]],
    days_alone: int,
    charts: bool,
) -> Iterator[Row]:
    """Yield a row for each sheet, in the order of the workbook.

    `left_out` are those that nobody asked for, `continued` those in which one goes on; of
    `days_alone` responses only a day is known.
    """
    yield from _describe_responses(left_out)
    yield from _describe_structure()
    yield from _describe_scales()
    yield from _describe_interviews()
    yield from _describe_words()
    if not left_out:
        yield _describe_timings(days_alone)
    if charts:
        yield ["Charts", _("pictures of our own charts, told in words")]
    yield from _describe_further(continued)


def describe_tables(left_out: tuple[str, ...], *, charts: bool) -> Iterator[Row]:
    """Yield a row for each sheet of a workbook that tells of no single people."""
    for row in describe_sheets(left_out=(), continued={}, days_alone=0, charts=charts):
        if row[0] not in left_out:
            yield row
    yield ["hidden", explain_hiding()]


def explain_hiding() -> str:
    """Return what a number stands for that is hidden, and what of it is certain."""
    return _(
        "in Groups and in charts by group: of a group’s answers to a question nothing is shown "
        "where a count in them is under the least that may be shown, or would give such a one "
        "away. Groups that are too small, and others if need be, are not named at all. From the "
        "numbers here, whose sums are those in Likert and Lists, nobody can work out a hidden one: "
        "each may be any of at least as many numbers as the least count says, or of as many as the "
        "sums alone allow. That holds for this file by itself, and not beside a file made on "
        "another day or one with the answers of single people"
    )


def _describe_responses(left_out: tuple[str, ...]) -> Iterator[Row]:
    yield [
        "Data",
        _(
            "one row for each response that was not withdrawn; answers as codes, a blank as its "
            "reason’s code"
        ),
    ]
    if left_out:
        yield [
            ", ".join(left_out),
            _(
                "left out, since there are many responses: ask for all sheets where you make the "
                "workbook. Codebook has the words of every code, and the csv export these tables."
            ),
        ]
    else:
        yield ["Labels", _("the same in words")]
        yield ["Long", _("one row for each answer and each option or row of it")]


def _describe_structure() -> Iterator[Row]:
    yield [
        "Codebook",
        _(
            "one row for each column of Data: wording, codes, versions, blanks; base says who is "
            "asked, min and max are the lowest and highest value that occur, allowed_min and "
            "allowed_max those that the questions allow"
        ),
    ]
    yield [
        "Values",
        _(
            "one row for each code of a column, as it stands in Data, with its words; at the end, "
            "without a column, the reasons for a blank, which are the same in all columns"
        ),
    ]
    yield [
        "Versions",
        _(
            "one row for each version, oldest first: how many responses it has and since when, "
            "and how it differs from the version before it in this file"
        ),
    ]
    yield [
        "Crosswalk",
        _(
            "one row for each column of Data: what each version changed in it, against the version "
            "before, and its name there; pooled says whether Likert and Lists count its versions "
            "together, which they never do with the two deliveries, and why says who decided so"
        ),
    ]


def _describe_scales() -> Iterator[Row]:
    yield [
        "Likert",
        _(
            "how often each point of each scale was chosen, in per cent of n; quartiles are of "
            "type 2, so they lie on a point or half-way between two; mean and sd treat the points "
            "as equally far apart; top_2 are those who chose one of the two highest points, with "
            "Wilson’s 95 % interval; the charts beneath are of the counts, to be edited"
        ),
    ]
    yield [
        "Lists",
        _(
            "how often each option of each list was chosen: percent is of n, those who answered, "
            "with Wilson’s 95 % interval; percent_of_mentions is of all that was ticked, in "
            "check-all lists alone; every number is of the versions in the row, which offer the "
            "option"
        ),
    ]
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


def _describe_interviews() -> Iterator[Row]:
    yield ["Probes", _("one row an interview, one column a probe; its state in words")]
    yield [
        "Probe shares",
        _(
            "one row for each probe: how many of the interviews whose version has it left it in "
            "each state; covered are those in which it came up or was asked, raised_percent is of "
            "them, with Wilson’s 95 % interval, and unprompted_percent of those who raised it"
        ),
    ]
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
    yield [
        "Marks",
        _(
            "one row for each mark of a probe, with its times; a row without a probe is on the "
            "whole question, and has a state only where something holds for all of it"
        ),
    ]


def _describe_words() -> Iterator[Row]:
    yield [
        "Consents",
        _(
            "one row for each response that was not withdrawn: under which version of the consent "
            "text it was given (the newest that was agreed to), on which day, by what means, and "
            "for each statement 1 if it was ticked, 0 if it was not, and a blank if it was not "
            "asked; where consent_quoted is 0 the participant’s words may not be quoted, and a row "
            "without a version has no consent here, such as one that was brought in"
        ),
    ]
    yield ["Interviews", _("one row an interview: how long it lasted and how it ended")]
    yield [
        "Interview notes",
        _(
            "what interviewers and observers wrote; a note without a response is on the whole "
            "interview, and stands in the file of each instrument that was asked in it; "
            "may_be_quoted is 0 where the participant did not agree to be quoted, and blank where "
            "nobody asked"
        ),
    ]


def _describe_further(continued: Mapping[str, tuple[str, ...]]) -> Iterator[Row]:
    for name, further in continued.items():
        yield [
            ", ".join(further),
            _(
                "{name} goes on there under the same header, since a sheet takes 1,048,576 rows "
                "and two thousand million characters; put them one below the other"
            ).format(name=name),
        ]


def _describe_timings(days_alone: int) -> Row:
    words = _(
        "one row for each response of which more than the day is known: minutes from start to "
        "sending, with all that lay between, for what was given on the web or the interviewer’s "
        "page; interview_minutes is the whole interview without its pauses, other instruments "
        "included; a section’s minutes are those at its questions, the last one until the end"
    )
    if not days_alone:
        return ["Timings", words]
    left_out = ngettext(
        "{count} anonymous response has a date alone and is left out.",
        "{count} anonymous responses have dates alone and are left out.",
        days_alone,
    )
    return ["Timings", f"{words}. {left_out}"]
