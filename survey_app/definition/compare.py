"""What changed between two versions, and what that does to pooled data.

The classes are those of semantic versions: *patch* is wording whose meaning the author confirms
unchanged, *minor* adds or retires items, options or probes, *major* changes a meaning, a scale, a
code or a type, so that the two versions are not pooled. How much a field of an item weighs is
declared where the field is.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from survey_app.definition import problems
from survey_app.definition.differences import (
    KINDS,
    SIZES,
    Difference,
    say_thing,
    say_value,
)
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.items.base import Item
from survey_app.definition.problems import Problem
from survey_app.definition.reading import Size, author_fields
from survey_app.definition.scale import Scale
from survey_app.definition.text import Text


def compare(older: Instrument, newer: Instrument) -> tuple[Difference, ...]:
    """Return every change between two versions of one instrument."""
    before, after = older.items_by_key, newer.items_by_key
    return (
        *_compare_headings(older, newer),
        *_compare_names("", before, after),
        *(
            difference
            for key, item in before.items()
            if key in after
            for difference in _compare_items(item, after[key])
        ),
    )


def find_least(differences: Iterable[Difference]) -> Size:
    """Return the smallest number that says as much as the differences do: a patch for none."""
    sizes = [SIZES.index(difference.size) for difference in differences]
    return SIZES[max(sizes, default=0)]


def bump_size(older: str, newer: str) -> Size:
    """Return which number of the version was raised."""
    before, after = version_order(older), version_order(newer)
    if before[0] != after[0]:
        return "major"
    return "minor" if before[1] != after[1] else "patch"


def find_small_bumps(
    instruments: Iterable[Instrument], files: Mapping[tuple[str, str], str] | None = None
) -> list[Problem]:
    """Return a problem for each version whose number says less than what changed.

    `files` names the file of each version, by name and version.
    """
    by_name: dict[str, list[Instrument]] = {}
    for instrument in instruments:
        by_name.setdefault(instrument.name, []).append(instrument)
    found = []
    for versions in by_name.values():
        ordered = sorted(versions, key=lambda instrument: version_order(instrument.version))
        for older, newer in pairwise(ordered):
            place = (newer.name, newer.version)
            file = (files or {}).get(place, f"{newer.name}/{newer.version}.yaml")
            found += _check_bump(older, newer, file)
    return found


def _check_bump(older: Instrument, newer: Instrument, file: str) -> list[Problem]:
    bump = SIZES.index(bump_size(older.version, newer.version))
    differences = compare(older, newer)
    largest = max(differences, key=lambda difference: SIZES.index(difference.size), default=None)
    if largest is None or SIZES.index(largest.size) <= bump:
        return []
    message = problems.small_bump(older.version, newer.version, largest.size, largest.what)
    return [Problem(file, 1, largest.item, message)]


def _compare_headings(older: Instrument, newer: Instrument) -> Iterator[Difference]:
    if (older.title, older.introduction) != (newer.title, newer.introduction):
        yield Difference(
            item="",
            size="patch",
            what="the title or introduction reads differently",
            kind="wording",
            before=say_value(older.title),
            after=say_value(newer.title),
        )
    before = {section.key: section for section in older.sections}
    for section in newer.sections:
        old = before.get(section.key)
        if old is None or (old.title, old.introduction) != (section.title, section.introduction):
            what = f"the heading of '{section.key}' reads differently"
            yield Difference(
                item=section.key,
                size="patch",
                what=what,
                kind="wording",
                before=say_value(old.title) if old else "",
                after=say_value(section.title),
            )
        if old is not None and old.minutes != section.minutes:
            what = f"the minutes planned for '{section.key}' are different"
            yield Difference(
                item=section.key,
                size="patch",
                what=what,
                kind="planning",
                before=say_value(old.minutes),
                after=say_value(section.minutes),
            )


def _compare_items(old: Item, new: Item) -> Iterator[Difference]:
    if type(old) is not type(new):
        what = f"'{new.key}' was {old.type_name} and is {new.type_name}"
        yield Difference(
            item=new.key,
            size="major",
            what=what,
            kind="type",
            before=old.type_name,
            after=new.type_name,
        )
        return
    for name, field in author_fields(type(new)).items():
        size: Size | None = field.metadata["change"]
        if size is not None and getattr(old, name) != getattr(new, name):
            change = "reads differently" if size == "patch" else "is different"
            before, after = getattr(old, name), getattr(new, name)
            is_wording = isinstance(before or after, Text)
            yield Difference(
                item=new.key,
                size=size,
                what=f"'{name}' of '{new.key}' {change}",
                kind=KINDS.get(name, "wording" if is_wording else "setting"),
                before=say_value(before),
                after=say_value(after),
            )
    old_scale, new_scale = old.scale_used(), new.scale_used()
    yield from _compare_scales(new.key, old_scale, new_scale)
    yield from _compare_columns(old, new, scaled=new_scale is not None)
    yield from _compare_probes(old, new)


def _compare_scales(key: str, old: Scale | None, new: Scale | None) -> Iterator[Difference]:
    if old is None or new is None:
        return
    if tuple(old.points) != tuple(new.points):
        yield Difference(
            item=key,
            size="major",
            what=f"the scale of '{key}' has other points",
            kind="scale",
            before=", ".join(old.points),
            after=", ".join(new.points),
        )
    elif old.direction != new.direction:
        yield Difference(
            item=key,
            size="major",
            what=f"the scale of '{key}' runs another way",
            kind="scale",
            before=old.direction,
            after=new.direction,
        )
    else:
        yield from _compare_labels(key, old.points, new.points)


def _compare_columns(old: Item, new: Item, *, scaled: bool) -> Iterator[Difference]:
    before = {column.name: column for column in old.columns()}
    after = {column.name: column for column in new.columns()}
    yield from _compare_labels(
        new.key,
        {column.option or column.row or name: column.label for name, column in before.items()},
        {column.option or column.row or name: column.label for name, column in after.items()},
    )
    for name in sorted(before.keys() & after.keys()):
        if before[name].kind != after[name].kind:
            yield Difference(
                item=new.key,
                size="major",
                what=f"'{name}' holds another kind of value",
                kind="type",
                before=before[name].kind,
                after=after[name].kind,
            )
        if not scaled:
            yield from _compare_labels(new.key, before[name].codes, after[name].codes)


def _compare_probes(old: Item, new: Item) -> Iterator[Difference]:
    before, after = old.topic(), new.topic()
    if before is None or after is None:
        return
    # Options and rows are probes as well, and they were compared as columns.
    columns = {column.option or column.row for column in (*old.columns(), *new.columns())}
    yield from _compare_labels(
        new.key,
        {probe.key: probe.text for probe in before.probes if probe.key not in columns},
        {probe.key: probe.text for probe in after.probes if probe.key not in columns},
    )


def _compare_labels(
    key: str, before: Mapping[str, Text | None], after: Mapping[str, Text | None]
) -> Iterator[Difference]:
    yield from _compare_names(key, before, after)
    for code in before:
        if code in after and before[code] != after[code]:
            yield Difference(
                item=key,
                size="patch",
                what=f"'{code}' of '{key}' reads differently",
                kind="wording",
                part=code,
                before=say_value(before[code]),
                after=say_value(after[code]),
            )


def _compare_names(
    key: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Iterator[Difference]:
    """What was added, retired or moved: items (then `key` is empty), options, rows or probes."""
    of = f" of '{key}'" if key else ""
    for name in before:
        if name not in after:
            yield Difference(
                item=key or name,
                size="minor",
                what=f"'{name}'{of} was retired",
                kind="retired",
                part=name if key else "",
                before=say_thing(before[name]),
            )
    for name in after:
        if name not in before:
            yield Difference(
                item=key or name,
                size="minor",
                what=f"'{name}'{of} is new",
                kind="added",
                part=name if key else "",
                after=say_thing(after[name]),
            )
    if [name for name in before if name in after] != [name for name in after if name in before]:
        what = f"the options or probes{of} stand" if key else "the questions stand"
        yield Difference(
            item=key,
            size="minor",
            what=f"{what} in another order",
            kind="reordered",
            before=", ".join(name for name in before if name in after),
            after=", ".join(name for name in after if name in before),
        )
