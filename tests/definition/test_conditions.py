"""What a condition means, what it refuses to read, and that no text or answer breaks it."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from survey_app.definition.conditions import ConditionError, Reference, parse

VECTORS = json.loads(Path(__file__).with_name("condition_vectors.json").read_text("utf-8"))


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["condition"])
def test_a_condition_holds_as_the_table_says(vector: dict[str, Any]) -> None:
    condition = parse(vector["condition"])

    assert condition.evaluate(vector["answers"]) is vector["expected"]


def test_the_table_is_wide_and_has_both_outcomes() -> None:
    outcomes = [vector["expected"] for vector in VECTORS]

    assert min(outcomes.count(True), outcomes.count(False)) >= 40


def test_the_tree_goes_to_the_page_as_json() -> None:
    condition = parse("${rewarding} = 'yes' or not(${teaching/pay} >= 4)")

    assert json.loads(json.dumps(condition.tree)) == [
        "or",
        ["=", ["ref", "rewarding", ""], ["text", "yes"]],
        ["not", [">=", ["ref", "teaching", "pay"], ["text", "4"]]],
    ]


def test_a_condition_keeps_the_text_of_its_author() -> None:
    assert parse(" ${a}='x' ").text == " ${a}='x' "


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("true()", set()),
        ("'${a}' = 'x'", set()),
        ("${a} = 'x'", {Reference(item="a")}),
        ("${a} = ${b} or ${a} = 'x'", {Reference(item="a"), Reference(item="b")}),
        ("not(selected(${a}, 'b'))", {Reference(item="a")}),
        ("count-selected(${a}) > 1", {Reference(item="a")}),
        ("${a/row_1} = ${a}", {Reference(item="a", row="row_1"), Reference(item="a")}),
    ],
)
def test_a_condition_says_which_answers_it_reads(text: str, reads: set[Reference]) -> None:
    assert parse(text).reads == reads


PROBLEMS = [
    ("", 1, "is empty"),
    ("  \n", 1, "is empty"),
    ("${a}", 1, "`${a}` alone is neither true nor false"),
    ("'yes'", 1, "`'yes'` alone is neither true nor false"),
    ("count-selected(${a})", 1, "alone is neither true nor false"),
    ("${a} and ${b} = 1", 1, "`${a}` alone is neither true nor false"),
    ("${a} = 1 or ${b}", 13, "`${b}` alone is neither true nor false"),
    ("not(${a})", 5, "`${a}` alone is neither true nor false"),
    ("${a} == 'x'", 6, "write `=`"),
    ("${a} <> 'x'", 6, "write `!=`"),
    ("${a} => 1", 6, "write `>=`"),
    ("${a} =< 1", 6, "write `<=`"),
    ("${a} = 1 && ${b} = 2", 10, "write `and`"),
    ("${a} = 1 || ${b} = 2", 10, "write `or`"),
    ("!(${a} = 1)", 1, "write `not(…)`"),
    ("${a} = 1 AND ${b} = 2", 10, "lower case: `and`"),
    ("${a} = 1 Or ${b} = 2", 10, "lower case: `or`"),
    ("NOT(${a} = 1)", 1, "the function `NOT` is not offered; there are not(…)"),
    ("not ${a} = 1", 1, "`not` is a function and needs parentheses"),
    ("${a} = 'yes", 8, "end it with '"),
    ('${a} = "yes', 8, 'end it with "'),
    ("${a} = 'it's'", 13, "text that holds a ' stands in"),
    ("${a} = ‘yes’", 8, "straight quotes"),
    ("${a} = yes", 8, "write ${yes}, or 'yes' in quotes"),
    ("rewarding = 'yes'", 1, "write ${rewarding}, or 'rewarding' in quotes"),
    ("$a = 1", 1, "needs braces"),
    ("${ a } = 1", 1, "without spaces"),
    ("${A} = 1", 1, "lower-case"),
    ("${a = 1", 1, "this is not a reference"),
    ("${a/} = 1", 1, "${key/row} for a row"),
    ("${a.row} = 1", 1, "${key/row} for a row"),
    (". > 1", 1, "paths such as"),
    ("../a > 1", 1, "paths such as"),
    ("/data/a > 1", 1, "paths are not offered"),
    ("${a} + 1 = 2", 6, "arithmetic"),
    ("${a} - 1 = 2", 6, "arithmetic"),
    ("${a} -1 = 2", 6, "arithmetic"),
    ("${a} * 2 = 2", 6, "arithmetic"),
    ("${a} div 2 = 1", 6, "arithmetic"),
    ("not(${a} mod 2 = 1)", 10, "arithmetic"),
    ("today() > ${a}", 1, "the function `today` is not offered"),
    ("string-length(${a}) > 3", 1, "the function `string-length` is not offered"),
    ("if(${a} = 1, 2, 3)", 1, "there are not(…), selected(${key}, 'code')"),
    ("true", 1, "`true` is a function and needs parentheses"),
    ("true(1)", 6, "nothing between its parentheses"),
    ("selected(${a})", 14, "needs a comma and a code"),
    ("selected('a', 'b')", 10, "selected reads an answer first"),
    ("selected(${a}, b)", 16, "stands in quotes"),
    ("selected(${a}, 1)", 16, "stands in quotes"),
    ("selected(${a}, 'b', 'c')", 19, "take this one away"),
    ("count-selected('a') = 1", 16, "count-selected reads an answer first"),
    ("(${a} = 1", 1, "never closed"),
    ("selected(${a}, 'b'", 9, "never closed"),
    ("${a} = 1)", 9, "closes nothing"),
    ("()", 2, "`)` where ${key}"),
    ("${a} =", 7, "the end of the condition where ${key}"),
    ("= 'x'", 1, "`=` where ${key}"),
    ("and ${a} = 1", 1, "`and` joins two conditions"),
    ("${a} = 1 or", 12, "the end of the condition where"),
    ("${a} = 1 ${b} = 2", 10, "join the two with `and` or `or`"),
    ("1 < ${a} < 5", 10, "two things at a time"),
    ("(${a} = 1) = true()", 1, "cannot be compared"),
    ("'x' = selected(${a}, 'x')", 7, "cannot be compared"),
    ("${a} = .5", 8, "paths such as"),
    ("${a} = 5.", 8, "this is not a number"),
    ("${a} = 5x", 8, "this is not a number"),
    ("${a} = 1; ${b} = 2", 9, "`;` means nothing here"),
    ("(" * 41 + "true()" + ")" * 41, 41, "more than 40 deep"),
    ("not(" * 41 + "true()" + ")" * 41, 164, "more than 40 deep"),
    ("(" * 2000, 41, "more than 40 deep"),
    ("'" + "x" * 2000, 2001, "longer than 2,000 characters"),
]


@pytest.mark.parametrize(("text", "position", "advice"), PROBLEMS)
def test_a_condition_that_cannot_be_read_says_where_and_what_to_do(
    text: str, position: int, advice: str
) -> None:
    with pytest.raises(ConditionError) as problem:
        parse(text)

    assert problem.value.position == position
    assert str(problem.value).startswith(f"at character {position}: ")
    assert advice in str(problem.value)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 40 + "true()" + ")" * 40,
        "not(" * 40 + "true()" + ")" * 40,
        " or ".join(["${a} = 1"] * 160 + ["true()"]),
        "'" + "x" * 1990 + "' != ''",
        " and ".join(["(true())"] * 41),
    ],
    ids=["parentheses", "negations", "chain", "text", "side by side"],
)
def test_the_largest_conditions_are_read(text: str) -> None:
    assert parse(text).evaluate({}) is True


PIECES = st.sampled_from(
    ["${a}", "${g/r}", "'x'", '"y"', "1", "-2.5", "=", "!=", "<", ">=", "and", "or", "not", "(",
     ")", "selected(", "${a}, 'x')", "count-selected(${a})", "true()", " ", "div", "$", "'", ","]
)  # fmt: skip
NEAR_CONDITIONS = st.lists(PIECES, max_size=30).map(" ".join)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
ANSWERS = st.fixed_dictionaries({}, optional={"a": VALUES, "g": VALUES | st.just({"r": "4"})})
READABLE = st.sampled_from(sorted({vector["condition"] for vector in VECTORS}))


def find_problem(text: str) -> int | None:
    try:
        parse(text)
    except ConditionError as problem:
        return problem.position
    return None


@settings(deadline=None)
@given(st.text() | NEAR_CONDITIONS)
def test_any_text_is_a_condition_or_a_problem_within_it(text: str) -> None:
    position = find_problem(text)

    assert position is None or 1 <= position <= len(text) + 1


@settings(deadline=None)
@given(READABLE, VALUES)
def test_any_answers_make_a_condition_true_or_false(text: str, value: object) -> None:
    condition = parse(text)
    answers = {reference.item: value for reference in condition.reads}

    assert condition.evaluate(answers) in {True, False}
    assert parse(f"not({text})").evaluate(answers) is not condition.evaluate(answers)


OPERANDS = st.sampled_from(["${a}", "${g/r}", "'x'", "4", "-2.5", "count-selected(${a})"])
COMPARISONS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
GRAMMATICAL = st.recursive(
    st.sampled_from(["true()", "false()", "selected(${a}, 'x')"])
    | st.tuples(OPERANDS, COMPARISONS, OPERANDS).map(" ".join),
    lambda inner: (
        inner.map("({})".format)
        | inner.map("not({})".format)
        | st.lists(inner, min_size=2, max_size=3).map(" and ".join)
        | st.lists(inner, min_size=2, max_size=3).map(" or ".join)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(GRAMMATICAL, ANSWERS)
def test_whatever_the_grammar_allows_is_read_and_decided(
    text: str, answers: dict[str, object]
) -> None:
    assert parse(text).evaluate(answers) in {True, False}
