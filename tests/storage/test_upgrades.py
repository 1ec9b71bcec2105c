"""A database of any earlier schema comes to the newest with all it had, also after being killed."""

import os
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import event

from survey_app.storage.engine import open_engine, writing
from survey_app.storage.schema import metadata
from survey_app.storage.store import Store
from survey_app.storage.upgrade import RESPONSES, database_state, migrate
from survey_app.storage.verification import verify
from tests.storage.earlier_rows import COUNTED, FINGERPRINT, ROWS, insert_rows, read_rows

REVISIONS = sorted(
    script.revision for script in ScriptDirectory(str(RESPONSES.folder)).walk_revisions()
)
FROM_EACH = pytest.mark.parametrize("revision", REVISIONS)
FROM_EARLIER = pytest.mark.parametrize("revision", REVISIONS[:-1])
STRIDE = 24
EVERY = "SURVEY_APP_TEST_EVERY_KILL"
"""Set in the environment, processes are killed at every statement, which takes minutes."""

VERSION_TABLE = RESPONSES.version_table


@pytest.fixture(scope="module")
def earlier(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A database of each schema there has been, with rows in all its tables."""
    folder = tmp_path_factory.mktemp("earlier")
    made = {revision: folder / revision for revision in REVISIONS}
    for revision, path in made.items():
        engine = open_engine(f"sqlite:///{path}")
        with writing(engine).begin() as connection:
            config = Config(attributes={"connection": connection, "migrations": RESPONSES})
            config.set_main_option("script_location", str(RESPONSES.folder))
            command.upgrade(config, revision)
        engine.dispose()
        insert_rows(path)
    return made


def test_every_table_has_rows_to_be_upgraded(earlier: dict[str, Path]) -> None:
    assert set(ROWS) == set(metadata.tables) - COUNTED, "add rows for what is new"
    filled = read_rows(earlier[REVISIONS[-1]])
    assert [table for table, rows in filled.items() if not rows] == []


@FROM_EACH
def test_an_upgrade_keeps_all_that_was_there(
    earlier: dict[str, Path], tmp_path: Path, revision: str
) -> None:
    path = tmp_path / "survey.sqlite"
    shutil.copyfile(earlier[revision], path)
    before = read_rows(path)
    assert database_state(url_of(path)) == ("current" if revision == REVISIONS[-1] else "older")
    migrate(url_of(path))
    after = read_rows(path)
    assert after.pop(VERSION_TABLE) == [{"version_num": REVISIONS[-1]}]
    assert before.pop(VERSION_TABLE) == [{"version_num": revision}]
    for table, rows in before.items():
        kept = [{name: row[name] for name in rows[0]} for row in after[table]] if rows else []
        assert sorted(kept, key=str) == sorted(rows, key=str), table
    with Store(url_of(path)) as store:
        if "event" in before:
            assert_holds(path)
            assert store.responses.verify_chain("r") is None
            assert len(store.responses.history("r")) == 2
            state = store.interviews.find("i")
            assert state is not None
            assert [mark.state for mark in state.marks] == ["refused"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no fork")
@FROM_EARLIER
def test_an_upgrade_that_is_killed_at_any_statement_goes_on_at_the_next_start(
    earlier: dict[str, Path], tmp_path: Path, revision: str
) -> None:
    """Killed before the n-th statement, or the commit, until it comes through.

    From the last but one every n is tried. What those before go through as well is tried in strides
    that begin elsewhere for each, unless all are asked for.
    """
    place = REVISIONS.index(revision)
    stride = 1 if place == len(REVISIONS) - 2 or os.environ.get(EVERY) else STRIDE
    straight = tmp_path / "straight.sqlite"
    shutil.copyfile(earlier[revision], straight)
    migrate(url_of(straight))
    before, wanted = dump(earlier[revision]), dump(straight)
    for step in count(1 + place % stride, stride):
        path = tmp_path / f"{step}.sqlite"
        shutil.copyfile(earlier[revision], path)
        if not is_killed_at(step, path):
            assert step > len(REVISIONS) - place
            return
        assert dump(path) == before, "nothing of it, after a kill"
        migrate(url_of(path))
        assert dump(path) == wanted


def is_killed_at(step: int, path: Path) -> bool:
    """Migrate in a process that is killed before its statement of that number."""
    child = os.fork()
    if child == 0:
        try:
            _migrate_until(step, path)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0
    return False


def _migrate_until(step: int, path: Path) -> None:
    numbers, engine = count(1), open_engine(url_of(path))

    def die_in_turn(*_: object) -> None:
        if next(numbers) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", die_in_turn)
    event.listen(engine, "commit", die_in_turn)
    RESPONSES.upgrade(engine)
    os._exit(0)


def assert_holds(path: Path) -> None:
    engine = open_engine(url_of(path))
    breaks: list[str] = []
    verify(engine, lambda _: FINGERPRINT, lambda found: breaks.append(str(found)), lambda *_: None)
    engine.dispose()
    assert breaks == []


def dump(path: Path) -> list[str]:
    """Everything there is, tables, rows, indexes and triggers, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def url_of(path: Path) -> str:
    return f"sqlite:///{path}"
