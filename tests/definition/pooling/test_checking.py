"""What cannot be added up is refused with a sentence that says what to do."""

from collections.abc import Sequence

import pytest

from survey_app.definition.instrument import Instrument
from survey_app.definition.pooling import BY_NUMBERS, Pooling, PoolingRule
from survey_app.definition.pooling.checking import MOST_TOLD, find_problems
from tests.definition.pooling.versions import ITEMS, apart, back, make_version, together

FIRST = make_version("1.0.0")
SAME = make_version("2.0.0")
LONGER = make_version("2.0.0", ("scale: three", "scale: five"))
TURNED = make_version("2.0.0", ("scale: three", "scale: turned"))
TEXT = make_version(
    "2.0.0",
    (
        "type: select_one, text: Good?, options: {y: Yes, n: No, m: Maybe}",
        "type: text, text: Good?",
    ),
)
SHORTER = make_version("2.0.0", ("{y: Yes, n: No, m: Maybe}", "{y: Yes, n: No}"))
OTHERS = make_version(
    "2.0.0",
    ("text: Which first?, options: {a: A, b: B}", "text: Which first?, options: {a: A, c: C}"),
)
RETIRED = make_version("2.0.0", items=ITEMS.replace("- {key: years", "- {key: since"))
BOTH = ("1.0.0", "2.0.0")


def check(
    newer: Instrument, rule: PoolingRule, before: Sequence[PoolingRule] = ()
) -> tuple[str, ...]:
    return find_problems([FIRST, newer], Pooling(tuple(before)), rule)


@pytest.mark.parametrize(
    ("newer", "rule"),
    [
        (SAME, together(*BOTH)),
        (SAME, apart(*BOTH)),
        (SAME, back(*BOTH)),
        (SAME, together(*BOTH, item="again")),
        (SHORTER, together(*BOTH)),
        (SHORTER, together(*BOTH, item="good", _m="n")),
        (LONGER, together(*BOTH, item="good")),
        (LONGER, together(*BOTH, item="again", _2="3", _3="5")),
        (TURNED, together(*BOTH, item="again", _1="3", _3="1")),
        (LONGER, apart(*BOTH)),
        (RETIRED, together(*BOTH)),
        (SAME, together(*BOTH, item="topics", _a="b", _b="a")),
    ],
)
def test_what_can_be_added_up_has_no_problem(newer: Instrument, rule: PoolingRule) -> None:
    assert check(newer, rule) == ()


@pytest.mark.parametrize(
    ("newer", "rule", "said"),
    [
        (SAME, together("1.0.0"), "at least two versions"),
        (SAME, together("1.0.0", "1.0.0"), "at least two versions"),
        (SAME, together("1.0.0", "9.0.0"), "no version '9.0.0' here; there is 1.0.0, 2.0.0"),
        (SAME, together("1.0.0", "soon"), "no version 'soon'"),
        (SAME, together(*BOTH, reason=" "), "Say why"),
        (SAME, together(*BOTH, item="god"), "did you mean 'good'"),
        (SAME, together(*BOTH, item="zzzzzz"), "write its key"),
        (RETIRED, together(*BOTH, item="years"), "'years' is not in 2.0.0"),
        (SAME, together(*BOTH, _1="2"), "one question"),
        (SAME, together(*BOTH, item="good", _x="n"), "no code 'x' there; use y, n or m"),
        (SAME, together(*BOTH, item="good", _y="x"), "no code 'x' there; use y, n or m"),
        (SAME, together(*BOTH, item="years", _1="2"), "no options or points"),
        (SAME, together(*BOTH, item="best", _a="b"), "no options or points"),
        (SAME, together(*BOTH, item="topics", _a="b"), "would count twice"),
        (TEXT, together(*BOTH), "of the type select_one in 1.0.0 and text in 2.0.0"),
        (LONGER, together(*BOTH), "'again' has another scale in 1.0.0 than in 2.0.0"),
        (LONGER, together(*BOTH, item="again"), "another scale"),
        (TURNED, together(*BOTH), "runs another way"),
        (OTHERS, together(*BOTH), "'best' is answered otherwise"),
    ],
)
def test_what_cannot_be_is_said(newer: Instrument, rule: PoolingRule, said: str) -> None:
    (sentence,) = check(newer, rule)
    assert said in sentence


def test_all_but_one_question_can_be_pooled_where_that_one_is_kept_apart_first() -> None:
    assert check(LONGER, together(*BOTH), [apart(*BOTH, item="again")]) == ()


def test_to_take_back_what_kept_a_question_apart_is_refused_while_all_are_pooled() -> None:
    before = [apart(*BOTH, item="again"), together(*BOTH)]
    (sentence,) = check(LONGER, back(*BOTH, item="again"), before)
    assert "another scale" in sentence


def test_a_crosswalk_must_say_of_every_code_as_which_it_counts() -> None:
    low = make_version(
        "2.0.0", ("points: {1: none, 2: some, 3: much}", "points: {a: none, b: much}")
    )
    (sentence,) = check(low, together(*BOTH, item="again", _1="a", _3="b"))
    assert "the code '2' of 1.0.0 counts as none of 2.0.0" in sentence


def test_versions_that_their_numbers_pool_are_taken_as_they_are() -> None:
    """Whether a bump was large enough is asked where versions are compared, and not again here."""
    odd = make_version("1.1.0", ("scale: three", "scale: five"))
    assert find_problems([FIRST, odd, SAME], BY_NUMBERS, apart("1.0.0", "2.0.0")) == ()


def test_of_many_questions_some_are_told_and_the_rest_counted() -> None:
    items = "".join(
        f"      - {{key: q{number}, type: likert, text: Q, scale: three}}\n" for number in range(9)
    )
    older = make_version("1.0.0", items="\n" + items)
    newer = make_version("2.0.0", items="\n" + items.replace("three", "five"))
    found = find_problems([older, newer], BY_NUMBERS, together(*BOTH))
    assert len(found) == MOST_TOLD + 1
    assert found[-1] == "… and 6 more."


def test_a_renamed_question_is_checked_under_either_of_its_names() -> None:
    newer = make_version(
        "2.0.0",
        ("key: again,", "key: once_more, renamed_from: again,"),
        ("scale: three", "scale: five"),
    )
    for item in ("again", "once_more"):
        (sentence,) = check(newer, together(*BOTH, item=item))
        assert "another scale" in sentence
        assert check(newer, together(*BOTH, item=item, _2="3", _3="5")) == ()
