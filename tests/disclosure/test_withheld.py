"""What is declared in one version is left out of all, with what is asked by the answer to it."""

import pytest

from survey_app.disclosure.withheld import find_withheld, strip
from tests.reports.tabled import define

ROLE = "{key: role, type: select_one, text: Role, options: {a: A, b: B}, other: Other}"
LEAD = "{key: lead, type: select_one, text: Lead, relevant: \"${role} = 'a'\", options: {y: Y}}"
SINCE = "{key: since, type: integer, text: Since, relevant: \"${lead} = 'y'\"}"
CALM = "{key: calm, type: likert, text: Calm, scale: extent}"
EASE = "{key: ease, type: likert, text: Ease, scale: extent}"
BLOCK = "analysis: {quasi_identifiers: [role]}"


@pytest.mark.parametrize(
    ("items", "keys"),
    [
        ([ROLE, CALM], {"role": ""}),
        ([ROLE, LEAD, CALM], {"role": "", "lead": "role"}),
        ([ROLE, LEAD, SINCE, CALM], {"role": "", "lead": "role", "since": "lead"}),
    ],
)
def test_what_is_asked_by_its_answer_goes_with_it(items: list[str], keys: dict[str, str]) -> None:
    found = find_withheld([define(items, BLOCK)])
    assert {each.key: each.because for each in found} == keys
    assert found[0].columns == ("role", "role__other_text")


def test_what_one_version_declares_holds_for_all() -> None:
    newer, older = define([ROLE, CALM], BLOCK, "1.1.0"), define([ROLE, LEAD, CALM])
    for versions in ([newer, older], [older, newer]):
        assert {each.key for each in find_withheld(versions)} == {"role", "lead"}


def test_where_nothing_is_declared_nothing_is_left_out() -> None:
    assert find_withheld([define([ROLE, LEAD])]) == ()


def test_a_version_without_them_has_no_empty_section_and_no_scale_of_them() -> None:
    block = (
        "analysis:\n  quasi_identifiers: [calm]\n  scales:\n"
        "    one: {items: [calm, ease]}\n    two: {items: [ease, role2]}"
    )
    role2 = "{key: role2, type: likert, text: Two, scale: extent}"
    instrument = define([CALM, EASE, role2], block)
    stripped = strip(instrument, {"calm"})
    assert [item.key for item in stripped.items] == ["ease", "role2"]
    assert [scale.name for scale in stripped.analysis.scales] == ["two"]
    assert stripped.fingerprint == instrument.fingerprint
    assert strip(instrument, set(instrument.items_by_key)).sections == ()
