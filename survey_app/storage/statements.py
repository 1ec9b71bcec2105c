"""Statements for the paths that every participant walks, run on the driver's own cursor.

SQLAlchemy writes the SQL and knows how values are stored, both asked once for each dialect. To
execute a statement it then spends many times what SQLite needs for one row, so that is done here,
on the same connection and within the same transaction. What goes wrong is raised as the driver
raises it (see :mod:`survey_app.storage.failures`).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, TypeAlias

from sqlalchemy import Connection, Delete, Dialect, Insert, Select, Update
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

Values: TypeAlias = Mapping[str, Any]
Row: TypeAlias = dict[str, Any]

_Core: TypeAlias = Select[Any] | Insert | Update | Delete
_Source: TypeAlias = DBAPIConnection | PoolProxiedConnection
_Processor: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Compiled:
    """A statement in the words of one database.

    ``names`` are those of its values, in their order, and ``pick`` takes them out of a mapping;
    ``constants`` are the values it holds itself, ``columns`` the names in its rows. ``binding``
    and ``reading`` turn a value, by its place, into what the driver takes and back.
    """

    text: str
    positional: bool
    names: tuple[str, ...]
    constants: Row
    binding: list[tuple[int, _Processor]]
    columns: tuple[str, ...]
    reading: list[tuple[int, _Processor]]
    pick: Callable[[Values], tuple[Any, ...]]

    def run(self, source: _Source, values: Values) -> None:
        """Run the statement; ``values`` holds one for each name, and may hold others."""
        cursor = source.cursor()
        try:
            cursor.execute(self.text, self._bind(values))
        finally:
            cursor.close()

    def run_many(self, source: _Source, rows: Iterable[Values]) -> None:
        """Run the statement once for each of the rows; none at all is well."""
        bound = [self._bind(values) for values in rows]
        if bound:
            with closing(source.cursor()) as cursor:
                cursor.executemany(self.text, bound)

    def first(self, source: _Source, values: Values) -> Row | None:
        """Return the first row by its columns' names, or None."""
        cursor = source.cursor()
        try:
            cursor.execute(self.text, self._bind(values))
            found = cursor.fetchone()
        finally:
            cursor.close()
        return None if found is None else self._read(found)

    def all(self, source: _Source, values: Values) -> list[Row]:
        """Return all rows by their columns' names."""
        with closing(source.cursor()) as cursor:
            cursor.execute(self.text, self._bind(values))
            return [self._read(found) for found in cursor.fetchall()]

    def _bind(self, values: Values) -> Any:
        if self.constants:
            values = {**self.constants, **values}
        bound = _process(self.pick(values), self.binding)
        return bound if self.positional else dict(zip(self.names, bound, strict=True))

    def _read(self, found: Sequence[Any]) -> Row:
        return dict(zip(self.columns, _process(found, self.reading), strict=True))


def _process(row: Sequence[Any], processors: list[tuple[int, _Processor]]) -> Sequence[Any]:
    if not processors:
        return row
    done = list(row)
    for place, process in processors:
        done[place] = process(done[place])
    return done


class Statement:
    """A statement with named values, written once for each dialect.

    ``writes`` names the columns that an insert or an update fills; None is all of the table's.
    """

    def __init__(self, core: _Core, *, writes: Iterable[str] | None = None) -> None:
        self._core = core
        self._writes = None if writes is None else list(writes)
        # By name: all engines of this package are made alike.
        self._compiled: dict[str, Compiled] = {}

    def on(self, dialect: Dialect) -> Compiled:
        """Return the statement in the words of a database."""
        found = self._compiled.get(dialect.name)
        if found is None:
            found = self._compiled[dialect.name] = self._compile(dialect)
        return found

    def run(self, connection: Connection, values: Values) -> None:
        """Run the statement within the connection's transaction (see Compiled.run)."""
        self.on(connection.dialect).run(_driver(connection), values)

    def run_many(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Run the statement once for each of the rows within the connection's transaction."""
        self.on(connection.dialect).run_many(_driver(connection), rows)

    def first(self, connection: Connection, values: Values) -> Row | None:
        """Return the first row, as the connection's transaction sees it, or None."""
        return self.on(connection.dialect).first(_driver(connection), values)

    def all(self, connection: Connection, values: Values) -> list[Row]:
        """Return all rows, as the connection's transaction sees them."""
        return self.on(connection.dialect).all(_driver(connection), values)

    def _compile(self, dialect: Dialect) -> Compiled:
        written = self._core.compile(dialect=dialect, column_keys=self._writes)
        if not isinstance(written, SQLCompiler):
            raise TypeError(f"{self._core} cannot be run. Make it of a select, insert or the like.")
        named = {name: bind for bind, name in written.bind_names.items()}
        names = tuple((written.positiontup or ()) if written.positional else named)
        chosen = self._chosen()
        return Compiled(
            text=written.string,
            positional=written.positional,
            names=names,
            constants={
                name: bind.value
                for name, bind in named.items()
                if not bind.required and bind.value is not None
            },
            binding=_numbered(_to_store(named[name].type, dialect) for name in names),
            columns=tuple(chosen),
            reading=_numbered(_from_store(kind, dialect) for kind in chosen.values()),
            pick=_picking(names),
        )

    def _chosen(self) -> dict[str, TypeEngine[Any]]:
        if not isinstance(self._core, Select):
            return {}
        return {name: column.type for name, column in self._core.selected_columns.items()}


def _driver(connection: Connection) -> _Source:
    # The pool's wrapping adds to each call of the driver what a call costs in Python.
    return connection.connection.dbapi_connection or connection.connection


def _picking(names: tuple[str, ...]) -> Callable[[Values], tuple[Any, ...]]:
    """Return what takes these values out of a mapping, many at once."""
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)


def _numbered(processors: Iterable[_Processor | None]) -> list[tuple[int, _Processor]]:
    return [(place, each) for place, each in enumerate(processors) if each is not None]


def _to_store(kind: TypeEngine[Any], dialect: Dialect) -> _Processor | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)


def _from_store(kind: TypeEngine[Any], dialect: Dialect) -> _Processor | None:
    # The driver's own code of the type matters to types that none of our tables has.
    return kind.dialect_impl(dialect).result_processor(dialect, None)
