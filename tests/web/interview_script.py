"""The protocol that the bot plays: the first study's survey and guide, in one sitting."""

import re
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import expect

from tests.web.interview_bot import Bot, Question

INSTRUMENTS = (("ami-survey", "1.0.1"), ("ami-interview", "1.1.0"))
COME_BACK, PAUSE, WRONG_TURN, HIDDEN, HELPED, REGRETTED = (
    *("topics", "role", "teaching", "changed", "mentor_do", "other_skills"),
)
WHOLE = {
    "career_goals": ("dont_know", ""),
    "work_practices": ("not_asked", "covered already; =no() time"),
    "advocate_identity": ("refused", ""),
    "advocacy_skills": ("not_applicable", ""),
}
"""What becomes of some questions as a whole, and why."""
SHORTEST, LONGEST = 140, 155
"""How many seconds a question takes, of the clock's own."""


def read_definition(name: str, version: str) -> dict[str, Any]:
    """Return an instrument as its author wrote it."""
    text = Path(f"instruments/{name}/{version}.yaml").read_text(encoding="utf-8")
    return dict(yaml.load(text, yaml.BaseLoader))


def list_probes(item: dict[str, Any]) -> dict[str, str]:
    """Return an item's probes with their words: its options, its rows or its own probes."""
    return next((dict(item[name]) for name in ("options", "rows", "probes") if name in item), {})


def read_questions() -> list[Question]:
    """Return the questions of the whole protocol in order."""
    return [
        Question(
            item=item["key"],
            run=run,
            probes=() if item["type"] == "select_one" else tuple(list_probes(item)),
            scale=4 if item["type"] == "likert_grid" else 0,
            choices=tuple(item["options"]) if item["type"] == "select_one" else (),
        )
        for run, instrument in enumerate(INSTRUMENTS, start=1)
        for section in read_definition(*instrument)["sections"]
        for item in section["items"]
    ]


def hold(bot: Bot) -> None:
    """Hold the whole interview on the sheet, from the start of the clock to its last question."""
    questions = read_questions()
    bot.start()
    for place, question in enumerate(questions):
        if place:
            bot.step("next", question.item)
        if question.item == PAUSE:
            pause(bot, [each.item for each in questions[:place]], question)
        ask(bot, question)
        bot.pass_time(bot.chance.randint(SHORTEST, LONGEST))
    come_back(bot)


def ask(bot: Bot, question: Question) -> None:
    """Take notes, mark what comes up by itself, then probe for the rest."""
    item = question.item
    bot.type(f"{next(bot.words)} {next(bot.words)}", "note", item, "")
    bot.leave()
    if item == HELPED:
        look_at_the_keys(bot)
    raised = listen(bot, question)
    if item == HIDDEN:
        hide(bot)
    if question.takes_topics:
        end_the_free_answer(bot, question, raised)
    probe_for_the_rest(bot, question, raised)
    add_topics(bot, question)
    if question.choices:
        choose(bot, question)
    judge_the_whole(bot, question)


def listen(bot: Bot, question: Question) -> list[str]:
    """Mark some probes unprompted, the first of them with an example and a flag."""
    raised = bot.chance.sample(question.probes, len(question.probes) // 3)
    for place, probe in enumerate(raised):
        bot.go(question.probes.index(probe) + 1)
        bot.toggle(probe)
        if place == 0:
            bot.add_example(probe, bot.chance.choice(["asked", "given"]))
            bot.flag("quote", "mark", question.item, probe)
    return raised


def end_the_free_answer(bot: Bot, question: Question, raised: list[str]) -> None:
    """Turn to probing; once too early, and back with what was marked since."""
    bot.turn_phase()
    if question.item != WRONG_TURN:
        return
    bot.settle()
    probe = next(each for each in question.probes if each not in raised)
    bot.go(question.probes.index(probe) + 1)
    bot.toggle(probe)
    raised.append(probe)
    bot.pass_time(11)
    bot.turn_phase()
    bot.pass_time(12)
    bot.turn_phase()


def probe_for_the_rest(bot: Bot, question: Question, raised: list[str]) -> None:
    """Mark every other probe, each in the next state, some with more."""
    item = question.item
    for number, probe in enumerate(question.probes, start=1):
        if probe in raised:
            continue
        bot.go(number)
        state = next(bot.states)
        if item == REGRETTED:
            bot.mark(probe, "refused" if state != "refused" else "dont_know")
            bot.undo("mark", item, probe)
        if state == "not_reached":
            bot.toggle(probe)
            bot.toggle(probe)
            continue
        bot.mark(probe, state)
        add_more(bot, question, number, probe, state)


def add_more(bot: Bot, question: Question, number: int, probe: str, state: str) -> None:
    """Say of a marked probe what there is to say beside."""
    if state == "not_asked":
        bot.explain(question.run, probe, next(bot.words).replace("\n", " "))
    if state == "raised_after_probe":
        bot.add_example(probe, "given")
        bot.flag("minimal_answer", "mark", question.item, probe)
    if number % 3 == 0:
        bot.note(probe, next(bot.words).replace("\n", " "))
    if question.scale and state not in {"not_asked", "not_applicable"}:
        grade(bot, question, probe, refused=state == "refused")


def grade(bot: Bot, question: Question, probe: str, *, refused: bool) -> None:
    """Choose a point of the scale from its list, or why there is none."""
    key = ("answer", question.item, probe)
    part = "refusal" if refused else "answer"
    bot.tab_to(f"[name='{part}.{question.run}.{question.item}.{probe}']")
    if refused:
        bot.press("down")
        bot.diary.change(*key, reason="refused")
    else:
        for point in range(1, bot.chance.randint(1, question.scale) + 1):
            bot.press("down")
            bot.diary.change(*key, value=str(point))
    bot.leave()


def choose(bot: Bot, question: Question) -> None:
    """Choose the first answer of a closed question."""
    bot.press("notes")
    bot.tab_to(f"[name='answer.{question.run}.{question.item}']")
    bot.press("ArrowRight")
    bot.diary.change("answer", question.item, "", value=question.choices[0])
    bot.leave()


def add_topics(bot: Bot, question: Question) -> None:
    """Add topics that no list foresaw: in open questions two, in some lists one."""
    if not question.takes_topics or question.item in WHOLE:
        return
    for number in range(1, bot.chance.randint(0, 1) + (2 if not question.probes else 1)):
        bot.add_topic(number, next(bot.words).replace("\n", " "), "raised_unprompted")


def judge_the_whole(bot: Bot, question: Question) -> None:
    """Say what became of the question as a whole, or that it is to be come back to."""
    bot.go(0)
    if question.item == COME_BACK:
        bot.flag("come_back", "item", question.item)
    if question.item in WHOLE:
        state, reason = WHOLE[question.item]
        bot.press(state)
        bot.diary.change("item", question.item, state=state)
        if reason:
            bot.explain(question.run, "", reason)


def look_at_the_keys(bot: Bot) -> None:
    """Open the help and close it."""
    for seen in (True, False):
        bot.press("help")
        expect(bot.page.locator("#keys")).to_be_visible(visible=seen)


def hide(bot: Bot) -> None:
    """Hide the sheet and type on: nothing may be marked."""
    bot.press("hide")
    expect(bot.page.locator("#curtain")).to_be_visible()
    bot.page.keyboard.type("upnkdrazeqmcfo0123=/")
    bot.press("leave", "down", "next", "hide")
    expect(bot.page.locator("#curtain")).to_be_hidden()


def pause(bot: Bot, before: list[str], question: Question) -> None:
    """Pause for a minute: back to the clock, and by the list of questions to where one was."""
    for item in reversed(before):
        bot.step("previous", item)
    bot.tab_to("[name=clock][value=pause]", back=True)
    bot.turn_clock("pause")
    bot.pass_time(60)
    bot.turn_clock("resume")
    jump(bot, question.run, question.item)


def jump(bot: Bot, run: int, item: str) -> None:
    """Go to a question by the list of all."""
    bot.tab_to(f".jump-item[data-jump='{run}.{item}'] a")
    bot.press("Enter")
    assert bot.page.evaluate("document.activeElement.name") == f"note.{run}.{item}"
    bot.come_to(item)


def come_back(bot: Bot) -> None:
    """Come back to the question that was flagged, by way of the top of the page."""
    jump(bot, 1, COME_BACK)
    bot.press("Control+End")
    bot.type(" – and later: it depends", "note", COME_BACK, "")
    bot.leave()
    bot.go(0)
    bot.flag("come_back", "item", COME_BACK)
    bot.pass_time(60)


def finish(bot: Bot) -> None:
    """Finish the interview, then write the contact summary and the journal."""
    bot.tab_to("[name=then][value=finish]", back=True)
    bot.press("Enter")
    expect(bot.page.get_by_role("heading", level=1)).to_have_text("Finish the interview")
    bot.tab_to("main form button[type=submit]")
    bot.press("Enter")
    ended = {"outcome": "completed", "text": "", "call_back": "", "resume": ""}
    bot.diary.add("outcome", **ended)
    bot.diary.add("clock", "finish")
    expect(bot.page.locator("[name='summary.main_issues']")).to_be_visible()
    for name in ("summary.main_issues", "summary.salient", "journal.journal"):
        bot.tab_to(f"[name='{name}']")
        bot.type(f"{next(bot.words)}\n{next(bot.words)}", "whole", *name.split("."))
        bot.settle()
    bot.tab_to("[name=then][value=list]")
    bot.press("Enter")
    expect(bot.page).to_have_url(re.compile("/interviews$"))
