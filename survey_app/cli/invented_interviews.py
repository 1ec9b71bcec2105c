"""Random interviews as the console would record them: marks, notes, closed answers, a clock."""

from collections.abc import Iterator
from random import Random

from survey_app.cli.invented_answers import RefusedInvention, invent_text
from survey_app.cli.invented_text import PHRASES, SHORT_PHRASES
from survey_app.definition.fields import bind_field
from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item
from survey_app.definition.shapes import Json, Topic

Operation = dict[str, Json]

STATES = {
    "raised_unprompted": 30,
    "raised_after_probe": 25,
    "asked_and_denied": 15,
    "not_asked": 10,
    "dont_know": 4,
    "refused": 2,
    "not_applicable": 4,
    "not_reached": 10,
}
"""The states of a mark by how often they come."""

RAISED = ("raised_unprompted", "raised_after_probe")
NOTED_SHARE = 0.8
BLANK_SHARE = 0.1
OTHER_SHARE = 0.2
STEP_MILLISECONDS = 45_000


def invent_operations(instrument: Instrument, response: str, random: Random) -> list[Operation]:
    """Return what an interviewer might record of a whole instrument, in the order of asking.

    Raises RefusedInvention if an item does not take what was invented for it.
    """
    operations: list[Operation] = []
    language = instrument.languages[0]
    at = 0
    for item in instrument.items:
        topic = item.topic()
        if topic is None:
            continue
        at += random.randint(1, STEP_MILLISECONDS)
        made = [*_invent_marks(topic, at, random), *_invent_answers(item, topic, language, random)]
        operations += [{**done, "response": response, "item": item.key} for done in made]
    return operations


def _invent_marks(topic: Topic, at: int, random: Random) -> Iterator[Operation]:
    for probe in topic.probes:
        state = random.choices(tuple(STATES), tuple(STATES.values()))[0]
        if state != "not_reached":
            at += random.randint(1, STEP_MILLISECONDS)
            yield _mark(probe.key, state, at, random)
    if topic.probes and random.random() < OTHER_SHARE:
        yield {**_mark("other:1", RAISED[0], at, random), "text": random.choice(SHORT_PHRASES)}
    if random.random() < NOTED_SHARE:
        note = {"op": "note", "probe": None, "stream": "during", "kind": "note", "added": "during"}
        yield {**note, "text": random.choice(PHRASES)}


def _invent_answers(item: Item, topic: Topic, language: str, random: Random) -> Iterator[Operation]:
    for row in topic.recorded_rows():
        if random.random() >= BLANK_SHARE:
            value = _invent_value(item, row, language, random)
            yield {"op": "answer", "row": row, "value": value}


def _mark(probe: str, state: str, at: int, random: Random) -> Operation:
    raised = state in RAISED
    return {
        "op": "mark",
        "probe": probe,
        "state": state,
        "phase": "free" if state == RAISED[0] else "probing",
        "at": at,
        "example": random.choice(("none", "asked", "given")) if raised else "none",
        "flags": [],
        "text": random.choice(PHRASES) if raised and random.random() < OTHER_SHARE else "",
        "reason": "no time left" if state == "not_asked" else "",
    }


def _invent_value(item: Item, row: str, language: str, random: Random) -> Json:
    text = invent_text(bind_field(item.recording_field(language), item.key), random)
    answers, mistakes = item.record(text, row, language)
    if mistakes:
        raise RefusedInvention(item.key, " ".join(mistakes))
    return answers[row].value
