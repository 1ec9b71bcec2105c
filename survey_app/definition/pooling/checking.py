"""Whether a rule can be: what cannot be added up is refused with a sentence, never counted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.items.base import Item
from survey_app.definition.lineage import rename_items, trace
from survey_app.definition.pooling import Division, Pooling, PoolingRule, problems
from survey_app.definition.shapes import Counts, Grid

MOST_TOLD = 3
"""How many questions that cannot be added up are told of."""


def find_problems(
    instruments: Iterable[Instrument], pooling: Pooling, rule: PoolingRule
) -> tuple[str, ...]:
    """Return all that is wrong with adding a rule to those that there are, each as a sentence."""
    asked = tuple(instruments)
    found = [*_check_words(rule), *_check_versions(rule, asked)]
    if found:
        return tuple(found)
    lineage = trace(asked)
    renamed = tuple(rename_items(each, lineage) for each in asked)
    after = Pooling((*pooling.rules, rule)).follow(lineage)
    found = [*_check_item(after.rules[-1], renamed)]
    if found:
        return tuple(found)
    unlike = [*_check_adding(renamed, pooling.follow(lineage), after)]
    if len(unlike) > MOST_TOLD:
        return *unlike[:MOST_TOLD], problems.further(len(unlike) - MOST_TOLD)
    return tuple(unlike)


def _check_words(rule: PoolingRule) -> Iterator[str]:
    if not rule.reason.strip():
        yield problems.no_reason()
    if rule.codes and not (rule.item and rule.pool):
        yield problems.lone_codes()


def _check_versions(rule: PoolingRule, instruments: Sequence[Instrument]) -> Iterator[str]:
    there = sorted((each.version for each in instruments), key=version_order)
    yield from (
        problems.unknown_version(each, there) for each in rule.versions if each not in there
    )
    if len(set(rule.versions)) < 2:  # noqa: PLR2004 - of one there is nothing to decide
        yield problems.few_versions()


def _check_item(rule: PoolingRule, instruments: Sequence[Instrument]) -> Iterator[str]:
    if not rule.item:
        return
    asking = {
        e.version: e.items_by_key[rule.item] for e in instruments if rule.item in e.items_by_key
    }
    if not asking:
        yield problems.unknown_item(rule.item, {key for e in instruments for key in e.items_by_key})
        return
    lacking = [version for version in rule.newest_first if version not in asking]
    yield from (problems.not_asked(rule.item, version) for version in lacking)
    if rule.codes and not lacking:
        named = [asking[version] for version in rule.newest_first]
        yield from _check_codes(rule, named[0], named[1:])


def _check_codes(rule: PoolingRule, newest: Item, others: Sequence[Item]) -> Iterator[str]:
    if not _has_codes(newest):
        yield problems.no_codes(rule.item)
        return
    older = tuple(dict.fromkeys(code for item in others for code in item.codes()))
    yield from (problems.unknown_code(code, older) for code in rule.codes if code not in older)
    for code in dict.fromkeys(rule.codes.values()):
        if code not in newest.codes():
            yield problems.unknown_code(code, newest.codes())


def _has_codes(item: Item) -> bool:
    """Whether there are options or points of which some can count as others: not in an order."""
    shape = item.summarise([])
    return isinstance(shape, Counts) or item.scale_used() is not None


def _check_adding(
    instruments: Sequence[Instrument], before: Pooling, after: Pooling
) -> Iterator[str]:
    for key in dict.fromkeys(key for each in instruments for key in each.items_by_key):
        was, becomes = before.divide(instruments, key), after.divide(instruments, key)
        sentences = (
            sentence
            for group in becomes.groups
            for sentence in _check_group(key, group, was, becomes)
        )
        # One sentence for a question says enough.
        yield from list(sentences)[:1]


def _check_group(
    key: str, group: Sequence[Instrument], was: Division, becomes: Division
) -> Iterator[str]:
    asking = [each for each in group if key in each.items_by_key]
    for older in asking[1:]:
        newest = asking[0]
        codes = becomes.codes.get(older.version, {})
        together = newest in was.find_group(older.version)
        if together and codes == was.codes.get(older.version, {}):
            continue
        yield from _compare(newest, older, key, codes, led=older.version in becomes.led)


def _compare(
    newest: Instrument, older: Instrument, key: str, codes: Mapping[str, str], *, led: bool
) -> Iterator[str]:
    new, old = newest.items_by_key[key], older.items_by_key[key]
    versions = older.version, newest.version
    if old.type_name != new.type_name:
        pairs = ((older.version, old.type_name), (newest.version, new.type_name))
        yield problems.other_type(key, *pairs)
    elif isinstance(new.summarise([]), Grid):
        yield from _compare_grids(key, (old, new), versions, codes, led=led)
    else:
        yield from _compare_lists(key, (old, new), versions, codes)


def _compare_grids(
    key: str,
    items: tuple[Item, Item],
    versions: tuple[str, str],
    codes: Mapping[str, str],
    *,
    led: bool,
) -> Iterator[str]:
    old, new = items
    old_scale, new_scale = old.scale_used(), new.scale_used()
    if old_scale is None or new_scale is None:
        if set(old.codes()) != set(new.codes()):
            yield problems.other_choice(key, *versions)
    elif led:
        yield from _find_lost(key, items, versions, codes)
    elif tuple(old_scale.points) != tuple(new_scale.points):
        yield problems.other_points(key, *versions)
    elif old_scale.direction != new_scale.direction:
        yield problems.other_direction(key, *versions)


def _find_lost(
    key: str, items: tuple[Item, Item], versions: tuple[str, str], codes: Mapping[str, str]
) -> Iterator[str]:
    old, new = items
    for code in old.codes():
        if codes.get(code, code) not in new.codes():
            yield problems.no_such_code(key, versions[0], code, versions[1])


def _compare_lists(
    key: str, items: tuple[Item, Item], versions: tuple[str, str], codes: Mapping[str, str]
) -> Iterator[str]:
    old, new = (item.summarise([]) for item in items)
    if not isinstance(old, Counts) or not isinstance(new, Counts):
        return
    if old.multiple != new.multiple:
        yield problems.other_choice(key, *versions)
    becoming = [codes.get(code, code) for code in items[0].codes()]
    if old.multiple and len(set(becoming)) < len(becoming):
        yield problems.merged_codes(key)
