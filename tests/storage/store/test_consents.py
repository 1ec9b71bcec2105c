"""Consent texts come into force one after another; who agreed to which is kept for ever."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from survey_app.storage.errors import NewerText, UnknownRecord
from survey_app.storage.records import Consent, ConsentDelivery, ConsentText, Entrance
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, change, noting_statements, publish, save

QUOTED = {"agree": True, "quoted": True}


def force(
    store: Store, words: str, after: str | None, delivery: ConsentDelivery = "both"
) -> ConsentText:
    return store.consents.put_in_force(
        STUDY,
        body={"text": words},
        fingerprint=words,
        delivery=delivery,
        by="lea",
        after=after,
    )


def begin(
    store: Store,
    version: str | None = "1",
    *,
    study: str = STUDY,
    entrance: Entrance | None = None,
    is_test: bool = False,
    session: str | None = None,
) -> str:
    consent = None
    if version is not None:
        consent = Consent(version=version, language="en", ticks=QUOTED)
    return store.responses.begin(
        study=study,
        instrument="teaching",
        version="1.0.0",
        delivery="self",
        source="web",
        language="en",
        consent=consent,
        session_hash=session,
        link_hash=None,
        change=change(0, kind="begin"),
        is_test=is_test,
        entrance=entrance or Entrance(),
    )


def agree(store: Store, response: str, version: str = "2", number: int = 9) -> str:
    given = Consent(version=version, language="en", ticks={"agree": True, "quoted": False})
    return store.consents.agree_again(response, change(number, kind="consent"), given).status


def test_each_delivery_has_its_own_text_in_force(store: Store) -> None:
    both = force(store, "for both", None)
    assert store.studies.consent_text(STUDY, "self") == both
    spoken = force(store, "aloud", "1", "interviewer")
    assert store.studies.consent_text(STUDY, "self") == both
    assert store.studies.consent_text(STUDY, "interviewer") == spoken
    assert (spoken.version, spoken.added_by) == ("2", "lea")
    newest = force(store, "for both again", "2")
    assert store.studies.consent_text(STUDY, "interviewer") == newest
    assert [each.text.version for each in store.consents.texts(STUDY)] == ["3", "2", "1"]


def test_the_very_same_text_again_is_the_one_that_is_in_force(store: Store) -> None:
    first = force(store, "words", None)
    assert force(store, "words", None) == first
    assert len(store.consents.texts(STUDY)) == 1


def test_of_two_who_write_at_once_the_later_is_told(store: Store) -> None:
    force(store, "first", None)
    with ThreadPoolExecutor(8) as pool:
        jobs = [pool.submit(force, store, f"text {number}", "1") for number in range(8)]
    refused = [job for job in jobs if isinstance(job.exception(), NewerText)]
    assert len(refused) == 7
    assert [each.text.version for each in store.consents.texts(STUDY)] == ["2", "1"]


def test_a_text_takes_no_number_that_is_taken(store: Store) -> None:
    store.studies.add_consent_text(STUDY, version="2", body={"en": "A"}, fingerprint="a")
    assert force(store, "next", "2").version == "3"
    with pytest.raises(UnknownRecord):
        store.consents.put_in_force(
            "nowhere", body={}, fingerprint="", delivery="both", by="", after=None
        )


def test_a_newer_consent_is_carried_and_the_one_before_is_kept(store: Store) -> None:
    force(store, "one", None)
    response = begin(store, session="cookie")
    save(store, response, "agree", change(1))
    newer = force(store, "two", "1")
    assert agree(store, response) == "saved"
    opened = store.responses.by_session("cookie")
    assert opened is not None
    assert (opened.consent_text, opened.revision) == (newer.id, 1)
    assert opened.draft["sections"]["opening"]["raw"] == {"interest": ["agree"]}
    carried = store.consents.of_response(response)
    assert [(each.text.version, each.ticks["quoted"]) for each in carried] == [
        ("2", False),
        ("1", True),
    ]
    assert [each.kind for each in store.responses.history(response)] == [
        "begin",
        "save",
        "consent",
    ]
    assert store.responses.verify_chain(response) is None


def test_agreeing_twice_is_one_consent_and_after_sending_there_is_none(store: Store) -> None:
    force(store, "one", None)
    response = begin(store)
    force(store, "two", "1")
    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(lambda number: agree(store, response, number=number), range(5, 9)))
    assert sorted(said) == ["repeat", "repeat", "repeat", "saved"]
    assert len(store.consents.of_response(response)) == 2
    store.responses.submit(response, change(20), answers=[], receipt_hash="r")
    force(store, "three", "2")
    assert agree(store, response, "3") == "closed"
    with pytest.raises(UnknownRecord):
        agree(store, "no response", "3")


def test_who_began_without_a_text_may_agree_to_the_first(store: Store) -> None:
    response = begin(store, None)
    force(store, "one", None)
    assert agree(store, response, "1") == "saved"
    assert [each.text.version for each in store.consents.of_response(response)] == ["1"]


def test_a_further_response_has_the_same_consent_in_a_row_of_its_own(store: Store) -> None:
    force(store, "one", None)
    first = begin(store)
    entrance = Entrance(after=first, same_consent=True)
    second = begin(store, None, entrance=entrance)
    (there,), (here,) = (store.consents.of_response(each) for each in (first, second))
    assert there.id != here.id
    assert (there.ticks, there.given, there.text) == (here.ticks, here.given, here.text)


def test_consents_are_counted_by_text_without_tests(store: Store) -> None:
    force(store, "one", None)
    response = begin(store)
    begin(store, is_test=True)
    force(store, "two", "1")
    begin(store, "2")
    agree(store, response)
    assert [(each.text.version, each.consents) for each in store.consents.texts(STUDY)] == [
        ("2", 2),
        ("1", 1),
    ]
    assert len(store.consents.given(STUDY)) == 2


def test_of_an_anonymous_study_the_day_is_kept_and_nobody_is_listed(store: Store) -> None:
    publish(store, study="secret", anonymous=True)
    store.studies.add_consent_text("secret", version="1", body={"en": "A"}, fingerprint="a")
    response = begin(store, study="secret")
    (given,) = store.consents.of_response(response)
    assert len(given.given) == len("2026-11-22")
    assert store.consents.given("secret") == []


def test_what_was_noted_by_somebody_says_so(store: Store) -> None:
    force(store, "one", None)
    account = store.accounts.add("ivy")
    interview = store.interviews.begin(
        study=STUDY,
        participant_code="P01",
        interviewer_account_id=account.id,
        runs=[("teaching", "1.0.0")],
        consent=Consent(
            version="1",
            language="en",
            ticks={"agreed": True, "recording": False},
            method="paper",
            noted_by="ivy",
            dated="2026-11-02",
        ),
        change=change(0, kind="begin", actor="ivy", source="paper"),
    )
    (given,) = store.consents.of_interview(interview)
    assert (given.method, given.noted_by, given.dated) == ("paper", "ivy", "2026-11-02")
    (listed,) = store.consents.given(STUDY)
    assert (listed.participant, listed.ticks["recording"]) == ("P01", False)
    with store.snapshot() as snapshot:
        (row,) = snapshot.consents(STUDY)
    assert (row.participant, row.version, row.day) == ("P01", "1", "2026-11-02")


def test_a_participants_page_reads_its_consent_with_everything_else(store: Store) -> None:
    force(store, "one", None)
    begin(store, session="cookie")
    store.responses.by_session("cookie")
    with noting_statements(store) as words:
        store.responses.by_session("cookie")
    assert words == ["SELECT"]
