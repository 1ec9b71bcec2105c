"""Which versions of an instrument are counted together: by their numbers, and by what was decided.

A new first number says that some meaning changed, so versions are together where it is the same
and apart where it is not. A rule decides otherwise, for all questions or for one. This is the one
place that decides; statistics, charts and tables ask here.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.lineage import Lineage
from survey_app.definition.pooling.division import (
    Group,
    Steps,
    divide,
    settle,
    sort_groups,
    translate,
)
from survey_app.definition.pooling.rules import PoolingRule, make_rule

__all__ = ["BY_NUMBERS", "Division", "Pooling", "PoolingRule", "make_rule", "name_group"]


@dataclass(frozen=True, kw_only=True)
class Division:
    """The versions that are counted together for one question, newest group and version first.

    `codes` says by version what its codes are counted as, where that is another code of the
    group's newest version; `led` are the versions of which a crosswalk was stated. `rules` are
    those by which it is so, oldest first: none where the numbers of the versions alone decide.
    """

    groups: tuple[tuple[Instrument, ...], ...]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    led: frozenset[str] = frozenset()
    rules: tuple[PoolingRule, ...] = ()

    def find_group(self, version: str) -> tuple[Instrument, ...]:
        """Return the group of a version."""
        return next(
            group for group in self.groups if any(each.version == version for each in group)
        )

    def find_rules(self, versions: Collection[str]) -> tuple[PoolingRule, ...]:
        """Return the rules by which some of the versions are together or apart.

        None where their numbers alone decide.
        """
        firsts = Counter(map(_find_first, versions))
        found = tuple(rule for rule in self.rules if _touches(rule, firsts))
        groups = [{each.version for each in group}.intersection(versions) for group in self.groups]
        as_numbered = all(len(set(map(_find_first, group))) <= 1 for group in groups)
        is_whole = len([group for group in groups if group]) == len(firsts)
        # Two that have nothing in common may still be together by way of a third.
        return found if found or (as_numbered and is_whole) else self.rules


@dataclass(frozen=True)
class Pooling:
    """The rules that were ever decided, oldest first: a later one stands over an earlier one.

    Those for one question stand over those for all.
    """

    rules: tuple[PoolingRule, ...] = ()

    @cached_property
    def standing(self) -> tuple[PoolingRule, ...]:
        """The rules that no later one about the same replaced or took back, oldest first."""
        last = {rule.about: place for place, rule in enumerate(self.rules)}
        return tuple(
            rule
            for place, rule in enumerate(self.rules)
            if last[rule.about] == place and rule.pool is not None
        )

    @cached_property
    def items(self) -> tuple[str, ...]:
        """The questions of which something was decided for itself."""
        return tuple(dict.fromkeys(rule.item for rule in self.standing if rule.item))

    def groups(
        self, instruments: Iterable[Instrument], item: str = ""
    ) -> tuple[tuple[Instrument, ...], ...]:
        """Return the versions that are counted together, newest group and version first."""
        return self.divide(instruments, item).groups

    def divide(self, instruments: Iterable[Instrument], item: str = "") -> Division:
        """Return how versions are counted for a question; for no question, how for most."""
        by_version = {each.version: each for each in instruments}
        rules = [rule for rule in self.standing if not rule.item]
        rules += [rule for rule in self.standing if rule.item and rule.item == item]
        named = (version for rule in rules for version in rule.versions)
        whole = divide({**by_version, **dict.fromkeys(named)}, rules)
        there = sort_groups(part for group in whole for part in _narrow(group, by_version, item))
        return Division(
            groups=tuple(tuple(by_version[version] for version in group) for group in there),
            codes=_find_codes(there, by_version, item),
            led=frozenset(each for group in there for each, steps in group.items() if steps),
            rules=tuple(rule for rule in rules if _holds(rule, whole)),
        )

    def follow(self, lineage: Lineage) -> "Pooling":
        """Return the same with questions called by their newest keys."""
        return Pooling(tuple(replace(rule, item=_follow(rule, lineage)) for rule in self.rules))


BY_NUMBERS = Pooling()
"""Nothing was decided: the first numbers of the versions say it all."""


def name_group(groups: Iterable[tuple[Instrument, ...]], group: tuple[Instrument, ...]) -> str:
    """Return a name for one of the groups, fit for a file: its first number, if no other has it."""
    newest = version_order(group[0].version)
    firsts = [version_order(each[0].version)[0] for each in groups]
    return str(newest[0]) if firsts.count(newest[0]) == 1 else "-".join(map(str, newest))


def _find_first(version: str) -> int:
    return version_order(version)[0]


def _touches(rule: PoolingRule, firsts: Mapping[int, int]) -> bool:
    """Whether a rule is about versions of these first numbers, given with how many have each."""
    named = set(map(_find_first, rule.versions))
    shared = named & firsts.keys()
    return len(shared) > 1 or (shared == named and max(firsts[first] for first in shared) > 1)


def _narrow(group: Group, there: Mapping[str, Instrument], item: str) -> list[Group]:
    """Return what is there of a group, led to the codes of the newest version that asks."""
    part = {version: steps for version, steps in group.items() if version in there}
    asking = [version for version in part if item in there[version].items_by_key]
    return settle(part, asking[0]) if asking else [part]


def _find_codes(
    groups: Iterable[Group], by_version: Mapping[str, Instrument], item: str
) -> dict[str, dict[str, str]]:
    return {
        version: found
        for group in groups
        for version, steps in group.items()
        if steps and (found := _list_codes(by_version[version], item, steps))
    }


def _list_codes(instrument: Instrument, item: str, steps: Steps) -> dict[str, str]:
    asked = instrument.items_by_key.get(item)
    codes = {code: translate(steps, code) for code in asked.codes()} if asked else {}
    return {code: new for code, new in codes.items() if new != code}


def _holds(rule: PoolingRule, groups: Iterable[Group]) -> bool:
    """Whether it is in the end as a rule says, and none after it says otherwise."""
    places = [
        place
        for place, group in enumerate(groups)
        for version in set(rule.versions)
        if version in group
    ]
    return len(set(places)) == (1 if rule.pool else len(places))


def _follow(rule: PoolingRule, lineage: Lineage) -> str:
    for version in rule.newest_first:
        newest = lineage.find_newest(version, rule.item)
        if newest != rule.item:
            return newest
    return rule.item
