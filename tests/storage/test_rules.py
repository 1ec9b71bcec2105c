"""What the database itself refuses, whoever asks and by whatever program."""

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, begin_interview, by_hand, change, publish, save

ANSWER = (
    "INSERT INTO answer (response_id, item, row, value, other_unticked, reason, revision, client)"
    " SELECT id, 'x', '', {value}, 0, {reason}, 1, '' FROM response"
)

GIVE_CONSENT = (
    "INSERT INTO consent (id, study_id, consent_text_id, language, ticks, method, given)"
    " SELECT 'k', study_id, id, 'en', '{}', 'web', '' FROM consent_text"
)

ITEM_MARK = (
    "INSERT INTO item_mark (response_id, item, state, phase, turns, flags, reason, revision, client)"
    " SELECT {response}, 'q', {values}, '[]', '[]', '', 1, '' FROM response"
)


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE event SET actor = 'somebody else'", "log of events is never changed"),
        ("DELETE FROM event", "log of events is never changed"),
        ("UPDATE event_payload SET body = '{}'", "log of events is never changed"),
        ("DELETE FROM event_payload", "only after its response has been withdrawn"),
        ("UPDATE instrument_version SET fingerprint = 'f2'", "published version is never"),
        ("UPDATE instrument_version SET definition = '{}'", "published version is never"),
        ("UPDATE consent_text SET body = '{}'", "consent text is never changed"),
        ("DELETE FROM consent_text", "consent text is kept for ever"),
        ("UPDATE consent SET ticks = '{}'", "kept as it was given"),
        ("DELETE FROM consent", "kept as it was given"),
        ("UPDATE study SET anonymous = 1", "stays anonymous, or not, as it began"),
    ],
)
def test_what_was_said_stays_said(store: Store, path: Path, statement: str, sentence: str) -> None:
    store.studies.add_consent_text(STUDY, version="1", body={"en": "I agree."}, fingerprint="c")
    save(store, begin(store), "agree", change(1))
    by_hand(path, GIVE_CONSENT)
    with pytest.raises(IntegrityError, match=sentence):
        by_hand(path, statement)


def test_a_study_without_responses_may_still_become_anonymous(store: Store, path: Path) -> None:
    by_hand(path, "UPDATE study SET anonymous = 1")
    found = store.studies.find(STUDY)
    assert found is not None
    assert found.anonymous


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("instrument_version", "kept for ever"),
        ("study", "FOREIGN KEY"),
        ("consent", "kept as it was given"),
        ("response", "FOREIGN KEY"),
    ],
)
def test_deleting_never_reaches_an_answer(
    store: Store, path: Path, table: str, sentence: str
) -> None:
    store.studies.add_consent_text(STUDY, version="1", body={"en": "I agree."}, fingerprint="c")
    save(store, begin(store), "agree", change(1))
    by_hand(
        path,
        GIVE_CONSENT,
        "UPDATE response SET consent_id = 'k'",
    )
    with pytest.raises(IntegrityError, match=sentence):
        by_hand(path, "PRAGMA foreign_keys = on", f"DELETE FROM {table}")


@pytest.mark.parametrize(
    "column",
    [
        "participant_id = (SELECT id FROM participant)",
        "interview_id = (SELECT id FROM interview)",
        "invitation_id = 'some invitation'",
        "started = '2026-11-22T20:14:05.123Z'",
        "updated = '2026-11-22T20:14:05.123Z'",
        "submitted = '2026-11-22T20:14:05.123Z'",
    ],
)
def test_an_anonymous_response_has_neither_a_person_nor_a_time(
    store: Store, path: Path, column: str
) -> None:
    begin_interview(store)
    publish(store, study="anonymous", anonymous=True)
    begin(store, study="anonymous")
    with pytest.raises(IntegrityError, match="ck_response_anonymous"):
        by_hand(path, f"UPDATE response SET {column} WHERE anonymous")


def test_a_response_is_anonymous_exactly_where_its_study_is(store: Store, path: Path) -> None:
    begin(store)
    lie = "anonymous = 1, started = '2026-11-22', updated = '2026-11-22'"
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        by_hand(path, "PRAGMA foreign_keys = on", f"UPDATE response SET {lie}")


@pytest.mark.parametrize(
    ("value", "reason", "rule"),
    [
        ("NULL", "NULL", "value_or_reason"),
        ("'\"yes\"'", "'refused'", "value_or_reason"),
        ("'null'", "NULL", "value_not_null"),
        ("NULL", "'too lazy'", "reason"),
        ("NULL", "'not_reached'", "reason"),
    ],
)
def test_an_answer_has_a_value_or_a_reason_and_never_both(
    store: Store, path: Path, value: str, reason: str, rule: str
) -> None:
    begin(store)
    with pytest.raises(IntegrityError, match=f"ck_answer_{rule}$|ck_answer_{rule}\n"):
        by_hand(path, ANSWER.format(value=value, reason=reason))


@pytest.mark.parametrize(
    ("value", "reason"), [("'\"yes\"'", "NULL"), ("'[]'", "NULL"), ("NULL", "'dont_know'")]
)
def test_an_answer_with_one_of_them_is_taken(
    store: Store, path: Path, value: str, reason: str
) -> None:
    response = begin(store)
    by_hand(path, ANSWER.format(value=value, reason=reason))
    found = store.responses.find(response)
    assert found is not None
    assert [row.item for row in found.answers] == ["x"]


@pytest.mark.parametrize(
    ("values", "rule"),
    [
        ("'raised_unprompted', 'free'", "ck_item_mark_state"),
        ("'refused', 'talking'", "ck_item_mark_phase"),
        ("'refused', NULL", "NOT NULL"),
    ],
)
def test_a_question_is_in_one_of_the_known_states(
    store: Store, path: Path, values: str, rule: str
) -> None:
    begin_interview(store)
    with pytest.raises(IntegrityError, match=rule):
        by_hand(path, ITEM_MARK.format(response="id", values=values))
    by_hand(path, ITEM_MARK.format(response="id", values="'refused', 'probing'"))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO journal_key SELECT 'lost', id, 'key', '' FROM account",
        "INSERT INTO journal_key SELECT id, 'lost', 'key', '' FROM interview",
        "lost response",
    ],
)
def test_what_belongs_to_nothing_is_refused(store: Store, path: Path, statement: str) -> None:
    begin_interview(store)
    if statement == "lost response":
        statement = ITEM_MARK.format(response="'lost'", values="'refused', 'free'")
    with pytest.raises(IntegrityError, match="FOREIGN KEY"):
        by_hand(path, "PRAGMA foreign_keys = on", statement)


@pytest.mark.parametrize(
    "values",
    [
        "state = 'lost'",
        "source = 'telephone'",
        "delivery = 'nobody'",
        "state = 'submitted'",
        "state = 'withdrawn'",
        "withdrawn_on = '2026-11-22', withdrawn_scope = 'all'",
    ],
)
def test_a_response_is_in_one_of_the_known_states(store: Store, path: Path, values: str) -> None:
    begin(store)
    with pytest.raises(IntegrityError, match="ck_response_"):
        by_hand(path, f"UPDATE response SET {values}")
