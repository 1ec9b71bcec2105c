"""The migrations lead to exactly the tables that the queries know."""

import re
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, MetaData, create_engine, event, inspect, text

from survey_app.storage.engine import open_engine, writing
from survey_app.storage.errors import WrongDatabase
from survey_app.storage.people import schema as people
from survey_app.storage.people.keys import make_key
from survey_app.storage.people.upgrade import MIGRATIONS as PEOPLE
from survey_app.storage.schema import metadata
from survey_app.storage.store import Store
from survey_app.storage.upgrade import RESPONSES, Migrations, database_state, migrate
from tests.storage.scenes import by_hand, change, failing_at

_BEFORE_THE_CONSOLE = (
    "INSERT INTO instrument_version VALUES ('n', '1', 'published', 1, 'f', '{}', '', '', '')",
    "INSERT INTO study VALUES ('s', 'slug', 'Study', 0, '', '')",
    "INSERT INTO account VALUES ('a', 'eva', 0, 0, NULL, '')",
    "INSERT INTO participant VALUES ('p', 's', 'P07')",
    (
        "INSERT INTO interview VALUES ('i', 's', 'p', 'a', NULL, 'en', '[]', NULL, NULL, '', NULL,"
        " NULL, 0, 0, '', '2026-11-22T20:14:05.123Z', NULL)"
    ),
    (
        "INSERT INTO response VALUES ('r', 's', 0, 'n', '1', 'interviewer', 'console', 'en',"
        " 'in_progress', 0, 0, 'p', NULL, 'i', NULL, NULL, '', '2026-11-22T20:14:05.123Z',"
        " '2026-11-22T20:14:05.123Z', NULL, NULL, NULL)"
    ),
    (
        "INSERT INTO probe_mark VALUES ('r', 'q', 'pay', 'refused', NULL, 1, 1, 'none', '[]', '', '',"
        " 1, 'c')"
    ),
    (
        "INSERT INTO event VALUES ('i', 1, NULL, 'i', 'c', 0, 0, 0, 'begin', 'eva', 'console', 'en',"
        " '2026-11-22T20:14:05.123Z', NULL, '', '', '')"
    ),
)

BOTH = pytest.mark.parametrize(
    ("migrations", "tables"),
    [
        pytest.param(RESPONSES, metadata, id="responses"),
        pytest.param(PEOPLE, people.metadata, id="people"),
    ],
)


def upgrade(migrations: Migrations, engine: Engine, folder: Path) -> None:
    """Migrate an empty database, with a key for those migrations that seal."""
    make_key(folder / "key")
    migrations.upgrade(engine, key=folder / "key")


@BOTH
def test_the_migrated_database_is_the_one_the_queries_know(
    migrations: Migrations, tables: MetaData, tmp_path: Path
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    upgrade(migrations, engine, tmp_path)
    with engine.connect() as connection:
        options = {"version_table": migrations.version_table}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, tables) == []
    engine.dispose()


@BOTH
def test_the_migrated_tables_have_the_same_rules(
    migrations: Migrations, tables: MetaData, tmp_path: Path
) -> None:
    """Checks, keys and row order, too, which the comparison above passes over."""
    migrated = open_engine(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    upgrade(migrations, migrated, tmp_path)
    created = create_engine("sqlite://")
    tables.create_all(created)
    assert _rules(migrated) == _rules(created)
    migrated.dispose()
    created.dispose()


def test_interviews_from_before_the_console_go_on_after_it(path: Path) -> None:
    url = f"sqlite:///{path}"
    engine = open_engine(url)
    with writing(engine).begin() as connection:
        config = Config(attributes={"connection": connection, "migrations": RESPONSES})
        config.set_main_option("script_location", str(RESPONSES.folder))
        command.upgrade(config, "0004")
    engine.dispose()
    by_hand(path, *_BEFORE_THE_CONSOLE)
    assert database_state(url) == "older"
    migrate(url)
    with Store(url) as store:
        state = store.interviews.find("i")
        assert state is not None
        assert [mark.state for mark in state.marks] == ["refused"]
        assert (state.visits, state.items, state.call_back, state.resume) == ([], [], "", "")
        place = {"op": "place", "response": "r", "item": "q", "at": 5}
        asked = {"op": "item", "response": "r", "item": "q", "phase": "probing", "at": 5}
        assert store.desk.mark("slug", "n") == "0", "changes are counted from here on"
        assert store.interviews.apply("i", change(1), [place, asked]).status == "saved"
        assert store.desk.mark("slug", "n") == "1"
        assert store.interviews.hold("i", "page", holder="eva").mine
        assert store.interviews.journal_key("i", "a")


def test_migrating_twice_changes_nothing(path: Path) -> None:
    url = f"sqlite:///{path}"
    assert database_state(url) == "empty"
    migrate(url)
    before = path.read_bytes()
    migrate(url)
    assert (database_state(url), path.read_bytes()) == ("current", before)


@pytest.mark.parametrize(
    ("revision", "state", "advice"),
    [
        ("0001", "older", "Make a backup, then start 'survey-app serve' once"),
        ("9999", "newer", "Install that version or a newer one, or restore a backup"),
    ],
)
def test_a_database_of_another_version_is_refused_with_what_to_do(
    url: str, path: Path, revision: str, state: str, advice: str
) -> None:
    by_hand(path, f"UPDATE response_schema SET version_num = '{revision}'")
    assert database_state(url) == state
    with pytest.raises(WrongDatabase, match=advice):
        Store(url)


def test_a_newer_database_is_not_migrated(url: str, path: Path) -> None:
    by_hand(path, "UPDATE response_schema SET version_num = '9999'")
    with pytest.raises(WrongDatabase, match="newer version of this program"):
        migrate(url)


def test_an_empty_database_is_refused_with_what_to_do(path: Path) -> None:
    with pytest.raises(WrongDatabase, match="Start 'survey-app serve' once"):
        Store(f"sqlite:///{path}")


def test_the_database_of_another_program_is_left_alone(path: Path) -> None:
    by_hand(path, "CREATE TABLE recipes (name TEXT)")
    with pytest.raises(WrongDatabase, match="another program"):
        migrate(f"sqlite:///{path}")


@pytest.mark.parametrize("content", [None, b"no database at all " * 100])
def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "absent" / "survey.sqlite"
    if content is not None:
        path.parent.mkdir()
        path.write_bytes(content)
    with pytest.raises(
        WrongDatabase, match=r"survey\.sqlite cannot be opened .* Check its address"
    ):
        database_state(f"sqlite:///{path}")


def test_a_migration_that_fails_at_any_statement_leaves_nothing(tmp_path: Path) -> None:
    """The n-th statement fails, n = 1, 6, 11, …, until the migration succeeds."""
    for stop in range(1, 500, 5):
        engine = open_engine(f"sqlite:///{tmp_path / f'{stop}.sqlite'}")
        event.listen(engine, "before_cursor_execute", failing_at(stop))
        try:
            RESPONSES.upgrade(engine)
        except OSError:
            assert inspect(engine).get_table_names() == []
        else:
            assert stop > len(metadata.tables)
            return
        finally:
            engine.dispose()
    pytest.fail("The migration never succeeded.")


def _rules(engine: Engine) -> dict[str, list[str]]:
    """Each table's and index's own SQL as a sorted list of its clauses.

    A column that was added later has its rule beside it, where a new table has it at its end.
    """
    query = text(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"
        " AND sql IS NOT NULL AND name NOT IN ('response_schema', 'people_schema')"
    )
    with engine.connect() as connection:
        return {name: sorted(_clauses(sql)) for name, sql in connection.execute(query)}


def _clauses(sql: str) -> list[str]:
    """What stands before the outermost brackets, between their commas, and after them."""
    depth, clauses = 0, [""]
    for letter in re.sub(r"\s+", " ", sql).replace(" CONSTRAINT", ", CONSTRAINT"):
        outermost = depth
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if (outermost, letter) in {(0, "("), (1, ","), (1, ")")}:
            clauses.append("")
        else:
            clauses[-1] += letter
    return [clause.strip() for clause in clauses if clause.strip()]
