"""How wide words are, and where their lines break."""

from functools import cache

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
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if measure(longer, size, weight) <= width:
                line = longer
                continue
            lines += [line] if line else []
            *whole, line = _divide(word, width, size, weight)
            lines += whole
        lines.append(line)
    return tuple(lines)


def _divide(word: str, width: float, size: float, weight: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and measure(pieces[-1] + letter, size, weight) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
