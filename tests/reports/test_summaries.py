"""Summaries pool versions of one meaning, and never the two deliveries."""

from collections.abc import Iterator

import pytest

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.definition.shapes import Answer, Counts, Numbers
from survey_app.reports.dataset import make_layout
from survey_app.reports.responses import ResponseRow
from survey_app.reports.summaries import BATCH, Pool, pool_summaries

DEFINITION = """
format: 1
name: mentors
version: {version}
title: Mentors
source: ours
licence: ours
changes: first
sections:
  - key: main
    title: All
    items:
      - {{key: years, type: integer, text: How many?}}
      - {{key: rewarding, type: select_one, text: Rewarding?, options: {{y: Yes, n: No}}}}
"""


def make_instrument(version: str) -> Instrument:
    return load(DEFINITION.format(version=version).encode(), "test.yaml")


VERSIONS = tuple(make_instrument(version) for version in ("1.0.0", "1.2.0", "2.0.0"))


def make_response(
    version: str, years: int, *, delivery: str = "self", state: str = "submitted"
) -> ResponseRow:
    return ResponseRow(
        id=f"r{years}",
        study="s",
        instrument="mentors",
        version=version,
        delivery=delivery,
        source="web",
        language="en",
        state=state,
        started="2026-11-22",
        answers={"years": {"": Answer(value=years)}, "rewarding": {"": Answer(value="y")}},
    )


def pool(*responses: ResponseRow) -> tuple[Pool, ...]:
    return pool_summaries(make_layout(VERSIONS), responses)


def find_numbers(pool: Pool) -> Numbers:
    (numbers,) = (each for each in pool.summaries if isinstance(each, Numbers))
    return numbers


def test_versions_with_one_major_number_are_pooled_and_their_numbers_too() -> None:
    (found,) = pool(make_response("1.0.0", 1), make_response("1.2.0", 2), make_response("1.2.0", 9))
    assert [each.version for each in found.instruments] == ["1.2.0", "1.0.0"]
    numbers = find_numbers(found)
    assert (numbers.n, numbers.minimum, numbers.median, numbers.maximum) == (3, 1, 2, 9)


def test_major_versions_and_deliveries_stay_apart_in_a_settled_order() -> None:
    found = pool(
        make_response("2.0.0", 4, delivery="interviewer"),
        make_response("1.0.0", 1),
        make_response("2.0.0", 2),
    )
    assert [(each.delivery, each.instruments[0].version, each.responses) for each in found] == [
        ("self", "2.0.0", 1),
        ("self", "1.0.0", 1),
        ("interviewer", "2.0.0", 1),
    ]


def test_withdrawn_responses_do_not_count() -> None:
    (found,) = pool(make_response("1.0.0", 1, state="withdrawn"), make_response("1.0.0", 5))
    assert (found.responses, find_numbers(found).median) == (1, 5)


def test_without_responses_there_is_one_empty_pool_of_the_newest_version() -> None:
    (found,) = pool()
    assert [each.version for each in found.instruments] == ["2.0.0"]
    assert [each.n for each in found.summaries if isinstance(each, Counts | Numbers)] == [0, 0]


@pytest.mark.parametrize("count", [BATCH - 1, BATCH, BATCH + 1, 2 * BATCH + 3])
def test_batches_change_no_number(count: int) -> None:
    def read() -> Iterator[ResponseRow]:
        return (make_response("1.0.0", number) for number in range(count))

    (found,) = pool_summaries(make_layout(VERSIONS), read())
    numbers = find_numbers(found)
    counts = next(each for each in found.summaries if isinstance(each, Counts))
    assert (numbers.n, numbers.median, counts.n) == (count, (count - 1) / 2, count)
    assert [level.count for level in counts.levels] == [count, 0]
