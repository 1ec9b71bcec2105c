"""The page on which an analyst decides which versions are counted together."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from survey_app.settings import Settings
from survey_app.storage.records import Role
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.pooling_scenes import NEW_KEY, NEWEST, OLD_KEY, add_newest
from tests.web.signed_in import sign_in
from tests.web.test_desk import keep_charts, post_charts

DESK = "/analysis/ami/ami-survey"
PAGE = f"{DESK}/pooling"
WHY = "The meaning is the same."
TOGETHER: dict[str, Any] = {"versions": ["1.0.1", NEWEST], "pool": "together", "reason": WHY}


@pytest.fixture
def installation(busy_installation: Path) -> Path:
    """One in which much has come in."""
    return busy_installation


@pytest.fixture
def browser(app: Flask, settings: Settings, store: Store) -> PlainBrowser:
    add_newest(settings, store)
    return sign_in(app, settings, store, role="analyst")


def words_of(page: str) -> str:
    """What can be read on a page."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page)))


def token_of(browser: PlainBrowser) -> str:
    browser.open(PAGE)
    found = re.search(r'name="csrf" value="(\w+)"', browser.text)
    assert found
    return found[1]


def post(browser: PlainBrowser, **fields: Any) -> Any:
    return browser.client.post(PAGE, data={"csrf": token_of(browser), **fields})


def test_the_desk_leads_to_a_page_that_says_what_holds_and_why(browser: PlainBrowser) -> None:
    browser.open(DESK)
    assert f'href="{PAGE}"' in browser.text
    browser.open(PAGE)
    told = words_of(browser.text)
    assert "All questions 1.0.0, 1.0.1 2.0.0 the first numbers differ" in told
    assert "Nobody has decided anything yet" in told


def test_a_decision_is_kept_with_its_reason_and_shows_at_once(
    browser: PlainBrowser, store: Store
) -> None:
    assert post(browser, **TOGETHER).headers["Location"] == PAGE
    (record,) = store.pooling.list("ami", "ami-survey")
    assert (record.note, record.added_by) == (WHY, "the analyst of ami")
    told = words_of(browser.open(PAGE).get_data(as_text=True))
    assert "All questions 1.0.0, 1.0.1, 2.0.0 The meaning is the same. (the analyst of ami" in told
    assert "1.0.1 and 2.0.0 are counted together" in told


def test_a_decision_changes_the_tables_of_the_desk_at_once(browser: PlainBrowser) -> None:
    address = f"{DESK}/tables/item-years?test=1"
    before = words_of(browser.open(address).get_data(as_text=True))
    assert "by themselves, version 2.0.0" in before
    post(browser, **TOGETHER)
    after = words_of(browser.open(address).get_data(as_text=True))
    assert "by themselves, versions 2.0.0, 1.0.1, 1.0.0" in after


def test_charts_that_were_drawn_before_are_not_taken_for_those_of_now(
    app: Flask, browser: PlainBrowser, store: Store
) -> None:
    keep_charts(app, store, preset="screen", by_top=False)
    browser.open(f"{DESK}/charts?test=1")
    assert "Nothing has changed since." in words_of(browser.text)
    post(browser, **TOGETHER)
    browser.open(f"{DESK}/charts?test=1")
    assert "Nothing has changed since." not in words_of(browser.text)
    assert "/jobs/" in post_charts(browser)


def test_one_question_can_be_decided_for_itself(browser: PlainBrowser) -> None:
    assert post(browser, **TOGETHER, item="years").status_code == 303
    told = words_of(browser.open(PAGE).get_data(as_text=True))
    assert "All other questions 1.0.0, 1.0.1 2.0.0 the first numbers differ" in told
    assert "years 1.0.0, 1.0.1, 2.0.0 The meaning is the same." in told


def test_a_renamed_question_is_one_on_the_desk(browser: PlainBrowser, store: Store) -> None:
    assert post(browser, **TOGETHER, item=OLD_KEY).status_code == 303
    browser.open(f"{DESK}?test=1")
    assert f'id="item-{NEW_KEY}"' in browser.text
    assert f'id="item-{OLD_KEY}"' not in browser.text
    browser.open(f"{DESK}/tables/item-{NEW_KEY}?test=1")
    found = re.findall(r"n = (\d+) of (\d+) responses", words_of(browser.text))
    with store.snapshot() as snapshot:
        rows = list(snapshot.responses("ami", "ami-survey", include_test=True))
    counted = [row for row in rows if row.delivery == "self" and row.state != "withdrawn"]
    said = [
        row
        for row in counted
        if any(each.item in {OLD_KEY, NEW_KEY} and each.value is not None for each in row.answers)
    ]
    assert found[0] == (str(len(said)), str(len(counted)))
    assert len({row.version for row in said}) == 3


def test_a_filter_by_a_renamed_question_chooses_responses_of_all_versions(
    browser: PlainBrowser, store: Store
) -> None:
    with store.snapshot() as snapshot:
        rows = list(snapshot.responses("ami", "ami-survey", include_test=True))
    said = [
        row
        for row in rows
        if any(each.item in {OLD_KEY, NEW_KEY} and each.value == "yes" for each in row.answers)
    ]
    assert len({row.version for row in said}) == 3
    for key in (NEW_KEY, OLD_KEY):
        browser.open(f"{DESK}?test=1&{key}=yes")
        assert f"<dd>{len(said)}</dd>" in browser.text
    page = browser.open(f"{DESK}/tables/item-{OLD_KEY}?test=1")
    assert page.status_code == 200


def test_undoing_needs_a_reason_and_stays_on_record(browser: PlainBrowser, store: Store) -> None:
    post(browser, **TOGETHER)
    undo = {"versions": TOGETHER["versions"], "pool": "undo", "item": ""}
    refused = post(browser, **undo, reason=" ")
    assert refused.status_code == 422
    assert 'href="#undo-1"' in refused.get_data(as_text=True)
    assert post(browser, **undo, reason="A slip.").status_code == 303
    assert [each.rule["pool"] for each in store.pooling.list("ami", "ami-survey")] == [True, None]
    told = words_of(browser.open(PAGE).get_data(as_text=True))
    assert "are counted together stands no more" in told
    assert "All questions 1.0.0, 1.0.1 2.0.0" in told


def test_the_same_page_sent_twice_decides_once(browser: PlainBrowser, store: Store) -> None:
    for _time in range(2):
        assert post(browser, **TOGETHER).status_code == 303
    undo = {**TOGETHER, "pool": "undo"}
    for _time in range(2):
        assert post(browser, **undo).status_code == 303
    assert len(store.pooling.list("ami", "ami-survey")) == 2


@pytest.mark.parametrize(
    ("changed", "said", "name"),
    [
        ({"reason": ""}, "Say why in a sentence", "reason"),
        ({"reason": "x" * 1001}, "Keep it under 1000 characters; this has 1001", "reason"),
        ({"pool": ""}, "Choose whether these versions are counted together", "pool"),
        ({"pool": "maybe"}, "Choose whether these versions are counted together", "pool"),
        ({"versions": ["1.0.1"]}, "Name at least two versions", "versions"),
        ({"versions": []}, "Name at least two versions", "versions"),
        ({"versions": ["1.0.1", "soon"]}, "There is no version 'soon' here", "versions"),
        ({"item": "lost"}, "No version has a question 'lost'", "versions"),
        ({"codes": "1 to 4", "item": "years"}, "“1 to 4” is no pair of codes", "codes"),
        ({"codes": "1 = 4\n1 = 3"}, "stands there twice", "codes"),
        ({"codes": "1 = 4"}, "Codes are stated for one question", "versions"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(
    browser: PlainBrowser, store: Store, changed: dict[str, Any], said: str, name: str
) -> None:
    page = post(browser, **{**TOGETHER, "reason": "Typed.", **changed})
    text = page.get_data(as_text=True)
    assert page.status_code == 422
    assert said in words_of(text)
    assert f'href="#{name}"' in text
    assert f'id="{name}"' in text
    if "reason" not in changed:
        assert "Typed.</textarea>" in text
    assert store.pooling.list("ami", "ami-survey") == []


def test_what_was_typed_is_text_on_the_page_and_nothing_else(browser: PlainBrowser) -> None:
    post(browser, **{**TOGETHER, "reason": "<script>alert(1)</script>\x00"})
    browser.open(PAGE)
    assert "<script>alert" not in browser.text
    assert "&lt;script&gt;alert(1)" in browser.text


@pytest.mark.parametrize(
    ("role", "study", "status"),
    [
        ("analyst", "ami", 200),
        ("study_lead", "ami", 200),
        ("interviewer", "ami", 403),
        ("observer", "ami", 403),
        ("coordinator", "ami", 403),
        ("analyst", "other", 404),
    ],
)
def test_only_those_who_may_see_the_results_of_the_study_come_in(
    app: Flask, settings: Settings, store: Store, role: Role, study: str, status: int
) -> None:
    if study == "other":
        store.studies.create(slug="other", title="Another")
    browser = sign_in(app, settings, store, role=role, study=study)
    assert browser.client.get(PAGE).status_code == status
    page = browser.client.get("/analysis" if status != 403 else "/")
    found = re.search(r'name="csrf" value="(\w+)"', page.get_data(as_text=True))
    data = {**TOGETHER, "versions": ["1.0.0", "1.0.1"], "pool": "apart"}
    data |= {"csrf": found[1]} if found else {}
    posted = browser.client.post(PAGE, data=data)
    assert posted.status_code == (303 if status == 200 else 400 if not found else status)


def test_without_the_pages_token_nothing_is_decided(browser: PlainBrowser, store: Store) -> None:
    assert browser.client.post(PAGE, data=TOGETHER).status_code == 400
    assert store.pooling.list("ami", "ami-survey") == []


def test_where_there_is_one_version_there_is_nothing_to_decide(
    app: Flask, settings: Settings, store: Store
) -> None:
    browser = sign_in(app, settings, store, role="analyst")
    browser.open("/analysis/ami/ami-interview/pooling")
    assert "nothing to decide" in words_of(browser.text)
