"""Letters go out one at a time, and nobody gets one twice, whatever ends the sending."""

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from survey_app.enrolment import add_roster, forget, list_entries, make_roster
from survey_app.invitation_codes import hash_code, read_code
from survey_app.jobs import read_progress, write_json
from survey_app.listing import Listed
from survey_app.mail.letters import Text, suggest
from survey_app.people_access import open_people
from survey_app.recipients import choose
from survey_app.sending import SendingStopped, hold_sending, settle_interrupted
from survey_app.settings import Settings
from survey_app.storage.people.records import Kind, Mailing
from survey_app.storage.people.register import People
from survey_app.storage.records import Entrance, StudyRecord
from survey_app.storage.store import Store
from survey_app.worker.mailings import Sender, send_test
from tests.mail.postman import Postman, serve_mail
from tests.storage.scenes import change

NAMES = ("Ada", "Ben", "Cy", "Di")
LINK = re.compile(r"/i/(\w{4}(?:-\w{4}){3})")


@pytest.fixture
def postman() -> Iterator[Postman]:
    with serve_mail(Postman()) as serving:
        yield serving


@pytest.fixture
def installation(installation_with_people: Path) -> Path:
    return installation_with_people


@pytest.fixture
def mailed(settings: Settings, postman: Postman) -> Settings:
    """Settings that name the mail server, which takes any number a minute."""
    return settings.with_changes(
        smtp=postman.url(), mail_from="study@example.org", mail_per_minute="60000"
    )


@pytest.fixture
def people(mailed: Settings, store: Store) -> Iterator[People]:
    with open_people(mailed) as opened:
        listed = [Listed(name=name, email=f"{name.lower()}@example.org") for name in NAMES]
        add_roster(store, opened, make_roster("ami", listed, by="Cleo"))
        yield opened


def study_of(store: Store, slug: str = "ami") -> StudyRecord:
    found = store.studies.find(slug)
    assert found is not None
    return found


def order(store: Store, people: People, kind: Kind = "invitation", slug: str = "ami") -> Mailing:
    """Order a letter to all to whom it would go."""
    study = study_of(store, slug)
    text = suggest(kind, "en", shared=study.anonymous)
    mailing = Mailing(
        id=f"{kind} {len(people.mailings.list(slug))}",
        study=slug,
        kind=kind,
        texts={"en": {"subject": text.subject, "body": text.body}},
        made_by="Cleo",
        made="2026-11-26T20:14:05.123Z",
    )
    to = choose(kind, list_entries(store, people, study), anonymous=study.anonymous).to
    people.mailings.order(mailing, {entry.person.id: "en" for entry in to})
    return mailing


def send(store: Store, people: People, settings: Settings, mailing: Mailing) -> list[float]:
    """Send what waits; return how long was waited between two."""
    pauses: list[float] = []
    Sender(store, people, settings, mailing, pause=pauses.append).run(lambda *_: None)
    return pauses


def states(people: People, mailing: Mailing) -> dict[str, str]:
    return {each.name: each.state for each in people.mailings.messages(mailing.id)}


def find_codes(postman: Postman) -> dict[str, str]:
    """The code in the last letter to each address, by what stands before its @."""
    return {
        to.partition("@")[0]: LINK.findall(text)[0]
        for to, text in zip(postman.recipients, postman.texts(), strict=True)
    }


def take_part(store: Store, code: str, *, send_it: bool = False) -> str:
    response = store.responses.begin(
        study="ami",
        instrument="ami-survey",
        version="1.0.1",
        delivery="self",
        source="web",
        language="en",
        consent=None,
        session_hash=None,
        link_hash=None,
        change=change(0, kind="begin"),
        entrance=Entrance(code_hash=hash_code(read_code(code) or "")),
    )
    if send_it:
        store.responses.submit(response, change(1), answers=[], receipt_hash=code)
    return response


def test_everybody_gets_one_letter_with_a_link_of_their_own(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    mailing = order(store, people)
    pauses = send(store, people, mailed.with_changes(mail_per_minute="30"), mailing)
    assert pauses == [2.0] * 3
    assert sorted(postman.recipients) == sorted(f"{name.lower()}@example.org" for name in NAMES)
    assert set(states(people, mailing).values()) == {"sent"}
    codes = find_codes(postman)
    assert len(set(codes.values())) == len(NAMES)
    take_part(store, codes["ada"])
    entries = {e.person.name: e.participant for e in list_entries(store, people, study_of(store))}
    assert entries["Ada"] is not None
    assert entries["Ada"].progress == "begun"
    assert send(store, people, mailed, mailing) == []
    assert len(postman.messages) == len(NAMES)


def test_no_code_stands_in_any_file(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    send(store, people, mailed, order(store, people))
    codes = list(find_codes(postman).values())
    kept = b"".join(file.read_bytes() for file in mailed.data.rglob("*") if file.is_file())
    assert hash_code(read_code(codes[0]) or "").encode() in kept, "what is kept is found"
    kept += str([people.list("ami"), people.mailings.list("ami")]).encode()
    kept += str(people.mailings.list_messages("ami")).encode()
    assert b"ada@example.org" in kept, "and what is sealed is opened"
    for code in codes:
        assert code.encode() not in kept
        assert code.replace("-", "").encode() not in kept


def test_a_reminder_goes_to_those_who_have_not_sent_and_its_link_replaces_the_earlier(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    send(store, people, mailed, order(store, people))
    first = find_codes(postman)
    take_part(store, first["ada"], send_it=True)
    take_part(store, first["ben"])
    withdrawn = take_part(store, first["cy"])
    store.responses.withdraw(withdrawn, change(9, kind="withdraw"), scope="all")
    postman.messages.clear()
    postman.recipients.clear()
    send(store, people, mailed, order(store, people, "reminder"))
    second = find_codes(postman)
    assert set(second) == {"ben", "di"}
    assert store.invitations.find(hash_code(read_code(first["di"]) or "")) is None
    opened = [store.invitations.find(hash_code(read_code(second[who]) or "")) for who in second]
    assert {each.participant: each.state for each in opened if each} == {
        pseudonym_of(store, people, "Ben"): "used_up",
        pseudonym_of(store, people, "Di"): "open",
    }


def pseudonym_of(store: Store, people: People, name: str) -> str | None:
    entries = list_entries(store, people, study_of(store))
    found = next(entry.participant for entry in entries if entry.person.name == name)
    return found.pseudonym if found else None


def test_who_sends_the_answers_or_asks_for_silence_meanwhile_is_left_out(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    send(store, people, mailed, order(store, people))
    reminder = order(store, people, "reminder")
    codes = find_codes(postman)
    take_part(store, codes["ada"], send_it=True)
    ben = next(each for each in people.list("ami") if each.name == "Ben")
    people.keep(ben.__class__(id=ben.id, study="ami", name="Ben", email=ben.email, silent=True))
    send(store, people, mailed, reminder)
    told = {each.name: (each.state, each.reason) for each in people.mailings.messages(reminder.id)}
    assert told["Ada"] == ("left_out", "has sent the answers")
    assert told["Ben"] == ("left_out", "asked not to be written to")
    assert [told["Cy"][0], told["Di"][0]] == ["sent", "sent"]


def test_who_is_forgotten_meanwhile_gets_none_and_the_others_do(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    mailing = order(store, people)
    ben = next(each.id for each in people.list("ami") if each.name == "Ben")
    sender = Sender(store, people, mailed, mailing, pause=lambda _: None)
    sender.run(lambda _part, _words: forget(store, people, ben))
    assert sorted(postman.recipients) == ["ada@example.org", "cy@example.org", "di@example.org"]
    assert "Ben" not in states(people, mailing)


def test_one_that_is_refused_is_named_and_the_others_go(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    postman.refused = {"ben@example.org"}
    mailing = order(store, people)
    send(store, people, mailed, mailing)
    assert states(people, mailing) == {"Ada": "sent", "Ben": "failed", "Cy": "sent", "Di": "sent"}
    (ben,) = (each for each in people.mailings.messages(mailing.id) if each.name == "Ben")
    assert "550 There is no such mailbox" in ben.reason
    assert store.invitations.list("ami")[-1].participant != pseudonym_of(store, people, "Ben")
    people.mailings.ask_again(ben.id)
    postman.refused = set()
    send(store, people, mailed, mailing)
    assert states(people, mailing)["Ben"] == "sent"
    assert len(postman.messages) == len(NAMES)


def test_an_earlier_link_works_for_as_long_as_no_new_letter_can_be_handed_over(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    send(store, people, mailed, order(store, people))
    first = find_codes(postman)["ada"]
    postman.mail_answer = "421 too many today"
    reminder = order(store, people, "reminder")
    with pytest.raises(SendingStopped, match="421 too many today"):
        send(store, people, mailed, reminder)
    assert set(states(people, reminder).values()) == {"waiting"}
    assert take_part(store, first)


def test_one_that_was_cut_off_is_not_sent_again_unless_somebody_asks(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    postman.before_answer = lambda number: number != 2
    mailing = order(store, people)
    send(store, people, mailed, mailing)
    assert states(people, mailing)["Ben"] == "unknown"
    send(store, people, mailed, mailing)
    assert len(postman.messages) == len(NAMES)
    (unsure,) = (e for e in people.mailings.messages(mailing.id) if e.state == "unknown")
    people.mailings.ask_again(unsure.id)
    send(store, people, mailed, mailing)
    assert states(people, mailing)["Ben"] == "sent"
    assert postman.recipients.count("ben@example.org") == 2


@pytest.mark.skipif(sys.platform == "win32", reason="killed as on POSIX")
def test_a_process_that_is_killed_leaves_one_that_may_have_been_sent(
    store: Store, people: People, mailed: Settings, postman: Postman, tmp_path: Path
) -> None:
    """Killed while the server has the second letter and has not said so."""
    held, killed = threading.Event(), threading.Event()

    def hold(number: int) -> bool:
        if number == 2:
            held.set()
            killed.wait(30)
        return True

    postman.before_answer = hold
    mailing = order(store, people)
    job = begin_job(mailed, mailing, tmp_path / "job")
    assert held.wait(60), read_progress(tmp_path / "job")
    with pytest.raises(SendingStopped, match="being sent already"):
        send(store, people, mailed, mailing)
    os.kill(job.pid, signal.SIGKILL)
    job.wait()
    killed.set()
    with hold_sending(mailed):
        settle_interrupted(people)
    assert states(people, mailing) == {
        "Ada": "sent",
        "Ben": "unknown",
        "Cy": "waiting",
        "Di": "waiting",
    }
    send(store, people, mailed, mailing)
    assert sorted(postman.recipients) == [f"{name.lower()}@example.org" for name in NAMES]
    log = (tmp_path / "job" / "worker.log").read_text()
    assert not any(code in log for code in find_codes(postman).values())


def begin_job(settings: Settings, mailing: Mailing, place: Path) -> subprocess.Popen[bytes]:
    """Send in a process of its own, as a job does."""
    place.mkdir()
    told = {"name": "mailing", "arguments": {"study": "ami", "mailing": mailing.id}, "withdrawn": 0}
    write_json(place / "job.json", told)
    write_json(place / "progress.json", {"state": "waiting", "files": []})
    with (place / "worker.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "survey_app.worker", str(place)],
            env={**os.environ, **settings.to_environment()},
            stdout=log,
            stderr=log,
        )


@contextmanager
def anonymous(store: Store, people: People) -> Iterator[None]:
    store.studies.create(slug="secret", title="Secret", anonymous=True)
    listed = [Listed(name=name, email=f"{name.lower()}@example.org") for name in NAMES]
    add_roster(store, people, make_roster("secret", listed, by="Cleo"))
    yield


def test_in_an_anonymous_study_everybody_gets_the_same_link_and_every_reminder(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    with anonymous(store, people):
        send(store, people, mailed, order(store, people, slug="secret"))
        assert all("http://localhost/s/secret" in text for text in postman.texts())
        store.invitations.set_admission("secret", "invitation")
        send(store, people, mailed, order(store, people, "reminder", "secret"))
        assert len(postman.messages) == 2 * len(NAMES)
        (code,) = {LINK.findall(text)[0] for text in postman.texts()[len(NAMES) :]}
        (shared,) = store.invitations.list("secret")
        assert (shared.participant, shared.most_uses) == (None, len(NAMES))
        assert store.invitations.find(hash_code(read_code(code) or "")) == shared
        store.invitations.revoke("secret", 1)
        send(store, people, mailed, order(store, people, "reminder", "secret"))
        assert LINK.findall(postman.texts()[-1])[0] != code


def test_a_letter_to_oneself_opens_nothing(
    store: Store, people: People, mailed: Settings, postman: Postman
) -> None:
    text = Text(subject="About {study}", body="{name}: {link}")
    send_test(mailed, text, "en", "The study", "cleo@example.org")
    assert postman.recipients == ["cleo@example.org"]
    (code,) = LINK.findall(postman.texts()[0])
    assert store.invitations.find(hash_code(read_code(code) or "")) is None
    assert postman.messages[0]["Subject"] == "About The study"
    postman.refused = {"cleo@example.org"}
    with pytest.raises(SendingStopped, match="no such mailbox"):
        send_test(mailed, text, "en", "The study", "cleo@example.org")
    with pytest.raises(SendingStopped, match="No mail server is set"):
        send_test(mailed.with_changes(smtp=""), text, "en", "The study", "cleo@example.org")


def test_without_a_server_nothing_is_sent(store: Store, people: People, mailed: Settings) -> None:
    mailing = order(store, people)
    with pytest.raises(SendingStopped, match="No mail server is set"):
        send(store, people, mailed.with_changes(smtp=""), mailing)
    assert set(states(people, mailing).values()) == {"waiting"}


def test_what_is_stopped_is_left_out(store: Store, people: People, mailed: Settings) -> None:
    mailing = order(store, people)
    people.mailings.stop(mailing.id, "was stopped by Cleo")
    assert send(store, people, mailed, mailing) == []
    assert set(states(people, mailing).values()) == {"left_out"}


def test_the_same_order_twice_is_one(store: Store, people: People) -> None:
    mailing = order(store, people)
    people.mailings.order(mailing, {each.id: "en" for each in people.list("ami")})
    assert len(people.mailings.messages(mailing.id)) == len(NAMES)
    assert (
        choose("invitation", list_entries(store, people, study_of(store)), anonymous=False).to == ()
    )
