"""An attacker with a solver: what a hidden number can be, given everything that is printed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scipy.optimize import linprog

Row = tuple[int, ...]
Cell = tuple[int, int]
NEAR = 1e-6


@dataclass(frozen=True)
class Block:
    """Rows of which the sums are known, of the rows and of the columns."""

    rows: Row
    columns: Row

    @classmethod
    def of(cls, table: Sequence[Row]) -> "Block":
        """What is known of a table of which no cell is shown."""
        return cls(
            tuple(sum(row) for row in table),
            tuple(sum(column) for column in zip(*table, strict=True)),
        )

    @property
    def cells(self) -> list[Cell]:
        """The places of all cells."""
        return [(r, c) for r in range(len(self.rows)) for c in range(len(self.columns))]


def find_intervals(block: Block) -> dict[Cell, tuple[int, int]]:
    """The least and the most that each cell can be, by linear programming.

    The constraints of a two-way table are totally unimodular, so that both are whole numbers.
    """
    cells = block.cells
    if not cells:
        return {}
    equations = [[float(cell[0] == row) for cell in cells] for row in range(len(block.rows))]
    equations += [[float(c[1] == column) for c in cells] for column in range(len(block.columns))]
    sums = [*block.rows, *block.columns]
    return {cell: _bound(equations, sums, place) for place, cell in enumerate(cells)}


def _bound(equations: list[list[float]], sums: Sequence[int], place: int) -> tuple[int, int]:
    width = len(equations[0])
    ends = []
    for sign in (1.0, -1.0):
        wanted = [sign * (number == place) for number in range(width)]
        found = linprog(wanted, A_eq=equations, b_eq=sums, bounds=(0, None), method="highs")
        assert found.status == 0, found.message
        end = sign * found.fun
        assert abs(end - round(end)) < NEAR
        ends.append(round(end))
    return ends[0], ends[1]


def list_blocks(block: Block) -> Iterator[tuple[Row, ...]]:
    """Every table with these sums, one by one."""
    if not block.rows:
        if not any(block.columns):
            yield ()
        return
    for row in _list_rows(block.rows[0], block.columns):
        rest = tuple(count - taken for count, taken in zip(block.columns, row, strict=True))
        for others in list_blocks(Block(block.rows[1:], rest)):
            yield (row, *others)


def _list_rows(total: int, most: Row) -> Iterator[Row]:
    if len(most) == 1:
        if total <= most[0]:
            yield (total,)
        return
    for first in range(min(total, most[0]) + 1):
        for others in _list_rows(total - first, most[1:]):
            yield (first, *others)
