"""A study is erased at its end: with all that was made of it, and a certificate that says so."""

import os
import shutil
import signal
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from survey_app import first_start
from survey_app.backups.record import Made, Record, write_record
from survey_app.certificates import spell_certificate
from survey_app.enrolment import add_roster, make_roster
from survey_app.jobs import FILES, Jobs, Progress, write_json, write_progress
from survey_app.listing import Listed
from survey_app.purging import (
    Purge,
    clear_errands,
    digest,
    discard_errands,
    discard_jobs,
    list_backups,
    purge_study,
)
from survey_app.settings import Settings
from survey_app.storage.errors import ErasureUnfinished, NotInvited, WrongDatabase
from survey_app.storage.people.keys import read_keys
from survey_app.storage.people.register import People, Person
from survey_app.storage.records import Entrance, Erased, NewInvitation
from survey_app.storage.store import Store
from tests.installation import make_settings
from tests.storage.scenes import by_hand, change

STUDY = "ami"
STRIDE = 7
NOW = datetime(2026, 11, 26, 20, tzinfo=UTC)


def begin(store: Store, *, is_test: bool = False, entrance: Entrance | None = None) -> str:
    return store.responses.begin(
        study=STUDY,
        instrument="ami-survey",
        version="1.0.1",
        delivery="self",
        source="web",
        language="en",
        consent=None,
        session_hash=None,
        link_hash=None,
        change=change(0, kind="begin", body={"said": "something"}),
        is_test=is_test,
        entrance=entrance or Entrance(),
    )


def purge(
    store: Store, settings: Settings, scope: Erased = "answers", patience: float = 60
) -> Purge:
    def discard() -> None:
        environment = settings.to_environment()
        discard_jobs(Jobs(settings.jobs, environment), STUDY)
        discard_errands(Jobs(settings.errands, environment), STUDY)

    return purge_study(
        store,
        settings,
        STUDY,
        scope=scope,
        by="Léa",
        discard=discard,
        patience=patience,
    )


def name_people(settings: Settings) -> People:
    """Return a people database with somebody of the study and somebody of another."""
    first_start.prepare_people(settings)
    people = People(settings.people, settings.people_key_file)
    people.keep(Person(id="1", study=STUDY, name="Ada"))
    people.keep(Person(id="2", study="other", name="Zoë"))
    return people


def test_a_certificate_says_what_there_was_and_what_stays(store: Store, settings: Settings) -> None:
    for is_test in (False, False, True):
        begin(store, is_test=is_test)
    store.exports.record(
        "ann",
        STUDY,
        filter={"instrument": "ami-survey", "format": "xlsx"},
        columns=[],
        rows=2,
        hash="f00d",
    )
    done = purge(store, settings)
    assert done.is_done
    facts = done.erasure.certificate
    assert facts is not None
    assert facts["sha256"] == digest(facts)
    text = spell_certificate(facts)
    for said in (
        "AMI: the resident mentors’ study (ami)",
        "responses with their content: 3 -> 0",
        "tombstones: that a response was there, and when it went: 0 -> 3",
        "both together, which must stay the same: 3 -> 3",
        "contents of events: 3 -> 0",
        "xlsx of ami-survey",
        "by ann, 2 rows, SHA-256 f00d",
        *facts["after"]["heads"]["heads"],
    ):
        assert said in text, said
    assert len(facts["after"]["heads"]["heads"]) == 3


def test_a_study_in_which_nothing_happened_has_a_certificate_too(
    store: Store, settings: Settings
) -> None:
    facts = purge(store, settings).erasure.certificate
    assert facts is not None
    assert "responses with their content: 0 -> 0" in spell_certificate(facts)


def test_names_go_of_this_study_alone_with_or_without_the_answers(
    store: Store, settings: Settings
) -> None:
    response = begin(store)
    with name_people(settings) as people:
        facts = purge(store, settings, "identities").erasure.certificate
        assert facts is not None
        assert (people.list(STUDY), len(people.list("other"))) == ([], 1)
    found = store.responses.find(response)
    assert found is not None
    assert found.state == "in_progress"
    assert "people with a name or an address: 1 -> 0" in spell_certificate(facts)
    assert "All answers stay, under their codes." in spell_certificate(facts)


@pytest.mark.parametrize("scope", ["answers", "identities"])
def test_no_file_of_the_installation_names_anybody_afterwards(
    store: Store, settings: Settings, scope: Erased
) -> None:
    """Neither the people, nor a roster that waits, nor one uploaded and never read, nor its job."""
    begin(store)
    uploaded = settings.errands / "uploads" / "f"
    uploaded.parent.mkdir(parents=True)
    uploaded.write_text("Ada Canary", "utf-8")
    told = {"study": STUDY, "file": str(uploaded), "name": "Ada Canary.csv"}
    job = settings.errands / ("e" * 32)
    job.mkdir()
    write_json(job / "job.json", {"name": "roster", "arguments": told})
    write_progress(job, Progress(state="failed", message="Ada Canary"))
    with name_people(settings) as people:
        people.keep(Person(id="1", study=STUDY, name="Ada Canary", email="canary@example.org"))
        listed = [Listed(name="Ben Canary")]
        people.rosters.keep(make_roster(STUDY, listed, by="Cleo", file="Ada Canary.csv"))
        facts = purge(store, settings, scope).erasure.certificate
        assert facts is not None
        assert "people with a name or an address: 2 -> 0" in spell_certificate(facts)
        files = [each for each in settings.data.rglob("*") if each.is_file()]
        assert files
        assert [each for each in files if b"canary" in each.read_bytes().lower()] == []


def invite(store: Store, people: People) -> dict[str, str]:
    """Return the participants' ids by who they are: two named, and one known by a code alone."""
    names = ("Ben", "Cy")
    add_roster(store, people, make_roster(STUDY, [Listed(name=each) for each in names], by="Cleo"))
    ids = {each.name: each.id for each in people.list(STUDY)}
    pseudonyms = {each.id: each.pseudonym for each in store.participants.list(STUDY)}
    codes = {name: pseudonyms[ids[name]] for name in names} | {"nobody": "P100"}
    wanted = [NewInvitation(code_hash=name, participant=code) for name, code in codes.items()]
    store.invitations.make(STUDY, wanted, by="Léa")
    begin(store, entrance=Entrance(code_hash="Cy"))
    return codes


@pytest.mark.parametrize("with_key", [True, False])
def test_with_names_alone_go_the_unused_invitations_of_those_people(
    store: Store, settings: Settings, *, with_key: bool
) -> None:
    with name_people(settings) as people:
        codes = invite(store, people)
        if not with_key:
            settings.people_key_file.unlink()
        facts = purge(store, settings, "identities").erasure.certificate
        assert facts is not None
        assert people.count(STUDY) == 0
    states = {each.participant: each.state for each in store.invitations.list(STUDY)}
    assert states == {codes["Ben"]: "revoked", codes["Cy"]: "used_up", codes["nobody"]: "open"}
    with pytest.raises(NotInvited):
        begin(store, entrance=Entrance(code_hash="Ben"))
    text = spell_certificate(facts)
    assert "people with a name or an address: 3 -> 0" in text
    assert "personal invitations by which somebody can begin: 2 -> 1" in text


def test_where_the_names_are_elsewhere_the_certificate_says_that_their_invitations_stay(
    store: Store, settings: Settings
) -> None:
    with name_people(settings) as people:
        invite(store, people)
    file = Path(settings.people.removeprefix("sqlite:///"))
    file.rename(file.with_name("elsewhere"))
    facts = purge(store, settings, "identities").erasure.certificate
    assert facts is not None
    assert "personal invitations by which somebody can begin: 2 -> 2" in spell_certificate(facts)


def test_the_certificate_says_how_names_in_backups_are_made_unreadable(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    name_people(settings).close()
    (key,) = read_keys(settings.people_key_file)
    (tmp_path / "copy").touch()
    made = Made(at=NOW.isoformat(), folder=str(tmp_path), files=("copy",), size=1)
    write_record(settings.data, Record(made=(made,)))
    facts = purge(store, settings).erasure.certificate
    assert facts is not None
    assert f"the newest with the key {key.id}." in spell_certificate(facts)
    assert "survey-app people rekey --destroy-earlier" in spell_certificate(facts)
    earlier = {name: said for name, said in facts.items() if name != "people_key"}
    for moment in ("before", "after"):
        earlier[moment] = dict(earlier[moment])
        del earlier[moment]["personal_invitations"]
    assert "rekey" not in spell_certificate(earlier), "a certificate of before is read as it was"


def test_where_the_names_cannot_be_read_nothing_is_erased(store: Store, settings: Settings) -> None:
    begin(store)
    name_people(settings).close()
    by_hand(settings.data / "people.sqlite3", "UPDATE people_schema SET version_num = '9999'")
    with pytest.raises(WrongDatabase):
        purge(store, settings)
    assert store.erasures.list(STUDY) == []


def make_job(settings: Settings, name: str, study: str, progress: Progress) -> Path:
    folder = settings.jobs / (name * 32)
    (folder / FILES).mkdir(parents=True)
    (folder / FILES / "all.json").write_text("something", "utf-8")
    write_json(folder / "job.json", {"name": "export", "arguments": {"study": study}})
    write_progress(folder, progress)
    return folder / FILES


def test_what_was_made_of_it_goes_and_of_others_stays(store: Store, settings: Settings) -> None:
    ready, half = Progress(state="done", fraction=1), Progress(state="running", fraction=0.5)
    made = [make_job(settings, "a", STUDY, ready), make_job(settings, "b", STUDY, half)]
    other = make_job(settings, "c", "other", ready)
    purge(store, settings)
    assert [each.exists() for each in made] == [False, False]
    assert (other / "all.json").is_file()


def test_while_somebody_still_reads_there_is_no_certificate(
    store: Store, settings: Settings
) -> None:
    begin(store)
    with Store(settings.database) as reader, reader.snapshot() as snapshot:
        assert list(snapshot.responses(STUDY, "ami-survey"))
        begin(store)
        with pytest.raises(ErasureUnfinished):
            purge(store, settings, patience=0)
        (unfinished,) = store.erasures.list(STUDY)
        assert unfinished.ended_at is None
    done = purge(store, settings)
    assert (done.is_done, done.erasure.id) == (True, unfinished.id)


@pytest.mark.parametrize(
    ("afterwards", "scope", "reminded"),
    [
        ("answers", "answers", False),
        ("identities", "identities", False),
        ("identities", "answers", False),
        ("answers", "identities", True),
    ],
)
def test_who_has_erased_is_reminded_of_it_no_longer(
    store: Store, settings: Settings, afterwards: str, scope: Erased, reminded: bool
) -> None:
    by_hand(
        settings.data / "responses.sqlite3",
        f"UPDATE study SET retain_until = '2026-01-01', afterwards = '{afterwards}'",
    )
    purge(store, settings, scope)
    study = store.studies.find(STUDY)
    assert study is not None
    assert study.is_reminded("2026-11-26") is reminded
    (erased,) = (each for each in store.conduct.changes(STUDY) if each.kind == "erased")
    assert erased.detail["kept_until"] == "2026-01-01", "the day stays on the record"


def test_an_hour_of_erasing_can_be_done_in_parts(store: Store, settings: Settings) -> None:
    for _ in range(25):
        begin(store)
    part = purge_study(
        store, settings, STUDY, scope="answers", by="Léa", discard=lambda: None, seconds=0
    )
    assert (part.is_done, part.left) == (False, 5)
    assert purge(store, settings).is_done


def test_backups_are_named_with_the_day_on_which_the_rotation_deletes_them(
    settings: Settings, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = []
    for days in (40, 1):
        (folder / f"{days}.sqlite3").touch()
        moment = (NOW - timedelta(days)).isoformat()
        made.append(Made(at=moment, folder=str(folder), files=(f"{days}.sqlite3",), size=1))
    gone = Made(at=NOW.isoformat(), folder=str(folder), files=("gone.sqlite3",), size=1)
    write_record(settings.data, Record(made=(*made, gone)))
    told = list_backups(replace(settings, backups=folder), NOW)
    assert [(each["days"], each["files"]) for each in told] == [
        (40, ["40.sqlite3"]),
        (1, ["1.sqlite3"]),
    ]
    # The one of October is that month's newest, so it goes when it is the 13th month from the end.
    assert told[0]["gone_on"] == "2027-10-01"
    assert "2026-12-01" < told[1]["gone_on"] < "2026-12-31"
    alone = list_backups(settings, NOW)
    assert {each["gone_on"] for each in alone} == {None}, "nothing is rotated any more"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork")
def test_killed_at_any_statement_it_goes_on_when_it_is_run_again(
    store: Store, settings: Settings, tmp_path: Path
) -> None:
    """Killed before the n-th statement, until it comes through; the numbers are always the same."""
    for _ in range(3):
        begin(store)
    store.close()
    for kills, step in enumerate(range(1, 1000, STRIDE)):
        folder = tmp_path / f"at-{step}"
        own = make_settings(folder)
        shutil.copytree(settings.data, own.data)
        killed = is_killed_at(step, own)
        with Store(own.database) as again:
            purge(again, own)
            first = again.erasures.list(STUDY)[-1]
        facts = first.certificate
        assert facts is not None
        text = spell_certificate(facts)
        assert "responses with their content: 3 -> 0" in text
        assert "both together, which must stay the same: 3 -> 3" in text
        if not killed:
            assert kills > 3
            return
    pytest.fail("It never came through.")


def is_killed_at(step: int, settings: Settings) -> bool:
    """Purge in a process that is killed before its statement of that number."""
    child = os.fork()
    if child == 0:
        try:
            _purge_until(step, settings)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _purge_until(step: int, settings: Settings) -> None:
    left = [step]

    def die_in_turn(*_: object) -> None:
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", die_in_turn)
    with Store(settings.database) as store:
        purge(store, settings)
    os._exit(0)


def test_what_a_killed_server_left_of_rosters_and_letters_goes_at_the_next_start(
    settings: Settings,
) -> None:
    uploaded = settings.errands / "uploads" / "f"
    uploaded.parent.mkdir(parents=True)
    uploaded.write_text("Ada Canary", "utf-8")
    kinds = {"a": "roster", "b": "test_letter", "c": "mailing"}
    for place, kind in kinds.items():
        folder = settings.errands / (place * 32)
        folder.mkdir()
        told = {"name": "Ada Canary.csv"} if kind != "mailing" else {"mailing": "m"}
        write_json(folder / "job.json", {"name": kind, "arguments": told})
        write_progress(folder, Progress(state="running"))
    clear_errands(settings)
    assert list(uploaded.parent.iterdir()) == []
    assert [each.name for each in settings.errands.glob("?" * 32)] == ["c" * 32]
    clear_errands(settings)
