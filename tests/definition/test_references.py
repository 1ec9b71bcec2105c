"""References: what a condition reads, and what it expects an answer to be."""

import pytest

from survey_app.definition.conditions import Reference, parse
from survey_app.definition.conditions.references import Expectation, find_expectations


def expect(
    item: str, text: str, operator: str = "=", *, row: str = "", counted: bool = False
) -> Expectation:
    reference = Reference(item=item, row=row)
    return Expectation(reference=reference, operator=operator, text=text, counted=counted)


@pytest.mark.parametrize(
    ("condition", "expectations"),
    [
        ("true()", []),
        ("${a} = ${b}", []),
        ("'x' = 'y'", []),
        ("${a} >= 3 and '3' < ${b}", [expect("a", "3", ">="), expect("b", "3", ">")]),
        ("count-selected(${a}) = 2", [expect("a", "2", counted=True)]),
        ("2 <= count-selected(${a})", [expect("a", "2", ">=", counted=True)]),
        ("${a} = 'x'", [expect("a", "x")]),
        ("'x' != ${a}", [expect("a", "x", "!=")]),
        ("${a} = 4.0", [expect("a", "4.0")]),
        ("${a/row} = ''", [expect("a", "", row="row")]),
        ("selected(${a}, 'x y')", [expect("a", "x y", "selected")]),
        (
            "not(${a} = 'x' or selected(${b}, 'y')) and 'z' = ${c}",
            [expect("a", "x"), expect("b", "y", "selected"), expect("c", "z")],
        ),
    ],
)
def test_every_text_that_an_answer_is_held_against_is_found(
    condition: str, expectations: list[Expectation]
) -> None:
    assert list(find_expectations(parse(condition).tree)) == expectations


def test_two_conditions_are_equal_if_they_mean_the_same() -> None:
    assert parse("${a}='x'") == parse(' ${a} = "x" ')
    assert parse("${a} = 'x'") != parse("${a} = 'y'")
