"""Erased means gone: what people and staff wrote in a study is hunted through every file (P27).

As in test_canary.py, but a whole study is erased at its end, by the command, while the server runs.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app import first_start
from survey_app.settings import Settings
from survey_app.storage.people.register import People, Person
from survey_app.storage.store import Store
from tests.reliability.servers import OUR_SERVER, free_port, kill, start
from tests.reliability.test_canary import (
    CANARIES,
    hold_interview,
    hunt,
    make_files,
    write_section,
)
from tests.storage.people.sealed import bytes_on_disk, sealed_values

NAME = CANARIES["answer"]
"""Also the name of somebody in the people database."""

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="the server is ended with its group of processes, as on POSIX"
)


@pytest.fixture
def port(settings: Settings) -> Iterator[int]:
    """A server that says whatever it says into a file of the data folder."""
    chosen = free_port()
    process = start(OUR_SERVER, settings, chosen, settings.data / "server.log")
    yield chosen
    kill(process)


def run_purge(settings: Settings) -> str:
    """Run the command as it is typed; return the certificate that it prints."""
    command = [sys.executable, "-m", "survey_app", "purge", "ami", "--yes"]
    done = subprocess.run(
        command,
        env={**os.environ, **settings.to_environment()},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def test_what_was_in_an_erased_study_is_in_no_file_any_more(settings: Settings, port: int) -> None:
    first_start.prepare_people(settings)
    with People(settings.people, settings.people_key_file) as people:
        people.keep(Person(id="1", study="ami", name=NAME))
    with Store(settings.database) as store:
        hold_interview(store)
    write_section(port, "yes", CANARIES["answer"])
    person = write_section(port, "no", CANARIES["draft"])
    make_files(settings)
    before = hunt(settings.data)
    assert set(before) == set(CANARIES), "the hunt finds every text before"
    file = settings.data / "people.sqlite3"
    assert not any(each.startswith(file.name) for each in before["answer"]), "names are sealed"
    (sealed,) = sealed_values(file)
    assert sealed in bytes_on_disk(file)
    certificate = run_purge(settings)
    assert hunt(settings.data) == {}
    assert sealed not in bytes_on_disk(file)
    assert "responses with their content: 3 -> 0" in certificate
    assert "both together, which must stay the same: 3 -> 3" in certificate
    assert "people with a name or an address: 1 -> 0" in certificate
    page = person.ask("GET", "/s/ami")[1]
    assert "study" in page, "the server goes on answering"
    assert "agree to take part" not in page
