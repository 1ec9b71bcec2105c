"""The charts on the sheet Likert: one for each battery, of the counts that stand in its rows."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import ceil

from survey_app.reports.descriptions import alt_text
from survey_app.reports.flow_words import name_delivery
from survey_app.reports.likert import LikertRow
from survey_app.reports.palette import pick_colours, pick_label
from survey_app.reports.summaries import Pool
from survey_app.reports.wording import say
from survey_app.spreadsheets.drawings import Part, StackedBars

WIDTH = 10.0
HEAD = 1.5
BAR = 0.42
"""Inches: of a chart, of its title, legend and axis together, and of a row."""

LINES_PER_INCH = 72 / 15
"""Empty rows beneath the table, each of 15 points."""

SPACE = 2
"""Empty rows before a chart."""

COLUMN = "C"
"""The first that scrolls: over frozen columns a chart would be cut in two."""

Listed = Sequence[tuple[Pool, LikertRow]]


def draw_batteries(rows: Listed, language: str) -> tuple[StackedBars, ...]:
    """Return a chart for each battery, one beneath the other and all beneath the table's rows."""
    return tuple(_place_charts(rows, language))


def _place_charts(rows: Listed, language: str) -> Iterator[StackedBars]:
    first, line = 2, len(rows) + 2 + SPACE
    several = len({id(pool) for pool, _row in rows}) > 1
    for _key, group in groupby(rows, key=lambda each: (id(each[0]), each[1].item)):
        members = list(group)
        last = first + len(members) - 1
        pool, top = members[0]
        title = say(top.question, language)
        height = HEAD + BAR * len(members)
        yield StackedBars(
            title=f"{title} ({_name_pool(pool)})" if several else title,
            alt=_describe(pool, top.item, language),
            rows=(first, last),
            names="label",
            parts=make_parts(top, language),
            cell=f"{COLUMN}{line}",
            width=WIDTH,
            height=height,
        )
        first, line = last + 1, line + ceil(height * LINES_PER_INCH) + SPACE


def make_parts(row: LikertRow, language: str) -> tuple[Part, ...]:
    """Return the points of a row's scale as parts of a bar, in their order."""
    colours = pick_colours(row.direction, len(row.levels))
    return tuple(
        Part(
            column=f"count_{place}",
            words=say(text, language),
            colour=colour,
            label_colour=pick_label(colour),
        )
        for place, (colour, (_code, text)) in enumerate(zip(colours, row.levels, strict=True), 1)
    )


def _name_pool(pool: Pool) -> str:
    versions = ", ".join(each.version for each in pool.instruments)
    return f"{name_delivery(pool.delivery)}, {versions}"


def _describe(pool: Pool, item: str, language: str) -> str:
    return " ".join(alt_text(each, language) for each in pool.summaries if each.item == item)
