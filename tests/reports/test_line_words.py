"""Whether two versions asked the same of an item on a scale."""

from dataclasses import replace

import pytest

from survey_app.definition.text import Text
from survey_app.reports.line_words import LineWords, find_lines, is_same_question
from tests.reports.sample import VERSIONS
from tests.reports.tabled import define

ASKED = LineWords(
    question=Text.plain("How far?"),
    hint=None,
    text=Text.plain("Your work"),
    levels=(("1", Text.plain("not at all")), ("2", Text.plain("much"))),
    direction="unipolar",
)
GERMAN = {"en": "How far?", "de": "Wie weit?"}
OTHERS = [
    (ASKED, True),
    (replace(ASKED, question=Text.of(GERMAN)), True),
    (replace(ASKED, question=Text.of({**GERMAN, "en": "How much?"})), False),
    (replace(ASKED, question=Text.plain("Wie weit?", "de")), False),
    (replace(ASKED, hint=Text.plain("On average.")), False),
    (replace(ASKED, text=None), False),
    (replace(ASKED, levels=ASKED.levels[:1]), False),
    (replace(ASKED, levels=ASKED.levels[::-1]), False),
    (replace(ASKED, levels=(ASKED.levels[0], ("2", Text.plain("a lot")))), False),
    (replace(ASKED, direction="bipolar"), False),
]


@pytest.mark.parametrize(("other", "same"), OTHERS)
def test_a_question_is_the_same_in_words_and_points_whatever_was_translated(
    other: LineWords, *, same: bool
) -> None:
    assert is_same_question(ASKED, other) is same
    assert is_same_question(other, ASKED) is same


def test_every_item_on_a_scale_is_a_line_of_its_own() -> None:
    lines = find_lines(VERSIONS[0])
    assert list(lines) == [("teaching", "interest"), ("teaching", "work"), ("again", "")]
    assert lines["again", ""].text is None
    assert lines["teaching", "work"].text == Text.plain("Your work")


def test_what_is_put_in_order_is_on_no_scale() -> None:
    instrument = define(
        ["{key: order, type: rank, text: Which first?, options: {a: One, b: Two}}"],
    )
    assert find_lines(instrument) == {}
