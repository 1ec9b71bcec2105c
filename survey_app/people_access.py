"""Opening the people database with its key, and saying in words why that cannot be."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from survey_app.settings import Settings
from survey_app.storage.people.errors import (
    KeyDamaged,
    KeyMissing,
    KeyUnreadable,
    KeyUnusable,
    KeyWrong,
    SealBroken,
)
from survey_app.storage.people.register import People
from survey_app.storage.people.upgrade import people_state
from survey_app.translations import gettext as _


class PeopleAbsent(Exception):  # noqa: N818 - the name says what happened
    """There is no people database, or none that can be read; ``file`` is what is missing or wrong.

    ``reason`` is the state of the database (see people_state), or `no key`, `other key`,
    `damaged key`, `unreadable key` or `broken seal`, of which ``detail`` says more.
    """

    def __init__(self, file: str, reason: str = "", detail: str = "") -> None:
        super().__init__(file)
        self.file = file
        self.reason = reason
        self.detail = detail


@contextmanager
def open_people(settings: Settings) -> Iterator[People]:
    """Open the people database; looking for one makes no file. Raises PeopleAbsent."""
    address = make_url(settings.people)
    shown = address.render_as_string(hide_password=True)
    if address.get_backend_name() == "sqlite":
        shown = str(address.database)
        if not Path(shown).is_file():
            raise PeopleAbsent(shown)
    state = people_state(settings.people)
    if state != "current":
        raise PeopleAbsent(shown, state)
    with People(settings.people, settings.people_key_file) as people:
        try:
            people.require_key()
            yield people
        except KeyUnusable as error:
            raise tell_key(error) from error
        except SealBroken as error:
            raise PeopleAbsent(shown, "broken seal", error.what) from error


def tell_key(error: KeyUnusable) -> PeopleAbsent:
    """Return what is wrong with a key as the reason why there are no names."""
    file = str(error.file)
    match error:
        case KeyMissing():
            return PeopleAbsent(file, "no key")
        case KeyWrong():
            return PeopleAbsent(file, "other key", error.wanted)
        case KeyDamaged():
            return PeopleAbsent(file, "damaged key", str(error.line))
        case KeyUnreadable():
            return PeopleAbsent(file, "unreadable key", error.reason)
    raise error


def say_absent(absent: PeopleAbsent) -> str:
    """Return which file is missing or cannot be used, and what to do."""
    sentences = {
        "older": _(
            "The database of names at {file} is of another version. Start 'survey-app serve' "
            "anew, which brings it up to date."
        ),
        "newer": _(
            "The database of names at {file} is of another version. It was made by a newer "
            "version of this program. Install that one."
        ),
        "no key": _(
            "The key that the names are encrypted with is not at {file}. Copy it there from where "
            "it is kept, or name its file in SURVEY_APP_PEOPLE_KEY. Without it nobody can read "
            "them."
        ),
        "other key": _(
            "The names are encrypted with the key {detail}, and {file} holds another one. Put the "
            "right one there, or name its file in SURVEY_APP_PEOPLE_KEY."
        ),
        "damaged key": _(
            "Line {detail} of {file} is no key, so the names cannot be read. Copy the file again "
            "from where it is kept."
        ),
        "unreadable key": _(
            "The key that the names are encrypted with, at {file}, cannot be read: {detail}. Let "
            "the account that runs this program read it, and nobody else."
        ),
        "broken seal": _(
            "An entry of the database of names at {file} ({detail}) was damaged or changed from "
            "outside, so nothing of it is shown. Restore a backup of the names."
        ),
    }
    nowhere = _(
        "There is no database of names at {file}. Where there was one, put it back there, or "
        "restore its backup. For a new one, start 'survey-app serve' anew, which makes it."
    )
    told = sentences.get(absent.reason, nowhere)
    return told.format(file=absent.file, detail=absent.detail)
