"""What lies over a sheet's cells, as plain values: charts of its numbers, and pictures."""

from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of every bar: the name of the column that counts it, its words and its colours."""

    column: str
    words: str
    colour: str
    label_colour: str


@dataclass(frozen=True, kw_only=True)
class StackedBars:
    """Bars of 100 per cent of some rows of the sheet itself, so that whoever edits those edits it.

    `rows` are the numbers of the first and the last, row 1 being the header; `names` is the name
    of the column whose cells name the bars. The upper left corner lies in `cell`, such as `C12`;
    `width` and `height` are in inches. `alt` says in words what it shows.
    """

    title: str
    alt: str
    rows: tuple[int, int]
    names: str
    parts: tuple[Part, ...]
    cell: str
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A .png, as wide and high in inches as it is shown; `alt` says in words what it shows."""

    title: str
    alt: str
    content: bytes = field(repr=False)
    cell: str
    width: float
    height: float


Drawing = StackedBars | Picture
