"""The sheet Likert: one row for each item on a scale, with its distribution and median."""

from collections.abc import Iterator, Sequence

from survey_app.definition.shapes import Grid
from survey_app.reports.descriptions import count_not_asked, count_silent
from survey_app.reports.likert import LikertRow, make_likert_rows
from survey_app.reports.responses import INTERVIEWER
from survey_app.reports.sheets.batteries import draw_batteries
from survey_app.reports.statistics.distributions import compute_mean
from survey_app.reports.statistics.proportions import estimate_top_boxes
from survey_app.reports.statistics.quantiles import find_quartiles
from survey_app.reports.statistics.tallies import Tally
from survey_app.reports.summaries import Pool
from survey_app.reports.wording import list_codes, say
from survey_app.spreadsheets.sheet import Header, Row, Sheet, Value
from survey_app.translations import gettext as _

HEADERS = (
    Header(name="item", width=24),
    Header(name="row", width=18),
    Header(name="question", width=44, wrap=True),
    Header(name="label", width=50, wrap=True),
    Header(name="scale", width=32, wrap=True),
    Header(name="versions", width=16, wrap=True),
    Header(name="delivery", width=13),
    Header(name="median_label", width=26, wrap=True),
    Header(name="n", width=7),
    Header(name="no_answer", width=11),
    Header(name="not_asked", width=11),
    Header(name="median", width=11),
    Header(name="lower_quartile", width=17),
    Header(name="upper_quartile", width=17),
    Header(name="mean", width=9),
    Header(name="sd", width=9),
    Header(name="top_2", width=9),
    Header(name="top_2_percent", width=16),
    Header(name="top_2_from", width=14),
    Header(name="top_2_to", width=12),
)
"""Places on a scale begin with 1; `top_2` are those who chose one of its two highest points."""


def make_likert_sheet(pools: Sequence[Pool], language: str) -> Sheet:
    """Return counts and per cent of every scale's points, by their place on the scale.

    Beneath the rows stands a chart of each battery that refers to their counts.
    """
    rows = [(pool, row) for pool in pools for row in _find_rows(pool)]
    widest = max((len(row.levels) for _pool, row in rows), default=0)
    places = range(1, widest + 1)
    headers = (
        *HEADERS,
        *(Header(name=f"count_{place}", width=11) for place in places),
        *(Header(name=f"percent_{place}", width=13) for place in places),
    )

    def read_rows() -> Iterator[Row]:
        return (_make_row(pool, row, widest, language) for pool, row in rows)

    return Sheet(
        name="Likert",
        headers=headers,
        rows=read_rows,
        freeze="C2",
        drawings=draw_batteries(rows, language),
    )


def describe_median(row: LikertRow, language: str) -> str:
    """Return the median as the words of its point, or of the two between which it lies."""
    if row.median is None:
        return ""
    lower, upper = (row.levels[place - 1][1] for place in (int(row.median), int(row.median + 0.5)))
    if lower == upper:
        return say(lower, language)
    return _("between “{lower}” and “{upper}”", language).format(
        lower=say(lower, language), upper=say(upper, language)
    )


def _tally(row: LikertRow) -> Tally:
    """Return a row's counts by place on its scale."""
    counts: dict[float, int] = dict(enumerate(row.counts, 1))
    return Tally(counts=counts, left_out=sum(row.missing.values()))


def _describe_spread(row: LikertRow) -> list[Value]:
    """Return quartiles, mean and standard deviation, as places on the scale."""
    tally = _tally(row)
    quartiles, mean = find_quartiles(tally), compute_mean(tally)
    spread = (mean.mean, mean.deviation)
    return [quartiles.lower, quartiles.upper, *(_round(each, 2) for each in spread)]


def _describe_top(row: LikertRow) -> list[Value]:
    """Return who chose one of the two highest points, in per cent of n with Wilson's interval."""
    boxes = 2
    if len(row.counts) <= boxes:
        return [None] * 4
    top = estimate_top_boxes(_tally(row), range(1, len(row.counts) + 1), boxes)
    shares = (top.share.value, top.share.lower, top.share.upper)
    percents = [None if each is None else 100 * each for each in shares]
    return [top.count if row.n else None, *(_round(each, 1) for each in percents)]


def _round(number: float | None, places: int) -> float | None:
    return None if number is None else round(number, places)


def _find_rows(pool: Pool) -> Iterator[LikertRow]:
    for summary in pool.summaries:
        if isinstance(summary, Grid):
            for row in make_likert_rows(summary):
                # What was asked as probes has its numbers on the sheet Probes.
                if row.n or pool.delivery != INTERVIEWER:
                    yield row


def _make_row(pool: Pool, row: LikertRow, widest: int, language: str) -> Row:
    padding: list[Value] = [None] * (widest - len(row.levels))
    percents: list[Value] = [round(percent, 1) for percent in row.percents]
    return [
        row.item,
        row.row if row.row != row.item else None,
        say(row.question, language),
        say(row.text, language),
        list_codes(dict(row.levels), language),
        ", ".join(each.version for each in pool.instruments),
        pool.delivery,
        describe_median(row, language) or None,
        row.n,
        count_silent(row.missing),
        count_not_asked(row.missing),
        row.median,
        *_describe_spread(row),
        *_describe_top(row),
        *row.counts,
        *padding,
        *(percents or [None] * len(row.levels)),
        *padding,
    ]
