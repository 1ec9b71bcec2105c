"""What a job does with people's names: reads their roster, sends their letters."""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from survey_app.jobs import JobError, JobFile, Progress, write_json, write_progress
from survey_app.mail.letters import Text
from survey_app.people_access import PeopleAbsent, open_people, say_absent
from survey_app.sending import SendingStopped
from survey_app.settings import Settings
from survey_app.spreadsheets.table import ReadingError
from survey_app.storage.people.register import People
from survey_app.storage.store import Store
from survey_app.translations import gettext as _
from survey_app.worker.mailings import Sender, send_test
from survey_app.worker.rosters import read_upload

NAMING = ("name", "sheet", "subject", "body", "address")
"""The arguments that may name somebody; they leave the job's folder with its end."""


def run(place: Path, name: str, told: Mapping[str, Any]) -> tuple[JobFile, ...]:
    """Do the errand of that name, in a job's folder; it makes no file. Raises JobError."""
    try:
        return _run(place, name, told)
    finally:
        _forget_arguments(place)


def _forget_arguments(place: Path) -> None:
    path = place / "job.json"
    with suppress(FileNotFoundError):  # of a job that is being removed just now
        wanted = json.loads(path.read_text(encoding="utf-8"))
        wanted["arguments"] |= {name: "" for name in NAMING if name in wanted["arguments"]}
        write_json(path, wanted)


def _run(place: Path, name: str, told: Mapping[str, Any]) -> tuple[JobFile, ...]:
    settings = Settings.from_environment()

    def show(fraction: float, message: str) -> None:
        write_progress(place, Progress(state="running", fraction=fraction, message=message))

    show(0, _("Beginning"))
    try:
        if name == "test_letter":
            text = Text(subject=told["subject"], body=told["body"])
            send_test(settings, text, told["language"], told["title"], told["address"])
            return ()
        with Store(settings.database) as store, open_people(settings) as people:
            if name == "roster":
                read_upload(store, people, told)
            else:
                _send(store, people, settings, told["mailing"], show)
    except PeopleAbsent as absent:
        raise JobError(say_absent(absent)) from absent
    except (ReadingError, SendingStopped) as error:
        raise JobError(str(error)) from error
    return ()


def _send(store: Store, people: People, settings: Settings, mailing: str, show: Any) -> None:
    found = people.mailings.find(mailing)
    if found is None:
        raise JobError(_("These letters are not there any more. Order them anew."))
    Sender(store, people, settings, found).run(show)
