"""The sheet Saturation: what is new in each interview, in the order in which they were held."""

from dataclasses import replace

import pytest

from survey_app.reports.raised import normalise
from survey_app.reports.responses import MarkRow
from tests.reports.interviewed import interview, make_interview_sheets, mark
from tests.reports.sample import make_interview
from tests.reports.tabled import read

NUMBERS = ("free_topics_new", "free_topics", "unprompted_new", "unprompted", "raised_new", "raised")


def test_what_no_earlier_interview_raised_is_new() -> None:
    marks = [
        mark(1, "scholar", "raised_after_probe"),
        mark(1, "other:1", "raised_unprompted", "Patience"),
        mark(1, "other:2", "raised_after_probe", "humour"),
        mark(2, "scholar", "raised_unprompted"),
        mark(2, "leader", "asked_and_denied"),
        mark(2, "other:1", "raised_unprompted", " patience "),
        mark(3, "leader", "raised_unprompted"),
        mark(3, "scholar", "raised_unprompted"),
        mark(3, "other:1", "asked_and_denied", "money"),
        mark(3, "time", "raised_unprompted", item="costs"),
    ]
    sheets = make_interview_sheets([interview(3), interview(1), interview(2)], marks)
    rows = [row for row in read(sheets["Saturation"]) if row["participant"] != "result"]
    assert [row["participant"] for row in rows] == ["P01", "P02", "P03"]
    assert [tuple(row[name] for name in NUMBERS) for row in rows] == [
        (2, 2, 0, 0, 1, 1),
        (0, 2, 1, 1, 0, 1),
        (0, 2, 2, 3, 2, 3),
    ]
    assert rows[0]["new_topics"] == "Patience\nhumour"
    assert rows[0]["held"] == "2026-11-21 01:00"


def test_an_interview_on_paper_stands_where_it_was_held_not_where_it_was_keyed_in() -> None:
    paper = replace(make_interview(2), held="2026-11-20 09:30 10:15")
    marks = [mark(number, "other:1", "raised_unprompted", "money") for number in (1, 2)]
    sheets = make_interview_sheets([interview(1), interview(2)], marks, rows=[paper])
    rows = read(sheets["Saturation"])[-2:]
    assert [(row["participant"], row["held"], row["free_topics_new"]) for row in rows] == [
        ("P02", "2026-11-20 09:30", 1),
        ("P01", "2026-11-21 01:00", 0),
    ]


AMI = [12, 7, 5, 3, 2, 1, 1, 1, 0, 0, 0]


def raise_new(counts: list[int]) -> list[MarkRow]:
    """Marks of free topics, so many in each interview that nobody raised before."""
    topics = iter(range(sum(counts)))
    return [
        mark(number, f"other:{place}", "raised_unprompted", f"topic {next(topics)}")
        for number, count in enumerate(counts)
        for place in range(count)
    ]


def test_the_result_stands_on_top_in_words_and_each_run_beside_its_last_interview() -> None:
    interviews = [interview(number) for number in range(len(AMI))]
    rows = read(make_interview_sheets(interviews, raise_new(AMI))["Saturation"])
    results = [row["new_topics"] for row in rows if row["participant"] == "result"]
    assert results[0] == (
        "Free topics, which tell of saturation: 32 in 11 interviews. "
        "At most 5 % new: 7+2. At most 0 % new: 8+2."
    )
    assert results[1] == (
        "Listed probes raised unprompted: 0 in 11 interviews. "
        "The first 4 interviews brought nothing to measure the others by."
    )
    assert "Guest, Namey & Chen (2020)" in results[3]
    assert "whatever the case" in results[3]
    shares = [row["free_topics_run_percent"] for row in rows[len(results) :]]
    assert shares == [*[None] * 5, 11.1, 7.4, 7.4, 3.7, 0, 0]


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ([3], "3 in 1 interview. It takes 6 interviews to tell, and there are 1."),
        ([4] * 8, "At most 5 % new: not reached. Every run of 2 interviews brought more"),
    ],
)
def test_what_cannot_be_told_is_said(counts: list[int], sentence: str) -> None:
    interviews = [interview(number) for number in range(len(counts))]
    rows = read(make_interview_sheets(interviews, raise_new(counts))["Saturation"])
    assert sentence in rows[0]["new_topics"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Patience", "  PATIENCE\n", True),
        ("Geduld üben", "geduld  u\u0308ben", True),
        ("STRASSE", "Straße", True),
        ("ＭＯＮＥＹ", "money", True),
        ("ﬁnance", "finance", True),
        ("money", "moneys", False),
        ("money", "", False),
    ],
)
def test_topics_are_the_same_where_their_texts_are(one: str, other: str, *, same: bool) -> None:
    assert (normalise(one) == normalise(other)) is same


def test_a_topic_without_a_text_is_none() -> None:
    marks = [mark(1, "other:1", "raised_unprompted", "  ")]
    rows = read(make_interview_sheets([interview(1)], marks)["Saturation"])
    assert (rows[-1]["free_topics"], rows[-1]["new_topics"]) == (0, None)
