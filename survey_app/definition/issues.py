"""What can be wrong between the parts of an instrument: keys, columns and conditions."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from survey_app.definition import problems
from survey_app.definition.conditions import Reference
from survey_app.definition.conditions.references import find_expectations
from survey_app.definition.expectations import check_expectation
from survey_app.definition.instrument import Section
from survey_app.definition.items.base import Item
from survey_app.definition.reserved import is_reserved

COLUMN_LIMIT = 32  # Stata's longest variable name


@dataclass(frozen=True)
class Issue:
    """What is wrong with a section or an item: in which of its fields, and the sentence."""

    about: Section | Item
    field: str
    message: str


def find_issues(
    sections: Iterable[Section], unread: Collection[str] = (), *, advise: bool = True
) -> Iterator[Issue]:
    """Yield everything that is wrong between sections and items.

    `unread` names the items that are written but could not be read; a condition may name them.
    With `advise` also conditions that can be evaluated and can never come true.
    """
    sections = tuple(sections)
    items = [item for section in sections for item in section.items]
    yield from _find_key_issues(items)
    yield from _find_column_issues(items)
    for item in items:
        for field, message in item.issues():
            yield Issue(item, field, message)
    yield from _find_renaming_issues(items, unread)
    yield from _find_reference_issues(items, unread)
    if advise:
        yield from _find_vain_comparisons(items)


def _find_key_issues(items: Iterable[Item]) -> Iterator[Issue]:
    for item in items:
        if is_reserved(item.key):
            yield Issue(item, "key", problems.reserved_word("the key", item.key))


def _find_column_issues(items: Iterable[Item]) -> Iterator[Issue]:
    firsts: dict[str, Item] = {}
    for item in items:
        firsts.setdefault(item.key, item)
    owners: dict[str, Item] = {}
    for item in firsts.values():
        for column in item.columns():
            if len(column.name) > COLUMN_LIMIT:
                yield Issue(item, "key", problems.long_column(column.name, COLUMN_LIMIT))
            if column.name in owners:
                owner = owners[column.name].key
                yield Issue(item, "key", problems.same_column(column.name, owner))
            owners[column.name] = item


def _find_renaming_issues(items: list[Item], unread: Collection[str]) -> Iterator[Issue]:
    keys = {*unread, *(item.key for item in items)}
    takers: dict[str, str] = {}
    for item in items:
        old = item.renamed_from
        if not old:
            continue
        if old == item.key:
            yield Issue(item, "renamed_from", problems.renamed_from_itself(old))
        elif old in keys:
            yield Issue(item, "renamed_from", problems.renamed_and_kept(old))
        elif old in takers:
            yield Issue(item, "renamed_from", problems.renamed_twice(old, takers[old]))
        takers.setdefault(old, item.key)


def _find_reference_issues(items: list[Item], unread: Collection[str]) -> Iterator[Issue]:
    every = {item.key: item for item in items}
    earlier: dict[str, Item] = {}
    for item in items:
        if item.relevant is not None:
            for reference in sorted(item.relevant.reads):
                message = _check_reference(reference, item, earlier, every)
                if message is not None and reference.item not in unread:
                    yield Issue(item, "relevant", message)
        earlier[item.key] = item


def _find_vain_comparisons(items: list[Item]) -> Iterator[Issue]:
    earlier: dict[str, Item] = {}
    for item in items:
        if item.relevant is not None:
            for expectation in find_expectations(item.relevant.tree):
                read = earlier.get(expectation.reference.item)
                message = None if read is None else check_expectation(expectation, read)
                if message is not None:
                    yield Issue(item, "relevant", message)
        earlier[item.key] = item


def _check_reference(
    reference: Reference, item: Item, earlier: Mapping[str, Item], every: Mapping[str, Item]
) -> str | None:
    if reference.item == item.key:
        return problems.self_reference(item.key)
    if reference.item not in every:
        return problems.unknown_reference(reference.item)
    if reference.item not in earlier:
        return problems.forward_reference(reference.item)
    return _check_row(reference, earlier[reference.item].row_keys())


def _check_row(reference: Reference, rows: tuple[str, ...]) -> str | None:
    if reference.row in rows:
        return None
    if not rows:
        return problems.reads_nothing(reference.item)
    if reference.row:
        return problems.unknown_row(reference.item, reference.row)
    return problems.needs_row(reference.item, rows[0])
