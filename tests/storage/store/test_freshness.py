"""A mark is another one after each change of a response, whoever made it, and after no other."""

from collections.abc import Callable
from pathlib import Path

import pytest

from survey_app.storage.store import Store
from tests.storage.interview_scenes import TICK, load, marking, perform
from tests.storage.scenes import (
    INTERESTED,
    STUDY,
    begin,
    begin_interview,
    by_hand,
    change,
    save,
)
from tests.storage.store.test_imports import batch, whole

FINISH = {"op": "clock", "action": "finish"}


def mark(store: Store, study: str = STUDY) -> str:
    return store.desk.mark(study, "teaching")


def submit(store: Store, response: str) -> None:
    store.responses.submit(
        response, change(9, kind="submit"), answers=[INTERESTED], receipt_hash="code"
    )


def test_nothing_has_changed_where_there_is_nothing(store: Store) -> None:
    assert mark(store) == mark(store, "no such study") == "0"


@pytest.mark.parametrize(
    "act",
    [
        lambda store, response: begin(store),
        lambda store, response: begin(store, is_test=True),
        lambda store, response: begin_interview(store),
        lambda store, response: save(store, response, "agree", change(1)),
        submit,
        lambda store, response: store.responses.withdraw(
            response, change(1, kind="withdraw"), scope="everything"
        ),
        lambda store, response: store.imports.add(batch(), lambda: [whole()]),
    ],
    ids=["begin", "begin a test", "interview", "save", "submit", "withdraw", "import"],
)
def test_every_change_of_a_response_is_seen_by_all(
    store: Store, url: str, act: Callable[[Store, str], object]
) -> None:
    response = begin(store)
    with Store(url) as other:
        before = mark(store)
        assert mark(other) == before
        act(other, response)
        assert mark(store) == mark(other) != before


def test_marks_of_probes_and_the_end_of_an_interview_are_seen(store: Store) -> None:
    interview = begin_interview(store)
    (response,) = (each.response for each in load(store, interview).responses)
    seen = {mark(store)}
    for number, step in enumerate((marking(response, "refused"), TICK, FINISH), start=1):
        assert perform(store, interview, change(number), step).status == "saved"
        seen.add(mark(store))
    assert len(seen) == 3, "one at the beginning, one with the mark, one once it is sent"


def test_what_changes_no_response_of_the_instrument_leaves_the_mark(store: Store) -> None:
    interview = begin_interview(store)
    publish_other(store)
    before = mark(store)
    store.accounts.add("somebody")
    perform(store, interview, change(1), TICK)
    begin(store, study="other-study")
    assert mark(store) == before
    assert mark(store, "other-study") == "1"


def publish_other(store: Store) -> None:
    store.studies.create(slug="other-study", title="Other")
    store.studies.add_instrument("other-study", "teaching", "1.0.0", "self")


def test_what_is_changed_by_hand_is_seen(store: Store, path: Path) -> None:
    begin(store)
    before = mark(store)
    by_hand(path, "UPDATE response SET language = 'fr'")
    changed = mark(store)
    by_hand(path, "DELETE FROM draft", "DELETE FROM response")
    assert len({before, changed, mark(store)}) == 3


def test_a_change_that_fails_is_no_change(store: Store) -> None:
    before = mark(store)

    def broken() -> list[object]:
        raise OSError("the file ended")

    with pytest.raises(OSError, match="the file ended"):
        store.imports.add(batch(), lambda: [whole(), *broken()])  # type: ignore[list-item]
    assert mark(store) == before
