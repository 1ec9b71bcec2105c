"""Random interviews as the console would record them: marks, notes, closed answers, phases."""

from collections.abc import Iterator
from random import Random

from survey_app.cli.invented_answers import RefusedInvention, invent_text
from survey_app.cli.invented_text import PHRASES, SHORT_PHRASES
from survey_app.definition.fields import bind_field
from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import Item
from survey_app.definition.shapes import Topic
from survey_app.storage.records import Json
from survey_app.web.interviewer.values import DURING
from survey_app.web.interviewer.words import FLAGS, JOURNAL_STREAM, SUMMARY_STREAMS

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

WHOLE_STATES = {"not_asked": 3, "refused": 2, "dont_know": 2, "not_applicable": 1}
"""What may hold for a whole question, by how often it comes."""

RAISED = ("raised_unprompted", "raised_after_probe")
REASONS = {"not_asked": "no time left"}
NOTED_SHARE = 0.8
BLANK_SHARE = 0.1
OTHER_SHARE = 0.2
WHOLE_SHARE = 0.06
FLAGGED_SHARE = 0.15
UNDONE_SHARE = 0.05
STEP_MILLISECONDS = 45_000


def invent_operations(instrument: Instrument, response: str, random: Random) -> list[Operation]:
    """Return what an interviewer might record of a whole instrument, in the order of asking.

    Raises RefusedInvention if an item does not take what was invented for it.
    """
    operations: list[Operation] = []
    language = instrument.languages[0]
    at = random.randint(1, STEP_MILLISECONDS)
    for item in instrument.items:
        topic = item.topic()
        if topic is None:
            continue
        made = list(_invent_topic(item, topic, at, language, random))
        operations += [{**done, "response": response, "item": item.key} for done in made]
        at = max(done.get("at", 0) for done in made) + random.randint(1, STEP_MILLISECONDS)
    return operations


def invent_summary(random: Random) -> list[Operation]:
    """Return what an interviewer might write of an interview as a whole."""
    whole = {"op": "note", "response": None, "item": None, "probe": None, "added": "during"}
    streams = [("summary", stream) for stream in SUMMARY_STREAMS] + [("journal", JOURNAL_STREAM)]
    return [
        {**whole, "kind": kind, "stream": stream, "text": random.choice(PHRASES)}
        for kind, stream in streams
        if random.random() < NOTED_SHARE
    ]


def _invent_topic(
    item: Item, topic: Topic, at: int, language: str, random: Random
) -> Iterator[Operation]:
    yield {"op": "place", "at": at}
    if random.random() < WHOLE_SHARE:
        state = random.choices(tuple(WHOLE_STATES), tuple(WHOLE_STATES.values()))[0]
        yield _mark_item("free", at, random) | {"state": state, "reason": REASONS.get(state, "")}
        return
    if topic.probes:
        yield from _invent_phases(topic, at, random)
    elif random.random() < FLAGGED_SHARE:
        yield _mark_item("free", at, random)
    if random.random() < NOTED_SHARE:
        note = {"op": "note", "probe": None, "stream": DURING, "kind": "note", "added": "during"}
        yield {**note, "text": random.choice(PHRASES)}
    yield from _invent_answers(item, topic, language, random)


def _invent_phases(topic: Topic, at: int, random: Random) -> Iterator[Operation]:
    """Yield the marks of the free answer, the end of it, and the marks made after it."""
    chosen = {
        probe.key: random.choices(tuple(STATES), tuple(STATES.values()))[0]
        for probe in topic.probes
    }
    for probe, state in chosen.items():
        if state == RAISED[0]:
            at += random.randint(1, STEP_MILLISECONDS)
            yield _mark(probe, state, "free", at, random)
    if random.random() < OTHER_SHARE:
        yield {
            **_mark("other:1", RAISED[0], "free", at, random),
            "text": random.choice(SHORT_PHRASES),
        }
    # Now and then the phase was ended too soon, and that was undone.
    for phase in ("probing", "free", "probing") if random.random() < UNDONE_SHARE else ("probing",):
        at += random.randint(1, STEP_MILLISECONDS)
        yield _mark_item(phase, at, random)
    for probe, state in chosen.items():
        if state not in {RAISED[0], "not_reached"}:
            at += random.randint(1, STEP_MILLISECONDS)
            yield _mark(probe, state, "probing", at, random)


def _invent_answers(item: Item, topic: Topic, language: str, random: Random) -> Iterator[Operation]:
    for row in topic.recorded_rows():
        if random.random() >= BLANK_SHARE:
            value = _invent_value(item, row, language, random)
            yield {"op": "answer", "row": row, "value": value}


def _mark(probe: str, state: str, phase: str, at: int, random: Random) -> Operation:
    raised = state in RAISED
    return {
        "op": "mark",
        "probe": probe,
        "state": state,
        "phase": phase,
        "at": at,
        "example": random.choice(("none", "asked", "given")) if raised else "none",
        "flags": _invent_flags(random) if raised else [],
        "text": random.choice(PHRASES) if raised and random.random() < OTHER_SHARE else "",
        "reason": REASONS.get(state, ""),
    }


def _mark_item(phase: str, at: int, random: Random) -> Operation:
    flags = _invent_flags(random)
    return {"op": "item", "state": "not_reached", "phase": phase, "at": at, "flags": flags}


def _invent_flags(random: Random) -> list[str]:
    return [flag for flag in FLAGS if random.random() < FLAGGED_SHARE]


def _invent_value(item: Item, row: str, language: str, random: Random) -> Json:
    text = invent_text(bind_field(item.recording_field(language), item.key), random)
    answers, mistakes = item.record(text, row, language)
    if mistakes:
        raise RefusedInvention(item.key, " ".join(mistakes))
    return answers[row].value
