"""A session that ends is told of in good time, is gone on with at a press, and costs no word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from playwright.sync_api import BrowserContext, Locator, Page, expect

from survey_app.storage.store import Store
from tests.browser import (
    LiveServer,
    NewContext,
    Witness,
    find_too_wide,
    violations,
    violations_in_either_light,
)
from tests.web.console_scenes import sign_in
from tests.web.interviewing import make_sign_in

pytestmark = pytest.mark.browser

FORM = "/interviews/new?study=ami"
SHEET = re.compile(r"/interviews/[0-9a-f]{32}$")


@dataclass
class Time:
    """The time of the server and of pages, which passes when it is told to."""

    traveller: time_machine.Traveller

    def pass_by(self, minutes: float, *pages: Page) -> None:
        """Let minutes pass for the server, and for pages that are not asleep."""
        self.traveller.shift(timedelta(minutes=minutes))
        for page in pages:
            page.clock.fast_forward(round(minutes * 60_000))


@pytest.fixture
def time() -> Iterator[Time]:
    """A time that passes at need."""
    with time_machine.travel(datetime.now(UTC), tick=True) as traveller:
        yield Time(traveller)


@pytest.fixture
def store(live_server: LiveServer) -> Store:
    """The server's store, with two interviewers."""
    for name in ("ivy", "ivan"):
        live_server.store.accounts.add(name)
        live_server.store.accounts.set_role(name, "interviewer", "ami")
    return live_server.store


@pytest.fixture
def form(time: Time, page: Page, store: Store) -> Page:
    """A form on a telephone, in which ivy has begun to type."""
    sign_in(page.context, store, "first")
    open_form(page)
    page.get_by_label("Participant’s code").fill("P77")
    return page


def open_form(page: Page) -> None:
    page.clock.install()
    page.goto(FORM)


def notice(page: Page) -> Locator:
    return page.get_by_role("region", name="Your sign-in")


def voice(page: Page) -> Locator:
    return page.locator("#session [role=status]")


def fill_rest(page: Page) -> None:
    page.get_by_label("the participant has agreed").check()
    page.get_by_label("No, do not record").check()


def seconds_left(context: BrowserContext) -> int:
    return int(context.request.get("/account/session").json()["seconds"])


def codes(store: Store) -> list[str]:
    return [row.participant for row in store.interviews.list("ami")]


def look_at(page: Page) -> None:
    """Look at the page again after its computer slept: its timers have not run meanwhile."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


def test_five_minutes_before_the_end_a_press_goes_on_and_nothing_is_moved(
    form: Page, time: Time, witness: Witness
) -> None:
    code = form.get_by_label("Participant’s code")
    code.focus()
    time.pass_by(54, form)
    form.clock.run_for(10_000)
    expect(notice(form)).to_be_hidden()
    above = code.bounding_box()
    time.pass_by(1.5, form)
    expect(notice(form)).to_contain_text("You will be signed out in 5 minutes")
    expect(voice(form)).to_contain_text("You will be signed out in 5 minutes")
    expect(code).to_be_focused()
    assert code.bounding_box() == above
    assert (violations_in_either_light(form), find_too_wide(form)) == ("", [])
    time.pass_by(2, form)
    expect(notice(form)).to_contain_text("in 3 minutes")
    expect(voice(form)).to_contain_text("in 5 minutes")  # it is spoken once
    notice(form).get_by_role("button", name="Stay signed in").focus()
    form.keyboard.press("Enter")
    expect(voice(form)).to_have_text("You are signed in. Go on here.")
    expect(code).to_be_focused()
    assert violations(form) == ""
    assert seconds_left(form.context) > 3500
    form.clock.run_for(20_000)
    expect(notice(form)).to_be_hidden()
    expect(code).to_have_value("P77")
    assert witness.complaints == []


def test_it_is_put_aside_by_keyboard_and_comes_again_when_the_session_is_over(
    form: Page, time: Time
) -> None:
    code = form.get_by_label("Participant’s code")
    code.focus()
    time.pass_by(56, form)
    expect(notice(form)).to_be_visible()
    form.keyboard.press("Escape")
    expect(notice(form)).to_be_hidden()
    expect(code).to_be_focused()
    with form.expect_response("**/account/session"):
        time.pass_by(1, form)
        form.clock.run_for(10_000)
    expect(notice(form)).to_be_hidden()
    time.pass_by(4, form)
    expect(notice(form)).to_contain_text("You are signed out. What you typed is still on this page")
    expect(code).to_be_focused()


def test_a_session_that_is_used_elsewhere_is_not_said_to_end(form: Page, time: Time) -> None:
    time.pass_by(50)
    assert form.context.request.get("/home").ok
    with form.expect_response("**/account/session") as asked:
        form.clock.fast_forward("56:00")
    assert asked.value.json()["seconds"] > 3000
    form.clock.run_for(10_000)
    expect(notice(form)).to_be_hidden()


def test_pages_of_a_browser_tell_each_other_that_the_session_goes_on(
    form: Page, time: Time
) -> None:
    other = form.context.new_page()
    open_form(other)
    time.pass_by(56, form, other)
    for page in (form, other):
        expect(notice(page)).to_contain_text("You will be signed out in 4 minutes")
    notice(other).get_by_role("button", name="Stay signed in").click()
    expect(notice(form)).to_be_hidden()
    time.pass_by(4, form, other)
    form.clock.run_for(10_000)
    expect(notice(form)).to_be_hidden()


def test_asking_keeps_no_session_alive(form: Page, time: Time) -> None:
    for _ in range(61):
        time.pass_by(1, form)
        form.clock.run_for(5_000)
    assert form.context.request.get("/home").status == 401
    expect(notice(form)).to_contain_text("You are signed out.")


def test_after_a_night_nothing_is_sent_until_one_is_signed_in_again_and_nothing_is_lost(
    form: Page, time: Time, store: Store
) -> None:
    fill_rest(form)
    time.pass_by(8 * 60)
    look_at(form)
    expect(notice(form)).to_be_hidden()  # its clocks have stood still, and it was told just now
    form.clock.fast_forward("02:00")
    look_at(form)
    expect(notice(form)).to_contain_text("You are signed out.")
    form.get_by_role("button", name="Begin the interview").click()
    expect(notice(form)).to_be_focused()
    assert (violations(form), find_too_wide(form)) == ("", [])
    assert codes(store) == []
    with form.context.expect_page() as opened:
        notice(form).get_by_role("link", name="Sign in in another tab").click()
    opened.value.goto(make_sign_in(store, "ivy", "second"))
    opened.value.get_by_role("main").get_by_role("button").click()
    opened.value.wait_for_url("**/home")
    expect(notice(form)).to_contain_text("You are signed in. Go on here.")
    form.get_by_role("button", name="Begin the interview").click()
    form.wait_for_url(SHEET)
    assert codes(store) == ["P77"]


def test_a_form_of_a_page_that_slept_is_not_sent_into_a_session_that_is_over(
    form: Page, time: Time, store: Store
) -> None:
    fill_rest(form)
    time.pass_by(61)
    form.clock.set_fixed_time(datetime.now(UTC))
    form.get_by_role("button", name="Begin the interview").click()
    expect(notice(form)).to_contain_text("You are signed out.")
    expect(form.get_by_label("Participant’s code")).to_have_value("P77")
    assert codes(store) == []


def test_a_form_is_sent_where_the_session_has_gone_on_meanwhile(
    form: Page, time: Time, store: Store
) -> None:
    fill_rest(form)
    time.pass_by(50)
    assert form.context.request.get("/home").ok
    time.pass_by(11)
    form.clock.set_fixed_time(datetime.now(UTC))
    form.get_by_role("button", name="Begin the interview").click()
    form.wait_for_url(SHEET)
    assert codes(store) == ["P77"]


def test_after_twelve_hours_signing_in_again_in_another_tab_goes_on(
    form: Page, time: Time, store: Store
) -> None:
    for _ in range(13):
        time.pass_by(54.5)
        assert form.context.request.get("/home").ok
    form.clock.fast_forward("55:30")
    expect(notice(form)).to_be_hidden()
    time.pass_by(7, form)
    expect(notice(form)).to_contain_text("You will be signed out in 5 minutes: no sign-in lasts")
    expect(notice(form).get_by_role("button", name="Stay signed in")).to_be_hidden()
    assert (violations(form), find_too_wide(form)) == ("", [])
    sign_in(form.context, store, "second")
    look_at(form)
    expect(notice(form)).to_be_hidden()
    fill_rest(form)
    form.get_by_role("button", name="Begin the interview").click()
    form.wait_for_url(SHEET)
    assert codes(store) == ["P77"]


@pytest.mark.parametrize("days", [3, -3])
def test_a_clock_that_is_set_wrong_neither_hastens_nor_hides_the_end(
    form: Page, time: Time, days: int
) -> None:
    form.clock.set_system_time(datetime.now(UTC) + timedelta(days=days))
    look_at(form)
    form.clock.run_for(10_000)
    expect(notice(form)).to_be_hidden()
    time.pass_by(56, form)
    expect(notice(form)).to_contain_text("You will be signed out in 4 minutes")


@pytest.mark.parametrize(("width", "height"), [(320, 256), (640, 360)])
def test_in_a_low_window_it_leaves_half_to_the_page(
    new_context: NewContext, time: Time, store: Store, width: int, height: int
) -> None:
    context = new_context(viewport={"width": width, "height": height})
    sign_in(context, store, "first")
    page = context.new_page()
    open_form(page)
    time.pass_by(56, page)
    expect(notice(page)).to_be_visible()
    box = notice(page).bounding_box()
    assert box is not None
    assert box["height"] <= height / 2
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == ""


def test_nothing_is_sent_in_the_name_of_somebody_else(form: Page, time: Time, store: Store) -> None:
    fill_rest(form)
    time.pass_by(61, form)
    expect(notice(form)).to_contain_text("You are signed out.")
    sign_in(form.context, store, "of-ivan", "ivan")
    look_at(form)
    expect(notice(form)).to_contain_text("ivan is signed in in this browser now")
    form.get_by_role("button", name="Begin the interview").click()
    expect(notice(form)).to_be_focused()
    assert codes(store) == []


def test_a_server_that_does_not_answer_is_said_and_nothing_is_lost(
    form: Page, time: Time, store: Store
) -> None:
    fill_rest(form)
    form.context.set_offline(True)
    form.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=61))
    form.get_by_role("button", name="Begin the interview").click()
    expect(notice(form)).to_contain_text("the server does not answer just now")
    form.context.set_offline(False)
    form.get_by_role("button", name="Begin the interview").click()
    form.wait_for_url(SHEET)
    assert codes(store) == ["P77"]


def test_without_scripts_the_page_is_as_it_was(
    new_context: NewContext, live_server: LiveServer, store: Store
) -> None:
    context = new_context(java_script_enabled=False)
    sign_in(context, store, "first")
    page = context.new_page()
    page.goto(FORM)
    expect(notice(page)).to_be_hidden()
    expect(page.get_by_label("Participant’s code")).to_be_visible()
