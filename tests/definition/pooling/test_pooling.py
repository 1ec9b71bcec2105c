"""One place decides which versions are counted together: their numbers, and then the rules."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from survey_app.definition.instrument import Instrument
from survey_app.definition.lineage import rename_items, trace
from survey_app.definition.pooling import BY_NUMBERS, Pooling, PoolingRule, name_group
from tests.definition.pooling.versions import (
    INSTRUMENTS,
    VERSIONS,
    apart,
    back,
    make_version,
    together,
)


def show(pooling: Pooling, item: str = "") -> str:
    """The groups as `2.1.0 2.0.0 | 1.0.1 1.0.0`."""
    groups = pooling.groups(INSTRUMENTS, item)
    return " | ".join(" ".join(each.version for each in group) for group in groups)


NUMBERS = "3.0.0 | 2.1.0 2.0.0 | 1.0.1 1.0.0"


@pytest.mark.parametrize(
    ("rules", "groups"),
    [
        ((), NUMBERS),
        ((together("1.0.1", "2.0.0"),), "3.0.0 | 2.1.0 2.0.0 1.0.1 1.0.0"),
        ((together("1.0.0", "3.0.0"),), "3.0.0 1.0.1 1.0.0 | 2.1.0 2.0.0"),
        ((together("1.0.0", "2.0.0", "3.0.0"),), "3.0.0 2.1.0 2.0.0 1.0.1 1.0.0"),
        ((apart("1.0.0", "1.0.1"),), "3.0.0 | 2.1.0 2.0.0 | 1.0.1 | 1.0.0"),
        ((apart("1.0.0", "2.0.0"),), NUMBERS),
        ((together("1.0.1", "2.0.0"), apart("1.0.1", "2.0.0")), NUMBERS),
        (
            (together("1.0.1", "2.0.0"), apart("1.0.0", "2.1.0")),
            "3.0.0 | 2.1.0 | 2.0.0 1.0.1 1.0.0",
        ),
        ((apart("1.0.0", "1.0.1"), together("1.0.1", "1.0.0")), NUMBERS),
        ((together("1.0.1", "2.0.0"), back("2.0.0", "1.0.1")), NUMBERS),
        (
            (together("1.0.1", "2.0.0"), back("1.0.0", "2.0.0")),
            "3.0.0 | 2.1.0 2.0.0 1.0.1 1.0.0",
        ),
        ((back("1.0.1", "2.0.0"),), NUMBERS),
    ],
)
def test_the_first_number_decides_and_then_each_rule_over_those_before(
    rules: tuple[PoolingRule, ...], groups: str
) -> None:
    assert show(Pooling(rules)) == groups


def test_a_rule_for_one_question_stands_over_those_for_all_also_over_later_ones() -> None:
    pooling = Pooling((apart("1.0.1", "2.0.0", item="good"), together("1.0.1", "2.0.0")))
    assert show(pooling, "good") == NUMBERS
    assert show(pooling, "again") == show(pooling) == "3.0.0 | 2.1.0 2.0.0 1.0.1 1.0.0"


def test_what_is_counted_does_not_hang_on_the_order_in_which_versions_are_given() -> None:
    pooling = Pooling((together("1.0.1", "2.0.0"), apart("2.0.0", "2.1.0")))
    expected = pooling.groups(INSTRUMENTS)
    assert all(pooling.groups(order) == expected for order in permutations(INSTRUMENTS))


def test_a_rule_holds_for_versions_of_which_some_are_not_in_the_report() -> None:
    pooling = Pooling((together("1.0.1", "2.0.0"),))
    there = [each for each in INSTRUMENTS if each.version in {"1.0.0", "2.1.0"}]
    ((newer, older),) = pooling.groups(there)
    assert (newer.version, older.version) == ("2.1.0", "1.0.0")


def test_a_crosswalk_leads_older_codes_to_those_of_the_newest() -> None:
    pooling = Pooling((together("1.0.1", "2.0.0", item="again", _1="3", _3="1"),))
    division = pooling.divide(INSTRUMENTS, "again")
    assert division.codes == {version: {"1": "3", "3": "1"} for version in ("1.0.1", "1.0.0")}
    assert pooling.divide(INSTRUMENTS, "good").codes == {}


CHAIN = (
    together("1.0.0", "2.0.0", item="again", _1="2"),
    together("2.0.0", "3.0.0", item="again", _2="3"),
)


@pytest.mark.parametrize("rules", [CHAIN, CHAIN[::-1]])
def test_crosswalks_lead_one_to_the_next_in_whichever_order_they_were_stated(
    rules: tuple[PoolingRule, ...],
) -> None:
    codes = Pooling(rules).divide(INSTRUMENTS, "again").codes
    assert codes["1.0.0"] == codes["1.0.1"] == {"1": "3", "2": "3"}
    assert codes["2.0.0"] == codes["2.1.0"] == {"2": "3"}


def test_after_a_cut_codes_lead_to_the_newest_version_of_their_own_part() -> None:
    pooling = Pooling((*CHAIN, apart("2.0.0", "3.0.0", item="again")))
    division = pooling.divide(INSTRUMENTS, "again")
    assert [each.version for each in division.groups[0]] == ["3.0.0"]
    assert division.codes == {"1.0.0": {"1": "2"}, "1.0.1": {"1": "2"}}


def test_codes_lead_to_the_newest_version_that_is_in_the_report() -> None:
    there = [each for each in INSTRUMENTS if each.version < "3"]
    assert Pooling(CHAIN).divide(there, "again").codes["1.0.0"] == {"1": "2"}


def test_who_was_led_past_a_version_is_not_counted_with_it_when_the_newest_leaves() -> None:
    """1.x has a crosswalk to 3.0.0 and 2.x another; of 1.x as 2.x nobody said anything."""
    rules = (
        together("1.0.0", "3.0.0", item="again", _1="3"),
        together("2.0.0", "3.0.0", item="again", _2="3"),
        apart("2.1.0", "3.0.0", item="again"),
    )
    assert show(Pooling(rules), "again") == "3.0.0 | 2.1.0 2.0.0 | 1.0.1 | 1.0.0"


def test_the_rules_that_hold_are_told_and_no_others() -> None:
    overall, special = together("1.0.1", "2.0.0"), apart("1.0.1", "2.0.0", item="good")
    late = together("2.0.0", "3.0.0")
    pooling = Pooling((overall, special, late, back("2.0.0", "3.0.0")))
    assert pooling.standing == (overall, special)
    assert pooling.divide(INSTRUMENTS, "again").rules == (overall,)
    assert pooling.divide(INSTRUMENTS, "good").rules == (special,)
    assert BY_NUMBERS.divide(INSTRUMENTS).rules == ()


@pytest.mark.parametrize(
    ("versions", "told"),
    [
        (("1.0.0", "2.1.0"), True),
        (("1.0.0", "1.0.1"), False),
        (("2.0.0", "3.0.0"), False),
        (("1.0.0", "1.0.1", "2.0.0"), True),
    ],
)
def test_a_rule_is_the_reason_where_it_is_about_the_versions_at_hand(
    versions: tuple[str, ...], told: bool
) -> None:
    rule = together("1.0.1", "2.0.0")
    division = Pooling((rule,)).divide(INSTRUMENTS)
    assert division.find_rules(versions) == ((rule,) if told else ())


def test_versions_that_are_together_by_way_of_a_third_have_both_rules_as_their_reason() -> None:
    rules = (together("1.0.0", "2.0.0"), together("2.0.0", "3.0.0"))
    assert Pooling(rules).divide(INSTRUMENTS).find_rules(("1.0.0", "3.0.0")) == rules


def test_groups_have_names_that_are_fit_for_files_and_differ() -> None:
    def name(*rules: PoolingRule) -> list[str]:
        groups = Pooling(rules).groups(INSTRUMENTS)
        return [name_group(groups, group) for group in groups]

    assert name() == ["3", "2", "1"]
    assert name(apart("2.0.0", "2.1.0")) == ["3", "2-1-0", "2-0-0", "1"]


RULES = st.lists(
    st.builds(
        PoolingRule,
        versions=st.lists(st.sampled_from(VERSIONS), min_size=2, unique=True).map(tuple),
        pool=st.sampled_from([True, False, None]),
        item=st.sampled_from(["", "", "again"]),
    ),
    max_size=6,
)


@given(RULES, st.permutations(INSTRUMENTS), st.sampled_from(["", "again", "good"]))
def test_every_version_is_in_one_group_and_what_was_decided_last_holds(
    rules: list[PoolingRule], instruments: list[Instrument], item: str
) -> None:
    pooling = Pooling(tuple(rules))
    groups = [{each.version for each in group} for group in pooling.groups(instruments, item)]
    assert sorted(version for group in groups for version in group) == sorted(VERSIONS)
    about = [rule for rule in pooling.standing if not rule.item]
    about += [rule for rule in pooling.standing if rule.item and rule.item == item]
    if about:
        touched = [group & set(about[-1].versions) for group in groups]
        sizes = {len(each) for each in touched if each}
        assert sizes == ({len(about[-1].versions)} if about[-1].pool else {1})
    else:
        assert groups == [
            {each.version for each in group} for group in BY_NUMBERS.groups(instruments)
        ]


@given(RULES, st.lists(st.sampled_from(INSTRUMENTS), min_size=1, unique_by=id))
def test_versions_that_are_left_out_change_nothing_of_those_that_are_there(
    rules: list[PoolingRule], chosen: list[Instrument]
) -> None:
    pooling = Pooling(tuple(rules))
    there = {each.version for each in chosen}
    whole = [
        [each.version for each in group if each.version in there]
        for group in pooling.groups(INSTRUMENTS)
    ]
    part = [[each.version for each in group] for group in pooling.groups(chosen)]
    assert sorted(part) == sorted(group for group in whole if group)


def test_a_rule_on_an_older_name_is_one_on_the_question() -> None:
    older = make_version("1.0.0", ("key: good", "key: rewarding"))
    newer = make_version("2.0.0", ("key: good,", "key: good, renamed_from: rewarding,"))
    lineage = trace([newer, older])
    renamed = [rename_items(each, lineage) for each in (newer, older)]
    pooling = Pooling((together("1.0.0", "2.0.0", item="rewarding"),)).follow(lineage)
    assert pooling.items == ("good",)
    assert len(pooling.groups(renamed, "good")) == 1
