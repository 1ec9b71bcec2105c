"""Names are encrypted on PostgreSQL as they are in a file."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, make_url, text

from survey_app.storage.engine import open_engine, with_driver, writing
from survey_app.storage.people.keys import read_keys
from survey_app.storage.people.register import People, Person
from survey_app.storage.people.rekeying import rekey
from survey_app.storage.people.upgrade import MIGRATIONS, migrate_people
from tests.storage.people.test_sealing import CANARY, write_everywhere
from tests.storage.test_postgresql import address

__all__ = ["address"]


@pytest.fixture
def url(address: str) -> Iterator[str]:
    """An empty schema of its own within the database."""
    schema = f"test_{secrets.token_hex(6)}"
    engine = create_engine(with_driver(address), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
        own = make_url(address).update_query_dict({"options": f"-csearch_path={schema}"})
        yield own.render_as_string(hide_password=False)
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


def test_names_of_before_are_sealed_and_sealed_anew(url: str, tmp_path: Path) -> None:
    engine, key = open_engine(url), tmp_path / "key"
    with writing(engine).begin() as connection:
        config = Config(attributes={"connection": connection, "migrations": MIGRATIONS})
        config.set_main_option("script_location", str(MIGRATIONS.folder))
        command.upgrade(config, "0002")
        connection.execute(
            text(
                "INSERT INTO person VALUES ('3d', 'ami', 'Ada', '', '', '', '', '', '', '', 'fr',"
                " TRUE)"
            )
        )
    engine.dispose()
    assert migrate_people(url, key)
    ada = Person(id="3d", study="ami", name="Ada", language="fr", silent=True)
    with People(url, key) as people:
        assert people.list("ami") == [ada]
        write_everywhere(people, CANARY)
        (earlier,) = read_keys(key)
        done = rekey(url, key, destroy=True)
        assert (done.entries, done.is_whole) == (6, True)
        assert read_keys(key) != (earlier,)
        assert people.find("3d") == ada
        assert people.count("ami") == 3
        assert people.forget_study("ami")
