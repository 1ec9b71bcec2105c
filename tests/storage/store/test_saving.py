"""Saving a section: once, whole, and never over somebody else's text in silence."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from survey_app.storage.errors import UnknownRecord
from survey_app.storage.records import AnswerRow, Change, Json
from survey_app.storage.store import Store
from tests.storage.scenes import begin, begin_interview, change, save


def test_what_was_saved_comes_back_on_any_device(store: Store) -> None:
    response = begin(store, session="cookie")
    outcome = save(store, response, "agree", change(1))
    store.responses.attach_session(response, "another cookie")
    found = store.responses.by_session("another cookie")
    assert found == store.responses.by_session("cookie")
    assert found is not None
    assert (outcome.status, outcome.revision, found.revision) == ("saved", 1, 1)
    assert found.draft == {
        "sections": {
            "opening": {"raw": {"interest": ["agree"]}, "revision": 1, "client": "first page"}
        },
        "values": {"interest": "agree"},
    }


def test_the_draft_knows_where_the_participant_goes_on_until_the_next_save(store: Store) -> None:
    response = begin(store, session="cookie")
    places = []
    for number, place in ((1, "opening"), (2, "closing"), (3, "")):
        store.responses.save_section(
            response,
            change(number),
            section="opening",
            raw={},
            values={},
            answers=[],
            place=place,
        )
        found = store.responses.by_session("cookie")
        assert found is not None
        places.append(found.draft.get("place"))
    assert places == ["opening", "closing", None]


def test_a_partial_response_keeps_its_answers(store: Store) -> None:
    response = begin(store)
    save(store, response, "agree", change(1))
    found = store.responses.find(response)
    assert found is not None
    assert (found.state, found.answers) == (
        "in_progress",
        [AnswerRow(item="interest", value="agree")],
    )


@pytest.mark.parametrize(
    ("second", "kinds", "kept"),
    [
        pytest.param(("agree", change(1)), ["save"], "agree", id="the same post again"),
        pytest.param(("never", change(1)), ["save", "save"], "never", id="back, changed, again"),
        pytest.param(("agree", change(2)), ["save", "save"], "agree", id="a later post"),
        pytest.param(
            ("agree", change(1, client="another page")), ["save", "save"], "agree", id="another"
        ),
    ],
)
def test_a_key_and_a_body_are_taken_once(
    store: Store, second: tuple[str, Change], kinds: list[str], kept: str
) -> None:
    response = begin(store)
    save(store, response, "agree", change(1))
    save(store, response, *second)
    assert _kinds(store, response) == ["begin", *kinds]
    assert _answer(store, response) == kept


def test_going_back_to_the_first_wording_is_a_change_not_a_repeat(store: Store) -> None:
    """Without scripts a page reached by Back posts under the same key each time."""
    response = begin(store)
    statuses = [
        save(store, response, typed, change(1)).status for typed in ("agree", "never", "agree")
    ]
    assert statuses == ["saved", "saved", "saved"]
    assert _answer(store, response) == "agree"


def test_a_repeat_tells_the_newest_revision(store: Store) -> None:
    response = begin(store)
    save(store, response, "agree", change(1))
    save(store, response, "41", change(2, base=1), item="age")
    outcome = save(store, response, "agree", change(1))
    assert (outcome.status, outcome.revision) == ("repeat", 2)


def test_two_pages_never_overwrite_each_other(store: Store) -> None:
    response = begin(store)
    save(store, response, "from the first", change(1))
    outcome = save(store, response, "from the second", change(1, client="second page"))
    assert (outcome.status, outcome.revision) == ("conflict", 1)
    assert outcome.stored_raw == {"interest": ["from the first"]}
    assert _answer(store, response) == "from the first"
    assert _texts(store, response) == ["from the first", "from the second"]
    assert _kinds(store, response) == ["begin", "save", "conflict"]


def test_a_conflict_posted_again_is_a_conflict_again_and_kept_once(store: Store) -> None:
    response = begin(store)
    save(store, response, "from the first", change(1))
    late = change(1, client="second page")
    statuses = [save(store, response, "from the second", late).status for _ in range(2)]
    assert statuses == ["conflict", "conflict"]
    assert _texts(store, response) == ["from the first", "from the second"]


@pytest.mark.parametrize(
    ("made_by", "force"),
    [
        pytest.param(change(1, client="second page"), True, id="kept on purpose"),
        pytest.param(change(2, base=1, client="second page"), False, id="made from the newest"),
    ],
)
def test_a_conflict_is_settled_by_the_person(store: Store, made_by: Change, force: bool) -> None:
    response = begin(store)
    save(store, response, "from the first", change(1))
    save(store, response, "from the second", change(1, client="second page"))
    outcome = save(store, response, "from the second", made_by, force=force)
    assert (outcome.status, _answer(store, response)) == ("saved", "from the second")


def test_two_pages_that_say_the_same_do_not_disagree(store: Store) -> None:
    response = begin(store)
    save(store, response, "agree", change(1))
    assert save(store, response, "agree", change(1, client="second page")).status == "saved"


def test_two_pages_on_different_sections_do_not_disagree(store: Store) -> None:
    response = begin(store)
    save(store, response, "agree", change(1))
    outcome = store.responses.save_section(
        response,
        change(1, client="second page"),
        section="closing",
        raw={"age": ["41"]},
        values={"age": 41},
        answers=[AnswerRow(item="age", value=41)],
    )
    found = store.responses.find(response)
    assert found is not None
    assert (outcome.status, [row.item for row in found.answers]) == ("saved", ["age", "interest"])


def test_the_same_post_from_many_threads_is_saved_once(store: Store) -> None:
    response = begin(store)
    with ThreadPoolExecutor(8) as pool:
        outcomes = pool.map(lambda _: save(store, response, "agree", change(1)), range(8))
    statuses = sorted(outcome.status for outcome in outcomes)
    assert statuses == ["repeat"] * 7 + ["saved"]
    assert _kinds(store, response) == ["begin", "save"]


def test_two_runs_of_an_interview_never_repeat_each_other(store: Store) -> None:
    state = store.interviews.find(begin_interview(store, runs=2))
    assert state is not None
    first, second = (run.response for run in state.responses)
    assert save(store, first, "agree", change(1)).status == "saved"
    assert save(store, second, "agree", change(1)).status == "saved"
    assert _answer(store, second) == "agree"


def test_a_value_that_is_dropped_takes_its_answer_along(store: Store) -> None:
    response = begin(store, session="cookie")
    save(store, response, "agree", change(1))
    store.responses.save_section(
        response,
        change(2, base=1),
        section="opening",
        raw={"interest": [""]},
        values={"interest": None},
        answers=[],
    )
    found, opened = store.responses.find(response), store.responses.by_session("cookie")
    assert found is not None
    assert opened is not None
    assert (found.answers, opened.draft["values"]) == ([], {})


@pytest.mark.parametrize(
    "value",
    [
        "text",
        "",
        "\U0001f642 \u05e9\u05dc\u05d5\u05dd e\u0301",
        0,
        4.5,
        False,
        [],
        ["a", "b"],
        {"row": "code"},
    ],
)
def test_a_value_comes_back_as_it_was(store: Store, value: Json) -> None:
    response = begin(store)
    row = AnswerRow(item="any", row="r", value=value, other_text="more", other_unticked=True)
    store.responses.save_section(response, change(1), section="s", raw={}, values={}, answers=[row])
    found = store.responses.find(response)
    assert found is not None
    assert found.answers == [row]


def test_a_response_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(UnknownRecord, match="no response lost"):
        save(store, "lost", "agree", change(1))


def _kinds(store: Store, response: str) -> list[str]:
    return [event.kind for event in store.responses.history(response)]


def _texts(store: Store, response: str) -> list[str]:
    """Everything that was ever typed."""
    events = store.responses.history(response)[1:]
    return [event.body["raw"]["interest"][0] for event in events if event.body]


def _answer(store: Store, response: str) -> Json:
    found = store.responses.find(response)
    assert found is not None
    return next(row.value for row in found.answers if row.item == "interest")


def test_many_answers_at_once_come_back_whole(store: Store) -> None:
    """More than fit into one statement, each of a kind of its own, and then fewer."""
    kinds: list[dict[str, Json]] = [
        {"value": ["doctor", "é"], "other_text": "the weather", "other_unticked": True},
        {"value": "agree"},
        {"value": 4.5},
        {"reason": "refused"},
    ]
    rows = [AnswerRow(item="grid", row=f"{n:03}", **kinds[n % 4]) for n in range(130)]
    rows += [AnswerRow(item=f"item_{n:03}", **kinds[n % 4]) for n in range(130)]
    response = begin(store, session="cookie")
    for revision, answers in enumerate((rows, rows[:7] + rows[130:])):
        store.responses.save_section(
            response,
            change(revision + 1, base=revision),
            section="opening",
            raw={},
            values={},
            answers=answers,
        )
        found = store.responses.find(response)
        assert found is not None
        assert found.answers == answers
