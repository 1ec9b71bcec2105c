"""A study, its protocol, its consent texts, and how far it is."""

import pytest

from survey_app.storage.errors import FrozenVersion, NameTaken, UnknownRecord
from survey_app.storage.records import OverviewRow, ProtocolEntry
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, begin_interview, change


def test_studies_are_found_by_slug(store: Store) -> None:
    made = store.studies.create(slug="b", title="B", anonymous=True, contact="eva@example.org")
    assert (store.studies.find("b"), store.studies.find("c")) == (made, None)
    assert [study.slug for study in store.studies.list()] == ["b", STUDY]


def test_a_slug_is_given_once(store: Store) -> None:
    with pytest.raises(NameTaken, match="already a study"):
        store.studies.create(slug=STUDY, title="Again")


def test_a_protocol_grows_by_rows(store: Store) -> None:
    store.studies.add_instrument(STUDY, "teaching", "1.0.0", "interviewer")
    assert store.studies.protocol(STUDY) == [
        _entry("self", position=0),
        _entry("interviewer", position=1),
    ]
    assert store.studies.protocol("no-such-study") == []


def test_an_entry_added_again_is_moved_and_closed(store: Store) -> None:
    store.studies.add_instrument(STUDY, "teaching", "1.0.0", "interviewer", position=5)
    store.studies.add_instrument(STUDY, "teaching", "1.0.0", "interviewer", open=False)
    store.studies.add_instrument(STUDY, "teaching", "1.0.0", "self", position=9)
    assert store.studies.protocol(STUDY) == [
        _entry("interviewer", position=5, is_open=False),
        _entry("self", position=9),
    ]


@pytest.mark.parametrize(
    ("study", "version", "sentence"),
    [("lost", "1.0.0", "no study “lost”"), (STUDY, "9.9.9", "teaching@9.9.9 is not published")],
)
def test_a_protocol_names_what_is_not_there(
    store: Store, study: str, version: str, sentence: str
) -> None:
    with pytest.raises(UnknownRecord, match=sentence):
        store.studies.add_instrument(study, "teaching", version, "self")


def test_the_newest_consent_text_is_the_one_in_force(store: Store) -> None:
    assert store.studies.consent_text(STUDY) is None
    for version, text in (("2", "Two"), ("10", "Ten"), ("1", "One")):
        store.studies.add_consent_text(STUDY, version=version, body={"en": text}, fingerprint=text)
    found = store.studies.consent_text(STUDY)
    assert found is not None
    assert (found.study, found.version, found.body) == (STUDY, "1", {"en": "One"})


def test_a_consent_text_is_frozen(store: Store) -> None:
    for _ in range(2):
        store.studies.add_consent_text(STUDY, version="1", body={"en": "A"}, fingerprint="a")
    with pytest.raises(FrozenVersion, match="Consent text 1 is frozen") as refused:
        store.studies.add_consent_text(STUDY, version="1", body={"en": "B"}, fingerprint="b")
    assert (refused.value.stored, refused.value.offered) == ("a", "b")


def test_the_overview_counts_each_kind_apart(store: Store) -> None:
    for _ in range(2):
        begin(store)
    begin(store, is_test=True)
    sent = begin(store)
    store.responses.submit(sent, change(1), answers=[], receipt_hash="code")
    begin_interview(store)
    store.studies.create(slug="empty", title="Empty")
    assert [_counted(row) for row in store.studies.overview(STUDY)] == [
        ("interviewer", "in_progress", False, 1),
        ("self", "in_progress", False, 2),
        ("self", "in_progress", True, 1),
        ("self", "submitted", False, 1),
    ]
    assert store.studies.overview() == store.studies.overview(STUDY)
    assert store.studies.overview("empty") == []


def _entry(delivery: str, *, position: int, is_open: bool = True) -> ProtocolEntry:
    return ProtocolEntry(
        instrument="teaching",
        version="1.0.0",
        delivery=delivery,  # type: ignore[arg-type]
        position=position,
        open=is_open,
    )


def _counted(row: OverviewRow) -> tuple[str, str, bool, int]:
    return (row.delivery, row.state, row.is_test, row.count)
