"""The whole survey in a real browser: by keyboard, on a phone, with and without scripts."""

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from survey_app.reports.progress import ignore
from survey_app.worker.exports import make_export
from survey_app.worker.requests import Request
from tests.browser import LiveServer, NewContext, Witness, violations

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => [...document.querySelectorAll('a,button,input,textarea,select')]
    .filter(each => each.type !== 'hidden' && !each.classList.contains('skip-link'))
    .map(each => each.type === 'radio' || each.type === 'checkbox' ? each.parentElement : each)
    .filter(each => each.getBoundingClientRect().width)
    .filter(each => !(each.tagName === 'A' && ['P', 'LI', 'DD'].includes(each.parentElement.tagName)))
    .filter(each => each.getBoundingClientRect().height < 43.5)
    .map(each => each.outerHTML.slice(0, 90))"""


class Keyboard:
    """A person who only has a keyboard: Tab until the thing is reached, then a key."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, id_: str) -> None:
        """Press Tab until the element with this id has the focus."""
        for _ in range(80):
            if self.page.evaluate("document.activeElement.id") == id_:
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached {id_}")

    def tick(self, id_: str) -> None:
        """Tick a box or take a group's first button."""
        self.reach(id_)
        self.page.keyboard.press("Space")

    def choose(self, group: str, place: int) -> None:
        """Choose a group's button by the arrow keys, counted from 1."""
        self.reach(group)
        self.page.keyboard.press("Space")
        for _ in range(place - 1):
            self.page.keyboard.press("ArrowDown")

    def write(self, id_: str, text: str) -> None:
        """Write into an input."""
        self.reach(id_)
        self.page.keyboard.insert_text(text)

    def press(self, words: str) -> None:
        """Reach the button with these words and press Enter."""
        for _ in range(80):
            if self.page.evaluate("document.activeElement.textContent.trim()") == words:
                self.page.keyboard.press("Enter")
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reached the button {words}")


def read_row(server: LiveServer, folder: Path) -> dict[str, object]:
    """Return the analyst's one row of codes, by column."""
    request = Request(who="test", study="ami", instrument="ami-survey", format="xlsx")
    path = folder / "ami-survey.xlsx"
    make_export(server.store, request, path, ignore)
    sheet = load_workbook(path)["Data"]
    names, row = list(sheet.iter_rows(values_only=True))
    return dict(zip(map(str, names), row, strict=True))


def test_the_whole_survey_by_keyboard_on_a_phone_reaches_the_workbook_cell_by_cell(
    page: Page, witness: Witness, live_server: LiveServer, tmp_path: Path
) -> None:
    keys = Keyboard(page)
    page.goto("/s/ami")
    assert violations(page) == ""
    keys.tick("agree")
    keys.press("Begin")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your involvement")
    assert violations(page) == ""
    keys.tick("item_years")
    keys.tick("item_years--2020_2021")
    keys.tick("item_topics--ethics")
    keys.tick("item_topics--other")
    keys.write("item_topics-other", "=the weather 😀")
    keys.press("Continue")

    expect(page.get_by_role("heading", level=1)).to_have_text("Your role as a mentor")
    follow_up = page.get_by_label("What did you find rewarding?")
    expect(follow_up).to_be_hidden()
    keys.tick("item_role--role_model")
    keys.choose("item_rewarding", 1)
    expect(follow_up).to_be_visible()
    keys.write("item_rewarding_what", "Their laughter.\nAnd עברית")
    assert violations(page) == ""
    keys.press("Continue")

    rows = {"teaching": 7, "development": 3}
    expected: dict[str, object] = {}
    for section, count in rows.items():
        expect(page.locator("fieldset.battery-row")).to_have_count(count)
        assert violations(page) == ""
        names = page.locator("fieldset.battery-row").evaluate_all(
            "rows => rows.map(row => row.querySelector('input').name)"
        )
        for place, name in enumerate(names):
            level = place % 4 + 1
            keys.choose(name, level)
            expected[name.removeprefix("item_").replace("-", "__")] = level
        assert page.evaluate("location.pathname").endswith(section)
        keys.press("Check your answers" if section == "development" else "Continue")

    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert violations(page) == ""
    keys.press("Send my answers")
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert violations(page) == ""
    assert witness.complaints == []

    row = read_row(live_server, tmp_path)
    expected |= {
        "years__2014_2015": 1,
        "years__2015_2016": 0,
        "years__2020_2021": 1,
        "topics__ethics": 1,
        "topics__doctor": 0,
        "topics__other": 1,
        "topics__other_text": "=the weather 😀",
        "role__role_model": 1,
        "role__other": 0,
        "role__other_text": "not_relevant",
        "rewarding": "yes",
        "rewarding_what": "Their laughter.\nAnd עברית",
        "instrument": "ami-survey",
        "version": "1.0.1",
        "delivery": "self",
        "source": "web",
        "state": "submitted",
    }
    assert {name: row[name] for name in expected} == expected
    rest = {name for name in row if name.startswith(("years__", "topics__", "role__"))}
    assert {row[name] for name in rest - set(expected)} == {0}


def test_the_follow_up_vanishes_keeps_its_text_and_is_never_stored(
    page: Page, live_server: LiveServer, tmp_path: Path
) -> None:
    page.goto("/s/ami")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Continue").click()
    follow_up = page.get_by_label("What did you find rewarding?")
    page.get_by_label("Yes").check()
    follow_up.fill("never stored")
    page.get_by_label("No", exact=True).check()
    expect(follow_up).to_be_hidden()
    page.get_by_label("Yes").check()
    expect(follow_up).to_have_value("never stored")
    page.get_by_label("No", exact=True).check()
    for _ in range(2):
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    row = read_row(live_server, tmp_path)
    assert row["rewarding_what"] == "not_relevant"
    assert "never stored" not in str(row)


def test_without_scripts_the_follow_up_shows_under_its_heading(
    new_context: NewContext, live_server: LiveServer, tmp_path: Path
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/s/ami")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("If answered yes")).to_be_visible()
    page.get_by_label("Yes").check()
    page.get_by_label("What did you find rewarding?").fill("as it is")
    for _ in range(2):
        page.get_by_role("button", name="Continue").click()
    page.get_by_role("button", name="Check your answers").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    assert read_row(live_server, tmp_path)["rewarding_what"] == "as it is"


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_scrolls_sideways_and_every_target_is_large(
    new_context: NewContext, width: int
) -> None:
    page = new_context(viewport={"width": width, "height": 640}).new_page()

    def check() -> None:
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        assert page.evaluate(SMALL_TARGETS) == [], page.url

    page.goto("/")
    check()
    page.goto("/s/ami")
    check()
    page.get_by_role("button", name="Begin").click()
    expect(page).to_have_title("Error: Before you begin – AMI: the resident mentors’ study")
    check()
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Begin").click()
    for words in ("Continue", "Continue", "Continue", "Check your answers"):
        check()
        page.get_by_role("button", name=words).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    check()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    check()
    # The receipt code is one word, to be copied as one.
    assert page.locator(".receipt").evaluate("code => code.getClientRects().length") == 1


def test_an_error_summary_takes_the_focus_and_leads_to_the_field(page: Page) -> None:
    page.goto("/s/ami")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Begin").click()
    page.locator("#item_topics--other").check()
    page.get_by_role("button", name="Continue").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert violations(page) == ""
    page.get_by_role("link", name="You chose ‘other’").click()
    expect(page.locator("#item_topics-other")).to_be_focused()


def test_the_checker_itself_finds_a_bad_page(page: Page) -> None:
    page.goto("/s/ami")
    page.evaluate("document.body.innerHTML = '<main><h1>x</h1><input type=\"radio\"></main>'")
    assert "label" in violations(page)
