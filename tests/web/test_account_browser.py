"""Signing in by keyboard on a telephone's width: a password, out, and in again with a code."""

import pytest
from playwright.sync_api import Page, expect
from pyotp import TOTP

from tests.browser import LiveServer, Witness, violations, violations_in_either_light
from tests.web.interviewing import make_sign_in

pytestmark = pytest.mark.browser

PASSWORD = "eleven purple mornings"


def type_and_enter(page: Page, **texts: str) -> None:
    """Type into inputs one after the other, as the tabulator leads to them, and send the form."""
    names = list(texts)
    page.locator(f"#{names[0]}").focus()
    for number, name in enumerate(names):
        expect(page.locator(f"#{name}")).to_be_focused()
        page.keyboard.type(texts[name])
        if number + 1 < len(names):
            page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def press(page: Page, words: str) -> None:
    """Go to a link or button and press it, all by keyboard."""
    page.locator("a, button").filter(has_text=words).first.focus()
    page.keyboard.press("Enter")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_password_is_set_and_one_signs_in_again_with_a_code_by_keyboard(
    page: Page, live_server: LiveServer, witness: Witness
) -> None:
    store = live_server.store
    store.accounts.add("ivy")
    store.accounts.set_role("ivy", "interviewer", "ami")
    page.goto(make_sign_in(store, "ivy", "token"))
    press(page, "Sign in")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, ivy")
    assert (violations_in_either_light(page), fits(page)) == ("", True)
    press(page, "Set a password")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set a password")
    assert (violations(page), fits(page)) == ("", True)
    type_and_enter(page, password=PASSWORD, again=PASSWORD)
    expect(page.get_by_text("Your password is set")).to_be_visible()
    assert (violations_in_either_light(page), fits(page)) == ("", True)

    press(page, "Set up the second factor")
    key = page.locator(".factor-key").inner_text()
    assert (violations_in_either_light(page), fits(page)) == ("", True)
    phone = TOTP(key.replace(" ", ""))
    type_and_enter(page, password=PASSWORD, factor_code=phone.now())
    expect(page.get_by_role("heading", level=1)).to_have_text("Keep these recovery codes now")
    code = page.locator(".recovery-codes li").first.inner_text()
    assert (violations(page), fits(page)) == ("", True)
    press(page, "I have kept them")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, ivy")

    press(page, "Sign out")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to do?")
    page.goto("/sign-in")
    assert (violations_in_either_light(page), fits(page)) == ("", True)
    assert witness.complaints == []
    type_and_enter(page, name="ivy", password=PASSWORD, factor_code="000000")
    problem = page.get_by_role("alert")
    expect(problem).to_contain_text("Something is not right.")
    expect(page.locator("#name")).to_have_value("ivy")
    assert violations(page) == ""
    type_and_enter(page, name="", password=PASSWORD, factor_code=code)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hello, ivy")
    page.goto("/account")
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()
