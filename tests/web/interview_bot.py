"""A bot that holds interviews by keyboard alone, and keeps a diary of what it did."""

import random
import re
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle

from playwright.sync_api import Page, expect
from time_machine import Traveller

from survey_app.web.interviewer.words import RAISED, state_words
from tests.web.console_scenes import READY, SAVED, state_of
from tests.web.interview_diary import Diary

KEYS = {
    **{words.code: words.letter.lower() for words in state_words() if words.letter},
    "toggle": "Space",
    "phase": "f",
    "own": "o",
    "undo": "z",
    "example": "e",
    "quote": "q",
    "come_back": "c",
    "minimal_answer": "m",
    "hide": "h",
    "help": "?",
    "leave": "Escape",
    "line": "Enter",
    "notes": "/",
    "down": "ArrowDown",
    "next": "Control+Enter",
    "previous": "Control+Shift+Enter",
}
"""What the bot presses; the letters of the states are those of their boxes on paper."""
WORDS = (
    *("“Zoë’s” – déjà…", "=SUM(A1)", "n u p d", "two\nlines"),
    *("😢 👩🏽‍⚕️", "日本語 ελ", "@cmd +1", "0012", "<b> & co"),
)
MOST_TABS = 400
PATIENCE = 20_000
"""Milliseconds for a save, as machines may be busy."""
FOCUS = """(wanted) => {
    const focused = document.activeElement;
    const topic = focused.closest('.topic');
    return [focused.matches(wanted), topic ? topic.dataset.item : null];
}"""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the bot knows of a question before it asks; `scale` is how many points may be chosen."""

    item: str
    run: int
    probes: tuple[str, ...]
    scale: int = 0
    choices: tuple[str, ...] = ()

    @property
    def takes_topics(self) -> bool:
        """Whether topics may come up that no list foresaw."""
        return not self.choices


class Bot:
    """Two hands on a keyboard, and a diary."""

    def __init__(self, page: Page, time: Traveller, chance: random.Random) -> None:
        self.page = page
        self.time = time
        self.chance = chance
        self.diary = Diary()
        self.item = ""
        self.states = cycle(["not_reached", *(code for code in KEYS if code in _codes())])
        self.words = cycle(chance.sample(WORDS, len(WORDS)))

    def press(self, *names: str) -> None:
        """Press keys by what the bot calls them, or by their own names."""
        for name in names:
            self.page.keyboard.press(KEYS.get(name, name))

    def tab_to(self, selector: str, *, back: bool = False) -> None:
        """Go with the tabulator to an element; questions on the way are come to as well."""
        for _step in range(MOST_TABS):
            self.press("Shift+Tab" if back else "Tab")
            found, item = self.page.evaluate(FOCUS, selector)
            if item is not None:
                self.come_to(item)
            if found:
                return
        raise AssertionError(f"the keyboard does not reach {selector}")

    def come_to(self, item: str) -> None:
        """Note where the bot is."""
        if item != self.item:
            self.item = item
            if self.diary.units("clock"):
                self.diary.add("place", item)

    def settle(self) -> None:
        """Wait until everything is at the server: the page's own patience is not waited for."""
        self.page.clock.run_for(1000)
        expect(state_of(self.page)).to_have_text(SAVED, timeout=PATIENCE)

    def pass_time(self, seconds: int) -> None:
        """Move both clocks on, the server's first, and wait until the page's has followed."""
        self.settle()
        self.time.shift(timedelta(seconds=seconds))
        with self.page.expect_response(re.compile("/presence$")):
            self.page.clock.fast_forward(seconds * 1000)
        now = self.diary.elapsed // 1000
        near = "|".join(f"{each // 60}:{each % 60:02}" for each in range(now - 2, now + 12))
        expect(self.page.locator("#clock")).to_have_text(re.compile(f"^({near})$"))

    def sign_in(self, link: str) -> None:
        """Sign in with a link: its address is the one thing that is not typed."""
        self.page.goto(link)
        self.tab_to("main button")
        self.press("Enter")
        expect(self.page).to_have_url(re.compile("/home$"))

    def begin(self, code: str, minutes: int, first: str) -> None:
        """Begin an interview; the hands are then in the notes of the first question."""
        self.tab_to("main a[href*='/interviews/new']")
        self.press("Enter")
        expect(self.page.locator("#code")).to_be_visible()
        self.tab_to("#code")
        self.page.keyboard.type(code)
        self.tab_to("#minutes")
        self.press("Control+a")
        self.page.keyboard.type(str(minutes))
        for name in ("agreed", "recording"):
            self.tab_to(f"[name={name}]")
            self.press("Space")
        self.tab_to("main button[type=submit]")
        self.press("Enter")
        expect(state_of(self.page)).to_have_text(READY)
        expect(self.page.locator(f"[data-item='{first}'] .notes textarea")).to_be_focused()
        self.item = first

    def start(self) -> None:
        """Start the clock and mark that the recording has started, then come back to the notes."""
        self.tab_to("[name=clock][value=start]", back=True)
        self.turn_clock("start")
        self.diary.add("place", self.item)
        self.tab_to("[data-action=recording]")
        self.press("Enter")
        self.diary.add("recording")
        self.settle()
        self.tab_to(f"[data-item='{self.item}'] .notes textarea")

    def turn_clock(self, action: str) -> None:
        """Press the clock's button that has the focus."""
        self.press("Enter")
        self.diary.add("clock", action)
        after = "paused" if action == "pause" else "running"
        expect(self.page.locator("#clock-state")).to_have_text(after)
        self.settle()

    def step(self, name: str, item: str) -> None:
        """Go to the next question or the one before, which is known to be `item`."""
        self.press(name)
        assert self.page.evaluate(FOCUS, ".notes textarea") == [True, item]
        self.come_to(item)

    def leave(self) -> None:
        """Leave the notes for the list, or a field for its row."""
        self.press("leave")
        assert self.page.evaluate(FOCUS, ".row")[0]

    def go(self, number: int) -> None:
        """Go to the row of a number, 0 being the question as a whole."""
        self.press(str(min(number, 9)), *["down"] * (number - 9))

    def type(self, text: str, *key: str, part: str = "text") -> None:
        """Type into the field that has the focus."""
        before = self.diary.find(*key)[part]
        for number, line in enumerate(text.split("\n")):
            if number:
                self.press("Enter")
            self.page.keyboard.type(line)
        self.diary.type(*key, before=before, text=text, part=part)

    def mark(self, probe: str, state: str) -> None:
        """Mark the row that has the focus by the letter of a state."""
        self.press(state)
        phase = self.diary.find("item", self.item)["phase"]
        self.diary.change("mark", self.item, probe, state=state, phase=phase)

    def toggle(self, probe: str) -> None:
        """Mark the row for the present phase, or clear it."""
        self.press("toggle")
        phase = self.diary.find("item", self.item)["phase"]
        raised = self.diary.find("mark", self.item, probe)["state"] in RAISED
        state = "raised_unprompted" if phase == "free" else "raised_after_probe"
        change = (
            {"state": "not_reached", "phase": None} if raised else {"state": state, "phase": phase}
        )
        self.diary.change("mark", self.item, probe, **change)

    def add_example(self, probe: str, example: str) -> None:
        """Say that an example was asked for, or given as well."""
        for each in ("asked", "given")[: 1 + (example == "given")]:
            self.press("example")
            self.diary.change("mark", self.item, probe, example=each)

    def flag(self, flag: str, *key: str) -> None:
        """Set a flag of the row that has the focus, or take it off."""
        self.press(flag)
        self.diary.flag(*key, flag=flag)

    def undo(self, *key: str) -> None:
        """Take back the last step, which was on the unit."""
        before = self.diary.of(*key)[-2:-1]
        self.press("undo")
        untouched = {"state": "not_reached", "phase": None}
        self.diary.change(*key, **(before[0].content if before else untouched))

    def turn_phase(self) -> None:
        """End the free answer; or go back to it, which takes along what was marked since."""
        self.press("phase")
        ended = self.diary.find("item", self.item)["phase"] == "free"
        self.diary.change("item", self.item, phase="probing" if ended else "free")
        for (item, probe), deeds in self.diary.units("mark").items():
            now = deeds[-1].content
            since = (now["phase"], now["state"]) == ("probing", "raised_after_probe")
            if not ended and item == self.item and since:
                self.diary.change("mark", item, probe, state="raised_unprompted", phase="free")

    def explain(self, run: int, probe: str, reason: str) -> None:
        """Say why a probe, or the question as a whole (no probe), was not asked."""
        if probe:
            self.tab_to(f"[name='why.{run}.{self.item}.{probe}']")
            self.type(reason, "mark", self.item, probe, part="reason")
            self.press("line")
        else:
            self.tab_to(f"[name='whynot.{run}.{self.item}']", back=True)
            self.type(reason, "item", self.item, part="reason")
            self.leave()

    def note(self, probe: str, text: str) -> None:
        """Write a note on the probe that has the focus."""
        self.press("line")
        self.type(text, "note", self.item, probe)
        self.press("line")

    def add_topic(self, number: int, text: str, state: str) -> None:
        """Add a topic of the bot's own, the `number`th of the question, and mark it.

        Its first letter says that it came up, in the present phase.
        """
        key = ("mark", self.item, f"other:{number}")
        self.press("own")
        self.page.keyboard.type(text)
        phase = self.diary.find("item", self.item)["phase"]
        raised = "raised_unprompted" if phase == "free" else "raised_after_probe"
        self.diary.change(*key, text=text[:1], state=raised, phase=phase)
        self.diary.type(*key, before=text[:1], text=text[1:])
        self.press("line")
        self.mark(key[-1], state)


def _codes() -> set[str]:
    return {words.code for words in state_words()}
