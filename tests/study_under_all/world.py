"""The program as it runs: an application on files of its own, browsers, and what the files hold."""

import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy import Engine

from survey_app import first_start
from survey_app.backups.copies import make_copy
from survey_app.backups.restoration import BESIDE, Part, restore
from survey_app.cli.people_keys import make_names_part
from survey_app.database_address import database_file
from survey_app.definition.fingerprint import compute_fingerprint
from survey_app.jobs import Jobs
from survey_app.people_access import open_people
from survey_app.publication import publish
from survey_app.purging import discard_errands, discard_jobs
from survey_app.settings import Settings
from survey_app.storage.engine import open_engine
from survey_app.storage.people.register import People
from survey_app.storage.records import Delivery, Role
from survey_app.storage.store import Store
from survey_app.storage.upgrade import RESPONSES
from survey_app.storage.verification import verify
from survey_app.web.app import create_app
from survey_app.web.filling import forget_all
from survey_app.web.security import csrf_of, hash_token, make_token
from tests.installation import end_jobs, make_settings
from tests.study_under_all.instrument import NAME, make_consent, make_version

TOKEN = re.compile(rb"[wn][0-9]{6}[wn]")
"""Words and names: none is like another, and they stand in a file as they were typed."""
LEAD, LATE = "lea", "2099-01-01T00:00:00.000Z"
STAFF: dict[str, Role] = {
    LEAD: "study_lead",
    "ivy": "interviewer",
    "ann": "analyst",
    "cora": "coordinator",
    "olga": "observer",
}
"""Who works with the first studies from the start."""


def make_template(folder: Path) -> Settings:
    """Make what every run begins with: the databases, the lead and the first version."""
    settings = make_settings(folder)
    first_start.prepare(settings)
    first_start.prepare_people(settings)
    with Store(settings.database) as store:
        for name in STAFF:
            store.accounts.add(name)
        publish(store, make_version(0), note="", by=LEAD)
    return settings


class World:
    """One installation, and everybody's browsers."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(template, folder)
        self.settings = make_settings(folder)
        self.browsers: list[FlaskClient] = []
        self._open()

    def _open(self) -> None:
        self.store = Store(self.settings.database)
        self.app = create_app(self.settings, self.store)
        for browser in self.browsers:
            browser.application = self.app

    def close(self) -> None:
        """End the server."""
        end_jobs(self.app)
        self.store.close()
        # What a process remembers ends with it.
        forget_all()

    def restart(self, meanwhile: Callable[[], None] = lambda: None) -> None:
        """End the server, and start it again on the same files; browsers do not notice."""
        self.close()
        meanwhile()
        self._open()

    def found_study(self, slug: str, version: str) -> None:
        """Make a study that asks a version in both ways."""
        self.store.conduct.make(slug, slug.title(), lead=LEAD, by=LEAD)
        delivery: Delivery
        for delivery in ("self", "interviewer"):
            self.store.studies.add_instrument(slug, NAME, version, delivery)

    def renew_consent(self, slug: str, number: int, after: str | None) -> str:
        """Put a consent text in force, and return its version."""
        form = make_consent(number)
        return self.store.consents.put_in_force(
            slug,
            body=dict(form.written),
            fingerprint=form.fingerprint,
            delivery=form.delivery,
            by=LEAD,
            after=after,
        ).version

    def open_browser(self) -> FlaskClient:
        """Return a new browser."""
        browser = self.app.test_client()
        self.browsers.append(browser)
        return browser

    def sign_in(self, name: str) -> FlaskClient | None:
        """Return a browser in which somebody signed in by a link; None where they were refused."""
        token, browser = make_token(), self.open_browser()
        self.store.accounts.make_sign_in(name, hash_token(token), LATE)
        answer = browser.post(f"/sign-in/{token}")
        return browser if answer.status_code == 303 else None

    def make_csrf(self, browser: FlaskClient, cookie: str) -> str:
        """Return the token that a page of the browser's own would carry."""
        found = browser.get_cookie(cookie)
        with self.app.app_context():
            return csrf_of(found.value if found else "")

    @contextmanager
    def people(self) -> Iterator[People]:
        """The register of who people are."""
        with open_people(self.settings) as people:
            yield people

    def read_names(self, slugs: Iterable[str]) -> set[str]:
        """Return the names of everybody whom the register names, in these studies."""
        with self.people() as people:
            return {person.name for slug in slugs for person in people.list(slug)}

    def discard(self, slug: str) -> None:
        """Throw away what was made of a study, as purging asks."""
        environment = self.settings.to_environment()
        discard_jobs(Jobs(self.settings.jobs, environment), slug)
        discard_errands(Jobs(self.settings.errands, environment), slug)
        forget_all()

    def back_up_and_restore(self) -> None:
        """Make a backup of both databases, lose them, and restore them in their place."""
        copies = self.folder / "copies"
        copies.mkdir()
        people, responses = copies / "people", copies / "responses"
        target, names = database_file(self.settings.database), database_file(self.settings.people)
        assert target is not None
        assert names is not None
        make_copy(self.settings.people, people)
        make_copy(self.settings.database, responses)
        parts = [
            make_names_part(people, names, self.settings.people_key_file),
            Part(
                file=responses,
                target=target,
                migrations=RESPONSES,
                upgrade=RESPONSES.upgrade,
                what="responses",
                check=self._check,
            ),
        ]

        def replace() -> None:
            for part in parts:
                for ending in BESIDE:
                    part.target.with_name(part.target.name + ending).unlink(missing_ok=True)
            restore(parts, None)

        self.restart(replace)
        shutil.rmtree(copies)

    def _check(self, engine: Engine) -> None:
        assert find_breaks(engine) == []

    def find_breaks(self) -> list[str]:
        """Return what `survey-app verify` would name."""
        engine = open_engine(self.settings.database)
        try:
            return find_breaks(engine)
        finally:
            engine.dispose()

    def read_tokens(self) -> dict[str, set[str]]:
        """Return the words and names in the bytes of each file of the data folder."""
        found: dict[str, set[str]] = {}
        for file in self.settings.data.rglob("*"):
            if file.is_file() and (here := TOKEN.findall(file.read_bytes())):
                found[file.name] = {each.decode() for each in here}
        return found


def find_breaks(engine: Engine) -> list[str]:
    """Return each break of a database in words."""
    found: list[str] = []
    verify(engine, compute_fingerprint, lambda each: found.append(str(each)), lambda *_: None)
    return found
