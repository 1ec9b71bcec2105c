"""Answers are counted by the instrument's levels, and missing ones apart."""

import pytest

from survey_app.reports.statistics.missing import Treatment
from survey_app.reports.statistics.tallies import tally


def test_levels_that_nobody_chose_count_nought_and_keep_their_place() -> None:
    found = tally([3, None, 1, 3, None], levels=(4, 3, 2, 1))
    assert list(found.counts.items()) == [(4, 0), (3, 2), (2, 0), (1, 1)]
    assert (found.n, found.left_out) == (3, 2)
    assert found.ordered == ((1, 1), (3, 2))


def test_a_level_is_never_made_up_from_the_data() -> None:
    with pytest.raises(ValueError, match=r"\[0, 5\] are no levels"):
        tally([1, 5, 0], levels=(1, 2, 3, 4))


def test_numbers_without_levels_are_counted_as_they_come() -> None:
    assert dict(tally([2.5, 7, 2.5]).counts) == {2.5: 2, 7: 1}


def test_a_statistic_of_one_item_rests_on_everyone_who_answered_it() -> None:
    basis = tally([1, None]).basis("counting", caveat="few", why_none="none")
    assert (basis.n, basis.left_out, basis.treatment) == (1, 1, Treatment.AVAILABLE)
    assert (basis.method, basis.caveat, basis.why_none) == ("counting", "few", "none")
