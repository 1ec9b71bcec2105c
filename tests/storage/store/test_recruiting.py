"""Recruitment is counted from rows: people by their code, responses by what became of them."""

import pytest

from survey_app.storage.records import Consent, NewInvitation, PeopleCount, StageCount
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, begin_interview, change


@pytest.fixture(autouse=True)
def consented(store: Store) -> None:
    """The study has a consent text."""
    store.studies.add_consent_text(STUDY, version="1", body={"en": "Yes"}, fingerprint="f")


def begin_consented(store: Store) -> str:
    return store.responses.begin(
        study=STUDY,
        instrument="teaching",
        version="1.0.0",
        delivery="self",
        source="web",
        language="en",
        consent=Consent(version="1", language="en", ticks={"agree": True}),
        session_hash=None,
        link_hash=None,
        change=change(0, kind="begin"),
    )


def send(store: Store, response: str) -> None:
    outcome = store.responses.submit(
        response, change(1, kind="send"), answers=[], receipt_hash=response
    )
    assert outcome.status == "saved"


def withdraw(store: Store, response: str) -> None:
    store.responses.withdraw(response, change(2, kind="withdraw"), scope="response")


def invite(store: Store, code: str) -> str:
    wanted = NewInvitation(code_hash=f"hash of {code}", participant=code, most_uses=1)
    store.invitations.make(STUDY, [wanted], by="Léa")
    return f"hash of {code}"


def test_of_a_study_in_which_nothing_happened_everything_is_none(store: Store) -> None:
    counted = store.recruiting.count(STUDY)
    assert (counted.invited, counted.people, counted.stages) == (0, PeopleCount(), [])


def test_the_study_behind_us_17_invited_and_11_took_part(store: Store) -> None:
    for number in range(1, 12):
        begin_interview(store, participant=f"P{number:02}", runs=1)
    store.recruiting.state(STUDY, invited=17, declined=2, unanswered=4, note="by e-mail", by="Léa")
    counted = store.recruiting.count(STUDY)
    assert (counted.invited, counted.people.took_part, counted.unaccounted) == (17, 11, 0)
    assert counted.stated.note == "by e-mail"
    assert counted.people.agreed == 0, "nobody wrote down that they agreed"


def test_each_response_is_one_thing_and_the_numbers_add_up(store: Store) -> None:
    responses = [begin_consented(store) for _ in range(5)]
    send(store, responses[0])
    send(store, responses[1])
    withdraw(store, responses[1])
    withdraw(store, responses[2])
    (stage,) = store.recruiting.count(STUDY).stages
    assert stage == StageCount(
        instrument="teaching",
        delivery="self",
        submitted=1,
        in_progress=2,
        broken_off=0,
        withdrawn=2,
    )
    assert stage.begun == 5
    people = store.recruiting.count(STUDY).people
    assert people == PeopleCount(took_part=5, agreed=5, finished=1, withdrawn=2)


def test_test_responses_never_count(store: Store) -> None:
    withdraw(store, begin(store, is_test=True))
    begin(store, is_test=True)
    counted = store.recruiting.count(STUDY)
    assert (counted.people, counted.stages) == (PeopleCount(), [])


def test_somebody_with_a_code_is_one_person_however_much_they_answer(store: Store) -> None:
    begin(store, invitation=invite(store, "P01"))
    invite(store, "P01")
    invite(store, "P02")
    begin_interview(store, participant="P01", runs=2)
    counted = store.recruiting.count(STUDY)
    assert counted.invited == 2, "a second invitation of the same person is no second person"
    assert (counted.coded.took_part, counted.codeless.took_part) == (1, 0)
    assert [(each.delivery, each.begun) for each in counted.stages] == [
        ("self", 1),
        ("interviewer", 2),
    ]
    assert counted.unaccounted == 1


def test_somebody_withdrew_when_nothing_of_theirs_is_left(store: Store) -> None:
    interview = store.interviews.find(begin_interview(store, participant="P01", runs=2))
    assert interview is not None
    first, second = (each.response for each in interview.responses)
    withdraw(store, first)
    assert store.recruiting.count(STUDY).people.withdrawn == 0
    withdraw(store, second)
    counted = store.recruiting.count(STUDY)
    assert (counted.people.took_part, counted.people.withdrawn) == (1, 1)


def test_an_interview_that_was_broken_off_is_not_in_progress(store: Store) -> None:
    interview = begin_interview(store)
    broken = {"op": "outcome", "outcome": "broken_off", "text": "", "call_back": "", "resume": ""}
    store.interviews.apply(interview, change(1, actor="eva", source="console"), [broken])
    (stage,) = store.recruiting.count(STUDY).stages
    assert (stage.begun, stage.broken_off, stage.in_progress) == (1, 1, 0)


def test_more_people_than_were_invited_show_as_a_number_below_none(store: Store) -> None:
    begin_interview(store, participant="P01")
    store.recruiting.state(STUDY, invited=1, declined=1, unanswered=0, note="", by="Léa")
    assert store.recruiting.count(STUDY).unaccounted == -1


def test_what_is_stated_again_takes_the_place_of_what_was(store: Store) -> None:
    for invited in (17, 18):
        store.recruiting.state(
            STUDY, invited=invited, declined=0, unanswered=0, note="by e-mail", by="Léa"
        )
    stated = store.recruiting.count(STUDY).stated
    assert (stated.invited, stated.stated_by) == (18, "Léa")
    assert [each.kind for each in store.conduct.changes(STUDY)] == ["stated", "stated"]


def test_another_studys_people_are_not_counted(store: Store) -> None:
    store.studies.create(slug="second", title="Second")
    begin(store)
    begin_interview(store)
    counted = store.recruiting.count("second")
    assert (counted.people, counted.stages) == (PeopleCount(), [])
