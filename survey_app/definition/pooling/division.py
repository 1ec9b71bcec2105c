"""How rules divide versions into groups, and by which steps an older one's codes become newer ones.

To begin with, the versions of one first number are together. Then each rule is followed:

- *together* joins the groups of the versions that it names. A crosswalk leads from the codes of the
  others to those of the newest that it names.
- *apart* cuts each group that holds several of the versions it names, just before every named one
  but the oldest: what lies between two of them goes with the older.
"""

from collections.abc import Iterable, Mapping

from survey_app.definition.instrument import version_order
from survey_app.definition.pooling.rules import PoolingRule

Steps = tuple[Mapping[str, str], ...]
"""The crosswalks that lead, one after another, to the codes of a group's newest version."""

Group = dict[str, Steps]
"""Versions that are counted together, each with the steps of its codes."""


def divide(versions: Iterable[str], rules: Iterable[PoolingRule]) -> list[Group]:
    """Return the groups, newest first, each with its newest version first."""
    firsts: dict[int, Group] = {}
    for version in versions:
        firsts.setdefault(version_order(version)[0], {})[version] = ()
    groups = list(firsts.values())
    for rule in rules:
        groups = _join(groups, rule) if rule.pool else _cut(groups, rule)
    return sort_groups(groups)


def sort_groups(groups: Iterable[Group]) -> list[Group]:
    """Return groups newest first, each with its newest version first; empty ones are left out."""
    sorted_groups = [
        {version: group[version] for version in sorted(group, key=version_order, reverse=True)}
        for group in groups
        if group
    ]
    return sorted(sorted_groups, key=lambda group: version_order(next(iter(group))), reverse=True)


def settle(group: Group, newest: str) -> list[Group]:
    """Return a part of a group with steps that lead to the codes of its own newest version.

    What was led past them by a crosswalk of its own stands by itself, since nobody said what its
    codes are in that version.
    """
    last = group[newest]
    if not last:
        return [group]
    kept: Group = {}
    others: list[Group] = []
    for version, steps in group.items():
        if steps[len(steps) - len(last) :] == last:
            kept[version] = steps[: len(steps) - len(last)]
        else:
            others.append({version: ()})
    return [kept, *others]


def translate(steps: Steps, code: str) -> str:
    """Return what a code becomes by steps."""
    for step in steps:
        code = step.get(code, code)
    return code


def _find_newest(group: Group) -> str:
    return max(group, key=version_order)


def _join(groups: list[Group], rule: PoolingRule) -> list[Group]:
    newest = rule.newest_first[0]
    named = [group for group in groups if not group.keys().isdisjoint(rule.versions)]
    target = next(group for group in named if newest in group)
    crosswalk: Steps = (rule.codes,) if rule.codes else ()
    joined = dict(target)
    if len(named) == 1 and crosswalk:
        # They are together already, so that all it says is what becomes of the codes.
        joined |= dict.fromkeys(rule.newest_first[1:], (*crosswalk, *target[newest]))
    for group in named:
        if group is not target:
            joined |= {
                version: (*steps, *crosswalk, *target[newest]) for version, steps in group.items()
            }
    return [*(group for group in groups if group not in named), joined]


def _cut(groups: list[Group], rule: PoolingRule) -> list[Group]:
    for version in rule.newest_first[:-1]:
        (group,) = (group for group in groups if version in group)
        place = version_order(version)
        older = {each: steps for each, steps in group.items() if version_order(each) < place}
        if older.keys().isdisjoint(rule.versions):
            continue
        newer = {each: steps for each, steps in group.items() if each not in older}
        others = [each for each in groups if each is not group]
        parts = (*settle(newer, _find_newest(newer)), *settle(older, _find_newest(older)))
        groups = [*others, *parts]
    return groups
