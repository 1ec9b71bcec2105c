"""Withdrawn means gone: a text that nobody else would write is hunted through every file (P27, P32).

A real server answers, and people write the text wherever they can; files are made of it. After
they withdrew, no file under the data folder holds it: the database, its log, the jobs, and what
the server said. Before, the hunt finds it, or it would prove nothing.
"""

import json
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote, quote_plus
from zipfile import ZipFile, is_zipfile

import pytest

from survey_app.jobs import FILES, Jobs, Progress, write_json, write_progress
from survey_app.settings import Settings
from survey_app.storage.records import Change
from survey_app.storage.store import Store
from tests.reliability.participants import SECTION, Acknowledged, Participant
from tests.reliability.servers import OUR_SERVER, free_port, kill, start

CANARIES = {
    kind: f"kanárek {kind} 7f3a91c2"
    for kind in ("answer", "draft", "note", "reason", "outcome", "call", "unfinished")
}
LOG = "server.log"
PATIENCE = 120

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the server is ended with its group of processes, as on POSIX"
)


def spell(text: str) -> set[bytes]:
    """Return the bytes by which a file may hold a text."""
    spelled = {json.dumps(text)[1:-1], quote(text), quote_plus(text)}
    codes = {text.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")}
    return codes | {each.encode() for each in spelled}


def read_all(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield a file's bytes, and of an archive the bytes of all that is in it."""
    yield name, content
    if is_zipfile(BytesIO(content)):
        with ZipFile(BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from read_all(f"{name}/{inner}", archive.read(inner))


def hunt(folder: Path) -> dict[str, set[str]]:
    """Return where each text is found: the files under a folder, by the kind of text."""
    found: dict[str, set[str]] = {}
    files = [each for each in sorted(folder.rglob("*")) if each.is_file()]
    for file in files:
        name = str(file.relative_to(folder))
        for place, content in read_all(name, file.read_bytes()):
            for kind, text in CANARIES.items():
                if any(spelled in content for spelled in spell(text)):
                    found.setdefault(kind, set()).add(place)
    return found


@pytest.fixture
def port(settings: Settings) -> Iterator[int]:
    """A server that says whatever it says into a file of the data folder."""
    chosen = free_port()
    process = start(OUR_SERVER, settings, chosen, settings.data / LOG)
    yield chosen
    kill(process)


def write_section(port: int, rewarding: str, text: str) -> Participant:
    """Return somebody who has saved a text in a section; to a “no” it stays in the draft alone."""
    person = Participant(port, 1, Acknowledged())
    form = person.hidden(person.ask("GET", "/s/ami")[1])
    person.expect(303, "/s/ami", {**form, "agree": "yes"})
    form = person.hidden(person.ask("GET", SECTION)[1])
    typed = {"item_rewarding": rewarding, "item_rewarding_what": text, "action": "continue"}
    person.expect(303, SECTION, {**form, **typed})
    assert text in person.ask("GET", SECTION)[1], "it is on the page that is read again"
    return person


def withdraw_by_foot(person: Participant) -> None:
    form = person.hidden(person.ask("GET", "/s/ami/withdraw")[1])
    person.expect(303, "/s/ami/withdraw", {**form, "action": "withdraw", "sure": "yes"})
    page = person.ask("GET", "/s/ami/thanks")[1]
    assert "They were erased. What is kept is only that one response was withdrawn" in page


def make_change(sequence: int, kind: str) -> Change:
    return Change(
        client="the sheet",
        sequence=sequence,
        base_revision=0,
        kind=kind,
        actor="ivy",
        source="console",
        language="en",
    )


def hold_interview(store: Store) -> str:
    """Return the response of an interview in which texts stand wherever one can be written."""
    account = store.accounts.add("ivy")
    store.accounts.set_role("ivy", "interviewer", "ami")
    interview = store.interviews.begin(
        study="ami",
        participant_code="P07",
        interviewer_account_id=account.id,
        runs=[("ami-interview", "1.1.0")],
        consent=None,
        change=make_change(0, "begin"),
    )
    state = store.interviews.find(interview)
    assert state is not None
    response = state.responses[0].response
    place: dict[str, Any] = {"response": response, "item": "mentor_do", "probe": None}
    written = {"stream": "interviewer", "kind": "note", "added": "during"}
    broken = {"op": "outcome", "outcome": "broken_off", "text": CANARIES["outcome"]}
    store.interviews.apply(
        interview,
        make_change(1, "changes"),
        [
            {"op": "note", **place, **written, "text": CANARIES["note"]},
            {"op": "item", "response": response, "item": "mentor_do", "state": "not_asked"}
            | {"reason": CANARIES["reason"]},
            broken | {"call_back": CANARIES["call"]},
        ],
    )
    return response


def make_files(settings: Settings) -> None:
    """Make files of everything, as the desk does, and leave one half made."""
    jobs = Jobs(settings.jobs, settings.to_environment())
    wanted = {"who": "ann", "study": "ami", "include_test": False}
    started = [
        jobs.start("export", {**wanted, "instrument": instrument, "format": form})
        for instrument, form in (("ami-survey", "json"), ("ami-interview", "csv"))
    ]
    until = time.monotonic() + PATIENCE
    while not all((job := jobs.find(each)) and job.progress.ended for each in started):
        assert time.monotonic() < until, "the jobs are stuck"
        time.sleep(0.05)
    half = settings.jobs / ("a" * 32)
    (half / FILES).mkdir(parents=True)
    (half / FILES / ".all.json.partial").write_text(CANARIES["unfinished"], "utf-8")
    write_json(half / "job.json", {"name": "export", "arguments": {**wanted, "format": "json"}})
    write_progress(half, Progress(state="running", fraction=0.5))


def test_what_was_withdrawn_is_in_no_file_any_more(settings: Settings, port: int) -> None:
    with Store(settings.database) as store:
        response = hold_interview(store)
        people = [
            write_section(port, "yes", CANARIES["answer"]),
            write_section(port, "no", CANARIES["draft"]),
        ]
        make_files(settings)
        before = hunt(settings.data)
        assert set(before) == set(CANARIES), "the hunt finds every text before"
        for kind in CANARIES:
            if kind != "unfinished":
                assert any(each.startswith("responses.sqlite3") for each in before[kind]), kind
        for kind in ("answer", "note", "outcome"):
            assert any(each.startswith("jobs/") for each in before[kind]), kind
        store.responses.withdraw(response, make_change(2, "withdraw"), scope="all")
        for person in people:
            withdraw_by_foot(person)
        assert hunt(settings.data) == {}
    assert (settings.data / LOG).stat().st_size > 0, "the server did say something"
