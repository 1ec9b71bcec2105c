"""The pooling rules of a study as they are stored, what comes of them, and adding to them."""

from collections.abc import Sequence
from dataclasses import dataclass

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.lineage import Lineage, rename_items
from survey_app.definition.pooling import Division, Pooling, PoolingRule, make_rule
from survey_app.definition.pooling.checking import find_problems
from survey_app.definition.pooling.problems import numbered
from survey_app.storage.store import Store


@dataclass(frozen=True, kw_only=True)
class Decided:
    """How the versions of an instrument are counted in a study, newest first.

    `rules` are all that were ever decided, as they are stored. In `instruments` and `pooling`
    questions have their newest keys, which `lineage` leads to.
    """

    instruments: tuple[Instrument, ...]
    rules: tuple[PoolingRule, ...]
    pooling: Pooling
    lineage: Lineage

    def divide(self, item: str = "") -> Division:
        """Return how versions are counted for a question; for no question, how for most."""
        return self.pooling.divide(self.instruments, item)

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The questions that are counted otherwise than most, in the newest version's order."""
        usual = self.divide()
        asked = dict.fromkeys(key for each in self.instruments for key in each.items_by_key)
        special = [key for key in asked if key in self.pooling.items]
        return tuple(key for key in special if _differs(self.divide(key), usual))


def load_pooling(store: Store, study: str, instrument: str) -> Pooling:
    """Return what was ever decided of an instrument's versions in a study."""
    return Pooling(
        tuple(
            make_rule(record.rule, record.note, record.added_by, record.added_at)
            for record in store.pooling.list(study, instrument)
        )
    )


def decide(instruments: Sequence[Instrument], pooling: Pooling, lineage: Lineage) -> Decided:
    """Return how versions are counted; `lineage` is that of all versions that there are."""
    newest_first = sorted(instruments, key=lambda each: version_order(each.version), reverse=True)
    return Decided(
        instruments=tuple(rename_items(each, lineage) for each in newest_first),
        rules=pooling.rules,
        pooling=pooling.follow(lineage),
        lineage=lineage,
    )


def add_rules(
    store: Store, study: str, instruments: Sequence[Instrument], rules: Sequence[PoolingRule]
) -> tuple[str, ...]:
    """Add rules in their order, all or, where anything is wrong, none; return what is wrong.

    `instruments` are all versions that the study uses. Each rule has its reason, and who decided.
    Raises UnknownRecord as the store does.
    """
    name = instruments[0].name
    before = load_pooling(store, study, name)
    found: list[str] = []
    for number, rule in enumerate(rules, 1):
        wrong = find_problems(instruments, before, rule)
        found += [numbered(number, each) for each in wrong] if len(rules) > 1 else wrong
        if not wrong:
            before = Pooling((*before.rules, rule))
    if not found:
        decided = [(rule.to_json(), rule.reason.strip(), rule.by) for rule in rules]
        store.pooling.add_all(study, name, decided)
    return tuple(found)


def _differs(one: Division, other: Division) -> bool:
    return _list_versions(one) != _list_versions(other) or one.led != other.led


def _list_versions(division: Division) -> list[list[str]]:
    return [[each.version for each in group] for group in division.groups]
