"""Pooling rules in words, as tables, pages and the command line tell them."""

from collections.abc import Mapping, Sequence

from survey_app.definition.pooling.rules import PoolingRule
from survey_app.translations import gettext as _

DAY = len("2026-11-26")


def describe_rule(rule: PoolingRule) -> str:
    """Return what a rule says: `1.0.1 and 2.0.0 together, for 'rewarding' alone`."""
    versions = join_versions(rule.newest_first[::-1])
    if rule.pool is None:
        said = _("the decision on {versions} is taken back").format(versions=versions)
    elif rule.pool:
        said = _("{versions} are counted together").format(versions=versions)
    else:
        said = _("{versions} are kept apart").format(versions=versions)
    if rule.item:
        said = _("{said}, for '{item}' alone").format(said=said, item=rule.item)
    if rule.codes:
        said = _("{said}; {codes}").format(said=said, codes=describe_codes(rule.codes))
    return said


def describe_reason(rule: PoolingRule) -> str:
    """Return why a rule was made, by whom and on which day, as far as it is known."""
    told = ", ".join(part for part in (rule.by, rule.at[:DAY]) if part)
    return f"{rule.reason} ({told})" if told else rule.reason


def describe_codes(codes: Mapping[str, str]) -> str:
    """Return what older codes are counted as: `counted 1 as 4, 2 as 3`."""
    pairs = [_("{old} as {new}").format(old=old, new=new) for old, new in codes.items()]
    return _("counted {pairs}").format(pairs=", ".join(pairs))


def join_versions(versions: Sequence[str]) -> str:
    """Return versions one after another: `1.0.0, 1.0.1 and 2.0.0`."""
    *first, last = versions
    if not first:
        return last
    return _("{some} and {last}").format(some=", ".join(first), last=last)


def by_numbers(groups: int) -> str:
    """Return why versions are together or apart of which nothing was decided."""
    if groups == 1:
        return _("the first number is the same: so is the meaning")
    return _("the first numbers differ: some meaning changed")
