"""Promise P34 where two databases are written: whatever fails, the same again finishes it.

No transaction spans them, so that a failure may leave the first step done. Then nobody is lost and
nobody is double, nothing of whom was to go comes back, and asking for the same again ends as if
nothing had happened.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from survey_app import first_start
from survey_app.enrolment import add_roster, forget, list_entries, make_roster
from survey_app.listing import Listed
from survey_app.people_access import open_people
from survey_app.purging import purge_study
from survey_app.settings import Settings
from survey_app.storage.people.records import Roster
from survey_app.storage.records import NewInvitation
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate
from tests.installation import make_settings
from tests.storage.scenes import STUDY, begin, change, failing_anywhere, publish, save

STRIDE = int(os.environ.get("SURVEY_APP_TEST_STRIDE", "11"))
"""Every so many statements one fails; by hand each of them, with 1."""
MOST = 600
NAMES = ("kanárek Ada", "kanárek Ben")
NEW = make_roster(STUDY, [Listed(name=name) for name in ("Cleo", "Dana")], by="eva", digest="d")

Act = Callable[[Settings], object]


@pytest.fixture
def pristine(tmp_path: Path) -> Path:
    """A study with two people, who are invited, and two responses."""
    settings = make_settings(tmp_path / "pristine")
    settings.make_folder()
    migrate(settings.database)
    first_start.prepare_people(settings)
    with Store(settings.database) as store, open_people(settings) as people:
        publish(store)
        store.accounts.add("eva")
        add_roster(store, people, make_roster(STUDY, [Listed(name=n) for n in NAMES], by="eva"))
        for number, who in enumerate(store.participants.list(STUDY)):
            code = NewInvitation(code_hash=f"code {number}", participant=who.pseudonym)
            store.invitations.make(STUDY, [code], by="eva")
            save(store, begin(store, session=f"cookie {number}"), "agree", change(1))
    return tmp_path / "pristine"


def find_id(settings: Settings, name: str) -> str:
    with open_people(settings) as people:
        return next((each.id for each in people.list(STUDY) if each.name == name), "")


def list_names(settings: Settings) -> list[str]:
    """Return who is listed, each with a pseudonym, after what was begun is finished."""
    with Store(settings.database) as store, open_people(settings) as people:
        study = store.studies.find(STUDY)
        assert study is not None
        return [e.person.name for e in list_entries(store, people, study) if e.participant]


def holds(settings: Settings, text: str) -> bool:
    files = [each for each in settings.data.rglob("*") if each.is_file()]
    return any(text.encode() in each.read_bytes() for each in files)


def enrol_people(settings: Settings, roster: Roster = NEW) -> None:
    with Store(settings.database) as store, open_people(settings) as people:
        add_roster(store, people, roster)


def check_enrolled(settings: Settings) -> None:
    assert list_names(settings) == ["Cleo", "Dana", *NAMES]
    with Store(settings.database) as store, open_people(settings) as people:
        assert len(store.participants.list(STUDY)) == len(NAMES) + len(NEW.people)
        assert people.rosters.list(STUDY) == []


def forget_somebody(settings: Settings) -> None:
    with Store(settings.database) as store, open_people(settings) as people:
        who = next((each for each in people.list(STUDY) if each.name == NAMES[0]), None)
        if who is not None:
            forget(store, people, who.id)


def check_forgotten(settings: Settings) -> None:
    assert list_names(settings) == [NAMES[1]]
    assert not holds(settings, NAMES[0])
    with Store(settings.database) as store:
        assert sorted(each.revoked for each in store.invitations.list(STUDY)) == [False, True]
        assert len(store.participants.list(STUDY)) == len(NAMES), "the pseudonym stays"


def erase_a_study(settings: Settings) -> None:
    with Store(settings.database) as store:
        if not any(each.ended_at for each in store.erasures.list(STUDY)):
            purge_study(store, settings, STUDY, scope="answers", by="eva", discard=lambda: None)


def check_erased(settings: Settings) -> None:
    assert not any(holds(settings, name) for name in NAMES)
    with Store(settings.database) as store:
        (erasure,) = store.erasures.list(STUDY)
        assert erasure.certificate is not None
        assert erasure.counts["people"] == len(NAMES)
        assert erasure.certificate["after"]["people"] == 0
        assert store.responses.count_withdrawn(STUDY) == len(NAMES)
        assert store.erasures.count(STUDY)["payloads"] == 0


@pytest.mark.parametrize(
    ("act", "check", "fewest"),
    [
        (enrol_people, check_enrolled, 15),
        (forget_somebody, check_forgotten, 15),
        (erase_a_study, check_erased, 60),
    ],
)
def test_whichever_statement_fails_the_same_again_ends_as_if_none_had(
    tmp_path: Path, pristine: Path, act: Act, check: Callable[[Settings], None], fewest: int
) -> None:
    failed = 0
    for stop in range(1, MOST, STRIDE):
        folder = tmp_path / f"at-{stop}"
        settings = make_settings(folder)
        shutil.copytree(pristine, folder)
        has_failed = False
        with failing_anywhere(stop):
            try:
                act(settings)
            except OSError:
                has_failed = True
        if has_failed:
            failed += 1
            act(settings)
        check(settings)
        shutil.rmtree(folder)
        if not has_failed:
            break
    print(f"{failed} statements failed in turn: {act.__name__.replace('_', ' ')}")
    assert failed * STRIDE >= fewest
