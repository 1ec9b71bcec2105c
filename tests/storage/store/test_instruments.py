"""A published version is frozen by its fingerprint."""

import pytest
import time_machine

from survey_app.storage.errors import FrozenVersion, UnknownRecord
from survey_app.storage.records import InstrumentVersionRecord, Json
from survey_app.storage.store import Store

DEFINITION = {"format": 1, "title": "Teaching", "sections": [{"key": "opening", "items": []}]}


def test_a_version_comes_back_whole(store: Store) -> None:
    _publish(store, "2.0.0")
    found = store.instruments.find("teaching", "2.0.0")
    assert found is not None
    assert (found.definition, found.state, found.published_by) == (DEFINITION, "published", "eva")
    assert store.instruments.find("teaching", "9.9.9") is None


def test_publishing_the_same_again_does_nothing(store: Store) -> None:
    _publish(store, "2.0.0")
    before = store.instruments.find("teaching", "2.0.0")
    _publish(store, "2.0.0", note="by mistake")
    assert store.instruments.find("teaching", "2.0.0") == before


def test_other_content_under_the_same_version_is_refused_with_both_fingerprints(
    store: Store,
) -> None:
    _publish(store, "2.0.0")
    with pytest.raises(FrozenVersion, match=r"teaching@2\.0\.0 .* f2, .* f3") as refused:
        _publish(store, "2.0.0", fingerprint="f3")
    assert (refused.value.stored, refused.value.offered) == ("f2", "f3")


def test_an_analysis_block_may_be_added_and_changed_after_the_publication(store: Store) -> None:
    _publish(store, "2.0.0")
    blocks: list[dict[str, Json]] = [{"scales": {"a": {"items": ["x", "y"]}}}, {}]
    for second, block in enumerate(blocks):
        with time_machine.travel(f"2026-11-22T20:14:0{second}Z", tick=False):
            store.instruments.set_analysis("teaching", "2.0.0", block, "eva")
            store.instruments.set_analysis("teaching", "2.0.0", block, "the same again")
        found = store.instruments.find("teaching", "2.0.0")
        assert found is not None
        assert found.definition == {**DEFINITION, "analysis": block}
        assert found.fingerprint == "f2"
    with pytest.raises(UnknownRecord, match=r"teaching.*9\.9\.9"):
        store.instruments.set_analysis("teaching", "9.9.9", {}, "eva")


def test_versions_are_listed_by_instrument(store: Store) -> None:
    _publish(store, "2.0.0")
    _publish(store, "1.0.0", name="another")
    assert _names(store.instruments.list()) == [
        ("another", "1.0.0"),
        ("teaching", "1.0.0"),
        ("teaching", "2.0.0"),
    ]
    assert _names(store.instruments.list("another")) == [("another", "1.0.0")]


def _names(records: list[InstrumentVersionRecord]) -> list[tuple[str, str]]:
    return [(record.name, record.version) for record in records]


def _publish(
    store: Store,
    version: str,
    *,
    name: str = "teaching",
    fingerprint: str = "f2",
    note: str = "first",
) -> None:
    store.instruments.publish(
        name=name,
        version=version,
        format=1,
        fingerprint=fingerprint,
        definition=DEFINITION,
        note=note,
        by="eva",
    )
