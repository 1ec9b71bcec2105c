"""What the tests of interviews begin with."""

from typing import Any

from survey_app.storage.records import Change, InterviewState, Outcome
from survey_app.storage.store import Store
from tests.storage.scenes import change

Operation = dict[str, Any]
TICK = {"op": "clock", "action": "start", "at": 0}


def load(store: Store, interview: str) -> InterviewState:
    state = store.interviews.find(interview)
    assert state is not None
    return state


def perform(store: Store, interview: str, made_by: Change, *operations: Operation) -> Outcome:
    by_eva = made_by if made_by.actor != "participant" else _by(made_by, "eva")
    return store.interviews.apply(interview, by_eva, list(operations))


def _by(made_by: Change, actor: str) -> Change:
    return change(
        made_by.sequence,
        base=made_by.base_revision,
        client=made_by.client,
        actor=actor,
        source="console",
    )


def marking(response: str, state: str, *, probe: str = "pay", at: int | None = 5) -> Operation:
    place = {"op": "mark", "response": response, "item": "q", "probe": probe}
    return place | {"state": state, "at": at}


def of_question(response: str, *, phase: str = "free", at: int | None = 5) -> Operation:
    return {"op": "item", "response": response, "item": "q", "phase": phase, "at": at}


def noting(
    response: str | None, text: str, *, kind: str = "note", stream: str = "interviewer"
) -> Operation:
    place = {"op": "note", "response": response, "item": "q", "probe": None}
    return place | {"stream": stream, "kind": kind, "text": text, "added": "during"}
