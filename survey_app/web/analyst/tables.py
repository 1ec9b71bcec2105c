"""What a table on the desk is made of."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row: what it is of, its cells, its share (0 to 1) as a bar, and whether it is quiet.

    Quiet rows tell what is out of the base, such as reasons for blanks.
    """

    head: str
    cells: tuple[str, ...]
    share: float | None = None
    quiet: bool = False


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table: its caption in two parts, what it counts (with n), heads, rows and remarks.

    On the desk the caption's first part stands as a heading already. The first `words` columns
    hold words, the others numbers.
    """

    caption: str
    part: str
    scope: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()
    words: int = 1

    @property
    def has_shares(self) -> bool:
        """Whether its rows are drawn as bars as well."""
        return any(row.share is not None for row in self.rows)


def show_count(count: int) -> str:
    """Return a count with its thousands apart."""
    return f"{count:,}"


def show_percent(count: int, n: int) -> str:
    """Return a share in whole per cent, a half rounded up; nothing has no share."""
    return f"{(200 * count + n) // (2 * n)}\u00a0%" if n else "–"


def show_number(number: float) -> str:
    """Return a number with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def list_words(words: Iterable[str]) -> str:
    """Return words one after another."""
    return ", ".join(words)
