"""What changed around the items: headings, sections, and which items stand where."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from survey_app.definition import problems
from survey_app.definition.comparing.lists import order_differs
from survey_app.definition.comparing.replacements import find_replacements
from survey_app.definition.comparing.wording import Relation, relate
from survey_app.definition.differences import Difference, Kind, say_both, say_value
from survey_app.definition.instrument import Instrument, Section
from survey_app.definition.text import Text

TextPair = tuple[Text | None, Text | None]
"""A text in the older version and in the newer one."""

_CLOSENESS: tuple[Relation, ...] = ("equal", "cosmetic", "translated", "other")


def compare_headings(older: Instrument, newer: Instrument) -> Iterator[Difference]:
    """Yield how titles, introductions and planned minutes changed; nobody is asked about them."""
    pairs = (older.title, newer.title), (older.introduction, newer.introduction)
    kind = _compare_words(*pairs)
    if kind is not None:
        what = problems.title_differs(in_the_same_words=kind == "cosmetic")
        yield _reword(kind, what, *pairs)
    before_by_key = {section.key: section for section in older.sections}
    for section in newer.sections:
        if section.key in before_by_key:
            for difference in _compare_section(before_by_key[section.key], section):
                yield replace(difference, section=section.key)


def compare_sections(older: Instrument, newer: Instrument) -> Iterator[Difference]:
    """Yield which sections came, went, and stand in another order."""
    before = {section.key: say_value(section.title) for section in older.sections}
    after = {section.key: say_value(section.title) for section in newer.sections}
    for key, title in before.items():
        if key not in after:
            what = problems.section_retired(key)
            yield Difference(section=key, size="minor", kind="retired", what=what, before=title)
    for key, title in after.items():
        if key not in before:
            what = problems.section_new(key)
            yield Difference(section=key, size="minor", kind="added", what=what, after=title)
    if order_differs(before, after):
        yield _reorder("", problems.sections_reordered(), before, after)


def compare_places(older: Instrument, newer: Instrument) -> Iterator[Difference]:
    """Yield which items were retired, added, moved to another section, or put in another order.

    `older` has its items under the keys of `newer`.
    """
    before, after = _find_sections(older), _find_sections(newer)
    replaced = find_replacements(older, newer)
    for key in before:
        if key not in after:
            what, words = problems.was_retired(key), say_value(older.items_by_key[key].text)
            yield Difference(item=key, size="minor", kind="retired", what=what, before=words)
    for key in after:
        if key not in before:
            yield Difference(
                item=key,
                size="minor",
                kind="added",
                what=problems.is_new(key),
                after=say_value(newer.items_by_key[key].text),
                question=problems.ask_renaming(replaced[key], key) if key in replaced else "",
            )
    yield from _compare_order(before, after)


def _compare_order(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Difference]:
    for key, section in after.items():
        if key in before and before[key] != section:
            yield Difference(
                item=key,
                size="minor",
                kind="moved",
                what=problems.item_moved(key, section),
                before=before[key],
                after=section,
            )
    for section in dict.fromkeys(after.values()):
        old = {key: section for key, place in before.items() if place == section}
        new = {key: section for key, place in after.items() if place == section}
        if order_differs(old, new):
            yield _reorder(section, problems.questions_reordered(section), old, new)


def _compare_section(old: Section, new: Section) -> Iterator[Difference]:
    pairs = (old.title, new.title), (old.introduction, new.introduction)
    kind = _compare_words(*pairs)
    if kind is not None:
        what = problems.heading_differs(new.key, in_the_same_words=kind == "cosmetic")
        yield _reword(kind, what, *pairs)
    if old.minutes != new.minutes:
        yield Difference(
            size="patch",
            kind="planning",
            what=problems.minutes_differ(new.key),
            before=say_value(old.minutes),
            after=say_value(new.minutes),
        )


def _reword(kind: Kind, what: str, *pairs: TextPair) -> Difference:
    """Return the difference, with the words of the first that changed."""
    before, after = next(say_both(*pair) for pair in pairs if relate(*pair) != "equal")
    return Difference(size="patch", kind=kind, what=what, before=before, after=after)


def _compare_words(*pairs: TextPair) -> Kind | None:
    relation = max((relate(*pair) for pair in pairs), key=_CLOSENESS.index)
    if relation == "equal":
        return None
    return "cosmetic" if relation == "cosmetic" else "wording"


def _find_sections(instrument: Instrument) -> dict[str, str]:
    """Return the section of each item, in the order of the items."""
    return {item.key: section.key for section in instrument.sections for item in section.items}


def _reorder(
    section: str, what: str, before: Mapping[str, object], after: Mapping[str, object]
) -> Difference:
    return Difference(
        section=section,
        size="minor",
        kind="reordered",
        what=what,
        before=", ".join(key for key in before if key in after),
        after=", ".join(key for key in after if key in before),
    )
