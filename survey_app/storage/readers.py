"""Reading with one statement, which is a snapshot of its own and needs no transaction."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

from survey_app.storage.engine import READERS, may_be_kept
from survey_app.storage.failures import as_sentences, as_storage_error
from survey_app.storage.statements import Row, Statement, Values

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True, slots=True)
class Readers:
    """Connections for single statements, kept at hand where the database allows it.

    They come from the engine's pool, which needs longer to hand one out than SQLite to look up a
    row, and are never more than half of it.
    """

    engine: Engine
    _kept: deque[PoolProxiedConnection] = field(default_factory=deque)

    def first(self, statement: Statement, values: Values) -> Row | None:
        """Return the statement's first row, or None. Raises StoreBusy."""
        return self._read(statement.on(self.engine.dialect).first, values)

    def all(self, statement: Statement, values: Values) -> list[Row]:
        """Return the statement's rows. Raises StoreBusy."""
        return self._read(statement.on(self.engine.dialect).all, values)

    def close(self) -> None:
        """Give all connections back to the pool."""
        while self._kept:
            self._kept.pop().close()

    def _read(
        self, query: Callable[[PoolProxiedConnection, Values], Result], values: Values
    ) -> Result:
        source = self._take()
        try:
            result = query(source, values)
        except BaseException as error:
            source.close()
            reason = as_storage_error(error)
            if reason is None:
                raise
            raise reason from error
        self._give_back(source)
        return result

    def _take(self) -> PoolProxiedConnection:
        try:
            return self._kept.pop()
        except IndexError:
            with as_sentences():
                return self.engine.raw_connection()

    def _give_back(self, source: PoolProxiedConnection) -> None:
        if len(self._kept) < READERS // 2 and may_be_kept(self.engine):
            self._kept.append(source)
        else:
            source.close()
