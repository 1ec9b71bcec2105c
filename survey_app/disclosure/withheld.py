"""Which questions an ordinary file leaves out, since their answers might tell who answered.

Those are the quasi-identifiers that a definition declares in any of its versions, and every
question that is asked or not by the answer to one: that it was not relevant would tell that answer.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace

from survey_app.definition.instrument import Instrument, Section
from survey_app.definition.text import Text


@dataclass(frozen=True, kw_only=True)
class Withheld:
    """A question that is left out, with the columns it has in any version.

    `because` is the key of the question by whose answer it is asked; it is empty for one that is
    declared itself.
    """

    key: str
    text: Text
    columns: tuple[str, ...]
    because: str = ""


def find_withheld(instruments: Iterable[Instrument]) -> tuple[Withheld, ...]:
    """Return the questions to leave out, in the order of the versions given, newest first.

    The versions have the newest keys; what one of them declares holds for all.
    """
    versions = tuple(instruments)
    because = dict.fromkeys(
        (key for each in versions for key in each.analysis.quasi_identifiers), ""
    )
    while because and (found := dict(_follow(versions, because))):
        because.update(found)
    asked = {key: item for each in reversed(versions) for key, item in each.items_by_key.items()}
    order = dict.fromkeys(key for each in versions for key in each.items_by_key if key in because)
    return tuple(
        Withheld(
            key=key,
            text=asked[key].text,
            columns=_list_columns(versions, key),
            because=because[key],
        )
        for key in order
    )


def strip(instrument: Instrument, keys: Collection[str]) -> Instrument:
    """Return a version without some questions; a section of which nothing is left is gone too.

    A scale that one of them is part of is gone as well: it cannot be computed without it.
    """
    columns = {each.name for each in instrument.columns if each.item in keys}
    analysis = instrument.analysis
    scales = tuple(each for each in analysis.scales if columns.isdisjoint(each.items))
    sections = (_strip_section(section, keys) for section in instrument.sections)
    return replace(
        instrument,
        sections=tuple(section for section in sections if section.items),
        analysis=replace(analysis, scales=scales),
    )


def _strip_section(section: Section, keys: Collection[str]) -> Section:
    return replace(section, items=tuple(item for item in section.items if item.key not in keys))


def _follow(versions: Iterable[Instrument], known: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the questions that are asked by an answer to a known one, with its key."""
    for instrument in versions:
        for item in instrument.items:
            read = sorted(each.item for each in item.relevant.reads) if item.relevant else []
            reason = next((key for key in read if key in known), None)
            if reason is not None and item.key not in known:
                yield item.key, reason


def _list_columns(versions: Iterable[Instrument], key: str) -> tuple[str, ...]:
    names = (c.name for each in versions for c in each.columns if c.item == key)
    return tuple(dict.fromkeys(names))
