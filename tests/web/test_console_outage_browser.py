"""A call outlives every default: no network, no server, no session, and clocks that jump."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page, expect

from survey_app.web.security import hash_token
from tests.web.console_scenes import (
    DESKTOP,
    NOTE,
    SAVED,
    Installation,
    begin,
    collect_posts,
    control,
    installed,
    notice,
    sign_in,
    state_of,
    type_into,
    wait_for_records,
    wait_until_ready,
)
from tests.web.interviewing import Studied, make_sign_in

pytestmark = pytest.mark.browser

OFFLINE = "sealed on this computer and cannot be read without the server"


@pytest.fixture
def place(tmp_path: Path, talks: Path) -> Iterator[Installation]:
    with installed(tmp_path, talks) as place:
        yield place


@pytest.fixture
def context(chromium: Browser, place: Installation) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=place.url, viewport=DESKTOP)  # type: ignore[arg-type]
    context.set_default_timeout(10_000)
    sign_in(context, place.store, "first")
    yield context
    context.close()


@pytest.fixture
def sheet(context: BrowserContext, begun: Studied) -> Page:
    """A sheet that has said that it is open: from then on its session lasts."""
    page = context.new_page()
    with page.expect_response("**/presence"):
        page.goto(begun.address)
    wait_until_ready(page)
    return page


def session_of(context: BrowserContext) -> str:
    return next(str(each["value"]) for each in context.cookies() if each["name"] == "staff")


def test_a_change_is_at_the_server_within_a_second_even_while_somebody_goes_on_typing(
    sheet: Page, place: Installation
) -> None:
    control(sheet, NOTE).focus()
    sent_while_typing = collect_posts(sheet)
    for _ in range(24):  # 2.4 seconds without ever pausing for 0.6
        sheet.keyboard.type("x")
        sheet.wait_for_timeout(100)
    assert len(sent_while_typing) >= 2
    expect(state_of(sheet)).to_have_text(SAVED)
    assert place.shelf(sheet.url).notes == {("topics", "during"): "x" * 24}


def test_five_minutes_without_a_network_cost_nothing(
    context: BrowserContext, place: Installation
) -> None:
    sheet = begin(context)
    sheet.clock.install()
    sheet.reload()
    wait_for_records(sheet, 1)
    context.set_offline(True)
    for minute in range(5):
        type_into(sheet, f"minute {minute}. ")
        sheet.clock.fast_forward("01:00")
        expect(state_of(sheet)).to_contain_text("Not saved: retrying – 1 change waiting")
    expect(notice(sheet, "offline")).to_contain_text(OFFLINE)
    expect(state_of(sheet)).to_have_attribute("data-late", "yes")
    context.set_offline(False)
    expect(state_of(sheet)).to_have_text(SAVED)
    expect(notice(sheet, "offline")).to_be_hidden()
    assert place.shelf(sheet.url).notes == {
        ("topics", "during"): "minute 0. minute 1. minute 2. minute 3. minute 4. "
    }


def test_a_server_that_is_started_again_gets_what_was_typed_meanwhile(
    sheet: Page, place: Installation
) -> None:
    type_into(sheet, "before, ")
    expect(state_of(sheet)).to_have_text(SAVED)
    place.stop()
    type_into(sheet, "meanwhile, ")
    expect(state_of(sheet)).to_contain_text("Not saved: retrying")
    place.start()
    type_into(sheet, "after")
    expect(state_of(sheet)).to_have_text(SAVED, timeout=20_000)
    assert place.shelf(sheet.url).notes == {("topics", "during"): "before, meanwhile, after"}


def test_a_laptop_that_sleeps_wakes_up_with_everything(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    context.set_offline(True)
    type_into(sheet, "before the lid was closed")
    wait_for_records(sheet, 2)
    machine = context.new_cdp_session(sheet)
    machine.send("Page.setWebLifecycleState", {"state": "frozen"})
    context.set_offline(False)
    machine.send("Page.setWebLifecycleState", {"state": "active"})
    expect(state_of(sheet)).to_have_text(SAVED, timeout=20_000)
    assert place.shelf(sheet.url).notes == {("topics", "during"): "before the lid was closed"}


@pytest.mark.parametrize("step", [-timedelta(hours=1), timedelta(days=400)])
def test_a_computer_whose_clock_is_set_wrong_saves_all_the_same(
    sheet: Page, place: Installation, step: timedelta
) -> None:
    type_into(sheet, "before, ")
    expect(state_of(sheet)).to_have_text(SAVED)
    sheet.evaluate(
        """(step) => {
            const Right = Date;
            window.Date = class extends Right {
                constructor(...given) { super(...(given.length ? given : [Right.now() + step])); }
                static now() { return Right.now() + step; }
            };
        }""",
        step.total_seconds() * 1000,
    )
    type_into(sheet, "after")
    expect(state_of(sheet)).to_have_text("1 change waiting")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert place.shelf(sheet.url).notes == {("topics", "during"): "before, after"}


def test_a_server_whose_clock_is_set_back_signs_nobody_out_and_saves(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    type_into(sheet, "before, ")
    expect(state_of(sheet)).to_have_text(SAVED)
    with time_machine.travel(datetime.now(UTC) - timedelta(hours=1)):
        type_into(sheet, "after")
        expect(state_of(sheet)).to_have_text("1 change waiting")
        expect(state_of(sheet)).to_have_text(SAVED)
        with sheet.expect_response("**/presence") as heard:
            sheet.evaluate("window.dispatchEvent(new Event('focus'))")
        assert heard.value.json()["lease"]["mine"]
    assert place.shelf(sheet.url).notes == {("topics", "during"): "before, after"}


def test_a_session_that_ends_at_minute_58_is_begun_again_over_the_page(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    place.store.accounts.end_session(hash_token(session_of(context)))
    type_into(sheet, "while signed out")
    layer = notice(sheet, "signing")
    expect(layer).to_contain_text("You are signed out. Go on typing")
    expect(control(sheet, NOTE)).to_be_focused()
    type_into(sheet, ", and on")
    expect(control(sheet, NOTE)).to_have_value("while signed out, and on")
    expect(state_of(sheet)).to_contain_text("Not saved: signed out")
    wait_for_records(sheet, 3)  # the page, the batch that was refused, and what was typed since
    link = place.url + make_sign_in(place.store, "ivy", "second")
    layer.get_by_label("New sign-in link").fill(link)
    layer.get_by_label("New sign-in link").press("Enter")
    expect(layer).to_be_hidden()
    expect(state_of(sheet)).to_have_text(SAVED)
    expect(control(sheet, NOTE)).to_have_value("while signed out, and on")
    assert place.shelf(sheet.url).notes == {("topics", "during"): "while signed out, and on"}
    wait_for_records(sheet, 1)


def test_signing_in_in_another_tab_is_noticed_and_what_waits_is_sent(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    place.store.accounts.end_session(hash_token(session_of(context)))
    type_into(sheet, "while signed out")
    expect(notice(sheet, "signing")).to_be_visible()
    sign_in(context, place.store, "second")
    sheet.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(notice(sheet, "signing")).to_be_hidden()
    expect(state_of(sheet)).to_have_text(SAVED)
    assert place.shelf(sheet.url).notes == {("topics", "during"): "while signed out"}


def test_nothing_is_ever_sent_under_another_name(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    place.store.accounts.end_session(hash_token(session_of(context)))
    type_into(sheet, "said to ivy")
    layer = notice(sheet, "signing")
    expect(layer).to_be_visible()
    other = place.url + make_sign_in(place.store, "ivan", "of-ivan")
    layer.get_by_label("New sign-in link").fill(other)
    layer.get_by_role("button", name="Sign in here").click()
    expect(layer).to_contain_text("This link is for ivan, and this page belongs to somebody else.")
    tab = context.new_page()
    tab.goto(other)
    tab.get_by_role("main").get_by_role("button").click()
    tab.wait_for_url("**/home")
    sheet.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(layer).to_contain_text("ivan is signed in now, and this page belongs to somebody else.")
    expect(control(sheet, NOTE)).to_have_value("said to ivy")
    assert place.shelf(sheet.url).notes == {}
    sign_in(context, place.store, "again")
    sheet.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert [note.author for note in place.shelf(sheet.url).state.notes] == ["ivy"]


def test_a_page_that_is_61_minutes_old_saves_at_once(sheet: Page, place: Installation) -> None:
    with time_machine.travel(datetime.now(UTC) + timedelta(minutes=61)):
        with sheet.expect_response("**/changes") as answered:
            type_into(sheet, "an hour later")
        assert answered.value.status == 200
        expect(state_of(sheet)).to_have_text(SAVED)
    assert place.shelf(sheet.url).notes == {("topics", "during"): "an hour later"}


def test_a_sheet_that_is_open_keeps_its_session_alive(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    start = datetime.now(UTC)
    for hours in range(1, 15):
        with time_machine.travel(start + timedelta(hours=hours)):
            with sheet.expect_response("**/presence") as heard:
                sheet.evaluate("window.dispatchEvent(new Event('focus'))")
            assert heard.value.status == 200, f"signed out after {hours} hours"
    with time_machine.travel(start + timedelta(hours=17)):
        assert context.request.get("/interviews").status == 401


def test_a_pause_pressed_without_a_network_stops_the_clock_at_once_and_for_the_server_as_well(
    context: BrowserContext, place: Installation
) -> None:
    sheet = begin(context)
    sheet.clock.install()
    sheet.get_by_role("button", name="Start the clock").click()
    expect(state_of(sheet)).to_have_text(SAVED)
    context.set_offline(True)
    sheet.get_by_role("button", name="Pause").click()
    expect(sheet.locator("#clock-state")).to_have_text("paused")
    stood = sheet.locator("#clock").inner_text()
    sheet.clock.fast_forward("05:00")
    expect(sheet.locator("#clock")).to_have_text(stood)
    context.set_offline(False)
    sheet.evaluate("window.dispatchEvent(new Event('online'))")
    sheet.clock.fast_forward("00:20")
    expect(state_of(sheet)).to_have_text(SAVED)
    found = place.store.interviews.find(sheet.url.rsplit("/", maxsplit=1)[1])
    assert found is not None
    start, pause = found.clock
    assert (start["action"], pause["action"]) == ("start", "pause")
    assert pause["at"] == start["at"]  # pressed five minutes ago: never before the turn before it


TROUBLES = ("retrying", "signed_out", "refused", "closed", "invalid", "conflict", "not_theirs")


def test_what_goes_wrong_is_readable_in_full_at_every_width(sheet: Page) -> None:
    cut = sheet.evaluate(
        """(kinds) => {
            const words = {...JSON.parse(document.getElementById('console').dataset.words),
                ...JSON.parse(document.getElementById('safety').dataset.words)};
            return kinds.map((kind) => `${words[kind]} – 12 changes waiting`);
        }""",
        list(TROUBLES),
    )
    for width in (360, 640, 800, 1024, 1100, 1280, 1440):
        sheet.set_viewport_size({"width": width, "height": 800})
        for sentence in cut:
            assert sheet.evaluate(
                """(sentence) => {
                    const state = document.getElementById('save-state');
                    state.textContent = sentence;
                    state.dataset.kind = 'trouble';
                    return state.scrollHeight <= state.clientHeight
                        && state.scrollWidth <= state.clientWidth;
                }""",
                sentence,
            ), f"{width} px: {sentence}"


def test_words_too_many_for_one_post_all_arrive(
    context: BrowserContext, sheet: Page, place: Installation
) -> None:
    bodies = collect_posts(sheet)
    context.set_offline(True)
    control(sheet, NOTE).fill("語" * 19_000)
    control(sheet, "note.1.topics.ethics").fill("beside it")
    context.set_offline(False)
    sheet.evaluate("window.dispatchEvent(new Event('online'))")
    expect(state_of(sheet)).to_have_text(SAVED, timeout=15_000)
    shelf = place.shelf(sheet.url)
    assert shelf.notes[("topics", "during")] == "語" * 19_000
    assert shelf.notes[("topics.ethics", "during")] == "beside it"
    assert len({json.loads(body)["sequence"] for body in bodies}) >= 2
