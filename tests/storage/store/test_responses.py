"""A response begins, and is opened by a cookie or by a private link."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from survey_app.storage.errors import NameTaken, UnknownRecord
from survey_app.storage.records import Consent
from survey_app.storage.store import Store
from tests.storage.scenes import STUDY, begin, change, noting_statements

AGREED = Consent(version="1", language="fr", ticks={"quotes": True, "recording": False})


def test_a_response_begins_with_all_that_belongs_to_it(store: Store) -> None:
    store.studies.add_consent_text(STUDY, version="1", body={"fr": "…"}, fingerprint="c1")
    response = _begin(store, consent=AGREED)
    opened, found = store.responses.by_session("cookie"), store.responses.find(response)
    assert opened == store.responses.by_link("link")
    assert opened is not None
    assert found is not None
    assert (opened.id, opened.study, opened.state, opened.revision, opened.language) == (
        response,
        STUDY,
        "in_progress",
        0,
        "fr",
    )
    assert opened.draft == {"sections": {}, "values": {}}
    assert (found.participant, found.interview, found.submitted, found.answers) == (
        None,
        None,
        None,
        [],
    )
    assert [each.kind for each in store.responses.history(response)] == ["begin"]
    with store._engine.connect() as connection:
        consents = connection.exec_driver_sql("SELECT ticks FROM consent").scalars().all()
    assert consents == ['{"quotes":true,"recording":false}']


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"study": "no-such-study"}, "no study “no-such-study”"),
        ({"version": "9.9.9"}, "teaching@9.9.9 is not published now"),
        ({"consent": AGREED}, "no consent text 1"),
    ],
)
def test_what_a_response_needs_is_named_where_it_is_missing(
    store: Store, wrong: dict[str, object], sentence: str
) -> None:
    with pytest.raises(UnknownRecord, match=sentence):
        _begin(store, **wrong)
    assert store.studies.overview() == []
    assert store.responses.by_session("cookie") is None


def test_a_cookie_that_was_let_go_opens_nothing(store: Store) -> None:
    response = begin(store, session="cookie")
    store.responses.attach_session(response, "other device")
    store.responses.detach_session("cookie")
    assert store.responses.by_session("cookie") is None
    assert store.responses.by_session("other device") is not None


def test_what_was_never_given_out_opens_nothing(store: Store) -> None:
    begin(store)
    assert (store.responses.by_session("guess"), store.responses.by_link("guess")) == (None, None)
    assert store.responses.find("guess") is None
    with pytest.raises(UnknownRecord, match="no response guess"):
        store.responses.attach_session("guess", "cookie")


def test_a_participants_page_costs_one_query(store: Store) -> None:
    begin(store, session="cookie")
    with noting_statements(store) as words:
        assert store.responses.by_session("cookie") is not None
    assert words == ["SELECT"]


@pytest.mark.parametrize(
    "other", [{"link_hash": "another link"}, {"session_hash": "another cookie"}]
)
def test_a_cookie_or_link_begins_one_response(store: Store, other: dict[str, object]) -> None:
    first = _begin(store)
    with pytest.raises(NameTaken, match="has begun a response already"):
        _begin(store, **other)
    opened = store.responses.by_session("cookie")
    assert opened is not None
    assert (opened.id, [row.count for row in store.studies.overview()]) == (first, [1])


def test_the_same_page_sent_from_many_threads_begins_one_response(store: Store) -> None:
    store.studies.add_consent_text(STUDY, version="1", body={"fr": "…"}, fingerprint="c1")
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(_begin, store, consent=AGREED) for _ in range(8)]
    errors = [type(each.exception()) for each in sent if each.exception()]
    assert errors == [NameTaken] * 7
    assert [row.count for row in store.studies.overview()] == [1]
    with store._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM consent").scalar() == 1


def _begin(store: Store, **changed: object) -> str:
    values: dict[str, object] = {
        "study": STUDY,
        "instrument": "teaching",
        "version": "1.0.0",
        "delivery": "self",
        "source": "web",
        "language": "fr",
        "consent": None,
        "session_hash": "cookie",
        "link_hash": "link",
        "change": change(0, kind="begin"),
    }
    return store.responses.begin(**{**values, **changed})  # type: ignore[arg-type]
