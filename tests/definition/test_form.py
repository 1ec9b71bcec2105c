"""A section as a form, and a filled form as answers: what is relevant is decided on the server."""

from typing import Any

import pytest

from survey_app.definition.fields import PostedRaw
from survey_app.definition.form import ResponseForm, list_rows
from survey_app.definition.loader import load
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Answers, Json
from tests.definition.definitions import HEAD

MENTORING = (
    HEAD
    + """\
      - {key: rewarding, type: select_one, text: Was it?, options: {yes: Yes, no: No}}
      - {key: what, type: text, text: What was?, relevant: "${rewarding} = 'yes'", required: true}
      - {key: thanks, type: note, text: Thank you., relevant: "${what} != ''"}
  - key: second
    title: The second page
    items:
      - {key: topics, type: select_multiple, text: Which?, options: {ethics: E, pay: P}}
      - key: teaching
        type: likert_grid
        text: The effect
        scale: extent
        relevant: ${rewarding} = 'yes'
        rows: {interest: Interest, relations: Relations}
  - key: third
    title: The third page
    items:
      - {key: why, type: text, text: Why?, relevant: "${teaching/interest} = 3"}
      - {key: how, type: integer, text: How many?, relevant: "${why} = ''"}
"""
)
NOT_RELEVANT = {"": Answer(reason=Reason.NOT_RELEVANT)}
UNANSWERED = {"": Answer(reason=Reason.UNANSWERED)}
GRID_NOT_RELEVANT = {
    "interest": Answer(reason=Reason.NOT_RELEVANT),
    "relations": Answer(reason=Reason.NOT_RELEVANT),
}


@pytest.fixture
def form() -> ResponseForm:
    return ResponseForm(load(MENTORING.encode(), "file.yaml"), "en")


@pytest.mark.parametrize(
    ("posted", "answers", "mistakes"),
    [
        ({}, {"rewarding": UNANSWERED, "what": NOT_RELEVANT}, []),
        ({"item_rewarding": ["no"], "item_what": ["typed before"]},
         {"rewarding": {"": Answer(value="no")}, "what": NOT_RELEVANT}, []),
        ({"item_rewarding": ["yes"], "item_what": ["Growing"]},
         {"rewarding": {"": Answer(value="yes")}, "what": {"": Answer(value="Growing")}}, []),
        ({"item_rewarding": ["yes"]},
         {"rewarding": {"": Answer(value="yes")}, "what": UNANSWERED}, ["item_what"]),
        ({"item_rewarding": ["nonsense"], "item_what": ["typed"]},
         {"what": NOT_RELEVANT}, ["item_rewarding"]),
    ],
)  # fmt: skip
def test_a_follow_up_is_asked_and_stored_only_where_it_is_relevant(
    form: ResponseForm,
    posted: dict[str, list[str]],
    answers: dict[str, Answers],
    mistakes: list[str],
) -> None:
    filled = form.sections["page"].fill(posted, {})

    assert filled.answers == answers
    assert [mistake.name for mistake in filled.mistakes] == mistakes


def test_relevance_is_decided_by_what_was_answered_on_pages_before(form: ResponseForm) -> None:
    posted = {"item_teaching-interest": ["3"]}

    assert form.sections["second"].fill(posted, {"rewarding": "no"}).answers == {
        "topics": UNANSWERED,
        "teaching": GRID_NOT_RELEVANT,
    }
    relevant = form.sections["second"].fill(posted, {"rewarding": "yes"})
    assert relevant.answers["teaching"]["interest"] == Answer(value="3")
    assert relevant.values == {"topics": None, "teaching": {"interest": "3"}}


def test_changing_an_answer_re_evaluates_the_pages_that_read_it(form: ResponseForm) -> None:
    drafts = {
        "second": {"item_teaching-interest": ["3"], "item_topics": ["ethics"]},
        "third": {"item_why": ["Because"], "item_how": ["4"]},
    }
    known: dict[str, Json] = {"rewarding": "yes", "teaching": {"interest": "3"}, "why": "Because"}

    filled, answers, values = form.fill_section("page", {"item_rewarding": ["no"]}, drafts, known)

    assert filled.answers == {"rewarding": {"": Answer(value="no")}, "what": NOT_RELEVANT}
    assert answers["teaching"] == GRID_NOT_RELEVANT
    assert answers["why"] == NOT_RELEVANT
    assert answers["how"] == {"": Answer(value=4)}
    assert values["teaching"] is None
    assert values["how"] == 4


def test_what_was_typed_comes_back_when_it_is_relevant_again(form: ResponseForm) -> None:
    drafts = {"second": {"item_teaching-interest": ["3"]}, "third": {"item_why": ["Because"]}}

    _, answers, _ = form.fill_section("page", {"item_rewarding": ["yes"]}, drafts, {})

    assert answers["teaching"]["interest"] == Answer(value="3")
    assert answers["why"] == {"": Answer(value="Because")}
    assert answers["how"] == NOT_RELEVANT


def test_pages_that_were_never_seen_are_left_alone(form: ResponseForm) -> None:
    _, answers, _ = form.fill_section("page", {"item_rewarding": ["yes"]}, {}, {})

    assert set(answers) == {"rewarding", "what"}


def test_a_page_that_does_not_read_what_changed_is_left_alone(form: ResponseForm) -> None:
    drafts = {"third": {"item_how": ["4"]}}

    _, answers, _ = form.fill_section("second", {"item_topics": ["pay"]}, {"page": {}}, {})
    _, reading, _ = form.fill_section("second", {"item_topics": ["pay"]}, drafts, {})

    assert set(answers) == {"topics", "teaching"}
    assert set(reading) == {"topics", "teaching", "why", "how"}


def test_sending_fills_every_page_anew_so_that_every_item_has_an_answer_or_a_reason(
    form: ResponseForm,
) -> None:
    filled = form.fill_all({"page": {"item_rewarding": ["no"], "item_what": ["typed before"]}})

    assert filled.answers == {
        "rewarding": {"": Answer(value="no")},
        "what": NOT_RELEVANT,
        "topics": UNANSWERED,
        "teaching": GRID_NOT_RELEVANT,
        "why": NOT_RELEVANT,
        "how": UNANSWERED,
    }
    assert filled.faulty_sections == ()


POSTED = {
    "page": {"item_rewarding": ["yes"], "item_what": ["Growing"]},
    "second": {"item_topics": ["pay"], "item_teaching-interest": ["3"]},
    "third": {"item_why": ["So."], "item_how": ["2"]},
}


@pytest.mark.parametrize(
    ("changed", "same"),
    [
        ({}, {"page", "second", "third"}),
        ({"third": {"item_why": ["Else."]}}, {"page", "second"}),
        ({"page": {"item_rewarding": ["no"]}}, set()),  # the grid is gone, and what reads it
        ({"page": {"item_rewarding": ["yes"], "item_what": ["x"]}}, {"second", "third"}),
        ({"second": {"item_topics": ["pay"]}}, {"page"}),
    ],
)
def test_a_page_filled_in_before_is_taken_as_it_is_while_all_it_follows_from_is_the_same(
    form: ResponseForm, changed: dict[str, dict[str, list[str]]], same: set[str]
) -> None:
    before = form.fill_all(POSTED).sections
    again = form.fill_all({**POSTED, **changed}, before)
    assert {key for key, page in again.sections.items() if page is before[key]} == same
    anew = form.fill_all({**POSTED, **changed})
    assert (again.answers, again.values) == (anew.answers, anew.values)
    assert again.faulty_sections == anew.faulty_sections


def test_sending_names_the_pages_on_which_something_is_missing(form: ResponseForm) -> None:
    filled = form.fill_all({"page": {"item_rewarding": ["yes"]}, "third": {"item_how": ["x"]}})

    assert filled.faulty_sections == ("page", "third")


@pytest.mark.parametrize(
    ("page", "values", "hidden"),
    [
        ("page", {}, set()),
        ("second", {}, {"teaching"}),
        ("second", {"rewarding": "yes"}, set()),
        ("second", {"rewarding": "no", "topics": ["pay"]}, {"teaching"}),
        ("third", {"teaching": {"interest": "3"}}, set()),
        ("third", {"teaching": None, "why": "stale"}, {"why"}),
    ],
)
def test_a_page_hides_what_the_pages_before_already_rule_out(
    form: ResponseForm, page: str, values: dict[str, Any], hidden: set[str]
) -> None:
    assert form.sections[page].hidden_items(values) == hidden


def test_of_a_post_only_what_belongs_to_the_page_is_taken(form: ResponseForm) -> None:
    posted = PostedRaw(
        {
            "item_rewarding": ["yes"],
            "item_what": [""],
            "item_topics": ["pay"],
            "csrf": ["token"],
            "item_teaching-interest": ["1"],
        }
    )

    assert form.sections["page"].take_raw(posted) == {"item_rewarding": ["yes"]}
    assert form.sections["second"].take_raw(posted) == {
        "item_topics": ["pay"],
        "item_teaching-interest": ["1"],
    }


def test_a_page_knows_its_inputs_and_what_it_reads_of_others(form: ResponseForm) -> None:
    assert form.sections["page"].input_names == (
        "item_rewarding",
        "item_what",
        "item_what-reason",
    )
    assert form.sections["page"].reads_elsewhere == frozenset()
    assert form.sections["second"].reads_elsewhere == {"rewarding"}
    assert form.sections["third"].reads_elsewhere == {"teaching"}


def test_a_key_may_be_a_word_that_forms_use_themselves() -> None:
    keys = ("data", "errors", "validate", "process", "populate_obj")
    items = "".join(f"      - {{key: {key}, type: text, text: T}}\n" for key in keys)
    form = ResponseForm(load((HEAD + items).encode(), "file.yaml"), "en")

    filled = form.sections["page"].fill({f"item_{key}": [key] for key in keys}, {})

    assert filled.answers == {key: {"": Answer(value=key)} for key in keys}


def test_filling_one_form_leaves_no_trace_in_the_next(form: ResponseForm) -> None:
    form.sections["page"].fill({"item_rewarding": ["nonsense"]}, {})

    again = form.sections["page"].fill({}, {})

    assert not again.mistakes
    assert again.answers == {"rewarding": UNANSWERED, "what": NOT_RELEVANT}


def test_answers_are_listed_row_by_row_as_they_are_stored() -> None:
    rows = list_rows({"sleep": {"": Answer(value="3")}, "teaching": {"a": Answer(value="1")}})

    assert list(rows) == [
        ("sleep", "", Answer(value="3")),
        ("teaching", "a", Answer(value="1")),
    ]
