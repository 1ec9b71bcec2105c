"""The printed sheet of the console: in a real browser, as the printer gets it."""

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page

from survey_app.definition.library import load_library
from survey_app.storage.store import Store
from tests.browser import LiveServer, NewContext, violations
from tests.paper.interviews import AUTHOR, ENDLESS, HOSTILE, LONG, hold
from tests.paper.sheets import find_missing, list_words, read_pages
from tests.web.interviewing import make_sign_in, sign_in

BLANK = "/interviews/sheet/{}@{}/print"


@pytest.fixture
def interview(live_server: LiveServer) -> str:
    """An interview with everything in it."""
    return hold(live_server.store)


@pytest.fixture
def ivy(interview: str, new_context: NewContext, live_server: LiveServer) -> Page:
    """Its interviewer at a desk, signed in."""
    del interview
    context: BrowserContext = new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(make_sign_in(live_server.store, AUTHOR, "ivy-at-her-desk"))
    page.get_by_role("main").get_by_role("button").click()
    return page


def _print(page: Page, path: str, paper: str = "A4") -> list[str]:
    page.goto(path)
    return read_pages(page.pdf(format=paper))


@pytest.mark.browser
@pytest.mark.parametrize("key", [("ami-survey", "1.0.1"), ("ami-interview", "1.1.0")])
def test_a_blank_sheet_prints_every_word_and_its_head_and_number_on_each_page(
    ivy: Page, key: tuple[str, str]
) -> None:
    pages = _print(ivy, BLANK.format(*key))
    words = list_words(load_library().instruments[key])
    assert find_missing(words, "\n".join(pages)) == []
    for number, page in enumerate(pages, start=1):
        head = ["@".join(key), "Participant:", "Interviewer:", "Date:"]
        assert find_missing([*head, f"{number} / {len(pages)}"], page) == []
    assert find_missing(["How to read this sheet", "READ IF NEEDED"], pages[0]) == []
    assert find_missing(["Contact summary", "Reflexive journal"], pages[-1]) == []


@pytest.mark.browser
def test_a_filled_sheet_prints_every_mark_and_every_word(ivy: Page, interview: str) -> None:
    text = "\n".join(_print(ivy, f"/interviews/{interview}/print"))
    words = [words for words in HOSTILE if "النصيحة" not in words and "👩" not in words]
    recorded = [
        *("raised unprompted (1:05, free answer)", "asked and denied (2:05, probing)"),
        *("Example: given", "Flags: quote", "Flags: come back to this, minimal answer"),
        *("Free answer ended at 1:10", "Why not asked: no time for culture", "night shifts #1"),
        *("Outcome: not asked", "Why not asked: the child woke up", "took 3:10"),
        *("Added afterwards: thought of later", "she hesitated", "a dog barked"),
        *("Friday at 5, by phone", "care and its price", "I talked too much [added afterwards]"),
        *("consent read, version 1", "recording begun at 0:05"),
    ]
    assert find_missing([*recorded, *words, *LONG.split()], text) == []
    assert text.count("x") >= len(ENDLESS)


@pytest.mark.browser
def test_it_fits_the_width_of_a4_and_of_us_letter(ivy: Page, interview: str) -> None:
    ivy.goto(f"/interviews/{interview}/print")
    ivy.emulate_media(media="print")
    for width in (688, 710):  # A4 and Letter less 28 mm of margins, at 96 dots an inch
        ivy.set_viewport_size({"width": width, "height": 900})
        assert ivy.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(ivy) == ""


@pytest.mark.browser
def test_nothing_on_it_is_grey_or_coloured(ivy: Page, interview: str) -> None:
    ivy.emulate_media(media="print")
    ivy.goto(f"/interviews/{interview}/print")
    colours = ivy.evaluate(
        """() => [...document.querySelectorAll('.paper *')].flatMap((each) => {
            const style = getComputedStyle(each);
            return [style.color, style.backgroundColor, style.borderTopColor];
        })"""
    )
    assert set(colours) <= {"rgb(0, 0, 0)", "rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_each_list_of_a_blank_sheet_has_three_rows_of_its_own(app: Flask, store: Store) -> None:
    hold(store)
    ivy = sign_in(app, store, AUTHOR)
    page = ivy.get(BLANK.format("ami-survey", "1.0.1")).get_data(as_text=True)
    assert page.count("<code>other:3</code>") == 6  # all but the closed question
    for words in ("You have not mentioned …", "why not asked", "Call back (when, how)"):
        assert words in page
