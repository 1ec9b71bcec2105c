"""When hardly anything new is said: worked examples, and what cannot be told."""

import pytest

from survey_app.reports.statistics.saturation import find_saturation

WALKED = [20, 9, 5, 3, 4, 3, 1, 0]
"""The base brings 37, and then 7, 4 and 1 of it come anew in the runs of two."""
AMI = [12, 7, 5, 3, 2, 1, 1, 1, 0, 0, 0]

REACHED = [
    (WALKED, 4, 2, 0.05, 6),
    ([*WALKED, 1, 1, 0, 0], 4, 2, 0.0, 10),
    ([4, 3, 2, 1, 1, 0, 0, 0], 4, 2, 0.05, 5),
    (AMI, 4, 3, 0.0, 8),
    (AMI, 5, 3, 0.0, 8),
    (AMI, 6, 3, 0.0, 8),
    (AMI, 4, 3, 0.05, 7),
    (AMI, 4, 2, 0.0, 8),
    (AMI, 4, 2, 0.05, 7),
    ([1, 0], 1, 1, 0.0, 1),
]


@pytest.mark.parametrize(("new", "base", "run", "threshold", "reached"), REACHED)
def test_it_is_reached_where_the_first_run_brings_little(
    new: list[int], base: int, run: int, threshold: float, reached: int
) -> None:
    found = find_saturation(new, base, run, threshold)
    assert (found.reached, found.why_none) == (reached, "")
    assert found.shares[reached - base] <= threshold
    assert all(share > threshold for share in found.shares[: reached - base])


def test_shares_are_of_what_the_base_brought() -> None:
    found = find_saturation(WALKED)
    assert found.found == 37
    assert [round(100 * share) for share in found.shares] == [19, 11, 3]


NOT_REACHED = [
    ([4] * 8, "Every run of 2 interviews brought more than that."),
    ([1, 2], "It takes 6 interviews to tell, and there are 2."),
    ([], "It takes 6 interviews to tell, and there are 0."),
    ([0, 0, 0, 0, 3, 1], "The first 4 interviews brought nothing to measure the others by."),
]


@pytest.mark.parametrize(("new", "sentence"), NOT_REACHED)
def test_where_it_is_not_reached_a_sentence_says_why(new: list[int], sentence: str) -> None:
    found = find_saturation(new)
    assert (found.reached, found.why_none) == (None, sentence)


@pytest.mark.parametrize(("base", "run"), [(0, 2), (4, 0), (-1, 2)])
def test_a_base_or_run_without_interviews_is_refused(base: int, run: int) -> None:
    with pytest.raises(ValueError, match="hold none"):
        find_saturation([1, 2, 3], base, run)
