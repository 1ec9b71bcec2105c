"""Pooling rules as a file that can be reviewed, kept beside an analysis and run again."""

from collections.abc import Iterable, Iterator

import yaml

from survey_app.definition import source
from survey_app.definition.naming import VERSION
from survey_app.definition.pooling import Pooling, PoolingRule, problems
from survey_app.definition.pooling.rules import make_rule
from survey_app.definition.shapes import Json

FILE = "pooling.yaml"
"""What it is called where it lies beside the data."""
POOLS = {"true": True, "false": False}
FIELDS = ("versions", "pool", "item", "codes", "reason", "by", "at")


def write_rules(instrument: str, rules: Iterable[PoolingRule]) -> str:
    """Return the file of an instrument's rules, oldest first; the same rules give the same text."""
    written = {"instrument": instrument, "rules": [_write_rule(rule) for rule in rules]}
    return yaml.safe_dump(written, allow_unicode=True, sort_keys=False, width=100)


def read_rules(
    content: bytes, file: str, instrument: str
) -> tuple[tuple[PoolingRule, ...], tuple[str, ...]]:
    """Return the rules of a file, oldest first, and a sentence for each thing that is wrong."""
    node, found = source.read_bytes(content, file)
    told = [str(problem) for problem in found]
    if node is None or told:
        return (), tuple(told)
    read = source.make_json(node)
    written = read.get("rules") if isinstance(read, dict) else None
    if not isinstance(read, dict) or not isinstance(written, list):
        return (), (problems.not_rules(),)
    if read.get("instrument") != instrument:
        return (), (problems.other_instrument(str(read.get("instrument")), instrument),)
    rules = []
    for number, entry in enumerate(written, 1):
        wrong = [*_check(entry)]
        told += [problems.numbered(number, sentence) for sentence in wrong]
        rules += [] if wrong else [_read_rule(entry)]
    return tuple(rules), tuple(told)


def find_new(stored: Pooling, rules: Iterable[PoolingRule]) -> tuple[PoolingRule, ...]:
    """Return those of a file's rules that are still to be added, so that it says what holds.

    Rules that are stored in the same order already are not added again: to run the same file once
    more does nothing.
    """
    rest = iter(stored.rules)
    return tuple(rule for rule in rules if not any(rule.is_like(each) for each in rest))


def _write_rule(rule: PoolingRule) -> dict[str, Json]:
    beside = {"reason": rule.reason, "by": rule.by, "at": rule.at}
    return {**rule.to_json(), **{name: words for name, words in beside.items() if words}}


def _read_rule(entry: Json) -> PoolingRule:
    assert isinstance(entry, dict)
    said = {**entry, "pool": POOLS.get(str(entry.get("pool")))}
    return make_rule(said, *(str(entry.get(name, "")) for name in ("reason", "by", "at")))


def _check(entry: Json) -> Iterator[str]:
    """Yield what keeps an entry from being a rule."""
    if not isinstance(entry, dict):
        yield problems.want_field("rules", "a list of rules, each with versions and pool")
        return
    yield from (problems.unknown_field(name) for name in entry if name not in FIELDS)
    versions, codes = entry.get("versions"), entry.get("codes", {})
    if not isinstance(versions, list) or not all(VERSION.fullmatch(str(e)) for e in versions):
        yield problems.want_field("versions", "a list such as [1.0.1, 2.0.0]")
    if "pool" not in entry or str(entry["pool"]) not in {*POOLS, "None"}:
        yield problems.want_field("pool", "true, false, or null to take a decision back")
    if not isinstance(codes, dict) or not all(isinstance(each, str) for each in codes.values()):
        yield problems.want_field(
            "codes", "pairs such as {1: 4}, an old code and what it counts as"
        )
    for name in ("item", "reason", "by", "at"):
        if not isinstance(entry.get(name, ""), str):
            yield problems.want_field(name, "a text")
