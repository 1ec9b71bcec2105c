"""What every application of a run is made of alike, and is therefore made once.

Most tests make an application of their own. To compile the same templates, the same addresses and
the same shipped definitions for each would take longer than most of the tests do.
"""

from functools import lru_cache
from typing import Any, ClassVar

import pytest
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from werkzeug.routing import Rule

from survey_app.definition import library
from survey_app.definition.loader import load


class CompiledTemplates(BytecodeCache):
    """Compiled templates in memory; one whose source has changed is compiled again.

    They hold for applications whose templates are read with the same settings, as those of
    `create_app` are.
    """

    compiled: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take a template out, which says itself whether it is of the same source."""
        if bucket.key in self.compiled:
            bucket.bytecode_from_string(self.compiled[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self.compiled[bucket.key] = bucket.bytecode_to_string()


class CompiledRule(Rule):
    """An address whose function that builds it was compiled for an equal rule before.

    Of what is compiled, only that function is not quickly made anew: from the rule's text, its
    defaults and its map's converters, which all applications here have from Flask.
    """

    compiled: ClassVar[dict[tuple[str, str, bool], Any]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Any:  # noqa: FBT002 - werkzeug's own
        key = (self.rule, repr(self.defaults), append_unknown)
        if key not in self.compiled:
            self.compiled[key] = super()._compile_builder(append_unknown)
        return self.compiled[key]


def make_once(patch: pytest.MonkeyPatch) -> None:
    """Have applications share what is the same in all of them."""
    patch.setattr(Flask, "jinja_options", {"bytecode_cache": CompiledTemplates()})
    patch.setattr(Flask, "url_rule_class", CompiledRule)
    # By a file's content, so that what was changed is read anew.
    patch.setattr(library, "load", lru_cache(maxsize=100)(load))
