"""What the desk counts under rules and new names is what the workbook and the charts count."""

from collections.abc import Sequence
from pathlib import Path
from statistics import quantiles

import pytest

from survey_app.definition.pooling import Pooling, PoolingRule
from survey_app.pooling import decide
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.responses import Source
from survey_app.reports.summaries import pool_summaries
from survey_app.settings import Settings
from survey_app.storage.records import Selection
from survey_app.storage.store import Store
from survey_app.web.analyst.counted import spread_values
from survey_app.web.analyst.distributions import distribute, find_pools
from survey_app.worker.sources import adapt_response
from tests.definition.pooling.versions import apart, together
from tests.web.pooling_scenes import NAME, NEWEST, add_newest
from tests.web.test_desk_counts import flatten, flatten_counted

VERSIONS = ("1.0.0", "1.0.1", NEWEST)
RENAMES = {"rewarding": "found_rewarding", "years": "years_as_mentor", "teaching": "on_teaching"}
TURNED = {"_1": "4", "_2": "3", "_3": "2", "_4": "1"}


@pytest.fixture
def installation(busy_installation: Path) -> Path:
    """One in which much has come in."""
    return busy_installation


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [together("1.0.1", NEWEST)],
        [together("1.0.1", NEWEST), apart("1.0.0", "1.0.1")],
        [together("1.0.0", NEWEST, item="years")],
        [together("1.0.0", NEWEST, item="found_rewarding", _yes="no", _no="yes")],
        [together("1.0.0", NEWEST), together("1.0.1", NEWEST, item="teaching", **TURNED)],
    ],
    ids=["numbers", "all", "cut", "renamed", "turned list", "turned scale"],
)
def test_every_question_has_the_same_numbers(
    settings: Settings, store: Store, rules: Sequence[PoolingRule]
) -> None:
    library = add_newest(settings, store, RENAMES)
    instruments = tuple(library.instruments[NAME, version] for version in VERSIONS)
    with store.snapshot() as snapshot:
        records = snapshot.responses("ami", NAME, include_test=True)
        responses = [adapt_response(each) for each in records]
    source = harmonise(
        Source(
            instruments=instruments,
            responses=lambda: iter(responses),
            pooling=Pooling(tuple(rules)),
        )
    )
    assert source.lineage is not None
    decided = decide(instruments, Pooling(tuple(rules)), source.lineage)
    selection = Selection(study="ami", instrument=NAME, versions=VERSIONS[::-1], include_test=True)
    kinds = store.desk.kinds(selection)
    reports = pool_summaries(lay_out(source), source.responses())
    counted = 0
    for report in reports:
        for summary in report.summaries:
            found = [
                pool
                for pool in find_pools(decided.instruments, kinds, decided.pooling, summary.item)
                if (pool.delivery, pool.versions) == (report.delivery, report.instruments)
            ]
            assert len(found) == 1, summary.item
            made = distribute(store.desk, selection, found[0], summary.item, decided.lineage)
            assert made is not None
            assert flatten_counted(made) == flatten(summary), summary.item
            counted += 1
    assert counted >= len(instruments[0].items)


@pytest.mark.parametrize(
    "numbers", [[3.0], [1.0, 2.0], [5.0, 1.0, 1.0, 2.5], [2.0] * 7 + [9.0] * 4]
)
def test_a_spread_of_counted_values_is_that_of_the_values(numbers: list[float]) -> None:
    values = {number: numbers.count(number) for number in numbers}
    spread = spread_values(values)
    assert (spread.n, spread.minimum, spread.maximum) == (len(numbers), min(numbers), max(numbers))
    assert spread.mean == pytest.approx(sum(numbers) / len(numbers))
    if len(numbers) > 1:
        found = [spread.lower_quartile, spread.median, spread.upper_quartile]
        assert found == pytest.approx(quantiles(numbers, n=4, method="inclusive"))
