"""How the parts of the store reach the database: reading in snapshots, writing in turn."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine

from survey_app.storage.failures import as_sentences
from survey_app.storage.readers import Readers
from survey_app.storage.store.traces import Traces
from survey_app.storage.writer import Waiting, Writer

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True, slots=True)
class Access:
    """One database's engine, the readers of single statements, the one writer, and the traces."""

    engine: Engine
    readers: Readers
    writer: Writer
    traces: Traces

    @classmethod
    def open(cls, engine: Engine, waiting: Waiting = nullcontext) -> Self:
        """Return the ways to the engine's database; nothing is opened before the first use."""
        return cls(
            engine=engine,
            readers=Readers(engine=engine),
            writer=Writer(engine, waiting),
            traces=Traces(engine, waiting),
        )

    def close(self) -> None:
        """Write what is queued and let go of the database; a second call does nothing."""
        self.writer.close()
        self.traces.close()
        self.readers.close()
        self.engine.dispose()

    def read(self, query: Callable[[Connection], Result]) -> Result:
        """Return what ``query`` returns; all it reads is of one moment. Raises StoreBusy."""
        with as_sentences(), self.engine.connect() as connection:
            return query(connection)

    def write(self, job: Callable[[Connection], Result]) -> Result:
        """Return what ``job`` returns, after its changes are on disk (see Writer.submit)."""
        return self.writer.submit(job)

    def forget_log(self) -> bool:
        """Empty SQLite's write-ahead log, in which deleted text would else live on for a while.

        Returns whether it is empty; if not, it is tried until it is (see Traces.erase).
        """
        return self.traces.erase()
