"""How far an interview has come in each question: what was raised, what is settled, what is open."""

import pytest

from survey_app.web.interviewer.coverage import Coverage, cover, cover_all
from tests.web.interviewing import lay_out

SHEET = lay_out()
TOPICS, REWARDING = SHEET.topics[:2]


def look(**values: str) -> Coverage:
    """The coverage of the question with probes; names are written with __ for dots."""
    return cover(TOPICS, {name.replace("__", "."): text for name, text in values.items()})


def test_every_question_has_its_coverage() -> None:
    assert list(cover_all(SHEET, {})) == [topic.place for topic in SHEET.topics]


def test_at_first_everything_is_open() -> None:
    assert (look().words, look().is_untouched, look().is_open) == ("2 open", True, True)
    nothing = cover(REWARDING, {})
    assert (nothing.words, nothing.is_untouched, nothing.is_open) == ("open", True, True)


def test_what_was_raised_and_what_was_settled_is_counted() -> None:
    found = look(
        state__1__topics__ethics="raised_after_probe", state__1__topics__career="asked_and_denied"
    )

    assert (found.words, found.is_open) == ("1 raised, 1 not raised", False)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        ("refused", "refused"),
        ("dont_know", "don’t know"),
        ("not_asked", "not asked"),
        ("not_applicable", "not applicable"),
    ],
)
def test_a_question_that_is_settled_as_a_whole_says_how_and_leaves_nothing_open(
    outcome: str, words: str
) -> None:
    found = look(outcome__1__topics=outcome)

    assert (found.words, found.is_untouched, found.is_open) == (words, False, False)


def test_what_was_raised_before_it_was_refused_is_still_said() -> None:
    found = look(outcome__1__topics="refused", state__1__topics__ethics="raised_unprompted")

    assert (found.words, found.is_open) == ("refused, 1 raised", False)


@pytest.mark.parametrize("place", ["1__topics", "1__topics__ethics", "1__topics__other:1"])
def test_what_is_to_be_come_back_to_stays_open(place: str) -> None:
    flagged = {f"come_back__{place}": "yes"}

    assert look(outcome__1__topics="not_asked", **flagged).is_open
    assert look(**flagged).flags["come_back"] == 1


def test_flags_are_counted_on_the_question_and_its_probes() -> None:
    found = look(quote__1__topics="yes", quote__1__topics__ethics="yes", quote__1__what="yes")

    assert found.flags == {"quote": 2, "come_back": 0, "minimal_answer": 0}
