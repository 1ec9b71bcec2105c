"""What changed of the scale on which an item is answered."""

from collections.abc import Iterator

from survey_app.definition import problems
from survey_app.definition.comparing.lists import (
    Pair,
    Words,
    compare_kept,
    find_recoded,
    order_differs,
)
from survey_app.definition.comparing.wording import are_same
from survey_app.definition.differences import Difference, say_value
from survey_app.definition.items.base import Item
from survey_app.definition.scale import Scale


def compare_scales(pair: Pair) -> Iterator[Difference]:
    """Yield whether it is turned round, has other points, or says them differently."""
    turned = _compare_ways(pair)
    if turned is not None:
        yield turned
    old, new = pair.old.scale_used(), pair.new.scale_used()
    if old is None or new is None or _is_reversed(old.points, new.points):
        return
    recoded = find_recoded(old.points, new.points)
    gone = set(old.points) - set(new.points) - set(recoded.values())
    come = set(new.points) - set(old.points) - set(recoded)
    if gone or come or order_differs(old.points, new.points):
        yield Difference(
            size="major",
            kind="scale",
            what=problems.scale_differs(pair.key),
            before=", ".join(old.points),
            after=", ".join(new.points),
        )
    yield from compare_kept(pair, old.points, new.points, recoded)


def is_turned(old: Item, new: Item) -> bool:
    """Whether two items are answered on scales of which one is the other turned round."""
    old_scale, new_scale = old.scale_used(), new.scale_used()
    if old_scale is None or new_scale is None:
        return _ends_are_swapped(old, new)
    return old_scale.direction != new_scale.direction or _is_reversed(
        old_scale.points, new_scale.points
    )


def _compare_ways(pair: Pair) -> Difference | None:
    if not is_turned(pair.old, pair.new):
        return None
    old, new = pair.old.scale_used(), pair.new.scale_used()
    what, before, after = problems.scale_reversed(pair.key), "", ""
    if old is None or new is None:
        before, after = say_value(pair.old.end_words()), say_value(pair.new.end_words())
    elif old.direction != new.direction:
        what, before, after = problems.scale_turned(pair.key), old.direction, new.direction
    else:
        before, after = _say_points(old), _say_points(new)
    return Difference(size="major", kind="direction", what=what, before=before, after=after)


def _is_reversed(before: Words, after: Words) -> bool:
    """Whether the codes, or the words whatever their codes, stand in the opposite order."""
    codes = tuple(before), tuple(after)
    if codes[0] != codes[1] and codes[1] == codes[0][::-1]:
        return True
    old, new = list(before.values()), list(after.values())
    if len(old) != len(new) or all(map(are_same, old, new)):
        return False
    return all(map(are_same, old, reversed(new)))


def _ends_are_swapped(old: Item, new: Item) -> bool:
    first, last = old.end_words()
    return not are_same(first, last) and all(map(are_same, (last, first), new.end_words()))


def _say_points(scale: Scale) -> str:
    return ", ".join(f"{code}: {say_value(words)}" for code, words in scale.points.items())
