"""Reading with one statement on a connection that is kept at hand."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import bindparam, literal_column, select, text

from survey_app.storage.engine import READERS, open_engine, writing
from survey_app.storage.errors import StoreBusy
from survey_app.storage.readers import Readers
from survey_app.storage.schema import study
from survey_app.storage.statements import Statement
from tests.storage.scenes import by_hand

ALL = Statement(select(study.c.slug).order_by(study.c.slug))
ONE = Statement(select(study.c.slug).where(study.c.slug == bindparam("slug")))
ADD = (
    "INSERT INTO study (id, slug, title, anonymous, contact, created)"
    " VALUES ('{0}', '{0}', '', 0, '', '')"
)


@pytest.fixture
def readers(url: str) -> Iterator[Readers]:
    engine = open_engine(url, busy_timeout=0.05)
    opened = Readers(engine=engine)
    yield opened
    opened.close()
    engine.dispose()


def test_each_reading_sees_what_was_committed_before_it(readers: Readers) -> None:
    seen = []
    for slug in "abc":
        with writing(readers.engine).begin() as connection:
            connection.execute(text(ADD.format(slug)))
        seen.append([row["slug"] for row in readers.all(ALL, {})])
    assert seen == [["a"], ["a", "b"], ["a", "b", "c"]]
    assert readers.first(ONE, {"slug": "b"}) == {"slug": "b"}
    assert readers.first(ONE, {"slug": "z"}) is None


def test_one_reader_after_another_uses_the_same_connection(readers: Readers) -> None:
    for _ in range(5):
        readers.all(ALL, {})
    assert readers.engine.pool.checkedout() == 1  # type: ignore[attr-defined]
    readers.close()
    assert readers.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_kept_connection_holds_no_moment_and_no_lock(readers: Readers, path: Path) -> None:
    readers.all(ALL, {})
    by_hand(path, ADD.format("a"))
    with sqlite3.connect(path) as connection:
        busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    connection.close()
    assert (busy, readers.all(ALL, {})) == (0, [{"slug": "a"}])


def test_many_threads_read_at_once_and_leave_room_in_the_pool(readers: Readers, path: Path) -> None:
    by_hand(path, *(ADD.format(f"s{number}") for number in range(9)))
    with ThreadPoolExecutor(2 * READERS) as pool:
        found = pool.map(lambda number: readers.first(ONE, {"slug": f"s{number % 9}"}), range(500))
    assert list(found) == [{"slug": f"s{number % 9}"} for number in range(500)]
    assert readers.engine.pool.checkedout() < READERS  # type: ignore[attr-defined]


def test_a_database_that_is_locked_for_reading_is_reported(readers: Readers, path: Path) -> None:
    readers.close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=exclusive")
    other.execute("BEGIN EXCLUSIVE")
    other.execute(ADD.format("a"))
    other.execute("COMMIT")
    with pytest.raises(StoreBusy):
        readers.all(ALL, {})
    other.close()
    assert readers.all(ALL, {}) == [{"slug": "a"}]


def test_a_statement_that_fails_keeps_no_connection(readers: Readers) -> None:
    by_name = Statement(select(literal_column("unheard_of")).select_from(study))
    with pytest.raises(sqlite3.OperationalError, match="no such column"):
        readers.all(by_name, {})
    assert readers.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
