"""How the items of a scale vary together: the ground of reliability."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement, islice

import numpy as np
from numpy.typing import NDArray

from survey_app.reports.statistics.missing import Treatment
from survey_app.translations import gettext as _

BATCH = 1000
LEAST = 2
"""Respondents without whom nothing varies, and items without whom nothing varies together."""

Matrix = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Covariances:
    """Covariances (divisor n − 1) of items, and how many respondents each of them rests on.

    Where fewer than two answered both items, the covariance is 0 and `pairs` says so. `n` are the
    respondents who count for any of them.
    """

    items: tuple[str, ...]
    matrix: tuple[tuple[float, ...], ...]
    pairs: tuple[tuple[int, ...], ...]
    n: int
    left_out: int
    treatment: Treatment

    @property
    def fewest(self) -> int:
        """The smallest number of respondents that a covariance rests on."""
        return min((count for row in self.pairs for count in row), default=0)

    def explain_thin_pair(self) -> str:
        """Say which two items (or which one) hardly anyone answered; nothing if there are none."""
        for first, second in combinations_with_replacement(range(len(self.items)), 2):
            if self.pairs[first][second] < LEAST:
                sentence = (
                    _("Fewer than two answered {first}.")
                    if first == second
                    else _("Fewer than two answered both {first} and {second}.")
                )
                return sentence.format(first=self.items[first], second=self.items[second])
        return ""


class _Sums:
    """Sums over respondents of answers less the item's first one.

    So large numbers cancel nothing away, and what everyone answered alike varies by exactly 0.
    """

    def __init__(self, size: int) -> None:
        self.origin = np.full(size, np.nan)
        self.pairs = np.zeros((size, size))
        self.sums = np.zeros((size, size))
        self.products = np.zeros((size, size))

    def add(self, values: Matrix) -> None:
        """Add respondents, a row each, NaN where there is no answer."""
        given = ~np.isnan(values)
        firsts = values[given.argmax(axis=0), np.arange(values.shape[1])]
        self.origin = np.where(np.isnan(self.origin), firsts, self.origin)
        shifted = np.where(given, values - self.origin, 0.0)
        mask = given.astype(np.float64)
        self.pairs += mask.T @ mask
        self.sums += shifted.T @ mask
        self.products += shifted.T @ shifted

    def close(self) -> Matrix:
        """Return (Σxy − Σx·Σy / n) / (n − 1), each over those who answered both; else 0."""
        count = np.maximum(self.pairs, LEAST)
        matrix = (self.products - self.sums * self.sums.T / count) / (count - 1)
        return np.where(self.pairs >= LEAST, matrix, 0.0)


def compute_covariances(
    items: Sequence[str],
    rows: Iterable[Sequence[float | None]],
    treatment: Treatment = Treatment.LISTWISE,
) -> Covariances:
    """Return the covariances of `items`; `rows` hold a respondent's answers in the items' order.

    None and NaN are no answer.
    `LISTWISE` takes those who answered every item, `PAIRWISE` for each pair those who answered
    both, by Σ(x−x̄)(y−ȳ)/(n−1) over them. Rows are read once, in batches. Raise ValueError for
    another treatment, since every covariance has two items.
    """
    if treatment is Treatment.AVAILABLE:
        raise ValueError("covariances are listwise or pairwise")
    sums, n, left_out = _Sums(len(items)), 0, 0
    remaining = iter(rows)
    while batch := tuple(islice(remaining, BATCH)):
        values = np.array(batch, dtype=np.float64).reshape(len(batch), len(items))
        given = ~np.isnan(values)
        counting = given.all(axis=1) if treatment is Treatment.LISTWISE else given.any(axis=1)
        n += int(counting.sum())
        left_out += int((~counting).sum())
        if counting.any():
            sums.add(values[counting])
    return Covariances(
        items=tuple(items),
        matrix=tuple(tuple(map(float, row)) for row in sums.close()),
        pairs=tuple(tuple(map(int, row)) for row in sums.pairs),
        n=n,
        left_out=left_out,
        treatment=treatment,
    )
