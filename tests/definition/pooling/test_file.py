"""Rules can be saved, reviewed and run again: the second time nothing happens."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.definition.pooling import Pooling, PoolingRule
from survey_app.definition.pooling.file import find_new, read_rules, write_rules
from tests.definition.pooling.versions import VERSIONS, apart, back, together

RULES = st.builds(
    PoolingRule,
    versions=st.lists(st.sampled_from(VERSIONS), min_size=2, unique=True).map(
        lambda each: tuple(sorted(each))
    ),
    pool=st.sampled_from([True, False, None]),
    item=st.sampled_from(["", "again", "no", "on"]),
    codes=st.dictionaries(st.sampled_from(["1", "no", "y"]), st.sampled_from(["2", "off"])),
    reason=st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs", "S"]), min_size=1),
    by=st.sampled_from(["", "eva"]),
    at=st.sampled_from(["", "2026-11-26T12:00:00.000Z"]),
)


@given(st.lists(RULES, max_size=5))
def test_what_was_written_is_read_as_it_was(rules: list[PoolingRule]) -> None:
    text = write_rules("mentors", rules)
    assert read_rules(text.encode(), "pooling.yaml", "mentors") == (tuple(rules), ())


@given(st.lists(RULES, max_size=6), st.lists(RULES, max_size=6))
def test_a_file_that_was_run_does_nothing_when_it_is_run_again(
    stored: list[PoolingRule], rules: list[PoolingRule]
) -> None:
    added = find_new(Pooling(tuple(stored)), rules)
    assert find_new(Pooling((*stored, *added)), rules) == ()


@given(st.lists(RULES, max_size=6))
def test_a_file_that_was_run_on_nothing_gives_the_same_decisions(rules: list[PoolingRule]) -> None:
    assert find_new(Pooling(), rules) == tuple(rules)
    for some in accumulate([[rule] for rule in rules]):
        assert find_new(Pooling(tuple(some)), rules) == tuple(rules[len(some) :])


def test_a_rule_is_the_same_whoever_decided_it_and_in_whichever_order_versions_stand() -> None:
    stored = Pooling((together("2.0.0", "1.0.0"),))
    assert find_new(stored, [together("1.0.0", "2.0.0")]) == ()
    assert find_new(stored, [together("1.0.0", "2.0.0", reason="Another.")]) != ()


def test_a_file_can_be_written_by_hand() -> None:
    text = """
instrument: mentors
rules:
- {versions: [1.0.0, 2.0.0], pool: true, item: again, codes: {1: 3, 3: 1}, reason: Turned round.}
- {versions: [1.0.0, 2.0.0], pool: false, reason: Others are others.}
- {versions: [1.0.0, 2.0.0], pool: null, reason: Not so.}
"""
    rules, problems = read_rules(text.encode(), "pooling.yaml", "mentors")
    assert problems == ()
    assert rules == (
        together("1.0.0", "2.0.0", item="again", reason="Turned round.", _1="3", _3="1"),
        apart("1.0.0", "2.0.0", reason="Others are others."),
        back("1.0.0", "2.0.0", reason="Not so."),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("- 1", "no file of pooling rules"),
        ("instrument: mentors", "no file of pooling rules"),
        ("{instrument: other, rules: []}", "rules are of 'other'"),
        ("{instrument: mentors, rules: [1]}", "Rule 1: 'rules' should be"),
        ("{instrument: mentors, rules: [{pool: true}]}", "Rule 1: 'versions' should be"),
        ("{instrument: mentors, rules: [{versions: [1], pool: true}]}", "'versions' should be"),
        ("{instrument: mentors, rules: [{versions: [1.0.0, 2.0.0]}]}", "'pool' should be"),
        (
            "{instrument: mentors, rules: [{versions: [1.0.0, 2.0.0], pool: yes}]}",
            "'pool' should be",
        ),
        (
            "{instrument: mentors, rules: [{versions: [1.0.0, 2.0.0], pool: true, codes: [1]}]}",
            "'codes' should be",
        ),
        (
            "{instrument: mentors, rules: [{versions: [1.0.0, 2.0.0], pool: true, reason: [x]}]}",
            "'reason' should be a text",
        ),
        (
            "{instrument: mentors, rules: [{versions: [1.0.0, 2.0.0], pool: true, why: x}]}",
            "no 'why' in a rule",
        ),
    ],
)
def test_what_is_no_rule_is_said(text: str, said: str) -> None:
    rules, problems = read_rules(text.encode(), "pooling.yaml", "mentors")
    assert rules == ()
    assert any(said in problem for problem in problems), problems


def test_everything_that_is_wrong_is_said_at_once() -> None:
    text = "{instrument: mentors, rules: [{pool: true}, {versions: [1.0.0, 2.0.0]}]}"
    _rules, problems = read_rules(text.encode(), "pooling.yaml", "mentors")
    assert [problem.split(":")[0] for problem in problems] == ["Rule 1", "Rule 2"]
