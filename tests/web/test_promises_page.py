"""Everybody may read what is promised, with the tests that prove it."""

import re
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page

from survey_app.promises import KEPT, SENTENCES, TESTS, Outcome, Result, keep_results
from survey_app.settings import Settings
from tests.browser import LiveServer, Witness, violations_in_either_light
from tests.installation import make_settings
from tests.plain_browser import PlainBrowser

FIRST, SECOND = TESTS[1]


def keep(settings: Settings, first: Outcome, second: Outcome) -> None:
    given = {FIRST: first, SECOND: second}
    results = {test: Result(outcome=each, day="2026-11-26") for test, each in given.items()}
    keep_results(results, settings.data / KEPT)


def read(app: Flask) -> str:
    """Return the words of the page as anybody reads them."""
    page = PlainBrowser(app.test_client()).open("/promises").text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


def test_every_promise_stands_there_with_its_tests(app: Flask) -> None:
    words = read(app)
    assert "No results of these tests were kept on this server." in words
    assert [each for each in SENTENCES.values() if each not in words] == []
    assert "nothing acknowledged is lost when the server is killed" in words
    assert "tests/reliability/test_kill_loop.py" in words


@pytest.mark.parametrize(
    ("second", "summed_up", "told"),
    [
        (
            "passed",
            "Promises that have passed their tests: 1 of 34.",
            "the server is killed. passed 2026-11-26",
        ),
        (
            "failed",
            "Promises that have passed their tests: 0 of 34.",
            "the server is killed. failed 2026-11-26",
        ),
        ("skipped", "tests: 0 of 34.", "the server is killed. left out 2026-11-26"),
    ],
)
def test_kept_results_stand_beside_the_promises(
    app: Flask, settings: Settings, second: Outcome, summed_up: str, told: str
) -> None:
    keep(settings, "passed", second)
    words = read(app)
    assert summed_up in words
    assert told in words
    assert "not run" in words, "the others"


def test_results_that_are_none_are_told(app: Flask, settings: Settings) -> None:
    (settings.data / KEPT).write_text("[]", "utf-8")
    assert "The results cannot be read" in read(app)


@pytest.mark.browser
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_accessible_and_no_wider_than_the_window(
    page: Page, live_server: LiveServer, witness: Witness, tmp_path: Path, width: int
) -> None:
    keep(make_settings(tmp_path), "passed", "failed")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(live_server.url)
    page.get_by_role("link", name="What is promised here").click()
    page.wait_for_url("**/promises")
    assert violations_in_either_light(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert witness.complaints == []
