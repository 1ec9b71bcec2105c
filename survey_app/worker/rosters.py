"""Reading an uploaded roster: into the people database, with all that is wrong with it."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from survey_app.enrolment import find_known, find_languages, make_roster
from survey_app.imports.roster import ReadRoster, read_roster
from survey_app.spreadsheets.reading import open_table
from survey_app.storage.people.register import People
from survey_app.storage.store import Store


def read_upload(store: Store, people: People, told: Mapping[str, Any]) -> None:
    """Read a file as it was uploaded, which is deleted whatever comes of it; keep what it holds.

    Raises ReadingError for a file that is no table.
    """
    file = Path(told["file"])
    try:
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        with open_table(file, told["sheet"] or None) as table:
            languages = find_languages(store, told["study"])
            read = read_roster(table, find_known(people, told["study"]), languages)
        # Where the study was erased meanwhile, its upload is gone, and nothing is kept of it.
        if file.is_file():
            _keep(people, read, told, digest)
    finally:
        file.unlink(missing_ok=True)


def _keep(people: People, read: ReadRoster, told: Mapping[str, Any], digest: str) -> None:
    roster = make_roster(
        told["study"], read.people, by=told["who"], file=told["name"], digest=digest
    )
    problems = tuple(str(problem) for problem in read.problems)
    people.rosters.keep(
        replace(roster, id=told["roster"], problems=problems, left_out=read.left_out)
    )
