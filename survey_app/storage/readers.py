"""Reading with one statement, which is a snapshot of its own and needs no transaction."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import Engine
from sqlalchemy.pool import PoolProxiedConnection

from survey_app.storage.engine import READERS, may_be_kept
from survey_app.storage.failures import as_sentences
from survey_app.storage.statements import Row, Statement, Values


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
        with as_sentences(), self._source() as source:
            return statement.on(self.engine.dialect).first(source, values)

    def all(self, statement: Statement, values: Values) -> list[Row]:
        """Return the statement's rows. Raises StoreBusy."""
        with as_sentences(), self._source() as source:
            return statement.on(self.engine.dialect).all(source, values)

    def close(self) -> None:
        """Give all connections back to the pool."""
        while self._kept:
            self._kept.pop().close()

    @contextmanager
    def _source(self) -> Iterator[PoolProxiedConnection]:
        try:
            source = self._kept.pop()
        except IndexError:
            source = self.engine.raw_connection()
        well = False
        try:
            yield source
            well = True
        finally:
            if well and len(self._kept) < READERS // 2 and may_be_kept(self.engine):
                self._kept.append(source)
            else:
                source.close()
