"""The sheet in a real browser: saved as it is typed, by keyboard, offline, in two tabs."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, Route, expect

from survey_app.web.security import hash_token
from tests.browser import LiveServer, NewContext, violations_in_either_light
from tests.web.console_scenes import DESKTOP, SAVED, control, open_sheet, sign_in, state_of
from tests.web.interviewing import Shelf, Studied

pytestmark = pytest.mark.browser


@pytest.fixture
def installation(talks: Path) -> Path:
    return talks


@pytest.fixture
def context(new_context: NewContext, live_server: LiveServer) -> BrowserContext:
    context = new_context(viewport=DESKTOP)
    sign_in(context, live_server.store, "first")
    return context


@pytest.fixture
def sheet(context: BrowserContext, begun: Studied) -> Page:
    return open_sheet(context, begun.address)


@pytest.fixture
def shelf(live_server: LiveServer, sheet: Page) -> Callable[[], Shelf]:
    address = sheet.url
    return lambda: Shelf.of(live_server.store, address)


def choose(page: Page, name: str, code: str) -> None:
    page.locator(f'[name="{name}"][value="{code}"]').check()


def tab_to(page: Page, name: str) -> None:
    for _press in range(300):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            return
    raise AssertionError(f"the keyboard does not reach {name}")


def test_an_interview_is_held_by_keyboard_alone_and_every_mark_is_stored(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    keys = sheet.keyboard
    tab_to(sheet, "clock")
    keys.press("Enter")
    tab_to(sheet, "state.1.topics.ethics")
    keys.press("ArrowRight")
    tab_to(sheet, "example.1.topics.ethics")
    keys.press("ArrowRight")
    tab_to(sheet, "note.1.topics.ethics")
    keys.type("an exam")
    keys.press("Escape")
    keys.press("ArrowDown")
    tab_to(sheet, "state.1.topics.career")
    keys.press("ArrowRight")
    keys.press("ArrowRight")
    keys.press("Escape")
    keys.press("ArrowDown")
    tab_to(sheet, "text.1.topics.other:1")
    keys.type("sleep")
    tab_to(sheet, "note.1.topics")
    keys.type("s p n x")
    tab_to(sheet, "answer.1.rewarding")
    keys.press("ArrowRight")
    tab_to(sheet, "answer.1.mentees")
    keys.type("12")
    tab_to(sheet, "answer.1.teaching.interest")
    keys.press("v")
    keys.press("Escape")
    keys.press("ArrowDown")
    tab_to(sheet, "refusal.1.teaching.view")
    keys.press("r")
    expect(state_of(sheet)).to_have_text(SAVED)
    stored = shelf()
    assert [turn["action"] for turn in stored.state.clock] == ["start"]
    assert stored.marks == {
        "topics.ethics": ("raised_unprompted", "asked", ""),
        "topics.career": ("raised_after_probe", "none", ""),
        "topics.other:1": ("raised_unprompted", "none", "sleep"),
    }
    assert stored.notes == {
        ("topics", "during"): "s p n x",
        ("topics.ethics", "during"): "an exam",
    }
    assert stored.answers == {
        "rewarding": "yes",
        "mentees": 12,
        "teaching.interest": "2",
        "teaching.view": "refused",
    }


def test_what_was_saved_stands_in_its_fields_when_the_page_is_loaded_again(sheet: Page) -> None:
    choose(sheet, "state.1.topics.ethics", "asked_and_denied")
    control(sheet, "note.1.topics").fill("one\ntwo")
    expect(state_of(sheet)).to_have_text(SAVED)
    sheet.reload()
    expect(control(sheet, "note.1.topics")).to_have_value("one\ntwo")
    expect(
        sheet.locator('[name="state.1.topics.ethics"][value="asked_and_denied"]')
    ).to_be_checked()


def test_saving_moves_nothing_and_leaves_the_focus_alone(sheet: Page) -> None:
    field = control(sheet, "note.1.topics")
    field.focus()
    field.press_sequentially("a thought")
    before = field.bounding_box()
    expect(state_of(sheet)).to_have_text(SAVED)
    assert field.bounding_box() == before
    expect(field).to_be_focused()
    assert sheet.evaluate("document.activeElement.selectionStart") == len("a thought")


def test_a_network_that_fails_is_said_and_everything_is_saved_when_it_is_back(
    context: BrowserContext, sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    context.set_offline(True)
    control(sheet, "note.1.topics").fill("said in the tunnel")
    expect(state_of(sheet)).to_have_text("Not saved: retrying – 1 change waiting")
    choose(sheet, "state.1.topics.ethics", "raised_unprompted")
    expect(state_of(sheet)).to_have_text("Not saved: retrying – 2 changes waiting")
    expect(sheet.locator("#save-announcement")).to_have_text("Not saved: retrying")
    assert shelf().notes == {}
    context.set_offline(False)
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().notes == {("topics", "during"): "said in the tunnel"}
    assert shelf().marks == {"topics.ethics": ("raised_unprompted", "none", "")}


def test_a_reply_that_is_lost_makes_no_second_event(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    lost: list[Route] = []

    def lose(route: Route) -> None:
        route.fetch()  # the server hears it and saves
        lost.append(route)
        route.abort()  # and its answer never arrives

    sheet.route("**/changes", lose, times=1)
    control(sheet, "note.1.topics").fill("once")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert len(lost) == 1
    assert shelf().state.revision == 1
    assert shelf().notes == {("topics", "during"): "once"}


def test_leaving_with_unsaved_changes_asks_first(context: BrowserContext, sheet: Page) -> None:
    context.set_offline(True)
    control(sheet, "note.1.topics").press_sequentially("not yet")
    expect(state_of(sheet)).to_contain_text("Not saved")
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    sheet.on("dialog", stay)
    sheet.close(run_before_unload=True)
    expect(control(sheet, "note.1.topics")).to_have_value("not yet")
    assert asked == ["beforeunload"]


def test_whoever_is_signed_out_goes_on_typing_and_signs_in_in_another_tab(
    context: BrowserContext, live_server: LiveServer, sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    cookie = next(each for each in context.cookies() if each["name"] == "staff")
    live_server.store.accounts.end_session(hash_token(cookie["value"]))
    control(sheet, "note.1.topics").fill("goes on")
    expect(state_of(sheet)).to_contain_text("Not saved: signed out")
    control(sheet, "note.1.what").fill("and on")
    sign_in(context, live_server.store, "second")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().notes == {("topics", "during"): "goes on", ("what", "during"): "and on"}


@pytest.mark.parametrize(
    ("button", "kept"), [("Keep what is here", "mine"), ("Take what is there", "theirs")]
)
def test_two_tabs_that_write_the_same_note_show_both_and_one_is_chosen(
    context: BrowserContext, sheet: Page, shelf: Callable[[], Shelf], button: str, kept: str
) -> None:
    sheet.route("**/changes", lambda route: route.abort())
    control(sheet, "note.1.topics").fill("mine")
    expect(state_of(sheet)).to_contain_text("Not saved: retrying")
    other = context.new_page()
    other.goto(sheet.url)
    other.get_by_role("button", name="Take over").click()
    expect(sheet.get_by_role("button", name="Take over")).to_be_visible()
    control(other, "note.1.topics").fill("theirs")
    expect(state_of(other)).to_have_text(SAVED)
    sheet.unroute("**/changes")
    sheet.evaluate("window.dispatchEvent(new Event('online'))")
    notice = sheet.locator(".trouble")
    expect(notice).to_contain_text("There: theirs")
    expect(notice).to_contain_text("Here: mine")
    assert shelf().notes == {("topics", "during"): "theirs"}
    sheet.get_by_role("button", name="Take over").click()
    notice.get_by_role("button", name=button).click()
    expect(notice).to_have_count(0)
    expect(state_of(sheet)).to_have_text(SAVED)
    expect(control(sheet, "note.1.topics")).to_have_value(kept)
    assert shelf().notes == {("topics", "during"): kept}
    control(sheet, "note.1.topics").fill(f"{kept} and more")
    expect(state_of(sheet)).to_have_text("1 change waiting")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().notes == {("topics", "during"): f"{kept} and more"}


@pytest.mark.parametrize(
    ("button", "kept"), [("Keep what is here", "mine"), ("Take what is there", "theirs")]
)
def test_a_choice_stands_though_what_the_server_holds_is_heard_of_only_after_it(
    context: BrowserContext, sheet: Page, shelf: Callable[[], Shelf], button: str, kept: str
) -> None:
    sheet.route("**/changes", lambda route: route.abort())
    control(sheet, "note.1.topics").fill("mine")
    other = context.new_page()
    other.goto(sheet.url)
    other.get_by_role("button", name="Take over").click()
    control(other, "note.1.topics").fill("theirs")
    expect(state_of(other)).to_have_text(SAVED)
    expect(sheet.get_by_role("button", name="Take over")).to_be_visible()
    sheet.unroute("**/changes")
    sheet.evaluate("window.dispatchEvent(new Event('online'))")
    expect(sheet.locator(".trouble")).to_contain_text("There: theirs")
    sheet.route("**/state", lambda _route: None)  # held back
    with sheet.expect_request("**/state"):
        sheet.get_by_role("button", name="Take over").click()
    sheet.locator(".trouble").get_by_role("button", name=button).click()
    with sheet.expect_response("**/state"):
        sheet.unroute("**/state")  # lets go of what was held
    control(sheet, "note.1.topics").fill(f"{kept} and more")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().notes == {("topics", "during"): f"{kept} and more"}


def test_what_the_server_refuses_is_said_beside_its_field_and_the_rest_is_saved(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    number = control(sheet, "answer.1.mentees")
    number.fill("about two")
    control(sheet, "note.1.topics").fill("fine")
    expect(sheet.locator('[data-item="mentees"] .trouble')).to_contain_text(
        "a whole number in digits"
    )
    expect(state_of(sheet)).to_have_text(re.compile("One change was not saved"))
    expect(number).to_have_value("about two")
    number.fill("2")
    number.blur()
    expect(state_of(sheet)).to_have_text(SAVED)
    expect(sheet.locator(".trouble")).to_have_count(0)
    assert shelf().answers == {"mentees": 2}
    assert shelf().notes == {("topics", "during"): "fine"}


def test_topics_of_ones_own_are_added_row_by_row(sheet: Page, shelf: Callable[[], Shelf]) -> None:
    control(sheet, "text.1.topics.other:1").fill("sleep")
    sheet.locator('[data-item="topics"]').get_by_role("button", name="Another topic").click()
    expect(control(sheet, "text.1.topics.other:2")).to_be_focused()
    expect(control(sheet, "text.1.topics.other:2")).to_have_value("")
    sheet.keyboard.type("money")
    choose(sheet, "state.1.topics.other:2", "raised_after_probe")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().marks == {
        "topics.other:1": ("raised_unprompted", "none", "sleep"),
        "topics.other:2": ("raised_after_probe", "none", "money"),
    }


def test_the_jump_list_counts_as_the_server_does(sheet: Page) -> None:
    entry = sheet.locator('[data-jump="1.topics"] .jump-coverage')
    note = sheet.locator('[data-jump="1.what"] .jump-coverage')
    assert (entry.inner_text(), note.inner_text()) == ("2 open", "open")
    choose(sheet, "state.1.topics.ethics", "raised_unprompted")
    choose(sheet, "state.1.topics.other:1", "raised_unprompted")
    choose(sheet, "state.1.topics.career", "refused")
    control(sheet, "note.1.what").fill("something")
    expect(state_of(sheet)).to_have_text(SAVED)
    counted = (entry.inner_text(), note.inner_text())
    assert counted == ("2 raised, 1 not raised", "noted")
    sheet.reload()
    assert (entry.inner_text(), note.inner_text()) == counted


def test_a_pause_stops_the_clock(sheet: Page) -> None:
    sheet.get_by_role("button", name="Start the clock").click()
    expect(sheet.locator("#clock")).not_to_have_text("0:00")
    sheet.get_by_role("button", name="Pause").press("Enter")
    expect(sheet.locator("#clock-state")).to_have_text("paused")
    expect(sheet.get_by_role("button", name="Go on")).to_be_focused()
    expect(sheet.get_by_role("button", name="Pause")).to_be_hidden()


def test_finishing_waits_until_everything_is_saved(
    context: BrowserContext, sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    context.set_offline(True)
    control(sheet, "note.1.topics").fill("the last word")
    sheet.get_by_role("button", name="Finish").click()
    expect(state_of(sheet)).to_contain_text("Not saved: retrying")
    expect(sheet).not_to_have_url(re.compile("/finish$"))
    context.set_offline(False)
    expect(sheet).to_have_url(re.compile("/finish$"))
    assert shelf().notes == {("topics", "during"): "the last word"}
    sheet.get_by_role("button", name="Finish the interview").click()
    expect(sheet).to_have_url(re.compile("/summary$"))
    sheet.get_by_role("link", name="Sheet").click()
    expect(sheet.get_by_text("This interview is finished")).to_be_visible()
    control(sheet, "after.1.topics").fill("one more thing")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().notes[("topics", "after")] == "one more thing"


def test_every_page_is_accessible_in_either_light(sheet: Page) -> None:
    address = sheet.url
    choose(sheet, "state.1.topics.ethics", "not_asked")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert violations_in_either_light(sheet) == ""
    for path in (
        "/interviews",
        "/interviews/new?study=talks",
        f"{address}/finish",
        f"{address}/print",
        "/interviews/sheet/talk@1.0.0/print",
    ):
        sheet.goto(path)
        assert violations_in_either_light(sheet) == "", path


def test_no_page_scrolls_sideways_and_no_target_is_small(sheet: Page) -> None:
    address = sheet.url
    for path in (address, f"{address}/finish", "/interviews", "/interviews/new?study=talks"):
        sheet.goto(path)
        for width in (1280, 640, 360, 320):
            sheet.set_viewport_size({"width": width, "height": 800})
            assert sheet.evaluate("document.documentElement.scrollWidth") <= width, path
    sheet.goto(address)
    small = sheet.evaluate(
        """() => [...document.querySelectorAll('button, input, textarea, select')]
            .map((each) => [each.name, each.getBoundingClientRect()])
            .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
            .map(([name]) => name)"""
    )
    assert small == []


def test_what_was_typed_before_the_script_ran_is_saved_as_well(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    sheet.route("**/console.js", hold)
    sheet.reload(wait_until="commit")
    control(sheet, "note.1.topics").fill("in a hurry")
    choose(sheet, "state.1.topics.ethics", "refused")
    control(sheet, "answer.1.teaching.view").select_option("1")
    held[0].continue_()
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().notes == {("topics", "during"): "in a hurry"}
    assert shelf().marks == {"topics.ethics": ("refused", "none", "")}
    assert shelf().answers == {"teaching.view": "1"}
