"""The pooling rules of a study as they are stored, and adding to them."""

from collections.abc import Sequence

from survey_app.definition.instrument import Instrument
from survey_app.definition.pooling import Pooling, PoolingRule, make_rule
from survey_app.definition.pooling.checking import find_problems
from survey_app.definition.pooling.problems import numbered
from survey_app.storage.store import Store


def load_pooling(store: Store, study: str, instrument: str) -> Pooling:
    """Return what was ever decided of an instrument's versions in a study."""
    return Pooling(
        tuple(
            make_rule(record.rule, record.note, record.added_by, record.added_at)
            for record in store.pooling.list(study, instrument)
        )
    )


def add_rules(
    store: Store,
    study: str,
    instruments: Sequence[Instrument],
    rules: Sequence[PoolingRule],
    by: str,
) -> tuple[str, ...]:
    """Add rules in their order, all or, where anything is wrong, none; return what is wrong.

    `instruments` are all versions that the study uses. Raises UnknownRecord as the store does.
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
        decided = [(rule.to_json(), rule.reason.strip()) for rule in rules]
        store.pooling.add_all(study, name, decided, by)
    return tuple(found)
