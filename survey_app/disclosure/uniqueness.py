"""How many people stand alone in their quasi-identifiers, and by which of these.

People with the same answers to all of them are as many as k (L. Sweeney 2002, k-anonymity,
International Journal of Uncertainty, Fuzziness and Knowledge-Based Systems 10, 557-570): where k is
one, whoever knows these answers of somebody knows all others of theirs as well.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEW = 5
Profile = tuple[str, ...]
"""The answers of somebody, in the order of the questions, each in words or codes."""


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one question adds: who stands alone by it alone, and who would without it."""

    key: str
    alone: int
    without: int


@dataclass(frozen=True, kw_only=True)
class Uniqueness:
    """How many `people` there are, who of them is `alone` and who among `few`, fewer than FEW.

    `profiles` are the answers that few people have in common, with how many, the fewest first.
    """

    keys: tuple[str, ...]
    people: int
    alone: int
    few: int
    shares: tuple[Share, ...]
    profiles: tuple[tuple[Profile, int], ...]


def find_uniqueness(keys: Sequence[str], profiles: Mapping[Profile, int]) -> Uniqueness:
    """Return who can be told apart by the answers to some questions; profiles are with counts."""
    rare = [(profile, count) for profile, count in profiles.items() if count < FEW]
    return Uniqueness(
        keys=tuple(keys),
        people=sum(profiles.values()),
        alone=_count_alone(profiles, range(len(keys))),
        few=sum(count for _profile, count in rare),
        shares=tuple(_measure(place, keys, profiles) for place in range(len(keys))),
        profiles=tuple(sorted(rare, key=lambda pair: (pair[1], pair[0]))),
    )


def _measure(place: int, keys: Sequence[str], profiles: Mapping[Profile, int]) -> Share:
    others = [each for each in range(len(keys)) if each != place]
    return Share(
        key=keys[place],
        alone=_count_alone(profiles, [place]),
        without=_count_alone(profiles, others),
    )


def _count_alone(profiles: Mapping[Profile, int], places: Sequence[int]) -> int:
    """Return how many are alone in what they answered to some of the questions."""
    counts = Counter[Profile]()
    for profile, count in profiles.items():
        counts[tuple(profile[place] for place in places)] += count
    return sum(count for count in counts.values() if count == 1)
