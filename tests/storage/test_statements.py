"""Statements that are written once and run on the driver's own cursor."""

import sqlite3
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, Engine, bindparam, delete, insert, select, update
from sqlalchemy.dialects import postgresql

from survey_app.storage.engine import open_engine, writing
from survey_app.storage.records import Json
from survey_app.storage.schema import account, export_record, study
from survey_app.storage.statements import Row, Statement

ANY_EXPORT: Row = {
    "id": "e",
    "study_id": "s",
    "who": "eva",
    "filter": {},
    "columns": [],
    "rows": 3,
    "hash": "h",
    "at": "2026-11-22",
}
STUDY: Row = {
    "id": "s",
    "slug": "s",
    "title": "T",
    "contact": "",
    "created": "",
    "admission": "open",
    "opens": None,
    "closes": None,
    "grace_days": 0,
    "freeze_on": None,
    "retain_until": None,
    "afterwards": "answers",
    "smallest_count": None,
}
INSERT_STUDY = Statement(insert(study))
INSERT_EXPORT = Statement(insert(export_record))
FIND_STUDY = Statement(select(study).where(study.c.slug == bindparam("slug")))


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_engine(url)
    yield opened
    opened.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with writing(engine).begin() as opened:
        yield opened


@pytest.mark.parametrize("anonymous", [True, False])
def test_a_row_comes_back_as_it_was_written(connection: Connection, anonymous: bool) -> None:
    written = STUDY | {"anonymous": anonymous}
    INSERT_STUDY.run(connection, written)
    found = FIND_STUDY.first(connection, {"slug": "s"})
    assert found == written
    assert found == dict(connection.execute(select(study)).mappings().one())


@pytest.mark.parametrize(
    "value", [{}, [], {"é": ["\U0001f642", None, 4.5, True]}, "text", 0, False]
)
def test_json_is_stored_as_sqlalchemy_stores_it(connection: Connection, value: Json) -> None:
    INSERT_STUDY.run(connection, STUDY | {"anonymous": False})
    INSERT_EXPORT.run(connection, ANY_EXPORT | {"filter": value})
    connection.execute(insert(export_record), ANY_EXPORT | {"id": "core", "filter": value})
    both = "SELECT DISTINCT filter FROM export_record"
    assert len(connection.exec_driver_sql(both).all()) == 1
    rows = Statement(select(export_record.c.filter)).all(connection, {})
    assert rows == [{"filter": value}] * 2


def test_a_statement_may_hold_values_of_its_own(connection: Connection) -> None:
    for name, administrator in (("eva", True), ("ann", False)):
        connection.execute(
            insert(account).values(
                id=name, name=name, administrator=administrator, disabled=False, created=""
            )
        )
    query = select(account.c.name).where(account.c.name == "eva", account.c.id == bindparam("id"))
    assert Statement(query).all(connection, {"id": "eva"}) == [{"name": "eva"}]
    assert Statement(query).all(connection, {"id": "ann"}) == []


def test_an_update_writes_the_columns_it_names_and_no_other(connection: Connection) -> None:
    INSERT_STUDY.run(connection, STUDY | {"anonymous": False})
    change = update(study).where(study.c.slug == bindparam("which"))
    Statement(change, writes=["title"]).run(connection, {"which": "s", "title": "New"})
    assert FIND_STUDY.first(connection, {"slug": "s"}) == STUDY | {
        "anonymous": False,
        "title": "New",
    }


def test_many_rows_are_written_and_deleted_at_once(connection: Connection) -> None:
    slugs = ["a", "b", "c"]
    INSERT_STUDY.run_many(
        connection, [STUDY | {"id": slug, "slug": slug, "anonymous": False} for slug in slugs]
    )
    remove = Statement(delete(study).where(study.c.slug == bindparam("slug")))
    remove.run_many(connection, [{"slug": "a"}, {"slug": "c"}])
    remove.run_many(connection, [])
    left = Statement(select(study.c.slug)).all(connection, {})
    assert left == [{"slug": "b"}]


def test_what_runs_within_a_transaction_goes_with_it(engine: Engine) -> None:
    with writing(engine).connect() as connection, connection.begin() as transaction:
        INSERT_STUDY.run(connection, STUDY | {"anonymous": False})
        assert FIND_STUDY.first(connection, {"slug": "s"}) is not None
        transaction.rollback()
    with engine.connect() as connection:
        assert FIND_STUDY.first(connection, {"slug": "s"}) is None


def test_a_value_that_is_missing_is_named(connection: Connection) -> None:
    with pytest.raises(KeyError, match="anonymous"):
        INSERT_STUDY.run(connection, STUDY)


def test_what_the_database_refuses_is_raised_as_the_driver_says_it(connection: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        INSERT_EXPORT.run(connection, ANY_EXPORT)


def test_each_database_gets_its_own_words(engine: Engine) -> None:
    server = postgresql.dialect(paramstyle="pyformat")  # type: ignore[no-untyped-call]
    assert "study.slug = ?" in FIND_STUDY.on(engine.dialect).text
    assert "study.slug = %(slug)s" in FIND_STUDY.on(server).text
    assert FIND_STUDY.on(engine.dialect) is FIND_STUDY.on(engine.dialect)
