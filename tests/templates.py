"""Templates that were compiled once in a run: each test's application is made of the same ones."""

from typing import ClassVar

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


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
