"""The sheet in the call, in a real browser: phases, keys, follow-ups, undo, and what stays still."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from survey_app.definition.loader import load
from tests.browser import LiveServer, NewContext, violations, violations_in_either_light
from tests.web.console_scenes import SAVED, begin, open_sheet, sign_in, state_of
from tests.web.interviewing import Shelf, Studied

pytestmark = pytest.mark.browser

BESIDE_A_CALL = {"width": 640, "height": 900}
VOICES = """
format: 1
name: voices
version: 1.0.0
title: Voices
source: ours
licence: MIT
changes: first
sections:
  - key: first
    title: First
    minutes: 5
    items:
      - key: day
        type: select_multiple
        text: What happened on that day?
        if_needed: I mean any day that you remember.
        instruction: Give plenty of time.
        options:
          work: work
          rest: How did you rest?
          values: >-
            values of many kinds (such as honesty, courage, patience, kindness, humour, thrift and
            whatever else one may be asked about on a long day)
        other: "other:"
  - key: second
    title: Second
    items:
      - key: night
        type: open_question
        text: And the night?
"""
CONTRAST = """(element) => {
    const parts = (colour) => colour.match(/[0-9.]+/g).map(Number);
    const light = ([red, green, blue]) => [red, green, blue]
        .map((each) => each / 255)
        .map((each) => each <= 0.03928 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
        .reduce((sum, each, index) => sum + each * [0.2126, 0.7152, 0.0722][index], 0);
    let under = element;
    const ground = (each) => parts(getComputedStyle(each).backgroundColor);
    while (ground(under)[3] === 0) under = under.parentElement;
    const [one, other] = [light(parts(getComputedStyle(element).color)), light(ground(under))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}"""
RESTYLING = "UpdateLayoutTree"
"""What Chromium's trace calls the work of finding out how elements look, whose number it tells."""
WHERE = """() => [...document.querySelectorAll(
    '.console-bar *, .console-scroll, .topic, .topic *, .dock, .dock button, .jump-item')]
    .filter((each) => each.offsetParent !== null && !each.closest('.probe-more'))
    .filter((each) => !each.closest('.head-slot > *, [data-unit=recording], .clocks, .save-state, .clock-buttons'))
    .map((each) => {
        const box = each.getBoundingClientRect();
        return [each.id || each.className || each.tagName, box.x, box.y, box.width, box.height];
    })"""


@pytest.fixture
def installation(talks: Path) -> Path:
    return talks


@pytest.fixture
def context(new_context: NewContext, live_server: LiveServer) -> BrowserContext:
    context = new_context(viewport=BESIDE_A_CALL)
    sign_in(context, live_server.store, "link-of-ivy")
    return context


@pytest.fixture
def sheet(context: BrowserContext, begun: Studied) -> Page:
    return open_sheet(context, begun.address)


@pytest.fixture
def shelf(live_server: LiveServer, sheet: Page) -> Callable[[], Shelf]:
    address = sheet.url
    return lambda: Shelf.of(live_server.store, address)


def said(page: Page) -> Locator:
    return page.locator("#last-action")


def row(page: Page, place: str) -> Locator:
    return page.locator(f'[id="p-{place}"]')


def press(page: Page, keys: str) -> None:
    for key in keys.split():
        page.keyboard.press(key)


def chosen(page: Page, name: str) -> str:
    return str(page.locator(f'[name="{name}"]:checked').get_attribute("value"))


def start_the_clock(page: Page) -> None:
    page.get_by_role("button", name="Start the clock").click()
    expect(page.locator("#clock-state")).to_have_text("running")


def where(page: Page) -> list[Any]:
    return list(page.evaluate(WHERE))


def test_the_hands_begin_in_the_notes_of_the_first_question(sheet: Page) -> None:
    expect(sheet.locator('[name="note.1.topics"]')).to_be_focused()


def test_before_the_key_a_mark_is_unprompted_and_after_it_raised_after_the_probe(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape Space f ArrowDown Space")
    assert chosen(sheet, "state.1.topics.ethics") == "raised_unprompted"
    assert chosen(sheet, "state.1.topics.career") == "raised_after_probe"
    expect(state_of(sheet)).to_have_text(SAVED)
    stored = shelf().state
    assert {(mark.probe, mark.state, mark.phase) for mark in stored.marks} == {
        ("ethics", "raised_unprompted", "free"),
        ("career", "raised_after_probe", "probing"),
    }
    assert [turn["phase"] for turn in stored.items[0].turns] == ["probing"]


def test_a_turn_that_is_taken_back_at_once_is_kept_with_its_time(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape f f f")
    expect(state_of(sheet)).to_have_text(SAVED)
    turns = shelf().state.items[0].turns
    assert [turn["phase"] for turn in turns] == ["probing", "free", "probing"]


def test_a_wrong_turn_is_taken_back_with_the_marks_made_since_and_both_times_are_kept(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape f Space ArrowDown Space")
    expect(state_of(sheet)).to_have_text(SAVED)
    press(sheet, "f")
    expect(said(sheet)).to_have_text(
        "Back to the free answer: 2 marks made since are now unprompted."
    )
    assert chosen(sheet, "state.1.topics.ethics") == "raised_unprompted"
    assert chosen(sheet, "state.1.topics.career") == "raised_unprompted"
    expect(state_of(sheet)).to_have_text(SAVED)
    assert [turn["phase"] for turn in shelf().state.items[0].turns] == ["probing", "free"]
    press(sheet, "z")
    expect(said(sheet)).to_contain_text("Undone: Back to the free answer")
    assert chosen(sheet, "state.1.topics.ethics") == "raised_after_probe"
    assert chosen(sheet, "state.1.topics.career") == "raised_after_probe"
    assert chosen(sheet, "phase.1.topics") == "probing"
    expect(state_of(sheet)).to_have_text(SAVED)
    assert {mark.phase for mark in shelf().state.marks} == {"probing"}


def test_what_was_marked_before_the_key_stays_as_it_was_when_going_back(sheet: Page) -> None:
    press(sheet, "Escape p f ArrowDown Space f")
    assert chosen(sheet, "state.1.topics.ethics") == "raised_after_probe"
    assert chosen(sheet, "state.1.topics.career") == "raised_unprompted"
    expect(said(sheet)).to_contain_text("1 mark made since is now unprompted")


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_after_the_free_answer_what_came_up_is_dimmed_but_can_be_read(
    sheet: Page, colours: str
) -> None:
    sheet.emulate_media(color_scheme=colours, reduced_motion="reduce")  # type: ignore[arg-type]
    press(sheet, "Escape Space f 0")
    raised, open_ = (row(sheet, f"1.topics.{key}").locator("p") for key in ("ethics", "career"))
    weight = "(element) => Number(getComputedStyle(element).fontWeight)"
    assert raised.evaluate(weight) < open_.evaluate(weight)
    assert 4.5 <= raised.evaluate(CONTRAST) < open_.evaluate(CONTRAST)


KEYS = {
    "u": ("state", "raised_unprompted"),
    "p": ("state", "raised_after_probe"),
    "d": ("state", "asked_and_denied"),
    "k": ("state", "dont_know"),
    "r": ("state", "refused"),
    "n": ("state", "not_asked"),
    "a": ("state", "not_applicable"),
    "Space": ("state", "raised_unprompted"),
    "e": ("example", "asked"),
    "q": ("quote", "yes"),
    "c": ("come_back", "yes"),
    "m": ("minimal_answer", "yes"),
}


def test_every_key_marks_the_row_one_is_on_and_z_takes_it_back(sheet: Page) -> None:
    press(sheet, "Escape ArrowDown")
    for key, (part, code) in KEYS.items():
        before = sheet.locator(f'[name="{part}.1.topics.career"]:checked').count()
        button = sheet.locator(f'[name="{part}.1.topics.career"][value="{code}"]')
        press(sheet, key)
        expect(button, key).to_be_checked()
        expect(row(sheet, "1.topics.career"), key).to_be_focused()
        press(sheet, "z")
        expect(button, key).not_to_be_checked()
        assert sheet.locator(f'[name="{part}.1.topics.career"]:checked').count() == before, key


def test_every_key_stands_on_a_visible_button_that_does_the_same(sheet: Page) -> None:
    for key, (part, code) in KEYS.items():
        button = sheet.locator(f'[name="{part}.1.topics.career"][value="{code}"]')
        if key != "Space":
            assert button.get_attribute("aria-keyshortcuts") == key.upper()
        button.click()
        expect(button, key).to_be_checked()
        expect(said(sheet), key).to_contain_text("the future career")
        expect(said(sheet), key).not_to_contain_text("(")
        expect(row(sheet, "1.topics.career"), key).to_be_focused()
        press(sheet, "z")
        expect(button, key).not_to_be_checked()


def test_an_example_is_asked_then_given_then_none(sheet: Page, shelf: Callable[[], Shelf]) -> None:
    press(sheet, "Escape Space e e")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().marks["topics.ethics"][:2] == ("raised_unprompted", "given")
    press(sheet, "e")
    assert chosen(sheet, "example.1.topics.ethics") == "none"


def test_the_whole_question_can_be_refused_and_flagged_by_the_same_keys(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape 0 r q c u")
    expect(said(sheet)).to_contain_text("go to a probe")
    expect(state_of(sheet)).to_have_text(SAVED)
    (item,) = shelf().state.items
    assert (item.item, item.state, item.flags) == ("topics", "refused", ["quote", "come_back"])


def test_letters_typed_in_a_note_mark_nothing(sheet: Page, shelf: Callable[[], Shelf]) -> None:
    text = "s p n k r x a e q m b f o u h ? / 1 2"
    sheet.keyboard.type(text)
    press(sheet, "Escape Enter")
    sheet.keyboard.type(text)
    press(sheet, "Escape o")
    sheet.keyboard.type("sleep")
    press(sheet, "Enter")
    expect(row(sheet, "1.topics.other:1")).to_be_focused()
    expect(state_of(sheet)).to_have_text(SAVED)
    stored = shelf()
    assert stored.notes == {("topics", "during"): text, ("topics.ethics", "during"): text}
    assert stored.marks == {"topics.other:1": ("raised_unprompted", "none", "sleep")}
    assert stored.state.items == []
    expect(sheet.locator("#keys")).to_be_hidden()
    expect(sheet.locator("#curtain")).to_be_hidden()


def test_a_topic_of_ones_own_is_named_and_marked_without_the_mouse(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape o")
    sheet.keyboard.type("sleep")
    press(sheet, "Enter f o")
    sheet.keyboard.type("money")
    press(sheet, "Enter o")
    sheet.keyboard.type("pets")
    press(sheet, "Escape d")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().marks == {
        "topics.other:1": ("raised_unprompted", "none", "sleep"),
        "topics.other:2": ("raised_after_probe", "none", "money"),
        "topics.other:3": ("asked_and_denied", "none", "pets"),
    }


def test_a_topic_of_ones_own_is_taken_back_as_one_step(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape o")
    sheet.keyboard.type("sleep")
    press(sheet, "Enter")
    expect(said(sheet)).to_have_text("another topic: sleep")
    press(sheet, "z")
    expect(sheet.locator('[name="text.1.topics.other:1"]')).to_have_value("")
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().marks == {"topics.other:1": ("not_reached", "none", "")}


def test_every_state_of_a_mark_is_kept_though_the_next_one_comes_at_once(
    sheet: Page, live_server: LiveServer
) -> None:
    press(sheet, "Escape p d Space Space")
    expect(state_of(sheet)).to_have_text(SAVED)
    entries = live_server.store.interviews.timeline(sheet.url.rsplit("/", maxsplit=1)[1])
    marked = [each for entry in entries for each in entry.operations if each["op"] == "mark"]
    assert [each["state"] for each in marked] == [
        "raised_after_probe",
        "asked_and_denied",
        "raised_unprompted",
        "not_reached",
    ]


def test_after_a_click_the_arrows_go_from_row_to_row_and_change_no_mark(sheet: Page) -> None:
    sheet.locator('[name="state.1.topics.ethics"][value="refused"]').click()
    press(sheet, "ArrowDown")
    expect(row(sheet, "1.topics.career")).to_be_focused()
    assert chosen(sheet, "state.1.topics.ethics") == "refused"
    assert chosen(sheet, "state.1.topics.career") == "not_reached"


def test_questions_are_reached_from_anywhere_and_each_visit_is_kept_with_its_time(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    start_the_clock(sheet)
    sheet.locator('[name="note.1.topics"]').focus()
    press(sheet, "Control+Enter")
    expect(sheet.locator('[name="note.1.rewarding"]')).to_be_focused()
    press(sheet, "Escape Control+Enter")
    expect(sheet.locator('[name="note.1.what"]')).to_be_focused()
    press(sheet, "Control+Shift+Enter")
    expect(sheet.locator('[name="note.1.rewarding"]')).to_be_focused()
    expect(sheet.get_by_role("button", name="Question 2 of 8")).to_be_visible()
    expect(state_of(sheet)).to_have_text(SAVED)
    visits = shelf().state.visits
    assert [visit["item"] for visit in visits] == ["topics", "rewarding", "what", "rewarding"]
    times = [int(str(visit["at"])) for visit in visits]
    assert times == sorted(times)
    sheet.reload()
    expect(sheet.locator('[name="note.1.rewarding"]')).to_be_focused()


def test_after_a_click_beside_the_questions_the_keys_lead_back_to_them(sheet: Page) -> None:
    press(sheet, "Control+Enter")
    for keys, led_to in (
        ("Control+Shift+Enter", '[name="note.1.topics"]'),
        ("Escape", '[id="p-1.topics.ethics"]'),
    ):
        sheet.locator(".console-code").click()
        expect(sheet.locator(".console :focus")).to_have_count(0)
        press(sheet, keys)
        expect(sheet.locator(led_to)).to_be_focused()


def test_any_question_is_a_press_away_in_the_folded_list(sheet: Page) -> None:
    jump = sheet.locator("#jump")
    expect(jump).to_be_hidden()
    toggle = sheet.get_by_role("button", name="Question 1 of 8")
    toggle.click()
    expect(jump).to_be_visible()
    assert jump.bounding_box()["y"] + jump.bounding_box()["height"] <= (  # type: ignore[index]
        sheet.locator(".console-scroll").bounding_box()["y"] + 1  # type: ignore[index]
    )
    jump.get_by_text("How many mentees did you have?").click()
    expect(sheet.locator('[name="note.1.mentees"]')).to_be_focused()
    expect(jump).to_be_hidden()


def test_a_mark_a_save_and_a_change_of_phase_move_nothing(sheet: Page) -> None:
    press(sheet, "Escape ArrowDown")
    before = where(sheet)
    assert len(before) > 100
    for keys in ("Space", "n", "e", "q", "f", "f", "z", "0", "n", "z", "1"):
        press(sheet, keys)
        assert [pair for pair in zip(before, where(sheet), strict=True) if pair[0] != pair[1]] == []
    expect(state_of(sheet)).to_have_text(SAVED)
    assert where(sheet) == before


@pytest.mark.parametrize("width", [640, 1280, 1440])
def test_a_probe_of_many_words_leaves_the_dock_as_it_is(voices: Page, width: int) -> None:
    voices.set_viewport_size({"width": width, "height": 800})
    dock = voices.locator(".dock")
    press(voices, "Escape")
    before = dock.bounding_box()
    press(voices, "ArrowDown ArrowDown Space")
    expect(said(voices)).to_contain_text("raised unprompted: values of many kinds")
    assert dock.bounding_box() == before
    words = voices.locator("#strip-words").bounding_box()
    assert words is not None
    assert words["width"] > 200


def test_how_saving_goes_is_in_sight_in_a_low_window_as_well(sheet: Page) -> None:
    sheet.set_viewport_size({"width": 640, "height": 480})
    sheet.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    expect(state_of(sheet)).to_be_in_viewport()


def test_a_window_made_narrower_keeps_the_row_one_is_on_in_sight(sheet: Page) -> None:
    sheet.set_viewport_size({"width": 1440, "height": 900})
    press(sheet, "Control+Enter Control+Enter Escape")
    for width in (480, 1440, 640):
        sheet.set_viewport_size({"width": width, "height": 600})
        expect(sheet.locator(":focus")).to_be_in_viewport(ratio=1)


def test_starting_the_clock_and_the_recording_move_nothing_else(sheet: Page) -> None:
    before = where(sheet)
    start_the_clock(sheet)
    sheet.get_by_role("button", name="Mark recording start").click()
    expect(state_of(sheet)).to_have_text(SAVED)
    assert where(sheet) == before


def test_a_button_pressed_with_the_mouse_leaves_the_hands_in_the_notes(sheet: Page) -> None:
    notes = sheet.locator('[name="note.1.topics"]')
    for name in (
        "Start the clock",
        "End the free answer",
        "Undo",
        "Keys",
        "Example",
        "Mark recording start",
    ):
        sheet.locator(".console").get_by_role("button", name=name).first.click()
        expect(notes).to_be_focused()


def test_hiding_blanks_the_page_marks_nothing_and_the_same_key_brings_it_back(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape Space ArrowDown")
    title = sheet.title()
    hidden_at_once = sheet.evaluate(
        """() => {
            const press = new KeyboardEvent('keydown', {key: 'h', bubbles: true, cancelable: true});
            document.activeElement.dispatchEvent(press);
            const shown = [...document.querySelectorAll('.masthead, .console-bar, .topic, .dock')];
            return shown.every((each) => getComputedStyle(each).visibility === 'hidden');
        }"""
    )
    assert hidden_at_once
    assert "P01" not in sheet.title()
    assert "ethical" not in sheet.locator("body").inner_text()
    assert "P01" not in sheet.locator("body").inner_text()
    press(sheet, "n Control+Enter Tab s Escape p h")
    expect(sheet.locator("#curtain")).to_be_hidden()
    expect(row(sheet, "1.topics.career")).to_be_focused()
    assert sheet.title() == title
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().marks == {"topics.ethics": ("raised_unprompted", "none", "")}


def test_the_keys_are_shown_without_taking_the_focus_or_lying_over_anything(sheet: Page) -> None:
    sheet.set_viewport_size({"width": 640, "height": 800})
    press(sheet, "Escape ArrowDown ArrowUp Shift+?")
    panel = sheet.locator("#keys")
    expect(panel).to_be_visible()
    for line in panel.locator("dt").all():
        expect(line).to_be_in_viewport(ratio=1)
    expect(row(sheet, "1.topics.ethics")).to_be_in_viewport(ratio=1)
    expect(row(sheet, "1.topics.ethics")).to_be_focused()
    top = panel.bounding_box()["y"]  # type: ignore[index]
    scroll = sheet.locator(".console-scroll").bounding_box()
    assert scroll is not None
    assert scroll["y"] + scroll["height"] <= top + 1
    press(sheet, "d ?")
    expect(panel).to_be_hidden()
    assert chosen(sheet, "state.1.topics.ethics") == "asked_and_denied"


def test_the_rest_of_a_question_is_marked_not_asked_with_one_reason_and_one_undo(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape Space")
    topic = sheet.locator('[data-item="teaching"]')
    topic.get_by_label("Why the rest was not asked").fill("no time")
    topic.get_by_role("button", name="Mark the rest of this question not asked").click()
    expect(said(sheet)).to_have_text("3 marked not asked.")
    expect(state_of(sheet)).to_have_text(SAVED)
    found = {(mark.item, mark.probe, mark.state, mark.reason) for mark in shelf().state.marks}
    assert found == {
        ("topics", "ethics", "raised_unprompted", ""),
        ("teaching", "interest", "not_asked", "no time"),
        ("teaching", "view", "not_asked", "no time"),
    }
    sheet.get_by_role("button", name="Undo").click()
    expect(state_of(sheet)).to_have_text(SAVED)
    assert {(mark.probe, mark.state) for mark in shelf().state.marks} == {
        ("ethics", "raised_unprompted"),
        ("interest", "not_reached"),
        ("view", "not_reached"),
    }


def test_the_rest_of_a_section_leaves_what_was_marked_or_written_alone(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    sheet.keyboard.type("spoke for long")
    press(sheet, "Escape Space")
    sheet.locator('[name="answer.1.mentees"]').fill("2")
    rest = sheet.get_by_role("button", name="Mark the rest of this section not asked").first
    rest.click()
    expect(said(sheet)).to_contain_text("Say in a few words why")
    sheet.keyboard.type("no time")
    rest.click()
    expect(state_of(sheet)).to_have_text(SAVED)
    stored = shelf().state
    assert {(mark.probe, mark.state) for mark in stored.marks} == {
        ("ethics", "raised_unprompted"),
        ("career", "not_asked"),
        ("interest", "not_asked"),
        ("view", "not_asked"),
    }
    asked = {item.item for item in stored.items if item.state == "not_asked"}
    assert asked == {"rewarding", "what", "hours", "began", "teaching"}


def test_a_question_whose_free_answer_was_ended_was_asked_and_only_its_probes_are_open(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    press(sheet, "Escape f")
    sheet.locator('[name="quote.1.teaching"]').check(force=True)
    rest = sheet.get_by_role("button", name="Mark the rest of this section not asked").first
    rest.click()
    sheet.keyboard.type("no time")
    rest.click()
    expect(state_of(sheet)).to_have_text(SAVED)
    stored = shelf().state
    assert {mark.probe for mark in stored.marks if mark.state == "not_asked"} == {
        *("ethics", "career", "interest", "view"),
    }
    asked = {item.item for item in stored.items if item.state == "not_reached"}
    assert asked == {"topics", "teaching"}


def test_undoing_a_mark_keeps_the_words_that_were_typed_since(sheet: Page) -> None:
    press(sheet, "Escape n")
    sheet.locator('[name="why.1.topics.ethics"]').fill("said before")
    press(sheet, "Escape z")
    assert chosen(sheet, "state.1.topics.ethics") == "not_reached"
    expect(sheet.locator('[name="why.1.topics.ethics"]')).to_have_value("said before")


def test_when_the_recording_began_is_marked_and_can_be_taken_back(
    sheet: Page, shelf: Callable[[], Shelf]
) -> None:
    start_the_clock(sheet)
    button = sheet.locator("[data-action=recording]")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_contain_text(re.compile(r"Recording since 0:0\d"))
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().state.recording_offset is not None
    sheet.reload()
    expect(button).to_contain_text(re.compile(r"Recording since 0:0\d"))
    button.click()
    expect(state_of(sheet)).to_have_text(SAVED)
    assert shelf().state.recording_offset is None


def test_no_key_of_the_browsers_or_of_a_call_programs_is_taken(sheet: Page) -> None:
    taken = sheet.evaluate(
        """() => {
            const keys = [
                ...['n', 't', 'w', 'r', 'd', 'e', 'f', 'p', 's', 'h', 'u'].map((key) => ({key, ctrlKey: true})),
                ...['m', 'o', 'k', 'h', 'b'].map((key) => ({key: key.toUpperCase(), ctrlKey: true, shiftKey: true})),
                ...['a', 'v', 's', 'h', 'm', 'r'].map((key) => ({key, altKey: true})),
                ...['s', 'r'].map((key) => ({key, metaKey: true})),
                ...[1, 3, 5, 6, 11, 12].map((number) => ({key: `F${number}`})),
            ];
            document.querySelector('[id="p-1.topics.ethics"]').focus();
            return keys.filter((each) => {
                const press = new KeyboardEvent('keydown', {...each, bubbles: true, cancelable: true});
                document.activeElement.dispatchEvent(press);
                return press.defaultPrevented;
            });
        }"""
    )
    assert taken == []
    assert chosen(sheet, "state.1.topics.ethics") == "not_reached"


def test_the_strip_says_which_follow_up_fits_and_leads_nowhere(sheet: Page) -> None:
    kind, words = sheet.locator("#strip-kind strong"), sheet.locator("#strip-words")
    expect(kind).to_have_text("Wait")
    press(sheet, "Escape Space")
    expect(words).to_have_text("(Could you give me an example of that?)")
    press(sheet, "e")
    expect(words).to_have_text("(Is there anything else?)")
    press(sheet, "m")
    expect(words).to_have_text("(Could you tell me more about that?)")
    press(sheet, "m f")
    expect(words).to_have_text(
        "(You have not mentioned the future career: what do you think about that?)"
    )
    press(sheet, "ArrowDown d")
    expect(words).to_have_text("(Is there anything else?)")
    sheet.get_by_role("button", name="Clarify").click()
    expect(words).to_have_text("(Could you say in other words what you mean by that?)")


@pytest.fixture
def voices(context: BrowserContext, live_server: LiveServer) -> Page:
    store = live_server.store
    instrument = load(VOICES.encode(), "inline.yaml")
    store.studies.create(slug="voices", title="Voices")
    store.instruments.publish(
        name="voices",
        version="1.0.0",
        format=1,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note="",
        by="test",
    )
    store.studies.add_instrument("voices", "voices", "1.0.0", "interviewer", position=0)
    store.studies.add_consent_text("voices", version="1", body={"en": "Yes?"}, fingerprint="f")
    store.accounts.set_role("ivy", "interviewer", "voices")
    return begin(context, study="voices")


def test_the_three_voices_differ_in_size_weight_and_label(voices: Page) -> None:
    hear_the_voices_apart(voices)
    voices.emulate_media(media="print")
    hear_the_voices_apart(voices)
    voices.emulate_media(media="screen", forced_colors="active")
    hear_the_voices_apart(voices)


def hear_the_voices_apart(voices: Page) -> None:
    look = """(element) => {
        const style = getComputedStyle(element);
        return [parseFloat(style.fontSize), Number(style.fontWeight), style.fontStyle];
    }"""
    topic = voices.locator('[data-item="day"]')
    aloud, needed, silent = (
        topic.locator(each).evaluate(look)
        for each in (".read-aloud", ".if-needed", ".instruction-words")
    )
    assert aloud[0] > needed[0] > silent[0]
    assert aloud[1] > needed[1]
    assert silent[2] == "italic" != needed[2]
    expect(topic.locator(".voice-aloud")).to_have_text("Read aloud")
    expect(topic.locator(".if-needed")).to_have_text(
        "Read if needed (I mean any day that you remember.)"
    )
    expect(topic.locator(".instruction")).to_contain_text("For you, do not read")


def test_a_probe_that_is_a_question_is_asked_as_it_stands(voices: Page) -> None:
    press(voices, "Escape f ArrowDown")
    expect(voices.locator("#strip-words")).to_have_text("(How did you rest?)")


def test_coverage_of_a_section_is_counted_at_a_glance_as_the_server_counts_it(
    sheet: Page,
) -> None:
    sheet.set_viewport_size({"width": 1280, "height": 900})
    section = sheet.locator(".jump-section").first
    expect(section.locator(".coverage-words")).to_have_text("4 open")
    press(sheet, "Escape Space f ArrowDown Space")
    sheet.locator('[name="state.1.teaching.view"][value="refused"]').click()
    counted = "1 unprompted, 1 after probe, 1 not raised, 1 open"
    expect(section.locator(".coverage-words")).to_have_text(counted)
    cells = [str(each.get_attribute("class")) for each in section.locator(".cell").all()]
    expect(state_of(sheet)).to_have_text(SAVED)
    sheet.reload()
    expect(section.locator(".coverage-words")).to_have_text(counted)
    assert [str(each.get_attribute("class")) for each in section.locator(".cell").all()] == cells


def test_an_observer_reads_along_and_can_change_nothing_but_notes_of_their_own(
    new_context: NewContext, live_server: LiveServer, sheet: Page
) -> None:
    press(sheet, "Escape Space")
    expect(state_of(sheet)).to_have_text(SAVED)
    other = new_context(viewport=BESIDE_A_CALL)
    sign_in(other, live_server.store, "link-of-olga", "olga")
    page = other.new_page()
    page.goto(sheet.url)
    assert chosen(page, "state.1.topics.ethics") == "raised_unprompted"
    expect(page.locator('[name="state.1.topics.career"]').first).to_be_disabled()
    expect(page.locator('[name="note.1.topics"]')).not_to_be_editable()
    own = page.locator('[name="observer.1.topics"]')
    own.fill("laughs here")
    expect(state_of(page)).to_have_text(SAVED)
    page.reload()
    expect(own).to_have_value("laughs here")
    assert violations(page) == ""


def test_the_call_is_accessible_in_both_phases_with_the_keys_shown(sheet: Page) -> None:
    sheet.emulate_media(reduced_motion="reduce")
    press(sheet, "Escape Space f ArrowDown q ? /")
    for width in (1440, 1024, 640):
        sheet.set_viewport_size({"width": width, "height": 900})
        if width == 640:
            sheet.locator("[data-action=jump]").click()
        expect(sheet.locator("#keys")).to_be_visible()
        assert violations_in_either_light(sheet) == "", width
        assert sheet.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("place", ["#clock", "#save-state"])
def test_words_that_change_restyle_what_they_stand_in_and_not_the_sheet(
    place: str, sheet: Page, chromium: Browser
) -> None:
    """A rule that hangs on what the body has would restyle every row at each key and second."""
    chromium.start_tracing(page=sheet, categories=["devtools.timeline"])
    sheet.locator(place).evaluate(
        """(each) => ["1:23", "4:56", "7:89"].forEach((words) => {
            each.textContent = words;
            each.offsetTop;
        })"""
    )
    events = json.loads(chromium.stop_tracing())["traceEvents"]
    restyled = [each["args"]["elementCount"] for each in events if each["name"] == RESTYLING]
    assert len(restyled) >= 3
    # What was still due from before is done at the first change.
    assert restyled[-1] < sheet.locator(".topic *").count() / 20


def test_a_paused_clock_counts_no_time_and_says_so(sheet: Page) -> None:
    start_the_clock(sheet)
    expect(sheet.locator("#section-clock .time")).not_to_have_text("0:00")
    sheet.get_by_role("button", name="Pause").click()
    expect(sheet.locator("#clock-state")).to_have_text("paused")
    shown = sheet.locator("#section-clock .time").inner_text()
    sheet.evaluate("document.getElementById('console').dispatchEvent(new CustomEvent('tick'))")
    assert sheet.locator("#section-clock .time").inner_text() == shown


def test_what_is_keyed_in_from_paper_has_no_clock_and_no_phases_and_u_and_p_mark(
    context: BrowserContext, live_server: LiveServer
) -> None:
    page = context.new_page()
    page.goto("/interviews/key-in?study=talks")
    head = {"code": "P08", "consent_version": "2", "day": "2026-11-02"}
    for name, text in {**head, "begun": "14:05", "ended": "14:50"}.items():
        page.locator(f'[name="{name}"]').fill(text)
    page.locator('[name="agreed"]').check()
    page.locator('[name="recording"][value="no"]').check()
    page.locator("main form button[type=submit]").first.click()
    expect(state_of(page)).to_have_text("Saves as you type")
    expect(page.locator("#clock")).to_have_count(0)
    expect(page.locator("[data-action=phase]")).to_have_count(0)
    expect(page.locator("#strip")).to_have_count(0)
    press(page, "Escape u ArrowDown p f")
    expect(state_of(page)).to_have_text(SAVED)
    stored = Shelf.of(live_server.store, page.url).state
    assert {(mark.probe, mark.state, mark.phase, mark.first_at) for mark in stored.marks} == {
        ("ethics", "raised_unprompted", None, None),
        ("career", "raised_after_probe", None, None),
    }
    assert violations(page) == ""
