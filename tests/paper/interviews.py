"""An interview with everything in it that can be recorded, and words that try to be commands."""

from typing import Any

from survey_app.storage.records import Change, Consent, Source
from survey_app.storage.store import Store

HOSTILE = (
    "#let x = 1 #panic() *bold* _low_ $x^2$ \\ back `tick` <b>&amp;</b> @cite // no comment /* nor */",
    "= heading\n- item\n+ item\n/ term: no\n  two  spaces",
    "José Łukasz αβγ жизнь naïve — “quoted” ‘single’ … ½",
    "الإصغاء قبل النصيحة (ثلاث مرات)",
    "😀 ✔ 👩‍👩‍👧 family",
    "{{ jinja }} {% raw %} ${shell} %s {0} #{x} [link](http://x)",
)
"""What people write, each a note of its own."""
LONG = " ".join(f"word{number:04}" for number in range(1500))
"""A note that needs more than one page."""
ENDLESS = "x" * 300
"""A word longer than a line."""
AUTHOR = "ivy"


def begin(
    store: Store,
    *,
    code: str = "P07",
    is_test: bool = False,
    held: dict[str, str] | None = None,
) -> str:
    """Begin an interview of the first study's survey and guide and return its id.

    `held` says when it took place on paper.
    """
    if all(each.name != AUTHOR for each in store.accounts.list()):
        store.accounts.add(AUTHOR)
    store.accounts.set_role(AUTHOR, "interviewer", "ami")
    account = next(each for each in store.accounts.list() if each.name == AUTHOR)
    return store.interviews.begin(
        study="ami",
        participant_code=code,
        interviewer_account_id=account.id,
        runs=[("ami-survey", "1.0.1"), ("ami-interview", "1.1.0")],
        consent=Consent(
            version="1",
            language="en",
            ticks={"agreed": True, "recording": True},
            method="spoken",
        ),
        change=_change(0, "begin", "paper" if held else "console"),
        held=held,
        planned_minutes=45,
        is_test=is_test,
    )


def hold(store: Store) -> str:
    """Hold an interview with everything in it, broken off with a call-back; return its id."""
    interview = begin(store)
    store.interviews.apply(interview, _change(1, "mark"), list_operations(store, interview))
    return interview


def find_response(store: Store, interview: str, instrument: str) -> str:
    """Return the id of an instrument's response in an interview."""
    state = store.interviews.find(interview)
    assert state is not None
    return next(run.response for run in state.responses if run.instrument == instrument)


def list_operations(store: Store, interview: str) -> list[dict[str, Any]]:
    """Return what was done in the interview, in order."""
    survey = find_response(store, interview, "ami-survey")
    guide = find_response(store, interview, "ami-interview")
    topics = {"op": "mark", "response": survey, "item": "topics"}
    values = {"response": guide, "item": "values"}
    return [
        {"op": "clock", "action": "start"},
        {"op": "recording", "at": 5_000},
        {"op": "place", "response": survey, "item": "topics", "at": 10_000},
        topics | _mark("ethics", "raised_unprompted", 65_000, example="given", flags=["quote"]),
        topics | _mark("career", "asked_and_denied", 125_000, phase="probing"),
        topics | _mark("culture", "not_asked", 126_000, reason="no time for culture"),
        topics | _mark("other:1", "raised_after_probe", 130_000, text="night shifts #1"),
        {"op": "note", "response": survey, "item": "topics", "probe": "ethics"} | _note(HOSTILE[0]),
        _item(survey, "topics", 70_000, phase="probing", flags=["come_back", "minimal_answer"]),
        {"op": "answer", "response": survey, "item": "rewarding", "row": "", "value": "yes"},
        {"op": "answer", "response": survey, "item": "teaching", "row": "interest", "value": "3"},
        {"op": "place", "response": guide, "item": "mentor_do", "at": 200_000},
        *(
            {"op": "note", "response": guide, "item": item, "probe": None} | _note(words)
            for item, words in zip(
                ("mentor_do", "mentor_meaning", "changed", "ideal_physician", "career_goals"),
                HOSTILE[1:],
                strict=True,
            )
        ),
        {"op": "note", **values, "probe": None} | _note(f"{LONG} {ENDLESS}"),
        {"op": "note", **values, "probe": None}
        | _note("thought of later", stream="afterwards", added="after"),
        {"op": "note", **values, "probe": None}
        | _note("she hesitated", stream="observer:olga", kind="observer"),
        _item(guide, "other_skills", 300_000, state="not_asked", reason="the child woke up"),
        *_whole(guide),
    ]


def _whole(guide: str) -> list[dict[str, Any]]:
    whole = {"op": "note", "response": None, "item": None, "probe": None}
    return [
        whole | _note("care and its price", stream="main_issues", kind="summary"),
        whole | _note("ask about nights", stream="new_questions", kind="summary", added="after"),
        whole | _note("I talked too much", stream="journal", kind="journal", added="after"),
        whole | _note("a dog barked", stream="observer:olga", kind="observer"),
        {
            "op": "outcome",
            "outcome": "broken_off",
            "text": "the child woke up",
            "call_back": "Friday at 5, by phone",
            "resume": f"{guide}/other_skills",
        },
    ]


def _mark(probe: str, state: str, at: int, **more: Any) -> dict[str, Any]:
    usual = {"phase": "free", "example": "none", "flags": [], "text": "", "reason": ""}
    return usual | {"probe": probe, "state": state, "at": at} | more


def _item(response: str, item: str, at: int, **more: Any) -> dict[str, Any]:
    usual = {"phase": "free", "state": "not_reached", "reason": "", "flags": []}
    return usual | {"op": "item", "response": response, "item": item, "at": at} | more


def _note(
    text: str, *, stream: str = "interviewer", kind: str = "note", added: str = "during"
) -> dict[str, Any]:
    return {"text": text, "stream": stream, "kind": kind, "added": added}


def _change(sequence: int, kind: str, source: Source = "console") -> Change:
    return Change(
        client="page",
        sequence=sequence,
        base_revision=0,
        kind=kind,
        actor=AUTHOR,
        source=source,
        language="en",
        client_time=None,
        body={},
    )
