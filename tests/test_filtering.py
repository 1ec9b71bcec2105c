"""A filter stands in an address, is said in words, and takes whatever an address may hold."""

from datetime import date

import pytest

from survey_app.choices import Choices, find_choices
from survey_app.definition.library import load_library
from survey_app.definition.lineage import trace
from survey_app.filtering import (
    MOST_TOLD,
    Filter,
    describe,
    read_address,
    read_filter,
)
from tests.definition.definitions import load_items
from tests.reports.tabled import define

NOTHING = Filter()


@pytest.fixture(scope="module")
def choices() -> Choices:
    library = load_library()
    versions = [library.find("ami-survey", version) for version in ("1.0.1", "1.0.0")]
    return find_choices([each for each in versions if each is not None])


WORDS = [
    ("", "all versions, test responses left out"),
    ("test=1", "all versions, test responses included"),
    ("test=0", "all versions, test responses left out"),
    ("version=1.0.1", "version 1.0.1 only, test responses left out"),
    ("version=1.0.0&version=1.0.1", "versions 1.0.1, 1.0.0, test responses left out"),
    (
        "state=submitted&delivery=self&version=1.0.1&from=2026-03-03&to=2026-04-05",
        (
            "submitted, by themselves, version 1.0.1 only, begun 3 March to 5 April 2026, "
            "test responses left out"
        ),
    ),
    (
        "state=in_progress&state=withdrawn&delivery=interviewer",
        "in progress or withdrawn, in interviews, all versions, test responses left out",
    ),
    ("from=2026-03-03", "all versions, begun from 3 March 2026 on, test responses left out"),
    ("to=2026-03-03", "all versions, begun until 3 March 2026, test responses left out"),
    (
        "from=2026-03-03&to=2026-03-03",
        "all versions, begun on 3 March 2026, test responses left out",
    ),
    (
        "from=2025-12-31&to=2026-01-01",
        "all versions, begun 31 December 2025 to 1 January 2026, test responses left out",
    ),
    (
        "rewarding=yes",
        "all versions, “Did you find being a mentor rewarding?”: Yes, test responses left out",
    ),
    ("by=version", "all versions, compared by version, test responses left out"),
    ("by=delivery", "all versions, compared by delivery, test responses left out"),
    ("by=language&test=1", "all versions, compared by language, test responses included"),
    (
        "by=rewarding&rewarding=yes&rewarding=no",
        (
            "all versions, “Did you find being a mentor rewarding?”: Yes or No, "
            "compared by “Did you find being a mentor rewarding?”, test responses left out"
        ),
    ),
    (
        "rewarding=no&rewarding=yes",
        "all versions, “Did you find being a mentor rewarding?”: Yes or No, test responses left out",
    ),
]


@pytest.mark.parametrize(("address", "words"), WORDS)
def test_a_filter_is_said_in_words_and_comes_back_from_its_own_address(
    address: str, words: str, choices: Choices
) -> None:
    reading = read_address(address, choices)
    assert reading.problems == ()
    assert describe(reading.filter, choices) == words
    again = read_address(reading.filter.to_address(), choices)
    assert (again.filter, again.problems) == (reading.filter, ())


HOSTILE = [
    ("version=9.9.9", "“version” cannot be “9.9.9” and was left out; it can be 1.0.1, 1.0.0."),
    ("version=1.0.1'--", "“version” cannot be “1.0.1'--” and was left out"),
    ("delivery=both", "“delivery” cannot be “both” and was left out; it can be self, interviewer."),
    ("state=SUBMITTED", "“state” cannot be “SUBMITTED” and was left out"),
    ("test=yes", "“test” cannot be “yes” and was left out; it can be 0, 1."),
    ("from=yesterday", "“from” is not a day at “yesterday”"),
    ("from=2026-02-30", "“from” is not a day at “2026-02-30”"),
    ("from=20260301", "“from” is not a day at “20260301”"),
    ("from=2026-W10-1", "“from” is not a day at “2026-W10-1”"),
    ("from=%D9%A2%D9%A0%D9%A2%D9%A6-03-01", "“from” is not a day"),
    ("to=2026-03-01T10:00", "“to” is not a day at “2026-03-01T10:00”"),
    ("to=0000-01-01", "“to” is not a day at “0000-01-01”"),
    ("from=2026-05-01&to=2026-04-01", "is before the first, 2026-05-01: both were left out"),
    ("by=state", "“by” cannot be “state” and was left out; it can be version, delivery, language,"),
    ("by=topics", "“by” cannot be “topics” and was left out"),
    ("by=VERSION", "“by” cannot be “VERSION” and was left out"),
    ("rewarding=perhaps", "“rewarding” cannot be “perhaps” and was left out; it can be yes, no."),
    ("rewarding=%22yes%22", '“rewarding” cannot be “"yes"”'),
    ("topics=ethics", "Nothing here is called “topics”"),
    ("rewarding_what=x", "Nothing here is called “rewarding_what”"),
    ("%3Cscript%3E=1", "Nothing here is called “<script>”"),
    ("version=%00", "“version” cannot be “\x00”"),
    ("state=" + "x" * 5_000, "“state” cannot be “" + "x" * 40 + "…” and was left out"),
]


@pytest.mark.parametrize(("address", "sentence"), HOSTILE)
def test_what_cannot_be_meant_is_told_and_left_out(
    address: str, sentence: str, choices: Choices
) -> None:
    reading = read_address(address, choices)
    assert reading.filter == NOTHING
    assert len(reading.problems) == 1
    assert sentence in reading.problems[0]


def test_what_can_be_meant_stays_beside_what_cannot(choices: Choices) -> None:
    reading = read_address("version=1.0.0&version=2&state=submitted&state=", choices)
    assert reading.filter == Filter(versions=("1.0.0",), states=("submitted",))
    assert len(reading.problems) == 1


def test_of_two_first_days_the_first_counts(choices: Choices) -> None:
    reading = read_address("from=2026-03-01&from=2026-04-01", choices)
    assert reading.filter.since == date(2026, 3, 1)
    assert "“2026-04-01”" in reading.problems[0]


def test_of_two_comparisons_the_first_counts(choices: Choices) -> None:
    reading = read_address("by=rewarding&by=version&by=nothing", choices)
    assert reading.filter == Filter(by="rewarding")
    assert [sentence[:50] for sentence in reading.problems] == [
        "“by” cannot be “nothing” and was left out; it can ",
        "Responses are compared by one thing at a time, so ",
    ]


def test_a_comparison_chooses_no_responses(choices: Choices) -> None:
    plain, compared = (read_address(each, choices).filter for each in ("", "by=rewarding"))
    assert compared.to_conditions(choices) == plain.to_conditions(choices)


def test_a_thousand_wrong_things_are_told_in_a_few_sentences(choices: Choices) -> None:
    reading = read_filter([(f"name{number}", "x") for number in range(1_000)], choices)
    assert len(reading.problems) == MOST_TOLD + 1
    assert reading.problems[-1] == "190 more things were left out."


@pytest.mark.parametrize("last", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_day_that_there_is_are_days(last: str, choices: Choices) -> None:
    reading = read_address(f"to={last}", choices)
    assert reading.problems == ()
    assert reading.filter.to_conditions(choices).until == last


def test_a_question_called_like_one_of_our_names_is_told_apart() -> None:
    instrument = load_items(
        """
        - key: test
          type: select_one
          text: Was there a test?
          options: {1: Yes, 0: No}
        """
    )
    choices = find_choices([instrument])
    reading = read_address("item.test=0&test=1", choices)
    assert reading.problems == ()
    assert reading.filter.include_test
    assert reading.filter.to_conditions(choices).groups == ((("test",), ("0",)),)
    assert read_address(reading.filter.to_address(), choices).filter == reading.filter


def test_in_a_comparison_a_question_is_called_by_its_key() -> None:
    instrument = load_items(
        """
        - key: test
          type: select_one
          text: Was there a test?
          options: {1: Yes, 0: No}
        - {key: liked, type: likert, text: I liked it., scale: extent}
        """
    )
    choices = find_choices([instrument])
    assert choices.comparisons == ("version", "delivery", "language", "test")
    reading = read_address("by=test", choices)
    assert (reading.filter.by, reading.problems) == ("test", ())


def test_a_renamed_question_is_one_and_is_found_by_each_of_its_names() -> None:
    line = "{key: liked, type: select_one, text: Liked it?, options: {y: Yes, n: No}}"
    older = define([line])
    newer = define([line.replace("liked,", "enjoyed, renamed_from: liked,")], version="2.0.0")
    choices = find_choices([newer, older], trace([older, newer]))
    assert list(choices.groups) == ["enjoyed"]
    for address in ("enjoyed=y&by=enjoyed", "liked=y&by=liked"):
        reading = read_address(address, choices)
        assert reading.problems == ()
        assert reading.filter.to_address() == "enjoyed=y&by=enjoyed"
        assert reading.filter.to_conditions(choices).groups == ((("enjoyed", "liked"), ("y",)),)
