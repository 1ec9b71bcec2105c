"""What most tests of the storage room begin with."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Engine, create_engine, event, text

from survey_app.storage.records import AnswerRow, Change, Entrance, Outcome, Source
from survey_app.storage.store import Store

STUDY = "teaching-2026"
INTERESTED = AnswerRow(item="interest", value="agree")


def change(
    sequence: int,
    *,
    base: int = 0,
    client: str = "first page",
    kind: str = "save",
    actor: str = "participant",
    source: Source = "web",
    body: dict[str, Any] | None = None,
) -> Change:
    return Change(
        client=client,
        sequence=sequence,
        base_revision=base,
        kind=kind,
        actor=actor,
        source=source,
        language="en",
        client_time="2026-11-22T20:14:05.123Z",
        body=body or {},
    )


def publish(store: Store, *, study: str = STUDY, anonymous: bool = False) -> None:
    """A study that delivers the one version of an instrument."""
    store.instruments.publish(
        name="teaching",
        version="1.0.0",
        format=1,
        fingerprint="f1",
        definition={"title": "Teaching"},
        note="",
        by="eva",
    )
    store.studies.create(slug=study, title="Teaching", anonymous=anonymous)
    store.studies.add_instrument(study, "teaching", "1.0.0", "self")


def begin(
    store: Store,
    *,
    study: str = STUDY,
    version: str = "1.0.0",
    session: str | None = None,
    is_test: bool = False,
    invitation: str | None = None,
    after: str | None = None,
) -> str:
    return store.responses.begin(
        study=study,
        instrument="teaching",
        version=version,
        delivery="self",
        source="web",
        language="en",
        consent=None,
        session_hash=session,
        link_hash=None,
        change=change(0, kind="begin"),
        is_test=is_test,
        entrance=Entrance(code_hash=invitation, after=after),
    )


def save(
    store: Store,
    response: str,
    typed: str,
    made_by: Change,
    *,
    item: str = "interest",
    force: bool = False,
) -> Outcome:
    """One section with one field, saved as it was typed."""
    return store.responses.save_section(
        response,
        made_by,
        section="opening",
        raw={item: [typed]},
        values={item: typed},
        answers=[AnswerRow(item=item, value=typed)],
        force=force,
    )


def begin_interview(store: Store, *, participant: str = "P07", runs: int = 1) -> str:
    """An interview by eva, of so many runs of the instrument."""
    account = store.accounts.find("eva") or store.accounts.add("eva")
    return store.interviews.begin(
        study=STUDY,
        participant_code=participant,
        interviewer_account_id=account.id,
        runs=[("teaching", "1.0.0")] * runs,
        consent=None,
        change=change(0, kind="begin", actor="eva", source="console"),
    )


def by_hand(path: Path, *statements: str) -> None:
    """Change the file with no program in between, as somebody with the disk can."""
    engine = create_engine(f"sqlite:///{path}")
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@contextmanager
def noting_statements(store: Store) -> Iterator[list[str]]:
    """The first word of each statement that SQLite is asked to read with, within the block."""
    words: list[str] = []
    store._access.readers.close()

    def listen_in(connection: sqlite3.Connection, *_: object) -> None:
        connection.set_trace_callback(lambda statement: words.append(statement.split()[0]))

    event.listen(store._engine, "checkout", listen_in)
    yield words
    event.remove(store._engine, "checkout", listen_in)


def let_fail(store: Store, stop: int) -> None:
    """Let one statement fail, or the commit, counted on the connections opened from now on."""
    event.listen(store._engine, "do_connect", make_failing(stop))
    store._engine.dispose()


@contextmanager
def failing_anywhere(stop: int) -> Iterator[None]:
    """Let one statement fail, or a commit, counted on all connections that are opened within."""
    choose = make_failing(stop)
    event.listen(Engine, "do_connect", choose)
    try:
        yield
    finally:
        event.remove(Engine, "do_connect", choose)


def make_failing(stop: int) -> Callable[..., None]:
    """A listener by which connections are opened that fail together, at one statement."""
    fail_in_turn = failing_at(stop)

    class FailingCursor(sqlite3.Cursor):
        def execute(self, *given: Any) -> Self:
            fail_in_turn()
            return super().execute(*given)

        def executemany(self, *given: Any) -> Self:
            fail_in_turn()
            return super().executemany(*given)

    class FailingConnection(sqlite3.Connection):
        def cursor(self) -> FailingCursor:  # type: ignore[override]
            return super().cursor(FailingCursor)

        def commit(self) -> None:
            fail_in_turn()
            super().commit()

    def choose(_dialect: object, _entry: object, _given: object, options: dict[str, Any]) -> None:
        options["factory"] = FailingConnection

    return choose


def failing_at(stop: int) -> Callable[..., None]:
    """A listener to statements that lets the one with this number fail, and no other."""
    numbers = count(1)

    def fail_in_turn(*_: object) -> None:
        if next(numbers) == stop:
            raise OSError("out of order")

    return fail_in_turn
