"""Summaries of two versions become one, in the words of the newer."""

import pytest

from survey_app.definition.shapes import Counts, Grid, GridRow, Level, Numbers, Summary, Texts
from survey_app.definition.text import Text
from survey_app.reports.merging import merge_summaries
from survey_app.reports.responses import ReportError

OLD, NEW = Text.plain("old words"), Text.plain("new words")


def make_counts(text: Text, counts: dict[str, int], missing: dict[str, int]) -> Counts:
    levels = tuple(Level(code=code, text=text, count=count) for code, count in counts.items())
    return Counts(item="i", text=text, levels=levels, n=9, multiple=True, missing=missing)


def make_grid(text: Text, rows: dict[str, tuple[int, int]]) -> Grid:
    return Grid(
        item="i",
        text=text,
        levels=(("1", text), ("2", text)),
        direction="unipolar",
        rows=tuple(
            GridRow(row=row, text=text, counts=counts, n=sum(counts), missing={"refused": 1})
            for row, counts in rows.items()
        ),
    )


def test_a_retired_option_stands_last_and_keeps_its_count() -> None:
    newer = make_counts(NEW, {"a": 1, "c": 2}, {"refused": 1})
    older = make_counts(OLD, {"b": 4, "a": 8}, {"refused": 2, "unanswered": 3})
    merged = merge_summaries(newer, older)
    assert isinstance(merged, Counts)
    found = [(level.code, level.text, level.count) for level in merged.levels]
    assert found == [("a", NEW, 9), ("c", NEW, 2), ("b", OLD, 4)]
    assert (merged.n, merged.missing) == (18, {"refused": 3, "unanswered": 3})


def test_rows_of_a_battery_are_added_up_and_a_retired_row_stands_last() -> None:
    merged = merge_summaries(
        make_grid(NEW, {"a": (1, 2)}), make_grid(OLD, {"b": (5, 0), "a": (0, 1)})
    )
    assert isinstance(merged, Grid)
    found = [(row.row, row.text, row.counts, row.n, row.missing) for row in merged.rows]
    assert found == [
        ("a", NEW, (1, 3), 4, {"refused": 2}),
        ("b", OLD, (5, 0), 5, {"refused": 1}),
    ]


def test_texts_are_counted_together() -> None:
    newer = Texts(item="i", text=NEW, n=2, missing={})
    older = Texts(item="i", text=OLD, n=3, missing={"refused": 1})
    assert merge_summaries(newer, older) == Texts(item="i", text=NEW, n=5, missing={"refused": 1})


EMPTY = Numbers(
    item="i",
    text=NEW,
    n=0,
    minimum=None,
    lower_quartile=None,
    median=None,
    upper_quartile=None,
    maximum=None,
    mean=None,
    missing={},
)


@pytest.mark.parametrize("newer", [make_grid(NEW, {}), EMPTY])
def test_what_cannot_be_added_up_is_refused(newer: Summary) -> None:
    with pytest.raises(ReportError, match="report them one by one"):
        merge_summaries(newer, EMPTY)
