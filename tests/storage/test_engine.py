"""The rules that every connection keeps."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from sqlalchemy import Engine, TextClause, text
from sqlalchemy.exc import OperationalError

from survey_app.storage.engine import open_engine, with_driver, writing

ROUNDS = 25
THREADS = 4

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
}


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_engine(url)
    yield opened
    opened.dispose()


@pytest.mark.parametrize(("pragma", "value"), PRAGMAS.items())
def test_every_connection_of_the_pool_keeps_the_rules(
    engine: Engine, pragma: str, value: object
) -> None:
    with ExitStack() as open_at_once:
        connections = [open_at_once.enter_context(engine.connect()) for _ in range(20)]
        found = {each.exec_driver_sql(f"PRAGMA {pragma}").scalar() for each in connections}
    assert found == {value}


def test_a_reader_sees_one_moment_while_others_write(engine: Engine) -> None:
    count = text("SELECT count(*) FROM account")
    with engine.connect() as reader:
        before = reader.execute(count).scalar()
        with writing(engine).begin() as writer:
            writer.execute(_account("eva"))
        assert reader.execute(count).scalar() == before == 0
    with engine.connect() as later:
        assert later.execute(count).scalar() == 1


def test_reading_then_writing_never_fails_where_the_lock_is_taken_first(engine: Engine) -> None:
    assert _read_then_write_in_threads(engine, writing(engine)) == []


def test_reading_then_writing_fails_at_once_where_it_is_not(engine: Engine) -> None:
    """The control: without it, the test above would prove nothing."""
    meet = threading.Barrier(THREADS, timeout=60)
    errors = _read_then_write_in_threads(engine, engine, meet)
    assert len(errors) >= ROUNDS
    assert all("locked" in error for error in errors)


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("postgresql://db/survey", "postgresql+psycopg"),
        ("postgres://db/survey", "postgresql+psycopg"),
        ("sqlite:///survey.sqlite", "sqlite"),
    ],
)
def test_an_address_needs_no_driver(url: str, driver: str) -> None:
    assert with_driver(url).drivername == driver


def _read_then_write_in_threads(
    engine: Engine, chosen: Engine, meet: threading.Barrier | None = None
) -> list[str]:
    """Return the errors. With ``meet``, all have read before the first one writes."""
    with writing(engine).begin() as connection:
        connection.execute(_account("counter"))
    errors: list[str] = []

    def work(number: int) -> None:
        for turn in range(ROUNDS):
            try:
                with chosen.begin() as connection:
                    connection.execute(text("SELECT count(*) FROM account")).scalar()
                    if meet is not None:
                        meet.wait()
                    connection.execute(_account(f"{number}.{turn}"))
            except OperationalError as error:
                errors.append(str(error.orig))
            if meet is not None:
                meet.wait()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def _account(name: str) -> TextClause:
    return text(
        "INSERT INTO account (id, name, administrator, disabled, created)"
        f" VALUES ('{name}', '{name}', 0, 0, '2026-11-22')"
    )
