"""The one thread that writes, and the many that wait for it.

Every change is a job. The thread takes whatever jobs are queued, runs them in one transaction,
each behind a savepoint of its own if there are several, and wakes their callers after the commit:
so a caller that returns knows its change to be on disk, and many callers share one wait for the
disk. A short queue is committed at once; nothing ever waits for company.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from survey_app.storage.engine import may_be_kept, writing
from survey_app.storage.errors import StoreClosed, StoreFull
from survey_app.storage.failures import as_storage_error

LARGEST_GROUP = 64

Result = TypeVar("Result")
Job = Callable[[Connection], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ticket:
    """A job, and the promise of its result."""

    job: Job
    promise: Future[Any] = field(default_factory=Future)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Done:
    """A job's result or its own error, not yet committed."""

    result: Any = None
    error: Exception | None = None


class Writer:
    """Runs jobs one after another on a thread of its own, which starts with the first job."""

    def __init__(self, engine: Engine) -> None:
        self._engine = writing(engine)
        self._queue: SimpleQueue[_Ticket | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False
        # Used by the writer's thread alone.
        self._kept: Connection | None = None

    def submit(self, job: Callable[[Connection], Result]) -> Result:
        """Return what ``job`` returns, after its changes are on disk.

        The job gets a connection within a transaction. It must not commit, and may be run a
        second time when the first was rolled back. Raises what the job raises, with nothing of
        it written; StoreBusy, StoreFull or StoreClosed, with nothing of it written; RuntimeError
        within a job, which would wait for itself.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("A job cannot wait for another job. Use the job's own connection.")
        ticket = _Ticket(job=job)
        with self._lock:
            if self._closed:
                raise StoreClosed
            self._start()
            self._queue.put(ticket)
        result: Result = ticket.promise.result()
        return result

    def close(self) -> None:
        """Write what is queued, end the thread and refuse further jobs."""
        with self._lock:
            already, self._closed = self._closed, True
            thread = self._thread
            if not already:
                self._queue.put(None)
        if thread is not None:
            thread.join()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name="writer", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        group, more = self._next_group()
        while group:
            self._write(group)
            group, more = self._next_group() if more else ([], False)
        if self._kept is not None:
            self._kept.close()

    def _next_group(self) -> tuple[list[_Ticket], bool]:
        """Return the jobs to commit together, and whether any may follow."""
        group: list[_Ticket] = []
        ticket = self._queue.get()
        while ticket is not None:
            group.append(ticket)
            if len(group) == LARGEST_GROUP:
                return group, True
            try:
                ticket = self._queue.get_nowait()
            except Empty:
                return group, True
        return group, False

    def _write(self, group: list[_Ticket]) -> None:
        try:
            done = self._commit(group)
        except Exception as error:  # noqa: BLE001 - whatever it is, the callers must learn it
            self._refuse(group, error)
            return
        for ticket, outcome in zip(group, done, strict=True):
            if outcome.error is None:
                ticket.promise.set_result(outcome.result)
            else:
                ticket.promise.set_exception(outcome.error)

    def _refuse(self, group: list[_Ticket], error: Exception) -> None:
        reason = as_storage_error(error)
        if isinstance(reason, StoreFull) and len(group) > 1:
            # One long text may be what did not fit: the others deserve a try of their own.
            for ticket in group:
                self._write([ticket])
            return
        for ticket in group:
            ticket.promise.set_exception(as_storage_error(error) or error)

    def _commit(self, group: list[_Ticket]) -> list[_Done]:
        connection, self._kept = self._kept or self._engine.connect(), None
        well = False
        try:
            with connection.begin():
                done = _run(connection, group)
            well = True
        finally:
            if well and may_be_kept(self._engine):
                self._kept = connection
            else:
                connection.close()
        return done


def _run(connection: Connection, group: list[_Ticket]) -> list[_Done]:
    if len(group) == 1:
        # A job that is alone takes back the whole transaction when it fails.
        return [_Done(result=group[0].job(connection))]
    return [_attempt(connection, ticket.job) for ticket in group]


def _attempt(connection: Connection, job: Job) -> _Done:
    """Run one job behind a savepoint, so that its failure takes back nothing but itself."""
    connection.exec_driver_sql("SAVEPOINT job")
    try:
        done = _Done(result=job(connection))
    except Exception as error:
        if as_storage_error(error) is not None:
            # SQLite may have rolled the whole transaction back by itself.
            raise
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT job")
        done = _Done(error=error)
    connection.exec_driver_sql("RELEASE SAVEPOINT job")
    return done
