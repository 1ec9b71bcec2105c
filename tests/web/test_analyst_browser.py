"""In a real browser the charts have their colours: the strict policy does not blacken them."""

import time

import pytest
from playwright.sync_api import Page

from survey_app.cli.invented_responses import Invention, add_response
from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import load_library
from survey_app.settings import Settings
from tests.browser import LiveServer, Witness, violations

PATIENCE = 150
SHARES = """
image => {
  const canvas = document.createElement("canvas");
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const {data} = pen.getImageData(0, 0, canvas.width, canvas.height);
  const counts = {};
  for (let at = 0; at < data.length; at += 4) {
    const colour = `${data[at]},${data[at + 1]},${data[at + 2]},${data[at + 3]}`;
    counts[colour] = (counts[colour] || 0) + 4 / data.length;
  }
  return counts;
}
"""
"""The share of a picture's pixels that each colour has."""
DEEPEST_BLUE = "8,48,107,255"
BLACK = "0,0,0,255"


@pytest.fixture
def analyst(page: Page, live_server: LiveServer) -> Page:
    """The page of an analyst of a study with a few test responses."""
    store = live_server.store
    instrument = load_library().find("ami-survey", "1.0.1")
    assert instrument is not None
    form = ResponseForm(instrument, "en")
    invention = Invention(store=store, study="ami", instrument=instrument, seed=7, run="x")
    for number in range(6):
        add_response(invention, form, number)
    store.accounts.add("Zoë")
    store.accounts.set_role("Zoë", "analyst", "ami")
    page.goto(make_sign_in_link(Settings(url=live_server.url), store, "Zoë"))
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="All results").click()
    return page


def wait_until_ready(page: Page) -> None:
    until = time.monotonic() + PATIENCE
    while page.locator("h1").inner_text() != "It is ready":
        assert time.monotonic() < until, page.inner_text("main")
        page.wait_for_timeout(500)
        page.reload()


@pytest.mark.browser
def test_charts_show_their_colours_under_the_strict_policy(analyst: Page, witness: Witness) -> None:
    assert violations(analyst) == ""
    analyst.get_by_label("With the test responses of ami-survey").check()
    analyst.get_by_role("button", name="Draw the charts of ami-survey").click()
    assert violations(analyst) == ""
    wait_until_ready(analyst)
    assert violations(analyst) == ""
    assert analyst.evaluate("document.documentElement.scrollWidth") <= 360
    pictures = analyst.locator("img")
    shares = [pictures.nth(place).evaluate(SHARES) for place in range(pictures.count())]
    assert shares
    assert all(share.get(BLACK, 0) < 0.05 for share in shares), "no chart is black"
    assert any(share.get(DEEPEST_BLUE, 0) > 0.01 for share in shares), "the scale's last point"
    analyst.get_by_role("link", name="See them with their numbers").click()
    assert violations(analyst) == ""
    assert analyst.evaluate("document.documentElement.scrollWidth") <= 360
    assert analyst.locator("img").count() == len(shares)
    analyst.get_by_label("Drawn for").select_option("slide")
    assert witness.complaints == []


@pytest.mark.browser
def test_the_administrators_page_fits_a_phone_and_breaks_no_rule(
    page: Page, witness: Witness, live_server: LiveServer
) -> None:
    live_server.store.accounts.add("root", administrator=True)
    page.goto(make_sign_in_link(Settings(url=live_server.url), live_server.store, "root"))
    page.get_by_role("button", name="Sign in").click()
    assert violations(page) == ""
    page.get_by_role("link", name="Who signed in, and what was changed").click()
    assert page.locator("h1").inner_text() == "Administration"
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert witness.complaints == []
