"""The many that write, one after another, and share their waits for the disk.

Every change is a job. A caller that finds nobody writing writes its own job at once, on its own
thread. Whoever comes meanwhile queues; the first of them then leads: it takes whatever jobs are
queued, runs them in one transaction, and wakes their callers after the commit. Should one of them
fail, all are taken back and each is run again in a transaction of its own. So a caller that returns
knows its change to be on disk, many callers share one wait for the disk, nothing ever waits for
company, and a caller that is alone needs no other thread.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine

from survey_app.storage.engine import (
    begin_writing,
    commit_writing,
    may_be_kept,
    writing,
)
from survey_app.storage.errors import StoreBusy, StoreClosed
from survey_app.storage.failures import as_storage_error

LARGEST_GROUP = 64

Result = TypeVar("Result")
Job = Callable[[Connection], Any]
Waiting = Callable[[], AbstractContextManager[None]]
"""Gives the block in which a thread waits, for the disk or for those that write before it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Done:
    """A job's result or its own error; of a group, not yet committed."""

    result: Any = None
    error: BaseException | None = None


@dataclass(kw_only=True, slots=True, eq=False)
class _Ticket:
    """A job, and what became of it.

    A caller that queues waits for ``called``. It is set when the job is done, or, without that,
    when it is the caller's turn to lead; ``leads`` says so of one that need not queue.
    """

    job: Job
    done: _Done | None = None
    called: threading.Event | None = None
    leads: bool = False


class Writer:
    """Runs jobs one after another, each on the thread of a caller that waits for one."""

    def __init__(self, engine: Engine, waiting: Waiting = nullcontext) -> None:
        self._engine = writing(engine)
        self._waiting = waiting
        self._lock = threading.Lock()
        self._queue: deque[_Ticket] = deque()
        self._busy = False
        self._closed = False
        # Used by the one that leads alone.
        self._leader: int | None = None
        self._kept: Connection | None = None

    def submit(self, job: Callable[[Connection], Result]) -> Result:
        """Return what ``job`` returns, after its changes are on disk.

        The job gets a connection within a transaction, on whatever thread. It must not commit,
        and may be run a second time when the first was rolled back, for another's failure too.
        Raises what the job raises, with nothing of it written; StoreBusy, StoreFull or StoreClosed,
        with nothing of it written; RuntimeError within a job, which would wait for itself.
        """
        if threading.get_ident() == self._leader:
            raise RuntimeError("A job cannot wait for another job. Use the job's own connection.")
        ticket = _Ticket(job=job)
        try:
            self._come(ticket)
            leads = self._must_lead(ticket)
        except BaseException:
            self._give_up(ticket)
            raise
        if leads:
            self._lead(ticket)
        result: Result = _outcome(ticket)
        return result

    def close(self) -> None:
        """Wait until what is queued has been written, and refuse further jobs."""
        last = _Ticket(job=lambda _connection: None)
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._queue_up(last)
        if self._must_lead(last):
            self._hand_on([])
        if self._kept is not None:
            self._kept.close()

    def _come(self, ticket: _Ticket) -> None:
        with self._lock:
            if self._closed:
                raise StoreClosed
            self._queue_up(ticket)

    def _queue_up(self, ticket: _Ticket) -> None:
        """Let the ticket's caller lead at once if nobody writes; otherwise queue it."""
        if self._busy:
            self._queue.append(ticket)
            ticket.called = threading.Event()
        else:
            ticket.leads = self._busy = True

    def _must_lead(self, ticket: _Ticket) -> bool:
        """Wait until a queued job is done or it is its caller's turn, and return which."""
        if ticket.called is not None:
            with self._waiting():
                ticket.called.wait()
        return ticket.done is None

    def _give_up(self, ticket: _Ticket) -> None:
        """Leave the queue, interrupted; a turn that has come already goes to the next one."""
        with self._lock:
            if ticket in self._queue:
                self._queue.remove(ticket)
                return
        if ticket.called is not None:
            ticket.called.wait()
        if ticket.done is None and (ticket.leads or ticket.called is not None):
            self._hand_on([])

    def _lead(self, ticket: _Ticket) -> None:
        """Write the job together with those that are queued, and let the next one lead."""
        group = [ticket]
        with self._lock:
            while self._queue and len(group) < LARGEST_GROUP:
                group.append(self._queue.popleft())
        self._leader = threading.get_ident()
        try:
            self._write(group)
        finally:
            self._leader = None
            self._hand_on(group[1:])

    def _hand_on(self, followers: list[_Ticket]) -> None:
        """Wake the one that leads next and the followers that were led.

        Those whose job is not done, since this thread was interrupted, are first in the queue.
        """
        with self._lock:
            self._queue.extendleft(each for each in reversed(followers) if each.done is None)
            self._busy = bool(self._queue)
            awake = [self._queue.popleft()] if self._queue else []
        for each in awake + [each for each in followers if each.done is not None]:
            if each.called is not None:
                each.called.set()

    def _write(self, group: list[_Ticket]) -> None:
        try:
            done = self._commit(group)
        except Exception as error:  # noqa: BLE001 - whatever it is, the callers must learn it
            self._refuse(group, error)
            return
        for ticket, outcome in zip(group, done, strict=True):
            ticket.done = outcome

    def _refuse(self, group: list[_Ticket], error: Exception) -> None:
        reason = as_storage_error(error)
        if len(group) > 1 and not isinstance(reason, StoreBusy):
            # One of them failed, or one long text did not fit: each gets a try of its own.
            for ticket in group:
                self._write([ticket])
            return
        for ticket in group:
            ticket.done = _Done(error=as_storage_error(error) or error)

    def _commit(self, group: list[_Ticket]) -> list[_Done]:
        connection, self._kept = self._kept or self._engine.connect(), None
        well = False
        try:
            with self._waiting():  # since another program may be writing
                begin_writing(connection)
            done = _run(connection, group)
            with self._waiting():
                commit_writing(connection)
            well = True
        finally:
            if well and may_be_kept(self._engine):
                self._kept = connection
            else:
                connection.close()
        return done


def _run(connection: Connection, group: list[_Ticket]) -> list[_Done]:
    # Behind no savepoints: for each, SQLite copies every page that its job changes, and failures
    # are rare.
    return [_Done(result=ticket.job(connection)) for ticket in group]


def _outcome(ticket: _Ticket) -> Any:
    if ticket.done is None:
        raise RuntimeError("The job was left undone.")
    if ticket.done.error is not None:
        raise ticket.done.error
    return ticket.done.result
