"""A participant known by a pseudonym alone is given a name, once, and nothing else of them changes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from survey_app.enrolment import forget, list_entries, make_roster
from survey_app.listing import Listed
from survey_app.naming import give_name, list_unnamed
from survey_app.people_access import open_people
from survey_app.settings import Settings
from survey_app.storage.errors import UnknownRecord
from survey_app.storage.people.records import Person
from survey_app.storage.people.register import People
from survey_app.storage.records import ParticipantRecord, StudyRecord
from survey_app.storage.store import Store
from tests.storage.scenes import by_hand, change


@pytest.fixture
def installation(installation_with_people: Path) -> Path:
    return installation_with_people


@pytest.fixture
def people(settings: Settings) -> Iterator[People]:
    with open_people(settings) as opened:
        yield opened


@pytest.fixture
def interviewed(store: Store) -> ParticipantRecord:
    """Who an interviewer has called P07."""
    store.interviews.begin(
        study="ami",
        participant_code="P07",
        interviewer_account_id=store.accounts.add("ivy").id,
        runs=[("ami-interview", "1.1.0")],
        consent=None,
        change=change(0, kind="begin"),
    )
    (known,) = store.participants.list("ami")
    return known


def study_of(store: Store) -> StudyRecord:
    study = store.studies.find("ami")
    assert study is not None
    return study


def ada(known: ParticipantRecord, name: str = "Ada") -> Person:
    return Person(id=known.id, study="ami", name=name)


def test_the_pseudonym_and_what_is_under_it_stay(
    store: Store, people: People, interviewed: ParticipantRecord
) -> None:
    assert list_unnamed(store, people, study_of(store)) == [interviewed]
    with store.snapshot() as snapshot:
        before = list(snapshot.responses("ami", "ami-interview", include_test=True))
    assert give_name(store, people, ada(interviewed), by="Cleo")
    assert store.participants.list("ami") == [interviewed]
    with store.snapshot() as snapshot:
        assert list(snapshot.responses("ami", "ami-interview", include_test=True)) == before
    (entry,) = list_entries(store, people, study_of(store))
    assert (entry.person.name, entry.participant) == ("Ada", interviewed)
    assert list_unnamed(store, people, study_of(store)) == []


def test_it_is_on_the_studys_record_without_the_name(
    store: Store, people: People, interviewed: ParticipantRecord
) -> None:
    give_name(store, people, ada(interviewed), by="Cleo")
    (noted,) = (each for each in store.conduct.changes("ami") if each.kind == "named")
    assert (noted.who, noted.detail) == ("Cleo", {"participant": "P07"})


def test_of_two_names_given_at_once_one_stays(
    store: Store, people: People, interviewed: ParticipantRecord
) -> None:
    def give(name: str) -> bool:
        return give_name(store, people, ada(interviewed, name), by=name)

    with ThreadPoolExecutor() as pool:
        done = list(pool.map(give, ("Ada", "Ben", "Cy", "Di")))
    assert sorted(done) == [False, False, False, True]
    (person,) = people.list("ami")
    assert person.name == ("Ada", "Ben", "Cy", "Di")[done.index(True)]
    assert not give("Eve")
    assert people.list("ami") == [person]


def test_nobody_is_named_who_is_not_a_participant(
    store: Store, people: People, interviewed: ParticipantRecord
) -> None:
    with pytest.raises(UnknownRecord, match="no such participant"):
        give_name(store, people, Person(id="none", study="ami", name="Ada"), by="Cleo")
    assert people.list("ami") == []


def test_who_withdrew_is_not_offered_and_who_was_forgotten_is(
    store: Store, people: People, interviewed: ParticipantRecord, settings: Settings
) -> None:
    give_name(store, people, ada(interviewed), by="Cleo")
    forget(store, people, interviewed.id)
    assert [each.pseudonym for each in list_unnamed(store, people, study_of(store))] == ["P07"]
    by_hand(settings.data / "responses.sqlite3", "UPDATE participant SET withdrew = 1")
    assert list_unnamed(store, people, study_of(store)) == []


def test_once_a_studys_names_were_erased_nobody_is_offered(
    store: Store, people: People, interviewed: ParticipantRecord
) -> None:
    assert list_unnamed(store, people, study_of(store)) == [interviewed]
    store.erasures.begin("ami", "identities", people=0, by="Léa")
    assert list_unnamed(store, people, study_of(store)) == []


def test_who_stands_in_a_roster_that_was_half_added_has_a_name(
    store: Store, people: People, interviewed: ParticipantRecord
) -> None:
    half = make_roster("ami", [Listed(name="Ben")], by="Cleo")
    people.rosters.keep(half)
    store.participants.add("ami", [each.id for each in half.people])
    assert list_unnamed(store, people, study_of(store)) == [interviewed]


def test_in_an_anonymous_study_nobody_is_offered(store: Store, people: People) -> None:
    store.studies.create(slug="quiet", title="Quiet", contact="c", anonymous=True)
    store.participants.add("quiet", ["1f"])
    study = store.studies.find("quiet")
    assert study is not None
    assert list_unnamed(store, people, study) == []
