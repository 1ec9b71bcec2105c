"""The fields behind the questions: their words, their inputs, and that reading leaves no trace."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from markupsafe import Markup
from wtforms import Form, StringField

from survey_app.definition.fields import (
    ChecksField,
    ChoicesField,
    DateField,
    LineField,
    Mistake,
    NumberField,
    Option,
    ParagraphField,
    PostedRaw,
    QuestionField,
    RanksField,
    RowsField,
    WrittenField,
    bind_field,
)
from survey_app.definition.fields.base import shorten

OPTIONS = (Option("a", Markup("A")), Option("b", Markup("B")))
WORDS: dict[str, Any] = {"words": Markup("<em>Which</em>?"), "language": "en"}


class EveryField(Form):
    """One field of each kind."""

    line = LineField(**WORDS, limit=10)
    paragraph = ParagraphField(**WORDS, limit=10, required=True)
    number = NumberField(**WORDS)
    date = DateField(**WORDS)
    choices = ChoicesField(**WORDS, options=OPTIONS)
    checks = ChecksField(**WORDS, options=OPTIONS, other=Markup("other"), other_limit=10)
    rows = RowsField(**WORDS, options=OPTIONS, rows=[("x", Markup("X")), ("y", Markup("Y"))])
    ranks = RanksField(**WORDS, options=OPTIONS)


def find(form: Form, name: str) -> QuestionField:
    field = form[name]
    assert isinstance(field, QuestionField)
    return field


@pytest.mark.parametrize(
    ("name", "inputs"),
    [
        ("line", ("line", "line-reason")),
        ("paragraph", ("paragraph", "paragraph-reason")),
        ("number", ("number", "number-reason")),
        ("date", ("date", "date-reason")),
        ("choices", ("choices",)),
        ("checks", ("checks", "checks-other")),
        ("rows", ("rows-x", "rows-y")),
        ("ranks", ("ranks-a", "ranks-b", "ranks-reason")),
    ],
)
def test_a_field_names_each_of_its_inputs_and_its_control(
    name: str, inputs: tuple[str, ...]
) -> None:
    field = find(EveryField(), name)

    assert field.control == name
    assert field.input_names() == inputs
    assert field.words == "<em>Which</em>?"


def test_a_form_without_a_post_says_nothing_until_it_is_validated() -> None:
    form = EveryField()

    assert [find(form, name).mistakes for name in form.data] == [[]] * 8
    assert not form.validate()
    assert find(form, "paragraph").mistakes == [
        Mistake("paragraph", "Please answer this question.")
    ]


def test_validating_twice_says_everything_once() -> None:
    form = EveryField(PostedRaw({"number": ["x"]}))

    form.validate()
    once = dict(form.errors)
    form.validate()

    assert form.errors == once
    assert set(once) == {"number", "paragraph"}


def test_the_places_of_a_rank_are_as_many_as_its_options() -> None:
    field = find(EveryField(), "ranks")

    assert isinstance(field, RanksField)
    assert field.places == (1, 2)


@pytest.mark.parametrize(
    ("field", "sample"),
    [
        (LineField(**WORDS, limit=3), "wor"),
        (ParagraphField(**WORDS, limit=100), "words"),
        (NumberField(**WORDS), "0"),
        (NumberField(**WORDS, minimum=Decimal("0.25"), places=1), "0.3"),
        (NumberField(**WORDS, minimum=Decimal("-0.25"), places=1), "-0.2"),
        (NumberField(**WORDS, maximum=Decimal("-0.25"), places=1), "-0.3"),
        (NumberField(**WORDS, minimum=Decimal(3), maximum=Decimal(99), step=Decimal(4)), "3"),
        (DateField(**WORDS), "2026-11-22"),
        (DateField(**WORDS, earliest=date(2014, 9, 1)), "2014-09-01"),
        (DateField(**WORDS, latest=date(2014, 9, 1)), "2014-09-01"),
    ],
)
def test_a_written_fields_sample_is_what_it_takes(field: Any, sample: str) -> None:
    bound = bind_field(field, "it")
    assert isinstance(bound, WrittenField)

    bound.process(PostedRaw({"it": [bound.sample]}))

    assert bound.sample == sample
    assert bound.validate(None)


def test_what_is_no_question_field_cannot_stand_in_a_form_of_its_own() -> None:
    for unbound in (None, StringField()):
        with pytest.raises(TypeError, match="it is not a question field"):
            bind_field(unbound, "it")


@pytest.mark.parametrize(
    ("posted", "about"),
    [
        ({"number": ["x"]}, {"number": "Which?", "paragraph": "Which?"}),
        ({"rows-y": ["z"], "paragraph": ["p"]}, {"rows-y": "Y"}),
        ({"checks": ["other"], "paragraph": ["p"]}, {"checks-other": "Which?"}),
        ({"ranks-a": ["9"], "paragraph": ["p"]}, {"ranks-a": "Which?"}),
    ],
)
def test_a_mistake_names_its_question_or_its_row(
    posted: dict[str, list[str]], about: dict[str, str]
) -> None:
    form = EveryField(PostedRaw(posted))

    form.validate()

    found = [mistake for name in form.data for mistake in find(form, name).mistakes]
    assert {mistake.name: mistake.about for mistake in found} == about


@pytest.mark.parametrize(
    ("words", "limit", "shortened"),
    [
        ("How many years?", 15, "How many years?"),
        ("How many years?", 14, "How many …"),
        ("First, second", 9, "First …"),
        ("Unbroken", 4, "Unbr …"),
    ],
)
def test_long_words_are_cut_at_a_space(words: str, limit: int, shortened: str) -> None:
    assert shorten(words, limit) == shortened


@pytest.mark.parametrize(
    ("name", "raw", "typed"),
    [
        ("line", {"line": ["far too long a line"]}, [("", "far too long a line")]),
        ("number", {"number": ["seven"], "number-reason": [":refused"]}, [("", "seven")]),
        ("choices", {"choices": ["a", "b"]}, [("", "A"), ("", "B")]),
        ("checks", {"checks": ["b", "other"]}, [("", "B"), ("", "other")]),
        ("checks", {"checks": ["other"], "checks-other": ["t"]}, [("", "other: t")]),
        ("rows", {"rows-y": ["a"]}, [("Y", "A")]),
        ("ranks", {"ranks-b": ["2"]}, [("B", "2")]),
    ],
)
def test_what_was_typed_can_be_said_whether_it_is_valid_or_not(
    name: str, raw: dict[str, list[str]], typed: list[tuple[str, str]]
) -> None:
    assert find(EveryField(), name).typed(raw) == typed
