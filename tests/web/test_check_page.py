"""What is wrong says of which question it is; the check page shows what was typed, row by row."""

import html
import re

import pytest
from flask.testing import FlaskClient

from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser
from tests.web.every_control import ADDRESS, add_every_control

INTEREST = "Has being a mentor increased your interest for teaching and supervision …"
WHOLE_INTEREST = (
    "Has being a mentor increased your interest for teaching and supervision of others?"
)


@pytest.fixture
def browser(client: FlaskClient, store: Store) -> PlainBrowser:
    """A browser on the first section of a study with every control."""
    add_every_control(store)
    browser = PlainBrowser(client)
    browser.open(ADDRESS)
    browser.choose("agree", "yes").press()
    return browser


def words(piece: str) -> str:
    """A piece of HTML as it reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", piece)).split())


def summary(browser: PlainBrowser) -> dict[str, str]:
    """The error summary: where each entry leads and what it says."""
    (piece,) = re.findall(r'<div class="error-summary".*?</div>', browser.text, re.DOTALL)
    entries = re.findall(r'<li><a href="([^"]*)">(.*?)</a>', piece, re.DOTALL)
    return {address: words(said) for address, said in entries}


def row(browser: PlainBrowser, question: str) -> str:
    """The check page's row of a question, as HTML."""
    rows = re.split(r'(?=<div class="summary-row)', browser.text)
    (found,) = [each for each in rows[1:] if words(each).startswith(question)]
    return found.partition("</dl>")[0]


def test_each_entry_of_a_sections_summary_names_its_question(browser: PlainBrowser) -> None:
    browser.choose("item_one", "other").fill(item_years="seven").press("continue")
    assert summary(browser) == {
        "#item_met": (
            "How far has mentoring met the hopes that you had? – Please choose one answer."
        ),
        "#item_one-other": (
            "Which one? – You chose ‘Something else’: please say what, or take that choice away."
        ),
        "#item_years": ("How many years? – Please write a whole number in digits, such as 12."),
    }


def test_a_row_of_a_battery_is_named_by_its_own_words_cut_at_a_space(
    browser: PlainBrowser,
) -> None:
    browser.choose("item_met", "1").choose("item_one", "no").press("continue")
    browser.press("continue")
    assert summary(browser) == {
        "#item_effect-interest": f"{INTEREST} – Please choose one answer.",
        "#item_effect-relations": "Has it improved your relations? – Please choose one answer.",
    }


def test_at_the_question_itself_the_sentence_stands_alone(browser: PlainBrowser) -> None:
    browser.press("continue")
    (said,) = re.findall(r'<div class="error" id="item_met.error">(.*?)</div>', browser.text)
    assert words(said) == "Error: Please choose one answer."


def test_the_check_page_says_which_question_is_wrong_and_where_it_is_mended(
    browser: PlainBrowser,
) -> None:
    browser.open(f"{ADDRESS}/check")
    assert summary(browser)[f"{ADDRESS}/section/second?check=1#item_effect-interest"] == (
        f"{INTEREST} – Please choose one answer."
    )


@pytest.mark.parametrize(
    ("name", "typed", "question", "shown"),
    [
        ("item_years", ["seven"], "How many years?", "seven"),
        ("item_years", ["-1"], "How many years?", "-1"),
        ("item_order-y", ["3"], "In which order?", "Buddy 3"),
        ("item_one", ["other"], "Which one?", "Something else"),
        ("item_one-other", ["=1+1"], "Which one?", "Something else: =1+1 (not ticked)"),
        ("item_one-other", ["x" * 2001], "Which one?", f"Something else: {'x' * 2001}"),
    ],
)
def test_what_is_not_valid_stands_on_the_check_page_as_it_was_typed(
    browser: PlainBrowser, name: str, typed: list[str], question: str, shown: str
) -> None:
    browser.form.values[name] = typed
    browser.press("continue")
    browser.open(f"{ADDRESS}/check")
    found = row(browser, question)
    assert 'class="summary-row' in found
    assert "summary-wrong" in found
    assert "Not answered" not in found
    assert f"{shown} Correct" in words(found)
    assert "Error:" in words(found)


def test_what_is_missing_is_marked_and_nothing_else_is(browser: PlainBrowser) -> None:
    browser.open(f"{ADDRESS}/check")
    assert "summary-wrong" in row(browser, "How far")
    assert "Not answered" in row(browser, "How far")
    assert "summary-wrong" not in row(browser, "How many years?")
    assert "Change" in row(browser, "How many years?")


def test_every_row_of_a_battery_has_a_line_of_its_own(browser: PlainBrowser) -> None:
    browser.press("continue")
    browser.open(f"{ADDRESS}/section/second")
    browser.choose("item_effect-relations", "3").press("continue")
    browser.open(f"{ADDRESS}/check")
    lines = re.findall(r"<li>(.*?)</li>", row(browser, "The effect"))
    assert [words(line) for line in lines] == [
        f"{WHOLE_INTEREST} Not answered",
        "Has it improved your relations? to a high extent",
    ]
    assert "<strong>to a high extent</strong>" in lines[1]


def test_the_text_of_other_stands_after_the_words_of_its_choice(browser: PlainBrowser) -> None:
    browser.choose("item_met", "1").choose("item_one", "other")
    browser.fill(item_one__other="=1+1").press("continue")
    browser.open(f"{ADDRESS}/check")
    assert words(row(browser, "Which one?")).startswith("Which one? Something else: =1+1 Change")


def test_a_refusal_is_shown_as_the_answer_that_it_is(browser: PlainBrowser) -> None:
    browser.choose("item_met", ":refused").press("continue")
    browser.open(f"{ADDRESS}/check")
    assert "I would rather not say" in words(row(browser, "How far"))


def test_the_check_page_leads_back_to_the_last_section(browser: PlainBrowser) -> None:
    browser.open(f"{ADDRESS}/check")
    assert re.findall(r'href="([^"]+)">Back</a>', browser.text) == [f"{ADDRESS}/section/second"]


def test_the_button_before_the_check_page_says_its_title(browser: PlainBrowser) -> None:
    first = browser.text
    last = browser.open(f"{ADDRESS}/section/second").text
    changing = browser.open(f"{ADDRESS}/section/first?check=1").text
    assert [
        re.findall('value="continue">(.*?)</button>', page) for page in (first, last, changing)
    ] == [
        ["Continue"],
        ["Check your answers"],
        ["Check your answers"],
    ]


def test_an_old_page_keeps_also_what_hangs_on_another_page(browser: PlainBrowser) -> None:
    browser.choose("item_met", "1").choose("item_one", "yes").press("continue")
    old = browser.page
    browser.choose("item_effect-interest", "1").choose("item_effect-relations", "1")
    browser.press("continue")
    browser.press()
    assert browser.path == f"{ADDRESS}/thanks"
    browser.go_back(old)
    browser.fill(item_thoughts="typed too late").press("continue")
    assert browser.form.values["item_thoughts"] == ["typed too late"]
    assert "data-relevant" not in browser.text


def test_a_follow_up_without_a_heading_of_its_own_says_after_which_answer_it_comes(
    browser: PlainBrowser,
) -> None:
    assert "If you answered ‘Yes’" in browser.text
