"""`select_one`: one of a list."""

from typing import Any

import pytest

from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Cell, Choice, Counts, Level
from survey_app.definition.text import Text
from tests.definition.definitions import ask, find_item_problems, list_mistakes, load_item

REWARDING = """
    key: rewarding
    type: select_one
    text: Did you find being a mentor rewarding?
    options: {yes: Yes, no: No}
    """
WITH_OTHER = f"{REWARDING}other: another answer"
BLANK = Answer(reason=Reason.UNANSWERED)


@pytest.mark.parametrize(
    ("definition", "more", "posted", "stored"),
    [
        (REWARDING, "", {}, BLANK),
        (REWARDING, "", {"item_rewarding": "yes"}, Answer(value="yes")),
        (WITH_OTHER, "", {"item_rewarding": "no", "item_rewarding-other": ""}, Answer(value="no")),
        (WITH_OTHER, "", {"item_rewarding": "other", "item_rewarding-other": "partly"},
         Answer(value="other", other="partly")),
        (WITH_OTHER, "", {"item_rewarding": "no", "item_rewarding-other": "partly"},
         Answer(value="no", other="partly", unticked=True)),
        (WITH_OTHER, "", {"item_rewarding-other": "partly"},
         Answer(reason=Reason.UNANSWERED, other="partly", unticked=True)),
        (REWARDING, "allow: refused", {"item_rewarding": ":refused"},
         Answer(reason=Reason.REFUSED)),
        (WITH_OTHER, "allow: refused",
         {"item_rewarding": ":refused", "item_rewarding-other": "partly"},
         Answer(reason=Reason.REFUSED, other="partly", unticked=True)),
    ],
)  # fmt: skip
def test_the_code_is_stored_and_the_text_of_other_is_never_dropped(
    definition: str, more: str, posted: dict[str, Any], stored: Answer
) -> None:
    filled = ask(load_item(definition, more), posted)

    assert filled.answers == {"rewarding": {"": stored}}
    assert not filled.mistakes


@pytest.mark.parametrize(
    ("definition", "more", "posted", "mistake"),
    [
        (REWARDING, "required: true", {}, ("item_rewarding", "Please choose one answer.")),
        (WITH_OTHER, "required: true", {"item_rewarding-other": "partly"},
         ("item_rewarding", "Please choose one answer.")),
        (WITH_OTHER, "", {"item_rewarding": "other"},
         ("item_rewarding-other",
          "You chose ‘another answer’: please say what, or take that choice away.")),
        (WITH_OTHER, "", {"item_rewarding": "other", "item_rewarding-other": "   "},
         ("item_rewarding-other",
          "You chose ‘another answer’: please say what, or take that choice away.")),
        (WITH_OTHER, "", {"item_rewarding": "other", "item_rewarding-other": "x" * 2001},
         ("item_rewarding-other", "This is too long: please use at most 2,000 characters.")),
        (REWARDING, "", {"item_rewarding": "maybe"},
         ("item_rewarding", "Please choose one of the answers shown here.")),
        (REWARDING, "", {"item_rewarding": "other"},
         ("item_rewarding", "Please choose one of the answers shown here.")),
        (REWARDING, "", {"item_rewarding": ["yes", "no"]},
         ("item_rewarding", "Please choose only one answer.")),
        (REWARDING, "allow: refused", {"item_rewarding": ["yes", ":refused"]},
         ("item_rewarding", "Please choose only one answer.")),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_at_the_button_or_at_the_text(
    definition: str, more: str, posted: dict[str, Any], mistake: tuple[str, str]
) -> None:
    assert list_mistakes(ask(load_item(definition, more), posted)) == [mistake]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ("options: {}", "4: rewarding: 'options' has too few entries; write at least 1"),
        ("options: [yes, no]",
         "4: rewarding: 'options' should be lines of 'name: value'; indent them under it"),
        ("options: {Yes: Yes}", ("4: rewarding: 'options' has the code 'Yes'; write at most 32 "
         "small letters, digits and _")),
        ("options: {other: other}", ("4: rewarding: the code 'other' is kept for 'please specify'; "
         "write 'other:' beside the options")),
        ("options: {yes: }",
         "4: rewarding: 'options' 'yes' is empty; write the words or remove the line"),
        ("hint: choose", ("1: rewarding: 'options' is missing (what can be chosen, as "
         "'code: words'); add a line 'options: …'")),
        ("options: {yes: Yes}\nexclusive: [yes]", ("5: rewarding: there is no field 'exclusive' "
         "here; remove it or use one of allow, as_printed, follow_up, hint, if_needed, instruction, key, "
         "meaning, options, other, relevant, renamed_from, required, text or type")),
    ],
)  # fmt: skip
def test_a_problem_with_the_options_is_said(fields: str, problem: str) -> None:
    definition = f"key: rewarding\ntype: select_one\ntext: Was it?\n{fields}"

    assert find_item_problems(definition) == [problem]


def test_words_that_yaml_1_1_would_turn_into_truth_values_stay_codes_and_words() -> None:
    item = load_item(REWARDING)

    assert item.codes() == ("yes", "no")
    assert item.cells({"": Answer(value="no")}, "en") == (Cell(value="no", label="No"),)


def test_the_text_of_other_has_a_cell_of_its_own() -> None:
    item = load_item(WITH_OTHER)

    assert [column.name for column in item.columns()] == ["rewarding", "rewarding__other_text"]
    assert item.cells({"": Answer(value="other", other="partly")}, "en") == (
        Cell(value="other", label="another answer"),
        Cell(value="partly", label="partly"),
    )
    assert item.cells({"": Answer(value="yes")}, "en")[1] == Cell(
        reason="not_relevant", label="[not relevant]"
    )


def test_options_that_nobody_chose_are_counted_as_none() -> None:
    item = load_item(REWARDING)

    assert item.summarise([{"": Answer(value="yes")}, {"": BLANK}]) == Counts(
        item="rewarding",
        text=item.text,
        levels=(
            Level(code="yes", text=Text.plain("Yes"), count=1),
            Level(code="no", text=Text.plain("No"), count=0),
        ),
        n=1,
        multiple=False,
        missing={"unanswered": 1},
    )


def test_an_interviewer_can_record_the_answer_as_it_is_said() -> None:
    topic = load_item(REWARDING).topic()

    assert topic is not None
    assert (topic.recording, topic.probes) == ("choice", ())
    assert topic.choices == (
        Choice(code="yes", text=Text.plain("Yes")),
        Choice(code="no", text=Text.plain("No")),
    )
