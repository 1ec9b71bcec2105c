"""What chance alone would do: the ways in which the same answers can fall to groups of these sizes.

All of them are counted where they are few, ties included; else some are drawn with a stored seed.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import factorial, lcm, prod

import numpy as np
from numpy.typing import NDArray

from survey_app.reports.statistics.ranks import Ranking

STEPS = 150_000
"""The most steps of counting before arrangements are drawn instead: well under a second."""
MOST_COUNTED = 500
"""The most answers of which arrangements are counted: more make numbers of very many digits."""
MOST_COLUMNS = 100
"""The most different values of which arrangements are drawn, a column for each."""
DRAWS = 19_999
SEED = 1952

_Integers = NDArray[np.int64]
_Sums = tuple[int, ...]
_State = tuple[tuple[int, ...], _Sums]


def find_exact_p(ranking: Ranking, steps: int = STEPS) -> float | None:
    """Return the share of arrangements whose rank sums lie at least as far apart, or None.

    Given its sizes and the answers, every way to give answers to groups is equally likely if the
    groups do not differ. How far apart is Σ Rⱼ²/nⱼ, which orders as H does and, for two groups, as
    |U − mean of U|: so the p is two-sided, and ties need no correction. The distribution is built
    value by value, after Streitberg & Röhmel (1986), "Exact distributions for permutation and rank
    tests", Statistical Software Newsletter 12, and Mehta, Patel & Tsiatis (1984), Biometrics 40,
    doi:10.2307/2530927. None if that takes more than `steps`.
    """
    if ranking.n > MOST_COUNTED:
        return None
    order = sorted(range(len(ranking.sizes)), key=lambda place: ranking.sizes[place])
    sizes = tuple(ranking.sizes[place] for place in order)
    ways = _count_arrangements(ranking, sizes, steps)
    if ways is None:
        return None
    total = sum(ranking.doubled_sums)
    seen = _spread([ranking.doubled_sums[place] for place in order], sizes)
    far = sum(
        count for sums, count in ways.items() if _spread([*sums, total - sum(sums)], sizes) >= seen
    )
    return float(Fraction(far, sum(ways.values())))


def draw_p(ranking: Ranking, draws: int = DRAWS, seed: int = SEED) -> float | None:
    """Return (b + 1) / (draws + 1), b being how many drawn arrangements lie as far apart, or None.

    Counting the one that was seen keeps the p valid and above 0: Phipson & Smyth (2010),
    "Permutation P-values should never be zero", Statistical Applications in Genetics and Molecular
    Biology 9, doi:10.2202/1544-6115.1585. The same seed gives the same p with the same NumPy. None
    for over a hundred different values, of which drawing takes long.
    """
    if len(ranking.ties) > MOST_COLUMNS:
        return None
    sizes = np.array(ranking.sizes, dtype=np.float64)
    middle = sizes * sum(ranking.doubled_sums) / ranking.n

    def spread(sums: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.asarray(((sums - middle) ** 2 / sizes).sum(axis=-1))

    seen = float(spread(np.array(ranking.doubled_sums, dtype=np.float64)))
    drawn = spread(_draw_sums(ranking, draws, seed))
    # What lies equally far may differ in the last digit.
    far = int((drawn >= seen * (1 - 1e-9)).sum())
    return (far + 1) / (draws + 1)


def _count_arrangements(
    ranking: Ranking, sizes: tuple[int, ...], steps: int
) -> dict[_Sums, int] | None:
    """Return how many arrangements give each set of rank sums, all but the last group's."""
    start = (0,) * (len(sizes) - 1)
    states: dict[_State, int] = {(start, start): 1}
    for place, (tied, rank) in enumerate(zip(ranking.ties, ranking.doubled_ranks, strict=True)):
        steps -= len(states) * prod(min(tied, size) + 1 for size in sizes[:-1])
        if steps < 0:
            return None
        placed = sum(ranking.ties[: place + 1])
        states = _place(states, tuple(_share_out(tied, sizes)), rank, placed, sizes)
    return {sums: count for (given, sums), count in states.items() if given == sizes[:-1]}


def _place(
    states: dict[_State, int],
    shares: Sequence[tuple[tuple[int, ...], int]],
    rank: int,
    placed: int,
    sizes: tuple[int, ...],
) -> dict[_State, int]:
    """Return the states after the tied answers of one rank have fallen in each possible way."""
    after: dict[_State, int] = {}
    for (given, sums), count in states.items():
        for share, ways in shares:
            full = tuple(map(sum, zip(given, share, strict=True)))
            if placed - sum(full) > sizes[-1] or any(map(int.__gt__, full, sizes)):
                continue
            state = full, tuple(old + rank * new for old, new in zip(sums, share, strict=True))
            after[state] = after.get(state, 0) + count * ways
    return after


def _share_out(tied: int, sizes: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield how tied answers fall to all groups but the last, and in how many ways each."""
    for share in product(*(range(min(tied, size) + 1) for size in sizes[:-1])):
        rest = tied - sum(share)
        if 0 <= rest <= sizes[-1]:
            yield share, factorial(tied) // prod(map(factorial, (*share, rest)))


def _spread(sums: Sequence[int], sizes: tuple[int, ...]) -> int:
    """Return Σ Rⱼ²/nⱼ as a whole number: times the smallest number that all sizes divide."""
    whole = lcm(*sizes)
    return sum(each**2 * (whole // size) for each, size in zip(sums, sizes, strict=True))


def _draw_sums(ranking: Ranking, draws: int, seed: int) -> NDArray[np.float64]:
    """Return doubled rank sums, a row for each drawn arrangement and a column for each group.

    A group draws its answers from what the groups before it left, value by value, as a
    hypergeometric number: so the cost depends on the number of values, not of respondents.
    """
    random = np.random.default_rng(seed)
    left = [np.full(draws, tied, dtype=np.int64) for tied in ranking.ties]
    sums = np.zeros((draws, len(ranking.sizes)))
    for group, size in enumerate(ranking.sizes[:-1]):
        wanted = np.full(draws, size, dtype=np.int64)
        beyond: _Integers = np.sum(left, axis=0)
        for place, rank in enumerate(ranking.doubled_ranks):
            beyond = beyond - left[place]
            drawn = random.hypergeometric(left[place], beyond, wanted)
            left[place] = left[place] - drawn
            wanted = wanted - drawn
            sums[:, group] += rank * drawn
    sums[:, -1] = sum(ranking.doubled_sums) - sums[:, :-1].sum(axis=1)
    return sums
