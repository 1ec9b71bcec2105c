"""What every application of a run is made of alike, and is therefore made once.

Most tests make an application of their own. To compile the same templates, addresses, statements
and shipped definitions for each would take longer than most of the tests do.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar

import pytest
import sqlalchemy
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from sqlalchemy import Engine
from werkzeug.routing import Rule

from survey_app.definition import library
from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.definition.problems import Problem
from survey_app.definition.verdict import find_version_problems
from survey_app.storage import engine


class CompiledTemplates(BytecodeCache):
    """Compiled templates in memory; one whose source has changed is compiled again.

    They hold for applications whose templates are read with the same settings, as those of
    `create_app` are.
    """

    compiled: ClassVar[dict[tuple[str, str], Any]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take out a template that was compiled of the same source."""
        bucket.code = self.compiled.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self.compiled[bucket.key, bucket.checksum] = bucket.code


class CompiledRule(Rule):
    """An address that was compiled for an equal rule before.

    What is compiled is made of the rule's text, its defaults and its map's converters, which all
    applications here have from Flask.
    """

    compiled: ClassVar[dict[tuple[str, str], dict[str, Any]]] = {}

    def compile(self) -> None:
        """Compile the address, or take over what an equal one is compiled to."""
        key = (self.rule, repr(self.defaults))
        if key not in self.compiled:
            super().compile()
            self.compiled[key] = {
                "_parts": self._parts,
                "_trace": self._trace,
                "_converters": self._converters,
                "arguments": self.arguments,
                "_build": self._build.__func__,  # type: ignore[attr-defined]
                "_build_unknown": self._build_unknown.__func__,  # type: ignore[attr-defined]
            }
            return
        for name, value in self.compiled[key].items():
            setattr(self, name, value.__get__(self) if name.startswith("_build") else value)


class JudgedVersions:
    """What is wrong with versions that were held against each other before.

    They are the same ones where they are the same objects, as `load` returns them.
    """

    def __init__(self) -> None:
        self.judged: dict[Any, tuple[list[Instrument], list[Problem]]] = {}

    def find(
        self, instruments: Iterable[Instrument], files: Mapping[tuple[str, str], str] | None = None
    ) -> list[Problem]:
        """Return the problems of these versions in these files."""
        versions = list(instruments)
        key = (tuple(map(id, versions)), tuple((files or {}).items()))
        if key not in self.judged:
            # Kept with the versions, so that no others can come to stand where they stood.
            self.judged[key] = versions, find_version_problems(versions, files)
        return list(self.judged[key][1])


def share_statements(patch: pytest.MonkeyPatch) -> None:
    """Have all of SQLite's engines share the statements that were compiled for one of them.

    They are compiled for a dialect, and those of `open_engine` are all alike: here they are equal.
    """
    first = engine.open_engine("sqlite://")
    kind = type(first.dialect)
    patch.setattr(kind, "__hash__", lambda _self: hash(kind))
    patch.setattr(kind, "__eq__", lambda _self, other: type(other) is kind)

    def create_engine(*arguments: Any, **options: Any) -> Engine:
        made = sqlalchemy.create_engine(*arguments, **options)
        if type(made.dialect) is kind:
            made._compiled_cache = first._compiled_cache
        return made

    patch.setattr(engine, "create_engine", create_engine)


def make_once(patch: pytest.MonkeyPatch) -> None:
    """Have applications share what is the same in all of them."""
    patch.setattr(Flask, "jinja_options", {"bytecode_cache": CompiledTemplates()})
    patch.setattr(Flask, "url_rule_class", CompiledRule)
    # By a file's content, so that what was changed is read anew.
    patch.setattr(library, "load", lru_cache(maxsize=100)(load))
    patch.setattr(library, "find_version_problems", JudgedVersions().find)
    share_statements(patch)
