"""What the database counts is what comes out when every response is read and counted."""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from sqlite3 import connect
from statistics import quantiles

import pytest
from sqlalchemy import event

from survey_app.choices import find_choices
from survey_app.definition.instrument import Instrument
from survey_app.definition.library import load_library
from survey_app.definition.shapes import Counts, Grid, Numbers, Summary, Texts
from survey_app.filtering import read_address
from survey_app.reports.dataset import make_layout
from survey_app.reports.summaries import pool_summaries
from survey_app.settings import Settings
from survey_app.storage.records import ResponseRecord, Selection
from survey_app.storage.store import Store
from survey_app.web.analyst.distributions import Distribution, distribute, find_pools
from survey_app.worker.sources import adapt_response
from tests.storage.scenes import change

Holds = Callable[[ResponseRecord], bool]


def said(record: ResponseRecord, item: str) -> object:
    return next((row.value for row in record.answers if row.item == item), None)


FILTERS: list[tuple[str, Holds]] = [
    ("", lambda each: not each.is_test),
    ("test=1", lambda each: True),
    ("test=1&version=1.0.0", lambda each: each.version == "1.0.0"),
    ("test=1&version=1.0.0&version=1.0.1", lambda each: True),
    ("test=1&delivery=interviewer", lambda each: each.delivery == "interviewer"),
    ("test=1&delivery=self&delivery=interviewer", lambda each: True),
    ("test=1&state=submitted", lambda each: each.state == "submitted"),
    ("state=in_progress", lambda each: each.state == "in_progress" and not each.is_test),
    ("test=1&state=withdrawn", lambda each: each.state == "withdrawn"),
    ("test=1&from=2026-03-20", lambda each: each.started[:10] >= "2026-03-20"),
    ("test=1&to=2026-03-20", lambda each: each.started[:10] <= "2026-03-20"),
    (
        "test=1&from=2026-03-10&to=2026-04-02",
        lambda each: "2026-03-10" <= each.started[:10] <= "2026-04-02",
    ),
    ("test=1&to=9999-12-31", lambda each: True),
    ("test=1&rewarding=yes", lambda each: said(each, "rewarding") == "yes"),
    ("test=1&rewarding=yes&rewarding=no", lambda each: said(each, "rewarding") is not None),
    (
        "state=submitted&delivery=self&version=1.0.1&from=2026-03-20&rewarding=no&test=1",
        lambda each: (
            (each.state, each.delivery, each.version) == ("submitted", "self", "1.0.1")
            and each.started[:10] >= "2026-03-20"
            and said(each, "rewarding") == "no"
        ),
    ),
]
EACH = pytest.mark.parametrize(("address", "holds"), FILTERS, ids=[each for each, _ in FILTERS])


@pytest.fixture
def installation(busy_installation: Path) -> Path:
    """One in which much has come in."""
    return busy_installation


@pytest.fixture(scope="module")
def versions() -> tuple[Instrument, ...]:
    library = load_library()
    return tuple(library.instruments["ami-survey", each] for each in ("1.0.1", "1.0.0"))


def select(address: str, versions: tuple[Instrument, ...]) -> Selection:
    choices = find_choices(versions)
    reading = read_address(address, choices)
    assert reading.problems == ()
    chosen = reading.filter
    return Selection(
        study="ami",
        instrument="ami-survey",
        versions=chosen.versions or choices.versions,
        include_test=chosen.include_test,
        conditions=chosen.to_conditions(choices),
    )


def read(store: Store, holds: Holds) -> list[ResponseRecord]:
    with store.snapshot() as snapshot:
        every = snapshot.responses("ami", "ami-survey", include_test=True)
        return [each for each in every if holds(each)]


def test_the_scene_has_something_of_everything(store: Store) -> None:
    found = read(store, lambda each: True)
    for name, kinds in {
        "state": 3,
        "delivery": 2,
        "version": 2,
        "language": 2,
        "is_test": 2,
    }.items():
        assert len({getattr(each, name) for each in found}) == kinds, name
    assert all(read(store, holds) for _address, holds in FILTERS), "each filter chooses something"


@EACH
def test_each_filter_chooses_what_reading_everything_chooses(
    address: str, holds: Holds, store: Store, versions: tuple[Instrument, ...]
) -> None:
    selection, expected = select(address, versions), read(store, holds)
    kinds = {
        (each.version, each.delivery, each.language, each.state): each.count
        for each in store.desk.kinds(selection)
    }
    assert kinds == Counter(
        (each.version, each.delivery, each.language, each.state) for each in expected
    )
    listed = store.desk.list(selection, limit=1_000, skip=0)
    assert {each.id for each in listed} == {each.id for each in expected}
    assert [each.changed for each in listed] == sorted(
        (each.changed for each in listed), reverse=True
    )
    days = store.desk.days(selection)
    assert {each.day: each.begun for each in days if each.begun} == Counter(
        each.started[:10] for each in expected
    )
    assert {each.day: each.sent for each in days if each.sent} == Counter(
        each.submitted[:10] for each in expected if each.submitted
    )


@EACH
def test_an_export_reads_the_same_responses(
    address: str, holds: Holds, store: Store, versions: tuple[Instrument, ...]
) -> None:
    selection, expected = select(address, versions), read(store, holds)
    with store.snapshot() as snapshot:
        chosen = {
            "study": "ami",
            "instrument": "ami-survey",
            "versions": list(selection.versions),
            "include_test": selection.include_test,
            "conditions": selection.conditions,
        }
        assert list(snapshot.responses(**chosen)) == expected  # type: ignore[arg-type]  # by name
        assert snapshot.count(**chosen) == len(expected)  # type: ignore[arg-type]  # as above
        ids = {each.id for each in expected}
        assert {each.response for each in snapshot.marks(**chosen)} <= ids  # type: ignore[arg-type]
        noted = {each.response for each in snapshot.notes(**chosen)}  # type: ignore[arg-type]
        assert noted - {None} <= ids
        held = {each.interview for each in expected if each.state != "withdrawn"} - {None}
        assert {each.id for each in snapshot.interviews(**chosen)} == held  # type: ignore[arg-type]


def flatten(summary: Summary) -> dict[str, tuple[dict[str, int], int, dict[str, int]]]:
    """What a summary of the reports holds, by row: counts by code, n, blanks by reason."""
    match summary:
        case Counts():
            counts = {level.code: level.count for level in summary.levels if level.count}
            return {"": (counts, summary.n, {**summary.missing})}
        case Grid():
            codes = [code for code, _text in summary.levels]
            return {
                row.row: (
                    {code: n for code, n in zip(codes, row.counts, strict=True) if n},
                    row.n,
                    {**row.missing},
                )
                for row in summary.rows
            }
        case Numbers() | Texts():
            return {"": ({}, summary.n, {**summary.missing})}


def flatten_counted(found: Distribution) -> dict[str, tuple[dict[str, int], int, dict[str, int]]]:
    return {
        row.row: ({code: n for code, n in row.counts.items() if n}, row.n, {**row.missing})
        for row in found.rows
    }


@EACH
def test_distributions_are_those_of_the_workbook_and_the_charts(
    address: str, holds: Holds, store: Store, versions: tuple[Instrument, ...]
) -> None:
    selection = select(address, versions)
    rows = [adapt_response(each) for each in read(store, holds)]
    expected = pool_summaries(make_layout(versions), rows)
    if not any(pool.responses for pool in expected):
        assert find_pools(versions, store.desk.kinds(selection)) == []
        return
    pools = find_pools(versions, store.desk.kinds(selection))
    assert [pool.delivery for pool in pools] == [pool.delivery for pool in expected]
    for pool, report in zip(pools, expected, strict=True):
        assert sum(pool.base.values()) == report.responses
        for summary in report.summaries:
            counted = distribute(store.desk, selection, pool, summary.item)
            assert counted is not None
            assert flatten_counted(counted) == flatten(summary), summary.item


def test_sections_are_saved_as_drafts_say_and_reached_from_the_one_before(
    settings: Settings, store: Store, versions: tuple[Instrument, ...]
) -> None:
    with closing(connect(settings.database.removeprefix("sqlite:///"))) as connection:
        drafts = {
            response: set(json.loads(body)["sections"])
            for response, body in connection.execute("SELECT response_id, body FROM draft")
        }
    every = read(store, lambda each: True)
    for instrument in versions:
        keys = [section.key for section in instrument.sections]
        own = [each for each in every if each.version == instrument.version]
        begun = [each for each in own if each.delivery == "self" and each.state != "withdrawn"]
        saved = [set(keys) if each.state == "submitted" else drafts[each.id] for each in begun]
        counted = store.desk.sections(select("test=1", versions), instrument.version, keys)
        for place, found in enumerate(counted):
            seen = [not place or bool(each & set(keys[max(0, place - 1) :])) for each in saved]
            assert found.begun == len(begun)
            assert found.reached == sum(seen)
            assert found.saved == sum(keys[place] in each for each in saved)


def test_minutes_are_the_quartiles_of_what_participants_sent(
    store: Store, versions: tuple[Instrument, ...]
) -> None:
    sent = read(store, lambda each: each.delivery == "self" and each.state == "submitted")
    # In the scene response n took n² minutes and half a second.
    spread = store.desk.minutes(select("test=1", versions))
    assert spread is not None
    assert spread.n == len(sent)
    minutes = [
        (
            datetime.fromisoformat(each.submitted or "") - datetime.fromisoformat(each.started)
        ).total_seconds()
        / 60
        for each in sent
    ]
    expected = quantiles(minutes, n=4, method="inclusive")
    found = [spread.lower_quartile, spread.median, spread.upper_quartile]
    # SQLite's days are floating point, good to a millisecond.
    assert found == pytest.approx(expected, abs=1e-3)
    assert (spread.minimum, spread.maximum) == pytest.approx((min(minutes), max(minutes)), abs=1e-3)
    nobody = replace(select("", versions), versions=())
    assert store.desk.minutes(nobody) is None


def test_a_mark_stays_until_a_response_changes(store: Store) -> None:
    def mark() -> str:
        return store.desk.mark("ami", "ami-survey")

    first = mark()
    store.accounts.add("somebody")
    assert mark() == first, "an account is no response"
    (open_one, *_) = read(store, lambda each: each.state == "in_progress")
    store.responses.withdraw(open_one.id, change(1, kind="withdraw"), scope="everything")
    assert mark() != first


def test_no_table_reads_what_the_filter_does_not_choose(
    store: Store, versions: tuple[Instrument, ...]
) -> None:
    """Only the mark, which asks for all, may go through a table from end to end."""
    plans: list[str] = []

    def explain(
        connection: object, _cursor: object, statement: str, given: object, *_: object
    ) -> None:
        if statement.startswith(("SELECT", "WITH")):
            driver = connection.connection.dbapi_connection  # type: ignore[attr-defined]
            plans.extend(row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement}", given))

    event.listen(store._engine, "before_cursor_execute", explain)
    address = "state=submitted&delivery=self&version=1.0.1&from=2026-03-20&rewarding=no"
    for selection in (select("", versions), select(address, versions)):
        store.desk.kinds(selection)
        store.desk.days(selection)
        store.desk.minutes(selection)
        store.desk.sections(selection, "1.0.1", ["role"])
        store.desk.heard(selection, "1.0.1", {"role": ["rewarding"]})
        store.desk.list(selection, limit=50, skip=0)
        for pool in find_pools(versions, store.desk.kinds(selection)):
            for item in versions[0].items:
                distribute(store.desk, selection, pool, item.key)
    store.exports.list_outdated("ami", "ami-survey")
    tables = ("answer", "response", "draft", "note", "probe_mark", "item_mark")
    assert any("ix_response_kind" in plan for plan in plans)
    assert any("ix_response_withdrawn_on" in plan for plan in plans)
    assert [
        plan for plan in plans if plan.startswith(tuple(f"SCAN {each}" for each in tables))
    ] == []
