"""The `analysis` block: what it says, what is wrong with it, and that nobody is asked it."""

import json

import pytest
from jsonschema import Draft202012Validator

from survey_app.definition.analysis import Analysis, ScaleScore
from survey_app.definition.instrument import Instrument
from survey_app.definition.json_schema import make_schema
from survey_app.definition.loader import load, load_definition
from tests.definition.definitions import find_problems, write_items
from tests.definition.yaml_reading import read_as_editor

ITEMS = """
- {key: age, type: integer, text: How old are you, minimum: 18, maximum: 99}
- {key: tense, type: likert, text: How tense, scale: extent}
- {key: sure, type: range, text: How sure, start: 0, end: 10}
- key: rest
  type: likert_grid
  text: How far are you
  scale: extent
  rows: {calm: calm, fresh: fresh}
- {key: why, type: text, text: Why}
"""
ASKED = write_items(ITEMS)
FIRST = ASKED.count("\n") + 1
"""The line at which a block stands that is written below the items."""
BLOCK = """\
analysis:
  quasi_identifiers: [age]
  scales:
    ease:
      items: [rest, tense]
      reverse: [tense]
      score: sum
      missing: half
"""
VALIDATOR = Draft202012Validator(make_schema())


def load_block(block: str) -> Instrument:
    return load((ASKED + block).encode(), "wellbeing/1.0.0.yaml")


def find_block_problems(block: str) -> list[str]:
    """The problems of a block, with lines that count from its own first line."""
    parted = [problem.partition(":") for problem in find_problems(ASKED + block)]
    return [f"{int(line) - FIRST + 1}:{rest}" for line, _, rest in parted]


def test_a_battery_stands_for_its_rows_and_the_bounds_are_the_scales() -> None:
    analysis = load_block(BLOCK).analysis

    assert analysis.quasi_identifiers == ("age",)
    assert analysis.scales == (
        ScaleScore(
            name="ease",
            items=("rest__calm", "rest__fresh", "tense"),
            reverse=("tense",),
            score="sum",
            missing="half",
            bounds={"rest__calm": (1, 3), "rest__fresh": (1, 3), "tense": (1, 3)},
        ),
    )
    assert list(analysis.scales_by_name) == ["ease"]


def test_what_is_left_out_has_its_default() -> None:
    (scale,) = load_block(
        "analysis: {scales: {ease: {items: [sure, rest__calm]}}}\n"
    ).analysis.scales

    assert (scale.reverse, scale.score, scale.missing) == ((), "mean", "complete")
    assert scale.bounds == {"sure": (0, 10), "rest__calm": (1, 3)}


def test_without_a_block_there_is_an_empty_one() -> None:
    assert load_block("").analysis == Analysis()
    assert load_block("analysis: {}\n").analysis == Analysis()


def test_a_score_may_be_called_as_its_battery() -> None:
    (scale,) = load_block("analysis: {scales: {rest: {items: rest}}}\n").analysis.scales

    assert (scale.name, scale.items) == ("rest", ("rest__calm", "rest__fresh"))


def test_the_block_may_be_added_to_a_frozen_version_and_is_kept_in_the_database() -> None:
    instrument = load_block(BLOCK)

    assert instrument.fingerprint == load_block("").fingerprint
    assert load_definition(instrument.definition).analysis == instrument.analysis


SCALE = "analysis:\n  scales:\n    ease:\n      items: [rest, tense]\n"


@pytest.mark.parametrize(
    ("block", "problem"),
    [
        ("analysis: [ease]\n", "1: 'analysis' should be lines of 'name: value'"),
        ("analysis: {scale: {}}\n", "1: there is no field 'scale' here; did you mean 'scales'?"),
        ("analysis: {quasi_identifiers: [age, agee]}\n", ("1: 'quasi_identifiers' names 'agee', "
         "which this instrument does not have; did you mean 'age'?")),
        ("analysis: {quasi_identifiers: [age, age]}\n",
         "1: 'quasi_identifiers' names 'age' twice; keep one"),
        ("analysis:\n  quasi_identifiers:\n    - age\n    - why\n",
         "4: 'quasi_identifiers' names 'why', which asks for no choice, number or date; name"),
        ("analysis: {quasi_identifiers: {age: yes}}\n", "1: 'quasi_identifiers' should be a list"),
        ("analysis:\n  scales: [ease]\n", "2: 'scales' should be lines of 'name: value'"),
        ("analysis:\n  scales:\n    ease: [rest]\n", "3: ease: a scale should be lines of"),
        ("analysis:\n  scales:\n    Ease: {items: rest}\n", ("3: Ease: the scale 'Ease' cannot be "
         "used; write at most 32 small letters")),
        ("analysis:\n  scales:\n    version: {items: rest}\n", ("3: version: the scale 'version' is "
         "kept by SPSS, Stata, R or our tables; write another, such as my_version")),
        ("analysis:\n  scales:\n    tense: {items: rest}\n", ("3: tense: the column 'tense' is already "
         "made by 'tense'; choose another key")),
        ("analysis:\n  scales:\n    rest__calm: {items: rest}\n", ("3: rest__calm: the column "
         "'rest__calm' is already made by 'rest'; choose another key")),
        ("analysis:\n  scales:\n    ease: {reverse: [tense]}\n", "3: ease: 'items' is missing (the"),
        ("analysis:\n  scales:\n    ease: {items: []}\n", "3: ease: 'items' has too few entries"),
        ("analysis:\n  scales:\n    ease: {items: tense}\n", ("3: ease: 'items' holds 'tense' alone, "
         "which is a score already; name at least two")),
        ("analysis:\n  scales:\n    ease:\n      items:\n        - rest\n        - tens\n",
         ("6: ease: 'items' names 'tens', which this instrument does not have; did you mean 'tense'?")),
        ("analysis:\n  scales:\n    ease:\n      items:\n        - rest\n        - xyzzy\n",
         ("6: ease: 'items' names 'xyzzy', which this instrument does not have; use one of age, ")),
        ("analysis:\n  scales:\n    ease:\n      items:\n        - rest\n        - Tense\n",
         "6: ease: the 'items' 'Tense' cannot be used; write at most 32 small letters"),
        ("analysis:\n  scales:\n    ease: {items: [rest, why]}\n", ("3: ease: 'items' names 'why', "
         "which has no lowest and highest number to score it by")),
        ("analysis:\n  scales:\n    ease: {items: [rest, age]}\n", "3: ease: 'items' names 'age', which"),
        ("analysis:\n  scales:\n    ease: {items: [rest, rest__calm]}\n", ("3: ease: 'items' names "
         "'rest__calm' twice; keep one")),
        (SCALE + "      reverse: [sure]\n", ("5: ease: 'reverse' names 'sure', which is not among "
         "'items'; add it there or remove it")),
        (SCALE + "      reverse: [tense, tense]\n", "5: ease: 'reverse' names 'tense' twice"),
        (SCALE + "      reverse: [tens]\n", "5: ease: 'reverse' names 'tens', which this instrument"),
        (SCALE + "      score: median\n", "5: ease: 'score' is 'median'; use one of mean or sum"),
        (SCALE + "      missing: none\n", ("5: ease: 'missing' is 'none'; use one of complete, half "
         "or available")),
        (SCALE + "      revers: [tense]\n", "5: ease: there is no field 'revers' here; did you mean"),
    ],
    ids=lambda text: text[-45:],
)  # fmt: skip
def test_a_problem_says_where_it_is_and_what_to_do(block: str, problem: str) -> None:
    found = find_block_problems(block)

    assert [each.startswith(problem) for each in found] == [True], found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{key: tense, type: likert, text: How tense", "{key: tense, type: likert, txt: How tense"),
        ("type: likert_grid", "type: likert_gird"),
        ("title: The page", "titel: The page"),
    ],
)
def test_an_item_with_a_problem_of_its_own_is_not_said_to_be_missing(old: str, new: str) -> None:
    assert ASKED.count(old) == 1

    problems = find_problems(ASKED.replace(old, new) + BLOCK)

    assert problems
    assert [each for each in problems if " ease: " in each or "quasi" in each] == []


def test_codes_in_words_give_no_numbers_to_score() -> None:
    worded = ASKED.replace("{1: not at all, 2:", "{low: not at all, 2:")
    assert worded != ASKED

    found = find_problems(worded + "analysis: {scales: {ease: {items: [tense, sure]}}}\n")

    assert ["'tense', which has no lowest and highest number" in each for each in found] == [True]


@pytest.mark.parametrize(
    "block", [BLOCK, SCALE, "analysis: {}\n", SCALE + "      reverse: tense\n"]
)
def test_an_editor_underlines_nothing_that_loads(block: str) -> None:
    assert find_block_problems(block) == []
    assert list(VALIDATOR.iter_errors(read_as_editor(ASKED + block))) == []


@pytest.mark.parametrize(
    "block",
    [
        "analysis: [ease]\n",
        "analysis: {scale: {}}\n",
        "analysis: {scales: {Ease: {items: rest}}}\n",
        "analysis: {scales: {ease: {}}}\n",
        "analysis: {scales: {ease: {items: []}}}\n",
        "analysis: {scales: {ease: {items: [rest, Tense]}}}\n",
        SCALE + "      score: median\n",
        SCALE + "      missing: 3\n",
        SCALE + "      revers: [tense]\n",
    ],
)
def test_what_an_editor_underlines_does_not_load_either(block: str) -> None:
    assert not VALIDATOR.is_valid(read_as_editor(ASKED + block))
    assert find_block_problems(block) != []


def test_an_editor_can_say_what_each_field_of_the_block_is() -> None:
    block = json.loads(json.dumps(make_schema()))["properties"]["analysis"]
    scale = block["properties"]["scales"]["additionalProperties"]

    assert list(scale["properties"]) == ["items", "reverse", "score", "missing"]
    described = [*block["properties"].values(), *scale["properties"].values()]
    assert all(field["description"] for field in described)
