"""The sheet Lists: one row for each option of a list, with its shares."""

from collections.abc import Iterator, Sequence

from survey_app.definition.shapes import Counts, Level
from survey_app.reports.descriptions import count_not_asked, count_silent
from survey_app.reports.merging import add_up
from survey_app.reports.responses import INTERVIEWER
from survey_app.reports.sheets.shares import show_percent, show_share
from survey_app.reports.summaries import Pool
from survey_app.reports.wording import say
from survey_app.spreadsheets.sheet import Header, Row, Sheet

HEADERS = (
    Header(name="item", width=24),
    Header(name="option", width=20),
    Header(name="question", width=44, wrap=True),
    Header(name="label", width=44, wrap=True),
    Header(name="choice", width=11),
    Header(name="versions", width=16, wrap=True),
    Header(name="delivery", width=13),
    Header(name="count", width=9),
    Header(name="n", width=7),
    Header(name="percent", width=11),
    Header(name="percent_from", width=15),
    Header(name="percent_to", width=13),
    Header(name="mentions", width=12),
    Header(name="percent_of_mentions", width=23),
    Header(name="no_answer", width=13),
    Header(name="not_asked", width=12),
)
"""`choice` is several for a check-all list and one for a list of which one is chosen."""


def make_lists_sheet(pools: Sequence[Pool], language: str) -> Sheet:
    """Return every option of every list, in the instrument's order; retired ones stand last.

    Lists of which one is chosen are here too, since their shares of respondents stand nowhere
    else in the workbook; they have no mentions, which would be the respondents again. Every number
    of a row is of the versions that offer the option, which the row names: who could not choose it
    is not in its base.
    """

    def read_rows() -> Iterator[Row]:
        for pool in pools:
            for summary in pool.summaries:
                # What was asked as probes has its numbers on the sheet Probes.
                if isinstance(summary, Counts) and (summary.n or pool.delivery != INTERVIEWER):
                    for level in summary.levels:
                        yield _make_row(pool, summary, level, language)

    return Sheet(name="Lists", headers=HEADERS, rows=read_rows, freeze="C2")


def _make_row(pool: Pool, summary: Counts, level: Level, language: str) -> Row:
    offering = _find_offering(pool, summary.item, level.code)
    parts = [part for version in offering if (part := _find_part(pool, version, summary.item))]
    n = sum(part.n for part in parts)
    missing = add_up(*(part.missing for part in parts))
    mentions = sum(each.count for part in parts for each in part.levels)
    return [
        summary.item,
        level.code,
        say(summary.text, language),
        say(level.text, language),
        "several" if summary.multiple else "one",
        ", ".join(offering),
        pool.delivery,
        level.count,
        n,
        *show_share(level.count, n),
        *([mentions, show_percent(level.count, mentions)] if summary.multiple else [None, None]),
        count_silent(missing),
        count_not_asked(missing),
    ]


def _find_offering(pool: Pool, item: str, code: str) -> list[str]:
    return [
        each.version
        for each in pool.instruments
        if item in each.items_by_key and code in pool.offered(each.version, item)
    ]


def _find_part(pool: Pool, version: str, item: str) -> Counts | None:
    part = pool.parts.get(version, {}).get(item)
    return part if isinstance(part, Counts) else None
