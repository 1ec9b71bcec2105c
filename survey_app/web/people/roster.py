"""A roster: uploaded, read by a job, looked at, and then added or dropped as a whole."""

import os
import secrets
import time
from pathlib import Path
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from survey_app.enrolment import add_roster, finish_rosters
from survey_app.storage.people.records import Roster
from survey_app.storage.people.register import People
from survey_app.web.access import current_name, require_role
from survey_app.web.context import services
from survey_app.web.people.blueprint import (
    REFRESH_SECONDS,
    ROLE,
    blueprint,
    find_coordinated,
    find_errand,
    find_errands,
    opened,
)
from survey_app.web.text import clean

KEEP_SECONDS = 3_600
"""A roster that nobody read, as its job was killed, is deleted after that."""
MOST_LETTERS = 200
PRIVATE_FILE = 0o600


@blueprint.get("/people/<study>/roster")
@require_role(ROLE)
def ask_for_roster(study: str) -> Any:
    """Ask for the file of a roster."""
    return render_template("people/upload.html", study=find_coordinated(study), missing=False)


@blueprint.post("/people/<study>/roster")
@require_role(ROLE)
def upload_roster(study: str) -> Any:
    """Take a file, and have it read."""
    found = find_coordinated(study)
    file = request.files.get("file")
    if file is None or not file.filename:
        return render_template("people/upload.html", study=found, missing=True), 422
    with opened() as people:
        finish_rosters(services().store, people, study)
    roster = secrets.token_hex(16)
    told = {
        "study": study,
        "roster": roster,
        "file": str(_keep(file, roster)),
        "name": clean(file.filename)[:MOST_LETTERS],
        "sheet": clean(request.form.get("sheet", "")).strip()[:MOST_LETTERS],
        "who": current_name(),
    }
    errand = find_errands().start("roster", told)
    return redirect(url_for(".show_roster", study=study, roster=roster, errand=errand), 303)


@blueprint.get("/people/<study>/roster/<roster>")
@require_role(ROLE)
def show_roster(study: str, roster: str) -> Any:
    """Show what a roster holds: who would be added, or all that is wrong."""
    found = find_coordinated(study)
    with opened() as people:
        read = people.rosters.find(study, roster)
    if read is not None:
        return render_template("people/roster.html", study=found, roster=read)
    job = find_errand(request.args.get("errand", ""), study=study, roster=roster)
    if job is None:
        abort(404)
    waiting = {} if job.progress.ended else {"Refresh": str(REFRESH_SECONDS)}
    return render_template("people/reading.html", study=found, job=job), 200, waiting


@blueprint.post("/people/<study>/roster/<roster>")
@require_role(ROLE)
def decide_roster(study: str, roster: str) -> Any:
    """Add all people of a roster, or none; sent twice it adds them once."""
    find_coordinated(study)
    added = request.form.get("decision") == "add"
    with opened() as people:
        read = people.rosters.find(study, roster)
        if read is not None and added:
            refused = _add(people, read)
            if refused is not None:
                return refused
        elif read is not None:
            people.rosters.drop(roster)
    number = len(read.people) if read is not None and added else None
    just = "enrolled" if added else "dropped"
    return redirect(url_for(".list_people", study=study, just=just, number=number), 303)


def _add(people: People, read: Roster) -> Response | None:
    """Add a roster, unless something is wrong with it or somebody of it came in meanwhile."""
    there = {each.email.casefold() for each in people.list(read.study) if each.email}
    own = {each.id for each in people.list(read.study)}
    doubled = any(
        each.email and each.email.casefold() in there and each.id not in own for each in read.people
    )
    if read.problems or doubled:
        return redirect(
            url_for(".show_roster", study=read.study, roster=read.id, doubled=int(doubled)), 303
        )
    add_roster(services().store, people, read)
    return None


def _keep(file: FileStorage, roster: str) -> Path:
    """Keep an upload for its job, for the owner of the files alone."""
    folder = services().settings.errands / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.stat().st_mtime < time.time() - KEEP_SECONDS:
            old.unlink(missing_ok=True)
    path = folder / roster
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE), "wb") as kept:
        file.save(kept)
    return path
