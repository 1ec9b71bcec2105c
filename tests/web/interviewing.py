"""A study to hold interviews in, and the people who do and do not."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient

from survey_app.definition.loader import load
from survey_app.definition.probe_sheet import make_probe_sheet
from survey_app.storage.records import InterviewState
from survey_app.storage.store import Store
from survey_app.web.app import create_app
from survey_app.web.interviewer.topics import Sheet, make_run
from survey_app.web.security import hash_token
from tests.installation import make_settings
from tests.plain_browser import PlainBrowser

GUIDE = """
format: 1
name: talk
version: 1.0.0
title: Talk
source: ours
licence: MIT
changes: first
scales:
  extent:
    direction: unipolar
    points:
      1: not at all
      2: very much
sections:
  - key: opening
    title: Opening
    items:
      - key: topics
        type: select_multiple
        text: What have you been talking about?
        instruction: Wait for the free answer to end.
        options:
          ethics: ethical issues
          career: the future career
        other: "other:"
      - key: rewarding
        type: select_one
        text: Was it rewarding?
        options:
          yes: Yes
          no: No
      - key: what
        type: text
        text: What was rewarding?
        relevant: ${rewarding} = 'yes'
        follow_up: If answered yes
      - key: mentees
        type: integer
        text: How many mentees did you have?
      - key: hours
        type: decimal
        text: How many hours a week?
      - key: began
        type: date
        text: When did you begin?
      - key: teaching
        type: likert_grid
        text: The effect on your teaching.
        scale: extent
        rows:
          interest: Has it raised your interest?
          view: Has it changed your view?
"""
CLOSING = """
format: 1
name: closing
version: 1.0.0
title: Closing
source: ours
licence: MIT
changes: first
sections:
  - key: closing
    title: End
    items:
      - key: anything
        type: open_question
        text: Is there anything else?
"""
TALK_RESPONSE = "1" * 32
CLOSING_RESPONSE = "2" * 32
ROLES = {
    "ivy": "interviewer",
    "ivan": "interviewer",
    "lea": "study_lead",
    "olga": "observer",
    "ann": "analyst",
}


def add_study(store: Store, slug: str = "talks", *, consent: bool = True) -> None:
    """Add a study whose protocol is the talk and then, though earlier by name, the closing."""
    store.studies.create(slug=slug, title=f"Study {slug}")
    for position, source in enumerate((GUIDE, CLOSING)):
        instrument = load(source.encode(), "inline.yaml")
        store.instruments.publish(
            name=instrument.name,
            version=instrument.version,
            format=1,
            fingerprint=instrument.fingerprint,
            definition=dict(instrument.definition),
            note="",
            by="test",
        )
        store.studies.add_instrument(
            slug, instrument.name, instrument.version, "interviewer", position=position
        )
    if consent:
        store.studies.add_consent_text(
            slug, version="2", body={"en": "You may stop at any time."}, fingerprint="f"
        )


def lay_out(*sources: str, responses: list[str] | None = None) -> Sheet:
    """Return a sheet of the given instruments, or of talk and closing, without any store."""
    ids = responses or [TALK_RESPONSE, CLOSING_RESPONSE]
    numbers = iter(range(1, 10_000))
    runs = []
    for number, source in enumerate(sources or (GUIDE, CLOSING), start=1):
        instrument = load(source.encode(), "inline.yaml")
        runs.append(
            make_run(
                instrument,
                make_probe_sheet(instrument),
                number=number,
                response=ids[number - 1],
                numbers=numbers,
                used={},
                spare=1,
            )
        )
    return Sheet(language="en", runs=tuple(runs))


def add_people(store: Store) -> None:
    """Add one account for each role in the study, and a second interviewer."""
    for name, role in ROLES.items():
        store.accounts.add(name)
        store.accounts.set_role(name, role, "talks")  # type: ignore[arg-type]  # a role's name


def make_sign_in(store: Store, name: str, token: str) -> str:
    """Return the address of a sign-in link."""
    store.accounts.make_sign_in(name, hash_token(token), "2099-01-01T00:00:00.000Z")
    return f"/sign-in/{token}"


def sign_in(app: Flask, store: Store, name: str) -> FlaskClient:
    """Return a browser in which somebody is signed in."""
    client = app.test_client()
    link = make_sign_in(store, name, f"link-of-{name}")
    assert client.post(link).status_code == 303
    return client


def begin(client: FlaskClient, code: str = "P01") -> str:
    """Begin an interview in the study and return its address."""
    browser = PlainBrowser(client)
    browser.open("/interviews/new?study=talks")
    browser.fill(code=code).choose("agreed", "yes").choose("recording", "yes").press()
    assert browser.page.status_code == 200, browser.text
    return browser.path


@dataclass(frozen=True)
class Studied:
    """A folder to copy, what is in the cookie of each of its people, and where an interview is."""

    folder: Path
    cookies: Mapping[str, str]
    address: str = ""

    def sign_in(self, app: Flask, name: str) -> FlaskClient:
        """Return a browser in which somebody is signed in, of an application on a copy."""
        client = app.test_client()
        client.set_cookie("staff", self.cookies[name])
        return client


def study_once(source: Path, folder: Path) -> Studied:
    """Make the installation with the study and its people, each signed in by a link."""
    with _applying(source, folder) as (app, store):
        add_study(store)
        add_people(store)
        cookies = {}
        for name in ROLES:
            client = app.test_client()
            client.post(make_sign_in(store, name, f"first link of {name}"))
            cookie = client.get_cookie("staff")
            assert cookie is not None
            cookies[name] = cookie.value
    return Studied(folder, cookies)


def begin_once(studied: Studied, folder: Path) -> Studied:
    """Make the same installation with an interview that ivy has begun."""
    with _applying(studied.folder, folder) as (app, _store):
        address = begin(studied.sign_in(app, "ivy"))
    return Studied(folder, studied.cookies, address)


@contextmanager
def _applying(source: Path, folder: Path) -> Iterator[tuple[Flask, Store]]:
    shutil.copytree(source, folder, dirs_exist_ok=True)
    settings = make_settings(folder)
    with Store(settings.database) as store:
        yield create_app(settings, store), store


@dataclass(frozen=True)
class Shelf:
    """What is stored of one interview, looked up by what a person would call it."""

    state: InterviewState

    @classmethod
    def of(cls, store: Store, address: str) -> "Shelf":
        """Read the interview at an address."""
        state = store.interviews.find(address.rsplit("/", maxsplit=1)[1])
        assert state is not None
        return cls(state)

    def response(self, instrument: str) -> str:
        """Return the id of an instrument's response."""
        return next(run.response for run in self.state.responses if run.instrument == instrument)

    @property
    def marks(self) -> dict[str, tuple[str, str, str]]:
        """State, example and text of each mark, by `item.probe`."""
        return {
            f"{mark.item}.{mark.probe}": (mark.state, mark.example, mark.text)
            for mark in self.state.marks
        }

    @property
    def notes(self) -> dict[tuple[str, str], str]:
        """Notes by `item` or `item.probe` and when they were added."""
        return {
            (f"{note.item}.{note.probe}" if note.probe else note.item or note.kind, note.added): (
                note.text
            )
            for note in self.state.notes
        }

    @property
    def answers(self) -> dict[str, object]:
        """Value or reason of each answer, by `item` or `item.row`."""
        return {
            f"{each.item}.{each.row}" if each.row else each.item: (
                each.reason if each.value is None else each.value
            )
            for each in self.state.answers
        }
