"""A version is tried as a draft, published once, and retired in the end."""

from collections.abc import Callable
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from survey_app.storage.errors import FrozenVersion, RetiredVersion, UnknownRecord
from survey_app.storage.records import Publication
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, by_hand, change, publish, save

DRAFT: dict[str, Any] = {"name": "teaching", "version": "2.0.0", "format": 1, "by": "eva"}


def test_a_draft_is_tried_in_test_responses_alone(store: Store) -> None:
    _try(store, "f2")
    with pytest.raises(UnknownRecord, match=r"teaching@2\.0\.0 is not published now"):
        begin(store, version="2.0.0", is_test=False)
    response = store.responses.find(begin(store, version="2.0.0", is_test=True))
    assert response is not None
    assert (response.version, response.is_test) == ("2.0.0", True)


def test_a_draft_is_in_no_list_of_what_was_published(store: Store) -> None:
    _try(store, "f2")
    assert [record.version for record in store.instruments.list()] == ["1.0.0"]
    assert [record.version for record in store.instruments.trials()] == ["2.0.0"]


def test_a_draft_that_says_something_else_loses_what_was_tried(store: Store) -> None:
    _try(store, "f2")
    tried = begin(store, version="2.0.0", is_test=True)
    assert _try(store, "f2") == 0
    assert _state(store, tried) == "in_progress"
    assert _try(store, "f3") == 1
    assert _state(store, tried) == "withdrawn"
    found = store.instruments.find("teaching", "2.0.0")
    assert found is not None
    assert (found.fingerprint, found.state) == ("f3", "draft")


def test_publishing_erases_what_was_tried_and_nothing_else(store: Store) -> None:
    real, tests_before = begin(store), begin(store, is_test=True)
    _try(store, "f2")
    tried = begin(store, version="2.0.0", is_test=True)
    save(store, tried, "canary", change(1))
    assert _publish(store, "f2").erased == 1
    found = store.responses.find(tried)
    assert found is not None
    assert (found.state, found.withdrawn_scope, found.answers) == ("withdrawn", "trial", [])
    assert [_state(store, each) for each in (real, tests_before)] == ["in_progress"] * 2
    assert store.responses.verify_chain(tried) is None


def test_an_ended_trial_lets_nobody_in_and_keeps_nothing(store: Store) -> None:
    _try(store, "f2")
    tried = begin(store, version="2.0.0", is_test=True)
    assert store.instruments.end_trial("teaching", "2.0.0", "eva") == 1
    assert (_state(store, tried), store.instruments.trials()) == ("withdrawn", [])
    with pytest.raises(UnknownRecord):
        begin(store, version="2.0.0", is_test=True)
    with pytest.raises(UnknownRecord):
        store.instruments.end_trial("teaching", "1.0.0", "eva")


def test_what_is_published_can_be_no_draft_again(store: Store) -> None:
    _publish(store, "f2")
    with pytest.raises(FrozenVersion):
        _try(store, "f2")
    store.instruments.retire("teaching", "2.0.0", reason="", by="eva")
    with pytest.raises(RetiredVersion, match=r"teaching@2\.0\.0 was retired on 20"):
        _publish(store, "f2")


def test_a_new_version_takes_the_place_of_the_one_before_it(store: Store) -> None:
    """Each delivery keeps its place and stays open or closed; another study goes on as it was."""
    publish(store, study="elsewhere")
    store.studies.add_instrument(STUDY, "teaching", "1.0.0", "interviewer", open=False)
    before = store.studies.protocol("elsewhere")
    assert _publish(store, "f2", STUDY).followed == (STUDY,)
    assert [
        (entry.version, entry.delivery, entry.position, entry.open)
        for entry in store.studies.protocol(STUDY)
    ] == [
        ("1.0.0", "self", 0, False),
        ("2.0.0", "self", 0, True),
        ("1.0.0", "interviewer", 1, False),
        ("2.0.0", "interviewer", 1, False),
    ]
    assert store.studies.protocol("elsewhere") == before


def test_a_study_that_never_asked_the_instrument_does_not_begin_to(store: Store) -> None:
    store.studies.create(slug="elsewhere", title="Elsewhere")
    assert _publish(store, "f2", "elsewhere").followed == ()
    assert store.studies.protocol("elsewhere") == []
    assert store.instruments.followers("teaching") == [STUDY]
    with pytest.raises(UnknownRecord, match="nowhere"):
        _publish(store, "f2", "nowhere")


def test_who_is_in_the_middle_goes_on_with_the_version_begun(store: Store) -> None:
    begun = begin(store, session="cookie")
    _publish(store, "f2", STUDY)
    store.instruments.retire("teaching", "1.0.0", reason="out of use", by="eva")
    assert save(store, begun, "still here", change(1)).status == "saved"
    opened = store.responses.by_session("cookie")
    assert opened is not None
    assert opened.version == "1.0.0"


def test_a_retired_version_is_begun_no_more(store: Store) -> None:
    assert store.instruments.retire("teaching", "1.0.0", reason="out of use", by="eva")
    assert not store.instruments.retire("teaching", "1.0.0", reason="again", by="ada")
    found = store.instruments.find("teaching", "1.0.0")
    assert found is not None
    assert (found.state, found.retired_by, found.retirement) == ("retired", "eva", "out of use")
    assert [entry.open for entry in store.studies.protocol(STUDY)] == [False]
    with pytest.raises(UnknownRecord):
        begin(store)
    with pytest.raises(UnknownRecord):
        store.instruments.retire("teaching", "9.9.9", reason="", by="eva")


def test_what_takes_the_place_of_a_retired_version_is_said_to_be_asked_once_it_is_open(
    store: Store,
) -> None:
    store.instruments.retire("teaching", "1.0.0", reason="a slip in it", by="eva")
    done = _publish(store, "f2", STUDY)
    assert done.followed == (), "nobody can begin it yet"
    store.protocols.set_open(STUDY, ("teaching", "2.0.0", "self"), is_open=True, by="eva")
    assert _publish(store, "f2", STUDY).followed == (STUDY,)


@pytest.mark.parametrize("first", ["f2", "f3"])
def test_two_who_publish_at_once_publish_one(path: Path, store: Store, first: str) -> None:
    outcomes: list[str] = []
    together = Barrier(2)

    def try_it(fingerprint: str) -> None:
        with Store(f"sqlite:///{path}") as own:
            together.wait()
            outcomes.append(_outcome(lambda: _publish(own, fingerprint, STUDY)))

    threads = [Thread(target=try_it, args=(each,)) for each in (first, "f2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == (["first", "same"] if first == "f2" else ["first", "frozen"])
    versions = [(entry.version, entry.open) for entry in store.studies.protocol(STUDY)]
    assert versions == [("1.0.0", False), ("2.0.0", True)]


@pytest.mark.parametrize(
    "change_made",
    [
        "UPDATE instrument_version SET state = 'draft'",
        "UPDATE instrument_version SET note = 'another story'",
        "UPDATE instrument_version SET published_by = 'somebody else'",
        "UPDATE instrument_version SET definition = '{}'",
        "UPDATE instrument_version SET fingerprint = 'f9'",
        "DELETE FROM instrument_version",
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(
    store: Store, path: Path, change_made: str
) -> None:
    with pytest.raises(IntegrityError, match="version"):
        by_hand(path, change_made)


def test_the_database_itself_lets_nothing_come_back_from_retirement(
    store: Store, path: Path
) -> None:
    store.instruments.retire("teaching", "1.0.0", reason="", by="eva")
    with pytest.raises(IntegrityError, match="does not go back"):
        by_hand(path, "UPDATE instrument_version SET state = 'published'")


def _try(store: Store, fingerprint: str) -> int:
    return store.instruments.try_out(**DRAFT, fingerprint=fingerprint, definition={"title": "T"})


def _publish(store: Store, fingerprint: str, *studies: str) -> Publication:
    definition: dict[str, Any] = {"title": "Teaching", "print": fingerprint}
    return store.instruments.publish(
        **DRAFT, fingerprint=fingerprint, definition=definition, note="new", studies=studies
    )


def _state(store: Store, response: str) -> str:
    found = store.responses.find(response)
    assert found is not None
    return found.state


def _outcome(publish_it: Callable[[], Publication]) -> str:
    try:
        return "first" if publish_it().fresh else "same"
    except FrozenVersion:
        return "frozen"
