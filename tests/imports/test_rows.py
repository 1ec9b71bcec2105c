"""A row becomes what would be stored had somebody typed it; all that is wrong is said."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from survey_app.definition.fields import ChecksField, QuestionField
from survey_app.definition.form import ResponseForm
from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.loader import load
from survey_app.definition.shapes import Answer
from survey_app.imports.cells import Reasons
from survey_app.imports.posting import ItemPoster, Reading
from survey_app.spreadsheets.sheet import Muted
from survey_app.spreadsheets.table import ReadValue, Unusable
from tests.imports.scenes import EVERYTHING, post
from tests.imports.tables import check, check_cells, make_table, say

DAY = datetime(2026, 11, 22)  # noqa: DTZ001 - spreadsheets know no zone


def test_every_item_type_is_among_the_items_here() -> None:
    assert {type(item).type_name for item in EVERYTHING.items} == set(ITEM_TYPES)


@pytest.mark.parametrize(
    ("cells", "typed"),
    [
        ({"rewarding": "yes"}, {"rewarding": "yes"}),
        ({"rewarding": " Yes "}, {"rewarding": "yes"}),
        ({"rewarding": "oui"}, {"rewarding": "yes"}),
        ({"rewarding": 2}, {"rewarding": "2"}),
        ({"rewarding": "refused"}, {"rewarding": ":refused"}),
        ({"rewarding": "[don’t know]"}, {"rewarding": ":dont_know"}),
        ({"rewarding": "unanswered"}, {}),
        ({"rewarding": "not_reached"}, {}),
        ({"rewarding": Muted("refused")}, {"rewarding": ":refused"}),
        (
            {"rewarding": "other", "rewarding__other_text": 12},
            {"rewarding": "other", "rewarding__other": "12"},
        ),
        (
            {"rewarding": "no", "rewarding__other_text": "unticked"},
            {"rewarding": "no", "rewarding__other": "unticked"},
        ),
        (
            {"rewarding": "unanswered", "rewarding__other_text": "unticked"},
            {"rewarding__other": "unticked"},
        ),
        ({"rewarding": "no", "rewarding__other_text": "not_relevant"}, {"rewarding": "no"}),
        ({"line": 12}, {"line": "12"}),
        ({"line": 2.5}, {"line": "2.5"}),
        ({"line": True}, {"line": "TRUE"}),
        ({"line": DAY}, {"line": "2026-11-22"}),
        ({"line": "  "}, {}),
        ({"years": 7}, {"years": "7"}),
        ({"years": 7.0}, {"years": "7"}),
        ({"years": "7"}, {"years": "7"}),
        ({"years": "1e2"}, {"years": "100"}),
        ({"hours": 0.1 + 0.2}, {"hours": "0.3"}),
        ({"hours": "2,5"}, {"hours": "2.5"}),
        ({"hours": 1e-7}, {"hours": "0.0000001"}),
        ({"hours": "1e-07"}, {"hours": "0.0000001"}),
        ({"met": date(2026, 11, 20)}, {"met": "2026-11-20"}),
        ({"met": "2026-11-20"}, {"met": "2026-11-20"}),
        ({"met": "refused"}, {"met": [], "met__reason": ":refused"}),
        ({"topics__ethics": 1, "topics__money": 0}, {"topics": "ethics"}),
        ({"topics__ethics": True, "topics__money": False}, {"topics": "ethics"}),
        ({"topics__ethics": "Morale", "topics__money": "not chosen"}, {"topics": "ethics"}),
        ({"topics__ethics": "chosen"}, {"topics": "ethics"}),
        ({"topics__ethics": 0, "topics__money": 0}, {}),
        ({"topics__ethics": "refused", "topics__money": "refused"}, {"topics": ":refused"}),
        (
            {"topics__other": "1", "topics__other_text": "=1+1"},
            {"topics": "other", "topics__other": "=1+1"},
        ),
        ({"order__b": 1, "order__a": "2"}, {"order__b": "1", "order__a": "2"}),
        ({"order__b": "refused", "order__a": "refused"}, {"order__reason": ":refused"}),
        ({"half": 0}, {"half": "0.0"}),
        ({"half": 1.5}, {"half": "1.5"}),
        ({"half": "2"}, {"half": "2.0"}),
        ({"far": 100}, {"far": "100"}),
        ({"again": 2}, {"again": "2"}),
        ({"again": "somewhat"}, {"again": "2"}),
        ({"again": "Un  Peu"}, {"again": "2"}),
        ({"teaching__work": "1"}, {"teaching__work": "1"}),
        (
            {"teaching__work": "refused", "teaching__play": "dont_know"},
            {"teaching__work": ":refused", "teaching__play": ":dont_know"},
        ),
        ({"rewarding": "yes", "what": "words"}, {"rewarding": "yes", "what": "words"}),
        ({"rewarding": "no", "what": "not_relevant"}, {"rewarding": "no"}),
    ],
)
def test_a_cell_is_what_would_have_been_typed(
    cells: dict[str, ReadValue], typed: Mapping[str, str | list[str]]
) -> None:
    checked = check_cells({"met": "2026-11-22", **cells})
    assert say(checked) == []
    filled = ResponseForm(EVERYTHING, "en").fill_all(
        dict.fromkeys(("about", "effects"), post(**typed))
    )
    assert not filled.faulty_sections
    assert checked.answers == filled.answers


ONLY_IF = (
    "This is asked only if ${rewarding} = 'yes', which is not so in this row. Empty the cell, or "
    "mend the answer that it depends on."
)
NOT_RELEVANT = (
    "This is asked of whoever answered as in this row does, so it cannot be “not_relevant”. Write "
    "the answer or leave the cell empty."
)
FORMULA = (
    "is a formula or an error, and formulas are not evaluated here. Copy the cells and paste "
    "their values in their place."
)


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"rewarding": "yess"}, "rewarding", "“yess” is none of the answers here. Is “yes” meant?"),
        (
            {"rewarding": "maybe"},
            "rewarding",
            "“maybe” is none of the answers here. Write one of yes, no, 2, 3, other, or its words.",
        ),
        (
            {"rewarding": "x" * 200},
            "rewarding",
            (
                f"“{'x' * 60}…” is none of the answers here. Write one of yes, no, 2, 3, other, or "
                "its words."
            ),
        ),
        (
            {"rewarding": "other"},
            "rewarding__other_text",
            "You chose ‘Something else’: please say what, or take that choice away.",
        ),
        ({"rewarding": Unusable("=1+1")}, "rewarding", f"“=1+1” {FORMULA}"),
        ({"line": Unusable("#N/A")}, "line", f"“#N/A” {FORMULA}"),
        ({"rewarding": "no", "what": "words"}, "what", ONLY_IF),
        ({"what": "refused"}, "what", ONLY_IF),
        ({"rewarding": "yes", "what": "not_relevant"}, "what", NOT_RELEVANT),
        ({"line": "not_relevant"}, "line", NOT_RELEVANT),
        (
            {"line": "x" * 40_000},
            "line",
            (
                "This has 40,000 characters and 20,000 are the most that can be kept here; please "
                "shorten it."
            ),
        ),
        (
            {"line": "refused"},
            "line",
            "“refused” is not offered by this question. Leave the cell empty, or write unanswered.",
        ),
        (
            {"again": "withdrawn"},
            "again",
            (
                "“withdrawn” cannot stand in a response that was sent. Write the answer, or leave the "
                "cell empty."
            ),
        ),
        ({"years": 2.5}, "years", "Please write a whole number in digits, such as 12."),
        ({"years": "many"}, "years", "Please write a whole number in digits, such as 12."),
        ({"years": -6}, "years", "Please write a number that is -5 or more."),
        (
            {"hours": "1,234.5"},
            "hours",
            "Please write a number in digits, such as 2.5, with at most 10 decimals.",
        ),
        (
            {"met": "22.11.2026"},
            "met",
            "Please write a date as year-month-day, such as 2026-11-22.",
        ),
        (
            {"met": datetime(2026, 11, 22, 20, 14)},  # noqa: DTZ001
            "met",
            "“2026-11-22 20:14:00” is a day with a time. Write the day alone, such as 2026-11-22.",
        ),
        (
            {"topics__ethics": 2},
            "topics__ethics",
            "“2” is none of the answers here. Write one of 1, 0, or its words.",
        ),
        (
            {"topics__ethics": 1, "topics__none": 1},
            "topics__ethics",
            "Please choose either ‘none of these’ or the others, not both.",
        ),
        (
            {"topics__ethics": 1, "topics__money": "refused"},
            "topics__ethics",
            "Please choose either an answer or not to answer, not both.",
        ),
        ({"order__a": 2}, "order__a", "Please give the places 1, 2, 3 and so on, without a gap."),
        ({"order__a": 1, "order__b": 1}, "order__b", "Two things cannot both have place 1."),
        (
            {"order__a": 4},
            "order__a",
            "“4” is none of the answers here. Write one of 1, 2, 3.",
        ),
        (
            {"half": 0.3},
            "half",
            "“0.3” is none of the answers here. Is “0.5” meant?",
        ),
        ({"far": 101}, "far", "Please write a number that is 100 or less."),
        (
            {"again": "very"},
            "again",
            "“very” is none of the answers here. Write one of 1, 2, or its words.",
        ),
        (
            {"teaching__play": 3},
            "teaching__play",
            "“3” is none of the answers here. Write one of 1, 2, or its words.",
        ),
    ],
)
def test_what_is_wrong_in_a_cell_is_said_where_it_stands(
    cells: dict[str, ReadValue], column: str, sentence: str
) -> None:
    checked = check_cells({"met": "2026-11-22", **cells})
    assert say(checked) == [f"sheet Data, row 2, column {column}: {sentence}"]


def test_everything_that_is_wrong_in_a_row_is_said_in_the_order_of_the_items() -> None:
    checked = check_cells(far=101, years="many", order__a=4, order__b=1, teaching__work=7)
    assert [problem.column for problem in checked.problems] == [
        *("years", "order__a", "far", "teaching__work")
    ]


def test_what_hangs_on_a_faulty_answer_is_not_called_wrong_as_well() -> None:
    checked = check_cells(rewarding="yess", what="words")
    assert [problem.column for problem in checked.problems] == ["rewarding"]


def test_on_a_sheet_of_labels_a_word_is_a_label_before_it_is_a_code() -> None:
    (data, labels) = (check_cells(rewarding="2", name=name) for name in ("Data", "Labels"))
    assert data.answers["rewarding"][""].value == "2"
    assert labels.answers["rewarding"][""].value == "3"


def test_what_must_be_answered_may_be_missing_and_is_counted() -> None:
    checked = check_cells(line="x")
    assert say(checked) == []
    assert checked.unanswered == ("met",)
    assert checked.answers["met"][""] == Answer(reason="unanswered")
    assert check_cells(met="refused").unanswered == ()


@pytest.mark.parametrize("word", ["refused", "not_relevant", "[not answered]", "withdrawn"])
def test_in_our_own_workbooks_an_answer_is_never_taken_for_a_reason(word: str) -> None:
    assert check_cells(line=word, ours=True).answers["line"][""].value == word
    muted = check_cells(rewarding="yes", what=Muted("[refused]"), ours=True)
    assert muted.answers["what"][""].reason == "refused"


def test_a_cell_in_italics_that_is_no_reason_is_read_as_it_stands() -> None:
    assert check_cells(line=Muted("stressed")).answers["line"][""].value == "stressed"


@pytest.mark.parametrize("even", [True, False])
def test_a_value_in_no_column_is_a_problem_of_the_row(*, even: bool) -> None:
    table = make_table(["line", "again"], ["x", 1, "y"], ["x"], even=even)
    sentence = (
        "The row has {} cells and the first row 2 names. A separator or a quotation mark may be "
        "missing or one too many."
    )
    beyond, short = check(table)
    assert say(beyond) == [f"sheet Data, row 2: {sentence.format(3)}"]
    assert say(short) == ([f"sheet Data, row 3: {sentence.format(1)}"] if even else [])


SHARED = """\
format: 1
name: shared
version: 1.0.0
title: Shared
source: ours
licence: MIT
changes: The first version.
sections:
  - key: page
    title: Page
    items:
      - {key: one, type: select_one, text: One?, options: {a: Same, b: Same, c: same, 01: x, 1: y}}
"""


@pytest.mark.parametrize(
    ("value", "code"), [("a", "a"), ("same", "c"), ("1", "1"), ("01", "01"), ("X", "01")]
)
def test_a_code_is_certain_even_where_labels_are_alike(value: str, code: str) -> None:
    (checked,) = check(make_table(["one"], [value]), load(SHARED.encode(), "shared"))
    assert checked.answers["one"][""].value == code


@pytest.mark.parametrize(
    ("value", "codes"),
    [("Same", "a or b"), ("SAME", "a or b or c"), (1.0, "1"), ("1.0", "01 or 1")],
)
def test_a_label_that_two_options_share_is_a_problem(value: ReadValue, codes: str) -> None:
    (checked,) = check(make_table(["one"], [value]), load(SHARED.encode(), "shared"))
    if " or " in codes:
        assert say(checked) == [
            (
                f"sheet Data, row 2, column one: “{value}” can be read as {codes}. Write the code that "
                "is meant."
            )
        ]
    else:
        assert checked.answers["one"][""].value == codes


def test_a_control_that_nobody_taught_to_be_imported_is_a_mistake_of_ours() -> None:
    class Unheard(QuestionField):
        control = ChecksField.control

        def read(self, posted: object) -> None:
            raise NotImplementedError

    item = EVERYTHING.items_by_key["line"]
    form = ResponseForm(EVERYTHING, "en").sections["about"]
    blank = form.blank_fields["line"]
    strange = object.__new__(Unheard)
    strange.__dict__.update(blank.__dict__)
    reading = Reading(reasons=Reasons((), muted=False), languages=(), labels_first=False)
    with pytest.raises(TypeError, match="no cell can be read into Unheard"):
        ItemPoster(item, strange, reading)
