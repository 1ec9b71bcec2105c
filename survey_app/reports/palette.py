"""The colours of charts, chosen so that they stay apart in grey and for the colour-blind."""

from collections.abc import Sequence

from survey_app.definition.shapes import Direction

SEQUENTIAL = ("#c6dbef", "#6baed6", "#2171b5", "#08306b")
"""ColorBrewer Blues, classes 3, 5, 7 and 9: for scales from none to much."""

AGAINST = ("#b35806", "#fdb863")
FOR = ("#b2abd2", "#542788")
"""ColorBrewer PuOr, its two arms from the outer end: for scales from against to for."""

NEUTRAL = "#d9d9d9"
ONE = SEQUENTIAL[2]
UNKNOWN = "#8a8a8a"
NOT_ASKED = "#f4f4f4"
HATCHES = {NOT_ASKED: "////"}
"""Lines over what in grey would be taken for a colour beside it."""
INK = "#1a1a1a"
QUIET = "#5c5c5c"
RULE = "#d0d0d0"


def pick_sequential(levels: int) -> tuple[str, ...]:
    """Return one colour a level, light to dark."""
    return _spread(SEQUENTIAL, levels)


def pick_diverging(levels: int) -> tuple[str, ...]:
    """Return one colour a level, from against to for, with grey in an odd scale's middle."""
    side = levels // 2
    middle = (NEUTRAL,) if levels % 2 else ()
    return (*_spread(AGAINST, side), *middle, *reversed(_spread(tuple(reversed(FOR)), side)))


def pick_colours(direction: Direction, levels: int) -> tuple[str, ...]:
    """Return one colour for each point of a scale, by the directions that it has."""
    return pick_diverging(levels) if direction == "bipolar" else pick_sequential(levels)


def pick_label(background: str) -> str:
    """Return black or white, whichever stands out more (contrast ratio of WCAG 2.2)."""
    luminance = _luminance(background)
    return "#ffffff" if 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05 else "#000000"


def _spread(anchors: Sequence[str], count: int) -> tuple[str, ...]:
    if count == 1:
        return (anchors[0] if len(anchors) == len(FOR) else ONE,)
    last = len(anchors) - 1
    return tuple(_mix(anchors, last * place / (count - 1)) for place in range(count))


def _mix(anchors: Sequence[str], place: float) -> str:
    below = min(int(place), len(anchors) - 2)
    share = place - below
    pairs = zip(_channels(anchors[below]), _channels(anchors[below + 1]), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour after WCAG 2.2."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    limit = 0.04045
    return channel / 12.92 if channel <= limit else ((channel + 0.055) / 1.055) ** 2.4
