"""Every text that somebody wrote is shown where it stands, and nothing else of a study."""

from survey_app.storage.records import AnswerRow, StoredText
from survey_app.storage.store import Store
from tests.storage.interview_scenes import load, marking, noting, perform
from tests.storage.scenes import STUDY, begin, begin_interview, change, save


def scan(store: Store, study: str = STUDY, instrument: str | None = None) -> list[StoredText]:
    seen: list[StoredText] = []
    items = ["q", "interest"]
    store.desk.scan_texts(study, seen.append, items=items, instrument=instrument)
    return seen


def test_answers_in_words_and_what_was_written_beside_an_option_are_shown(store: Store) -> None:
    response = begin(store)
    answers = [
        AnswerRow(item="q", value="é “quoted”\n", other_text=None),
        AnswerRow(item="r", value=["a", "other"], other_text="beside"),
        AnswerRow(item="s", value=7),
        AnswerRow(item="u", value="the_code_of_an_option"),
        AnswerRow(item="t", reason="refused"),
    ]
    store.responses.save_section(
        response, change(1), section="all", raw={}, values={}, answers=answers
    )
    found = {(each.kind, each.item, each.text) for each in scan(store)}
    assert found == {("answer", "q", "é “quoted”\n"), ("other", "r", "beside")}
    (first, _second) = scan(store)
    assert (first.response, first.instrument, first.version) == (response, "teaching", "1.0.0")
    assert first.interview is None
    assert scan(store, instrument="another") == scan(store, study="another") == []


def test_what_is_written_in_an_interview_is_shown_once_under_a_response_of_it(
    store: Store,
) -> None:
    interview = begin_interview(store, runs=2)
    runs = [run.response for run in load(store, interview).responses]
    perform(
        store,
        interview,
        change(1),
        marking(runs[0], "not_asked") | {"text": "of the mark", "reason": "why not"},
        {"op": "item", "response": runs[1], "item": "q", "state": "not_asked", "reason": "no time"},
        noting(runs[0], "of the question"),
        noting(None, "of the whole", kind="summary"),
        {"op": "outcome", "outcome": "broken_off", "text": "the line", "call_back": "Ann, at four"},
    )
    found = sorted((each.kind, each.text, each.response in runs) for each in scan(store))
    assert found == [
        ("mark", "no time", True),
        ("mark", "of the mark", True),
        ("mark", "why not", True),
        ("note", "Ann, at four", True),
        ("note", "of the question", True),
        ("note", "of the whole", True),
        ("note", "the line", True),
    ]
    assert {each.interview for each in scan(store)} == {interview}


def test_what_was_withdrawn_or_is_another_studys_is_not_there(store: Store) -> None:
    response = begin(store)
    save(store, response, "a text", change(1))
    assert [each.text for each in scan(store)] == ["a text"]
    store.responses.withdraw(response, change(2), scope="all")
    assert scan(store) == []
