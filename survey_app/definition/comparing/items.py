"""What changed of one item: its fields, its scale, and the lists that it offers."""

from collections.abc import Iterator

from survey_app.definition import problems
from survey_app.definition.comparing.lists import Pair, Words, compare_lists, compare_words
from survey_app.definition.comparing.scales import compare_scales
from survey_app.definition.differences import KINDS, Difference, Part, say_value
from survey_app.definition.items.base import Item
from survey_app.definition.reading import Size, author_fields
from survey_app.definition.text import Text

UNSEEN = frozenset(("as_printed",))
"""The author's fields that nobody who asks or answers sees."""


def compare_items(pair: Pair) -> Iterator[Difference]:
    """Yield every change of one question; of one of another type nothing but that."""
    if pair.older_key != pair.key:
        yield pair.place(_say_rename(pair))
    if type(pair.old) is not type(pair.new):
        yield pair.place(_say_types(pair))
        return
    for difference in (*_compare_fields(pair), *_compare_kinds(pair)):
        yield pair.place(difference)
    after = list_parts(pair.new)
    for sort, parts in list_parts(pair.old).items():
        lists = parts, after[sort]
        found = compare_scales(pair) if sort == "point" else compare_lists(pair, *lists)
        for difference in found:
            yield pair.place(difference, sort)


def list_parts(item: Item) -> dict[Part, Words]:
    """Return the lists of an item by the sort of their parts.

    Codes are one's own within a list: a row may be called as a point of the scale is.
    """
    columns, scale, topic = item.columns(), item.scale_used(), item.topic()
    options: Words = {each.option: each.label for each in columns if each.option}
    rows: Words = {each.row: each.label for each in columns if each.row}
    if not options and not scale:
        options = next((each.codes for each in columns if each.codes), {})
    # Options and rows are probes as well.
    probes = {} if topic is None else {each.key: each.text for each in topic.probes}
    return {
        "option": options,
        "row": rows,
        "point": scale.points if scale else {},
        "probe": {
            key: text for key, text in probes.items() if key not in options and key not in rows
        },
    }


def _say_rename(pair: Pair) -> Difference:
    what = problems.item_renamed(pair.older_key, pair.key)
    return Difference(
        size="minor", kind="renamed", what=what, before=pair.older_key, after=pair.key
    )


def _say_types(pair: Pair) -> Difference:
    old, new = pair.old.type_name, pair.new.type_name
    what = problems.item_retyped(pair.key, old, new)
    return Difference(size="major", kind="type", what=what, before=old, after=new)


def _compare_fields(pair: Pair) -> Iterator[Difference]:
    for name, field in author_fields(type(pair.new)).items():
        size: Size | None = field.metadata["change"]
        if size is not None and getattr(pair.old, name) != getattr(pair.new, name):
            yield from _compare_field(pair, name, size)


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
