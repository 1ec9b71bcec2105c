"""Ranks and their statistics by their definitions, one answer at a time."""

import itertools
import statistics
from collections.abc import Iterator, Sequence

from survey_app.reports.statistics.ranks import Ranking, rank_groups
from tests.reports.statistics.data import make_group

Sample = Sequence[float]


def find_midranks(values: Sample) -> list[float]:
    """Each value's rank: those below it, and half of the others that equal it, and one."""
    return [
        sum(other < value for other in values) + (values.count(value) - 1) / 2 + 1
        for value in list(values)
    ]


def count_wins(first: Sample, second: Sample) -> float:
    """U by its definition: the pairs that the first wins, ties as halves."""
    return sum((a > b) + (a == b) / 2 for a in first for b in second)


def compare_variances(*samples: Sample) -> float:
    """H as the ranks' variance between groups over their whole variance, ties or none."""
    ranks = find_midranks([value for sample in samples for value in sample])
    middle, left = statistics.fmean(ranks), iter(ranks)
    parts = [[next(left) for _value in sample] for sample in samples]
    between = sum(len(part) * (statistics.fmean(part) - middle) ** 2 for part in parts)
    return between / statistics.variance(ranks, middle)


def list_arrangements(values: Sample, sizes: Sequence[int]) -> Iterator[list[list[float]]]:
    """Every way to give the values to groups of these sizes."""
    if len(sizes) == 1:
        yield [list(values)]
        return
    places = range(len(values))
    for chosen in itertools.combinations(places, sizes[0]):
        rest = [values[place] for place in places if place not in chosen]
        for others in list_arrangements(rest, sizes[1:]):
            yield [[values[place] for place in chosen], *others]


def rank(*samples: Sample) -> Ranking:
    return rank_groups([make_group(f"g{place}", each) for place, each in enumerate(samples)])
