"""Tombstones of before name nobody after the upgrade, and people of before can be written to."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from survey_app.storage.engine import open_engine, writing
from survey_app.storage.people.register import People
from survey_app.storage.people.upgrade import MIGRATIONS as PEOPLE
from survey_app.storage.people.upgrade import migrate_people
from survey_app.storage.store import Store
from survey_app.storage.upgrade import RESPONSES, Migrations, migrate
from tests.storage.scenes import by_hand

AT = "'2026-11-22T20:14:05.123Z'"
RESPONSE = (
    "INSERT INTO response (id, study_id, anonymous, instrument, version, delivery, source, language,"
    " state, revision, is_test, participant_id, invitation_id, head, started, updated, withdrawn_on,"
    " withdrawn_scope) VALUES ('{id}', 's', 0, 'n', '1', 'self', 'web', 'en', {state}, 0, {test},"
    f" '{{who}}', '{{by}}', '', {AT}, {AT}, {{gone}})"
)
WITHDRAWN = {"state": "'withdrawn'", "gone": "'2026-11-22', 'all'"}
GOING_ON = {"state": "'in_progress'", "gone": "NULL, NULL"}
BEFORE = (
    (
        "INSERT INTO instrument_version VALUES ('n', '1', 'published', 1, 'f', '{}', '', '', '', 0,"
        " NULL, NULL, '')"
    ),
    "INSERT INTO study VALUES ('s', 'slug', 'Study', 0, '', '', 'open')",
    *(
        statement
        for number, who in enumerate(("ada", "ben", "cy"), 1)
        for statement in (
            f"INSERT INTO participant VALUES ('{who}', 's', 'P0{number}')",
            (
                f"INSERT INTO invitation VALUES ('of {who}', 's', '{who}', '{who}', 1, 1, {number}, '',"
                " '', 0)"
            ),
        )
    ),
    RESPONSE.format(id="a", who="ada", by="of ada", test=0, **WITHDRAWN),
    RESPONSE.format(id="b", who="ben", by="of ben", test=0, **GOING_ON),
    RESPONSE.format(id="c", who="cy", by="of cy", test=1, **WITHDRAWN),
)


def upgrade(path: Path, migrations: Migrations, revision: str) -> None:
    engine = open_engine(f"sqlite:///{path}")
    with writing(engine).begin() as connection:
        config = Config(attributes={"connection": connection, "migrations": migrations})
        config.set_main_option("script_location", str(migrations.folder))
        command.upgrade(config, revision)
    engine.dispose()


def test_who_withdrew_before_is_known_by_that_alone(path: Path) -> None:
    upgrade(path, RESPONSES, "0009")
    by_hand(path, *BEFORE)
    migrate(f"sqlite:///{path}")
    with Store(f"sqlite:///{path}") as store:
        told = {each.id: (each.withdrew, each.progress) for each in store.participants.list("slug")}
        assert told == {"ada": (True, "none"), "ben": (False, "begun"), "cy": (False, "none")}
        participants = [store.responses.find(each) for each in ("a", "b", "c")]
        assert [each and each.participant for each in participants] == [None, "P02", None]
        revoked = {each.participant: each.revoked for each in store.invitations.list("slug")}
        assert revoked == {"P01": True, "P02": False, "P03": False}


def test_people_of_before_are_there_and_may_be_written_to(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite"
    upgrade(path, PEOPLE, "0001")
    by_hand(
        path,
        "INSERT INTO person VALUES ('1f', 'slug', 'Ada', 'ada@example.org', '', '', '', 'dean',"
        f" {AT}, {AT})",
    )
    migrate_people(f"sqlite:///{path}", tmp_path / "key")
    with People(f"sqlite:///{path}", tmp_path / "key") as people:
        (ada,) = people.list("slug")
    assert (ada.name, ada.note, ada.language, ada.silent) == ("Ada", "dean", "", False)
