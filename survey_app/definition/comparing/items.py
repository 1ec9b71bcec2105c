"""What changed of one item: its fields, its scale, and the lists that it offers."""

from collections.abc import Iterator, Mapping

from survey_app.definition import problems
from survey_app.definition.comparing.lists import Pair, Words, compare_lists, compare_words
from survey_app.definition.comparing.scales import compare_scales
from survey_app.definition.differences import KINDS, Difference, say_value
from survey_app.definition.items.base import Item
from survey_app.definition.reading import Size, author_fields
from survey_app.definition.text import Text

UNSEEN = frozenset(("as_printed",))
"""The author's fields that nobody who asks or answers sees."""


def compare_items(pair: Pair) -> Iterator[Difference]:
    """Yield every change of one question; of one of another type nothing but that."""
    yield from map(pair.place, _compare(pair))


def list_parts(item: Item) -> Mapping[str, Words]:
    """Return the lists of an item: its columns, the codes of its answers, its points and probes.

    Codes are one's own within a list: a row may be called as a point of the scale is.
    """
    columns = {
        column.option or column.row: column.label
        for column in item.columns()
        if column.option or column.row
    }
    scale, topic = item.scale_used(), item.topic()
    codes: Words = {} if scale else _find_codes(item)
    # Options and rows are probes as well.
    listed = columns.keys() | codes.keys()
    probes = {} if topic is None else {each.key: each.text for each in topic.probes}
    return {
        "columns": columns,
        "codes": codes,
        "points": scale.points if scale else {},
        "probes": {key: text for key, text in probes.items() if key not in listed},
    }


def _find_codes(item: Item) -> Words:
    """The codes of an item's one column of codes; the two of a flag are the program's own."""
    for column in item.columns():
        if column.kind == "code":
            return column.codes
    return {}


def _compare(pair: Pair) -> Iterator[Difference]:
    old, new = pair.old, pair.new
    if pair.older_key != pair.key:
        what = problems.item_renamed(pair.older_key, pair.key)
        named = {"before": pair.older_key, "after": pair.key}
        yield Difference(size="minor", kind="renamed", what=what, **named)
    if type(old) is not type(new):
        what = problems.item_retyped(pair.key, old.type_name, new.type_name)
        types = {"before": old.type_name, "after": new.type_name}
        yield Difference(size="major", kind="type", what=what, **types)
        return
    for name, field in author_fields(type(new)).items():
        size: Size | None = field.metadata["change"]
        if size is not None and getattr(old, name) != getattr(new, name):
            yield from _compare_field(pair, name, size)
    yield from compare_scales(pair)
    yield from _compare_kinds(pair)
    before, after = list_parts(old), list_parts(new)
    for name in ("columns", "codes", "probes"):
        yield from compare_lists(pair, before[name], after[name])


def _compare_field(pair: Pair, name: str, size: Size) -> Iterator[Difference]:
    before, after = getattr(pair.old, name), getattr(pair.new, name)
    if isinstance(before or after, Text) and name not in UNSEEN:
        yield from compare_words(pair, name, before, after)
        return
    yield Difference(
        size=size,
        what=problems.is_different(name, pair.key),
        kind="cosmetic" if name in UNSEEN else KINDS.get(name, "setting"),
        before=say_value(before),
        after=say_value(after),
    )


def _compare_kinds(pair: Pair) -> Iterator[Difference]:
    before = {column.name: column.kind for column in pair.old.columns()}
    for column in pair.new.columns():
        kind = before.get(column.name, column.kind)
        if kind != column.kind:
            yield Difference(
                size="major",
                what=problems.column_retyped(column.name),
                kind="type",
                before=kind,
                after=column.kind,
            )
