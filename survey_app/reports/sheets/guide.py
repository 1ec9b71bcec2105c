"""How the sheets on the instrument, its lists and the times are read: their part of Read me."""

from collections.abc import Iterator

from survey_app.spreadsheets.sheet import Row
from survey_app.translations import gettext as _
from survey_app.translations import ngettext


def describe_structure() -> Iterator[Row]:
    """Yield how Codebook and the sheets on codes and versions are read."""
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
            "before; pooled says whether Likert and Lists count its versions together, which they "
            "never do with the two deliveries"
        ),
    ]


def describe_lists() -> Row:
    """Return how Lists is read."""
    return [
        "Lists",
        _(
            "how often each option of each list was chosen: percent is of n, those who answered, "
            "with Wilson’s 95 % interval; percent_of_mentions is of all that was ticked, in "
            "check-all lists alone; every number is of the versions in the row, which offer the "
            "option"
        ),
    ]


def describe_timings(days_alone: int) -> Row:
    """Return how Timings is read; of `days_alone` responses there is only a day."""
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
