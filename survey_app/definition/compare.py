"""What changed between two versions, and what that does to pooled data.

The classes are those of semantic versions: *patch* is wording whose meaning the author confirms
unchanged, *minor* adds or retires items, options or probes, *major* changes a meaning, a scale, a
code or a type, so that the two versions are not pooled. How much a field of an item weighs is
declared where the field is.
"""

from collections.abc import Iterable, Iterator, Sequence

from survey_app.definition.comparing.items import compare_items
from survey_app.definition.comparing.lists import Pair
from survey_app.definition.comparing.places import (
    compare_headings,
    compare_places,
    compare_sections,
)
from survey_app.definition.comparing.renames import follow_renames, rename_items
from survey_app.definition.differences import SIZES, Difference
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.reading import Size


def compare(
    older: Instrument, newer: Instrument, between: Sequence[Instrument] = ()
) -> tuple[Difference, ...]:
    """Return every change between two versions of one instrument.

    `between` are the versions between the two, oldest first: by them an item is known that was
    renamed on the way. A renamed item is compared as one and the same, by its columns too.
    """
    older_keys = follow_renames(older, newer, between)
    older = rename_items(older, older_keys)
    return (
        *compare_headings(older, newer),
        *compare_sections(older, newer),
        *compare_places(older, newer),
        *(
            difference
            for pair in _pair_items(older, newer, older_keys)
            for difference in compare_items(pair)
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


def is_too_small(least: Size, bump: Size) -> bool:
    """Whether a number says less than what changed."""
    return SIZES.index(least) > SIZES.index(bump)


def _pair_items(older: Instrument, newer: Instrument, older_keys: dict[str, str]) -> Iterator[Pair]:
    for item in older.items:
        new = newer.items_by_key.get(item.key)
        if new is not None:
            yield Pair(old=item, new=new, older_key=older_keys.get(item.key, item.key))
