"""Items on a scale one by one, whether they stand alone or in a battery, and their words."""

from dataclasses import dataclass

from survey_app.definition.instrument import Instrument
from survey_app.definition.shapes import Direction, Grid
from survey_app.definition.text import Text
from survey_app.reports.group_points import Line


@dataclass(frozen=True, kw_only=True)
class LineWords:
    """What one item on a scale says: its question, hint and own words, and the scale's points.

    `text` is None for an item that stands alone.
    """

    question: Text
    hint: Text | None
    text: Text | None
    levels: tuple[tuple[str, Text], ...]
    direction: Direction


def find_lines(instrument: Instrument) -> dict[Line, LineWords]:
    """Return all items on scales, in their order."""
    lines: dict[Line, LineWords] = {}
    for item in instrument.items:
        grid = item.summarise([])
        if item.scale_used() is None or not isinstance(grid, Grid):
            # What is put in order has places, and no scale.
            continue
        for key, row in zip(item.row_keys(), grid.rows, strict=True):
            lines[item.key, key] = LineWords(
                question=grid.text,
                hint=item.hint,
                text=row.text if key else None,
                levels=grid.levels,
                direction=grid.direction,
            )
    return lines


def is_same_question(one: LineWords, other: LineWords) -> bool:
    """Whether two versions asked the same: in words, in points and in their order.

    Words count in the languages that both are written in, so a translation changes nothing.
    """
    same_scale = one.direction == other.direction and [code for code, _text in one.levels] == [
        code for code, _text in other.levels
    ]
    return same_scale and all(
        _is_same_text(*pair) for pair in zip(_list_texts(one), _list_texts(other), strict=True)
    )


def _list_texts(words: LineWords) -> tuple[Text | None, ...]:
    return words.question, words.hint, words.text, *(text for _code, text in words.levels)


def _is_same_text(one: Text | None, other: Text | None) -> bool:
    if one is None or other is None:
        return one is other
    first, second = dict(one.wordings), dict(other.wordings)
    shared = first.keys() & second.keys()
    return bool(shared) and all(first[language] == second[language] for language in shared)
