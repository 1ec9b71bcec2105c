"""One caller writes at a time; everybody waits for their own commit."""

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, insert, select

from survey_app.storage.engine import driver_of, open_engine
from survey_app.storage.errors import StoreBusy, StoreClosed, StoreFull
from survey_app.storage.schema import receipt, study
from survey_app.storage.writer import LARGEST_GROUP, Writer

Job = Callable[[Connection], Any]

HOLD_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
connection.execute("COMMIT")
"""


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    opened = open_engine(url)
    with opened.begin() as connection:
        values = {"title": "", "anonymous": False, "contact": "", "created": ""}
        connection.execute(insert(study), {"id": "s", "slug": "s", **values})
    yield opened
    opened.dispose()


@pytest.fixture
def writer(engine: Engine) -> Iterator[Writer]:
    opened = Writer(engine)
    yield opened
    opened.close()


def test_a_returned_job_is_on_disk(writer: Writer, path: Path) -> None:
    assert writer.submit(add("a")) == "a"
    assert _codes_read_by_another_program(path) == ["a"]


def test_jobs_that_wait_together_share_commits(engine: Engine) -> None:
    waits: list[int] = []

    @contextmanager
    def waiting() -> Iterator[None]:
        waits.append(threading.get_ident())
        yield

    writer = Writer(engine, waiting)
    codes = [f"{number:03}" for number in range(2 * LARGEST_GROUP)]
    with while_it_is_busy(writer) as queue:
        done = [queue(add(code)) for code in codes]
    assert [each.result() for each in done] == codes
    assert stored(engine) == codes
    # Each caller that queued waited for its turn; those that led waited to begin and for the disk:
    # the one that kept it busy, and the first of each full group.
    assert len(waits) == len(codes) + 2 * 3
    writer.close()


def test_a_job_may_use_sqlalchemy_the_driver_or_both_in_one_transaction(
    engine: Engine, writer: Writer
) -> None:
    def fail_after(job: Job) -> Job:
        def fail(connection: Connection) -> None:
            job(connection)
            raise LookupError("after it")

        return fail

    def by_driver(connection: Connection) -> None:
        driver_of(connection).execute("INSERT INTO receipt VALUES ('driver', 's', '')")

    def by_both(connection: Connection) -> None:
        add("both")(connection)
        driver_of(connection).execute("UPDATE receipt SET day = 'x' WHERE code_hash = 'both'")

    for job in (by_driver, by_both):
        with pytest.raises(LookupError, match="after it"):
            writer.submit(fail_after(job))
        writer.submit(job)
    assert stored(engine) == ["both", "driver"]


def test_a_failing_job_takes_back_itself_alone(engine: Engine, writer: Writer) -> None:
    def fail(connection: Connection) -> None:
        add("half")(connection)
        raise LookupError("the second half")

    with while_it_is_busy(writer) as queue:
        first, broken, last = queue(add("a")), queue(fail), queue(add("b"))
    with pytest.raises(LookupError, match="the second half"):
        broken.result()
    assert [first.result(), last.result(), stored(engine)] == ["a", "b", ["a", "b"]]


def test_a_job_that_fails_alone_leaves_nothing_and_the_next_one_is_written(
    engine: Engine, writer: Writer
) -> None:
    def fail(connection: Connection) -> None:
        add("half")(connection)
        raise LookupError("the second half")

    for code in "ab":
        with pytest.raises(LookupError, match="the second half"):
            writer.submit(fail)
        assert writer.submit(add(code)) == code
    assert stored(engine) == ["a", "b"]


def test_the_writers_connection_goes_back_to_the_pool(engine: Engine) -> None:
    writer = Writer(engine)
    for code in "abc":
        writer.submit(add(code))
    assert engine.pool.checkedout() == 1  # type: ignore[attr-defined]
    writer.close()
    assert engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def test_a_job_that_would_wait_for_itself_is_refused(engine: Engine, writer: Writer) -> None:
    with pytest.raises(RuntimeError, match="own connection"):
        writer.submit(lambda _connection: writer.submit(add("a")))
    assert stored(engine) == []


def test_a_full_disk_refuses_what_does_not_fit_and_nothing_else(
    engine: Engine, writer: Writer
) -> None:
    writer.submit(add("before"))
    with room_for(engine, pages=4):
        with while_it_is_busy(writer) as queue:
            small, large = queue(add("small")), queue(add("large" * 20_000))
        with pytest.raises(StoreFull, match="disk"):
            large.result()
        assert small.result() == "small"
    assert stored(engine) == ["before", "small"]


def test_a_full_disk_keeps_what_is_there_and_the_service_recovers(
    engine: Engine, writer: Writer
) -> None:
    text = "x" * 100_000
    writer.submit(add("before"))
    with room_for(engine, pages=0):
        for _ in range(3):
            with pytest.raises(StoreFull):
                writer.submit(add(text))
        assert stored(engine) == ["before"]
    assert writer.submit(add(text)) == text
    assert stored(engine) == ["before", text]


def test_whoever_is_interrupted_while_writing_holds_nobody_up(
    engine: Engine, writer: Writer
) -> None:
    """The group is rolled back; those that queued write their own."""
    tries: list[str] = []

    def interrupt(connection: Connection) -> None:
        tries.append("interrupted")
        add("half")(connection)
        raise KeyboardInterrupt

    def follow(connection: Connection) -> str:
        tries.append("followed")
        return add("a")(connection)

    with while_it_is_busy(writer) as queue:
        interrupted, following = queue(interrupt), queue(follow)
    assert following.result(timeout=60) == "a"
    with pytest.raises(KeyboardInterrupt):
        interrupted.result(timeout=60)
    assert (tries, stored(engine)) == (["interrupted", "followed"], ["a"])


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Let Ctrl-C interrupt also where it was made to be ignored, as in a job in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(
    not hasattr(signal, "pthread_kill"), reason="this system sends no signals to a thread"
)
@pytest.mark.usefixtures("interruptible")
def test_whoever_is_interrupted_in_the_queue_holds_nobody_up(
    engine: Engine, writer: Writer
) -> None:
    main = threading.main_thread().ident
    assert main is not None
    caught = threading.Event()

    def interrupt() -> None:
        while not writer._queue:
            caught.wait(timeout=0.001)
        signal.pthread_kill(main, signal.SIGINT)
        # A signal that comes as the wait is about to begin goes unnoticed until it is over.
        while not caught.wait(timeout=1):
            signal.pthread_kill(main, signal.SIGINT)

    with while_it_is_busy(writer) as queue:
        interrupting = threading.Thread(target=interrupt)
        interrupting.start()
        with pytest.raises(KeyboardInterrupt):
            writer.submit(add("never"))
        caught.set()
        interrupting.join()
        following = queue(add("a"))
    assert following.result(timeout=60) == "a"
    assert stored(engine) == ["a"]


def test_whoever_is_interrupted_as_the_turn_comes_hands_it_on(engine: Engine) -> None:
    unlucky: list[bool] = []

    @contextmanager
    def waiting() -> Iterator[None]:
        interrupted = bool(unlucky) and unlucky.pop()
        yield
        if interrupted:
            raise KeyboardInterrupt

    writer = Writer(engine, waiting)
    with while_it_is_busy(writer) as queue:
        unlucky.append(True)
        never, following = queue(add("never")), queue(add("a"))
    assert following.result(timeout=60) == "a"
    assert isinstance(never.exception(timeout=60), KeyboardInterrupt)
    assert stored(engine) == ["a"]
    writer.close()


def test_a_lock_of_another_process_is_waited_for(writer: Writer, path: Path) -> None:
    with ThreadPoolExecutor() as pool, another_process_holding_the_lock(path) as release:
        waiting = pool.submit(writer.submit, add("a"))
        assert wait([waiting], timeout=0.2).not_done
        release()
        assert waiting.result(timeout=60) == "a"


def test_a_lock_that_is_held_too_long_is_reported_to_each_caller(url: str, path: Path) -> None:
    engine = open_engine(url, busy_timeout=0.05)
    writer = Writer(engine)
    with another_process_holding_the_lock(path), ThreadPoolExecutor() as pool:
        waiting = [pool.submit(writer.submit, add(code)) for code in "abc"]
        errors = [each.exception(timeout=60) for each in waiting]
    assert [type(error) for error in errors] == [StoreBusy] * 3
    assert stored(engine) == []
    writer.close()
    engine.dispose()


def test_closing_writes_what_is_queued_and_refuses_the_rest(engine: Engine, writer: Writer) -> None:
    with while_it_is_busy(writer) as queue:
        queued = queue(add("a"))
        closing = threading.Thread(target=writer.close)
        closing.start()
    closing.join()
    assert queued.result() == "a"
    with pytest.raises(StoreClosed, match="Open it again"):
        writer.submit(add("b"))
    writer.close()
    assert stored(engine) == ["a"]


def add(code: str) -> Callable[[Connection], str]:
    def job(connection: Connection) -> str:
        connection.execute(insert(receipt), {"code_hash": code, "study_id": "s", "day": ""})
        return code

    return job


def stored(engine: Engine) -> list[str]:
    query = select(receipt.c.code_hash).order_by(receipt.c.code_hash)
    with engine.connect() as connection:
        return list(connection.scalars(query))


@contextmanager
def while_it_is_busy(writer: Writer) -> Iterator[Callable[[Job], Future[Any]]]:
    """Queue jobs, in order, behind one that ends only with the block."""
    entered, leave = threading.Event(), threading.Event()

    def occupy(_connection: Connection) -> None:
        entered.set()
        leave.wait(timeout=60)

    with ThreadPoolExecutor(max_workers=3 * LARGEST_GROUP) as pool:

        def queue(job: Job) -> Future[Any]:
            before = len(writer._queue)
            promise = pool.submit(writer.submit, job)
            while len(writer._queue) == before and not promise.done():
                wait([promise], timeout=0.001)
            return promise

        busy = pool.submit(writer.submit, occupy)
        entered.wait(timeout=60)
        try:
            yield queue
        finally:
            leave.set()
        busy.result(timeout=60)


@contextmanager
def room_for(engine: Engine, *, pages: int) -> Iterator[None]:
    """Let the file grow by so many pages and no further, as on a full disk."""
    with engine.connect() as connection:
        most = connection.exec_driver_sql("PRAGMA page_count").scalar_one() + pages

    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={most}")

    event.listen(engine, "begin", limit)
    try:
        yield
    finally:
        event.remove(engine, "begin", limit)
        engine.dispose()


@contextmanager
def another_process_holding_the_lock(path: Path) -> Iterator[Callable[[], None]]:
    command = [sys.executable, "-c", HOLD_THE_LOCK, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process.stdin.close
        process.stdin.close()


def _codes_read_by_another_program(path: Path) -> list[str]:
    script = (
        "import sqlite3, sys; connection = sqlite3.connect(sys.argv[1]);"
        "print(*[code for code, in connection.execute('select code_hash from receipt')])"
    )
    command = [sys.executable, "-W", "ignore", "-c", script, str(path)]
    return subprocess.check_output(command, text=True).split()
