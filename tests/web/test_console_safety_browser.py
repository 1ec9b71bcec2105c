"""Never lose a word: what is typed outlives its tab, its browser and the network between."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect

from survey_app.storage.records import Change
from tests.browser import LiveServer, NewContext
from tests.web.console_scenes import (
    COUNT_RECORDS,
    DESKTOP,
    NOTE,
    SAVED,
    Installation,
    Machine,
    collect_posts,
    control,
    installed,
    machine,
    notice,
    open_sheet,
    sign_in,
    state_of,
    type_into,
    wait_for_records,
    wait_until_kept,
    wait_until_let_go,
    without,
)
from tests.web.interviewing import Shelf, Studied, make_sign_in

pytestmark = pytest.mark.browser

CANARY = "ornithorhynchus"
KEEP_PLAIN = """(text) => new Promise((resolve) => {
    const request = indexedDB.open('plain', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('texts', {autoIncrement: true});
    request.onsuccess = () => {
        const durability = {durability: 'strict'};
        const transaction = request.result.transaction('texts', 'readwrite', durability);
        transaction.objectStore('texts').put(text);
        transaction.oncomplete = () => resolve();
    };
})"""


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
def place(tmp_path: Path, talks: Path) -> Iterator[Installation]:
    with installed(tmp_path, talks) as place:
        yield place


def reopen(context: BrowserContext, page: Page) -> Page:
    """End a tab without asking it, and open its address in another."""
    address = page.url
    page.close(run_before_unload=False)
    context.set_offline(False)
    opened = context.new_page()
    opened.goto(address)
    return opened


def type_and_lose(computer: Machine, address: str, *, journalled: bool = True) -> None:
    """Type without a network, then end the browser as a power cut would."""
    page = computer.page(address)
    expect(state_of(page)).to_have_text("Saves as you type")
    if journalled:
        wait_until_kept(page)
    computer.context.set_offline(True)
    type_into(page, CANARY)
    expect(state_of(page)).to_contain_text("1 change waiting")
    if journalled:
        wait_until_kept(page)
    computer.kill()


def begin_on(computer: Machine, place: Installation) -> str:
    sign_in_at(computer, place, "one")
    page = computer.page("/interviews/new?study=talks")
    page.get_by_label("Participant’s code").fill("P01")
    page.get_by_label("the participant has agreed").check()
    page.get_by_label("Yes, recording is permitted").check()
    page.get_by_role("button", name="Begin the interview").click()
    expect(state_of(page)).to_have_text("Saves as you type")
    address = page.url.removeprefix(place.url)
    page.close()
    wait_until_let_go(computer.context, f"{place.url}/home")
    return address


def sign_in_at(computer: Machine, place: Installation, token: str) -> None:
    page = computer.page(make_sign_in(place.store, "ivy", token))
    page.get_by_role("main").get_by_role("button").click()
    page.wait_for_url("**/home")
    page.close()


def test_what_was_typed_without_a_network_outlives_its_tab(
    context: BrowserContext, sheet: Page, live_server: LiveServer
) -> None:
    context.set_offline(True)
    type_into(sheet, "the first word")
    control(sheet, "text.1.topics.other:1").fill("sleep")
    wait_for_records(sheet, 3)
    opened = reopen(context, sheet)
    expect(control(opened, NOTE)).to_have_value("the first word")
    expect(control(opened, "text.1.topics.other:1")).to_have_value("sleep")
    expect(notice(opened, "back")).to_contain_text("2 changes from before were brought back.")
    assert not opened.evaluate("document.activeElement.closest('#safety') !== null")
    expect(state_of(opened)).to_have_text(SAVED)
    stored = Shelf.of(live_server.store, opened.url)
    assert stored.notes == {("topics", "during"): "the first word"}
    assert stored.marks["topics.other:1"][2] == "sleep"
    wait_for_records(opened, 1)


def test_every_key_press_is_in_the_journal_before_the_server_has_it(
    context: BrowserContext, sheet: Page
) -> None:
    context.set_offline(True)
    for word in ("one", "one two", "one two three"):
        control(sheet, NOTE).fill(word)
        wait_for_records(sheet, 2)
    opened = reopen(context, sheet)
    expect(control(opened, NOTE)).to_have_value("one two three")


def test_a_batch_whose_answer_was_lost_is_sent_again_byte_by_byte_and_stored_once(
    context: BrowserContext, sheet: Page, live_server: LiveServer
) -> None:
    bodies: list[str] = []

    def lose_answer(route: Route) -> None:
        bodies.append(route.request.post_data or "")
        route.fetch()
        route.abort()

    sheet.route("**/changes", lose_answer)
    type_into(sheet, "said once")
    expect(state_of(sheet)).to_contain_text("Not saved: retrying")
    address = sheet.url
    sheet.close(run_before_unload=False)
    opened = context.new_page()
    again = collect_posts(opened)
    opened.goto(address)
    expect(state_of(opened)).to_have_text(SAVED)
    bodies += again
    first = json.loads(bodies[0])
    assert again
    assert bodies == [bodies[0]] * len(bodies)
    entries = live_server.store.interviews.timeline(address.rsplit("/", maxsplit=1)[1])
    sent = [each for each in entries if each.client == first["client"]]
    assert [each.client_sequence for each in sent] == [first["sequence"]]
    assert Shelf.of(live_server.store, address).notes == {("topics", "during"): "said once"}


def test_batches_that_come_again_and_out_of_order_change_nothing(
    sheet: Page, live_server: LiveServer
) -> None:
    bodies = collect_posts(sheet)
    for text in ("first", "second"):
        control(sheet, NOTE).fill(text)
        expect(state_of(sheet)).to_have_text("1 change waiting")
        expect(state_of(sheet)).to_have_text(SAVED)
    statuses = sheet.evaluate(
        """async ([address, bodies]) => {
            const token = document.querySelector('#console [name=csrf]').value;
            const headers = {'Content-Type': 'application/json', 'X-CSRF-Token': token};
            const told = [];
            for (const body of [bodies[1], bodies[0], bodies[0]]) {
                const answer = await fetch(address, {method: 'POST', headers, body});
                told.push((await answer.json()).status);
            }
            return told;
        }""",
        [f"{sheet.url}/changes", bodies[-2:]],
    )
    assert statuses == ["repeat"] * 3
    assert Shelf.of(live_server.store, sheet.url).notes == {("topics", "during"): "second"}


def test_the_journal_keeps_nothing_that_the_server_has_and_forgets_its_key_in_the_end(
    sheet: Page, live_server: LiveServer
) -> None:
    type_into(sheet, "acknowledged")
    expect(state_of(sheet)).to_have_text(SAVED)
    wait_for_records(sheet, 1)
    keys = live_server.store.interviews
    interview, ivy = sheet.url.rsplit("/", maxsplit=1)[1], live_server.store.accounts.find("ivy")
    assert ivy is not None
    before = keys.journal_key(interview, ivy.id)
    finish(sheet)
    control(sheet, "after.1.topics").fill("one more thing")
    expect(state_of(sheet)).to_have_text(SAVED)
    with sheet.expect_response("**/journal-key/forget", timeout=20_000) as forgotten:
        assert forgotten.value.status == 200
    assert sheet.evaluate(COUNT_RECORDS) == 0
    assert keys.journal_key(interview, ivy.id) != before


def test_a_withdrawal_deletes_what_the_browser_holds_of_the_interview(
    context: BrowserContext, sheet: Page, live_server: LiveServer
) -> None:
    context.set_offline(True)
    type_into(sheet, "taken back")
    wait_for_records(sheet, 2)
    response = Shelf.of(live_server.store, sheet.url).response("talk")
    change = Change(
        client="x",
        sequence=0,
        base_revision=0,
        kind="withdraw",
        actor="participant",
        source="web",
        language="en",
    )
    live_server.store.responses.withdraw(response, change, scope="all")
    opened = reopen(context, sheet)
    wait_for_records(opened, 0)
    expect(control(opened, NOTE)).to_have_value("")


def finish(sheet: Page) -> None:
    address = sheet.url
    sheet.get_by_role("button", name="Finish").first.click()
    sheet.wait_for_url("**/finish")
    sheet.get_by_role("button", name="Finish the interview").click()
    sheet.wait_for_url(lambda url: not url.endswith("/finish"))
    sheet.goto(address)


def test_words_outlive_a_browser_that_is_killed_and_are_read_again_after_signing_in(
    place: Installation, playwright_driver: Playwright, tmp_path: Path
) -> None:
    with machine(playwright_driver, tmp_path / "profile", place.url) as computer:
        address = begin_on(computer, place)
        type_and_lose(computer, address)
        computer.start()
        sign_in_at(computer, place, "two")
        page = computer.page(address)
        expect(control(page, NOTE)).to_have_value(CANARY)
        expect(notice(page, "back")).to_contain_text("1 change from before was brought back.")
        expect(state_of(page)).to_have_text(SAVED)
        assert place.shelf(address).notes == {("topics", "during"): CANARY}


def test_without_the_journal_the_same_words_are_gone(
    place: Installation, playwright_driver: Playwright, tmp_path: Path
) -> None:
    """The control: what brings the words back is the journal and nothing else."""
    with machine(playwright_driver, tmp_path / "profile", place.url) as computer:
        without(computer.context, "indexedDB")
        address = begin_on(computer, place)
        type_and_lose(computer, address, journalled=False)
        computer.start()
        sign_in_at(computer, place, "two")
        page = computer.page(address)
        # Without the journal it is another page, which reads along until the lease has ended.
        expect(state_of(page)).to_have_text(re.compile("Saves as you type|Reading along"))
        page.wait_for_timeout(1_000)
        expect(control(page, NOTE)).to_have_value("")
        assert place.shelf(address).notes == {}


def test_a_shared_computer_keeps_nothing_readable(
    place: Installation, playwright_driver: Playwright, tmp_path: Path
) -> None:
    with machine(playwright_driver, tmp_path / "profile", place.url) as computer:
        address = begin_on(computer, place)
        type_and_lose(computer, address)
        assert not computer.holds(CANARY)
        computer.start()
        page = computer.page("/")
        page.evaluate(KEEP_PLAIN, CANARY)
        computer.kill()
        assert computer.holds(CANARY), "the look through the profile finds nothing it should"
