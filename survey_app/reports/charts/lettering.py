"""How wide words are, and where their lines break."""

from functools import cache
from itertools import accumulate, takewhile

from matplotlib.font_manager import FontProperties, findfont, get_font

FAMILY = "DejaVu Sans"  # comes with matplotlib, so that every machine draws the same
RESOLUTION = 720  # high, since letters are fitted to whole dots
SIZE = 9.0
UNITS = 64
"""What FreeType measures in: 64ths of a dot."""


@cache
def measure(words: str, size: float = SIZE, weight: str = "normal") -> float:
    """Return the width of words in inches."""
    font = get_font(findfont(FontProperties(family=FAMILY, weight=weight)))
    font.set_size(size, RESOLUTION)
    font.set_text(words)
    return float(font.get_width_height()[0]) / UNITS / RESOLUTION


def wrap(words: str, width: float, size: float = SIZE, weight: str = "normal") -> tuple[str, ...]:
    """Return words in lines of at most `width` inches; a word too long for one is divided."""
    lines: list[str] = []
    for paragraph in words.split("\n"):
        rest = paragraph.split()
        if not rest:
            lines.append("")
        while rest:
            count = _count_fitting(rest, width, size, weight)
            if not count:
                *whole, rest[0] = _divide(rest[0], width, size, weight)
                lines += whole
                # A letter that is wider than the line stands on it all the same.
                count = max(_count_fitting(rest, width, size, weight), 1)
            lines.append(" ".join(rest[:count]))
            del rest[:count]
    return tuple(lines)


def _count_fitting(words: list[str], width: float, size: float, weight: str) -> int:
    """Return how many of the words stand on one line, which is looked for from a good guess on.

    Measuring takes longer than all else in the layout of a chart.
    """

    def fits(count: int) -> bool:
        return measure(" ".join(words[:count]), size, weight) <= width

    letters = width / measure("n", size, weight)
    ends = accumulate(len(word) + 1 for word in words)
    count = sum(1 for _ in takewhile(lambda end: end <= letters, ends))
    while count < len(words) and fits(count + 1):
        count += 1
    while count and not fits(count):
        count -= 1
    return count


def _divide(word: str, width: float, size: float, weight: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, size, weight) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
