"""A type's example as a whole definition: what its `example` may refer to stands around it."""

from textwrap import dedent, indent

from survey_app.definition.items.base import Item

_HEAD = """\
format: 1
name: example
version: 1.0.0
title: Example
source: the item type's own example
licence: MIT
changes: the first version
scales:
  extent:
    direction: unipolar
    points: {1: not at all, 2: to some extent, 3: to a high extent, 4: to a very high extent}
sections:
  - key: example
    title: Example
    items:
"""
_GATE = """\
      - key: rewarding
        type: select_one
        text: Did you find being a mentor rewarding?
        options: {yes: Yes, no: No}
"""


def write_example(item_type: type[Item], more: str = "") -> str:
    """Return a definition whose last item is the type's example, with further fields in `more`.

    The scale `extent` is there and, if the example's condition reads it, the question `rewarding`.
    """
    gate = _GATE if "${rewarding}" in item_type.example else ""
    fields = f"{dedent(item_type.example).strip()}\n{dedent(more).strip()}".strip()
    return f"{_HEAD}{gate}      -\n{indent(fields, ' ' * 8)}\n"
