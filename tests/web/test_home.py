"""The home page: what somebody did last, and where to go on, role by role."""

import re
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event

from survey_app.settings import Settings
from survey_app.storage.records import Role
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.storage.scenes import change
from tests.web.interviewing import Studied, begin
from tests.web.signed_in import sign_in


@pytest.fixture
def installation(talks: Path) -> Path:
    return talks


def home_of(app: Flask, studied: Studied, name: str) -> str:
    return PlainBrowser(studied.sign_in(app, name)).open("/home").text


def finish(store: Store, address: str) -> None:
    interview = address.rsplit("/", 1)[1]
    state = store.interviews.find(interview)
    assert state is not None
    ending = {"op": "clock", "action": "finish", "at": 5}
    store.interviews.apply(interview, change(9, base=state.revision, client="late"), [ending])


def test_an_interviewer_goes_on_with_her_open_interviews_and_sees_the_last_she_finished(
    app: Flask, studied: Studied, store: Store
) -> None:
    ivy = studied.sign_in(app, "ivy")
    assert "You have not begun one yet." in home_of(app, studied, "ivy")
    done, under_way = begin(ivy, "P01"), begin(ivy, "P02")
    finish(store, done)
    begin(studied.sign_in(app, "ivan"), "P03")
    page = home_of(app, studied, "ivy")
    assert f'href="{under_way}">Go on with P02<' in page
    assert f'href="{done}/summary">Contact summary of P01<' in page
    assert "P03" not in page
    assert 'href="/interviews/new">New interview<' in page


def test_a_study_lead_sees_what_came_in_what_is_open_and_no_draft_that_is_over(
    app: Flask, studied: Studied, store: Store
) -> None:
    finish(store, begin(studied.sign_in(app, "ivy"), "P01"))
    begin(studied.sign_in(app, "ivan"), "P02")
    page = home_of(app, studied, "lea")
    assert re.search(
        r'href="/analysis/talks/talk">talk</a><span>1 sent · .*not looked at yet', page
    )
    assert "Open P02" in page
    assert re.search(r'href="/studies/talks">[^<]+</a>', page)
    assert 'href="/studies"' in page
    assert "ami-safe-relationships 1.0.0" in page
    assert "ami-survey 1.0.0" not in page, "1.0.1 was published since"


def test_an_analyst_is_told_what_is_new_since_the_last_look(
    app: Flask, studied: Studied, store: Store
) -> None:
    ivy, ann = studied.sign_in(app, "ivy"), studied.sign_in(app, "ann")
    finish(store, begin(ivy, "P01"))
    assert "not looked at yet" in home_of(app, studied, "ann")
    with ann.get("/analysis/talks/talk") as desk:  # a look is written once the page was sent
        assert desk.status_code == 200
    assert "nothing new since" in home_of(app, studied, "ann")
    finish(store, begin(ivy, "P02"))
    assert "1 new since" in home_of(app, studied, "ann")
    store.exports.record(
        "ann", "talks", filter={"instrument": "talk"}, columns=[], rows=2, hash="h"
    )
    page = home_of(app, studied, "ann")
    assert "talk, 2 rows" in page
    assert "P01" not in page


@pytest.mark.parametrize(
    ("role", "words", "others"),
    [
        ("coordinator", "You keep who takes part", ("New interview", "Results", "Administration")),
        (None, "without a second factor", ("New interview", "Results", "sent")),
    ],
)
def test_each_sees_what_is_theirs_and_nothing_else(
    app: Flask,
    settings: Settings,
    store: Store,
    role: Role | None,
    words: str,
    others: tuple[str, ...],
) -> None:
    browser = sign_in(app, settings, store, role=role, administrator=role is None)
    page = browser.open("/home").text.partition("<footer")[0]
    assert words in page
    assert not [each for each in others if re.search(rf"\b{each}\b", page)]


def test_an_administrator_finds_the_studies(app: Flask, settings: Settings, store: Store) -> None:
    browser = sign_in(app, settings, store, administrator=True)
    assert 'href="/studies">Studies' in browser.open("/home").text
    assert browser.open("/studies").status_code == 200


def test_who_has_no_role_yet_is_told_whom_to_ask(
    app: Flask, settings: Settings, store: Store
) -> None:
    page = sign_in(app, settings, store).open("/home").text
    assert "You have no role in a study yet" in page


def test_no_query_of_the_page_reads_a_large_table_row_by_row(
    app: Flask, store: Store, studied: Studied
) -> None:
    asked: dict[str, Any] = {}

    def note(_connection: object, _cursor: object, statement: str, given: Any, *_more: Any) -> None:
        asked[statement] = given

    event.listen(store._engine, "before_cursor_execute", note)
    for name in ("ivy", "lea", "ann", "olga"):
        home_of(app, studied, name)
    event.remove(store._engine, "before_cursor_execute", note)
    assert len(asked) > 8
    with store._engine.connect() as connection:
        scans = [
            row.detail
            for statement, given in asked.items()
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
            if re.match(r"SCAN (response|answer|event|interview|export_record)\b", row.detail)
        ]
    assert scans == []
