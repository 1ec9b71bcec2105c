"""Stored texts that may name somebody: looked through, counted and listed, never changed.

Names are looked for only where a list of them is given, by who may see who takes part.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from survey_app.definition.instrument import Instrument
from survey_app.disclosure.identifiers import Kind, Names, Trace, find_traces
from survey_app.storage.records import StoredText
from survey_app.storage.store import Store
from survey_app.translations import gettext as _
from survey_app.translations import ngettext

NO_NAMES = Names()
FindInstrument = Callable[[str, str], Instrument]
AROUND = 40
"""The most characters of a text that are shown on either side of what was found."""


@dataclass(frozen=True, kw_only=True)
class NamedText:
    """A text in which something may name somebody: where it stands, and what was found in it."""

    place: StoredText
    traces: tuple[Trace, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What was found, each kind once."""
        return tuple(dict.fromkeys(trace.kind for trace in self.traces))

    @property
    def found(self) -> tuple[str, ...]:
        """The pieces that were found, in the words of the text."""
        text = self.place.text
        return tuple(text[trace.start : trace.end] for trace in self.traces)

    def cut(self) -> Iterator[tuple[str, bool]]:
        """Yield the text around what was found in pieces, and whether each of them was found."""
        text, last = self.place.text, len(self.traces) - 1
        end = max(0, self.traces[0].start - AROUND)
        yield "…" if end else "", False
        for number, trace in enumerate(self.traces):
            yield text[end : trace.start], False
            yield text[trace.start : trace.end], True
            end = trace.end
            if number == last:
                rest = text[end : end + AROUND]
                yield rest + ("…" if end + AROUND < len(text) else ""), False


@dataclass(frozen=True, kw_only=True)
class Review:
    """How many texts were looked through, and in how many something was found, by its kind.

    `listed` are the first of them.
    """

    texts: int
    named: int
    counts: Counter[Kind] = field(default_factory=Counter)
    listed: tuple[NamedText, ...] = ()


def say_kinds(kinds: Iterable[Kind]) -> str:
    """Return what was found, in words."""
    words: dict[Kind, str] = {
        "email": _("e-mail address"),
        "phone": _("telephone number"),
        "name": _("name of somebody in the study"),
    }
    return ", ".join(words[kind] for kind in kinds)


def say_named(number: int) -> str:
    """Return how many texts may name somebody, in words."""
    return ngettext("{count} text may name somebody", "{count} texts may name somebody", number)


def review(
    store: Store,
    study: str,
    find: FindInstrument,
    *,
    names: Names = NO_NAMES,
    instrument: str | None = None,
    most: int = 0,
) -> Review:
    """Look through a study's texts, of one instrument or of all, and list at most so many.

    `find` returns an instrument by its name and version. Withdrawn answers are not there any more.
    """
    seen = named = 0
    counts: Counter[Kind] = Counter()
    listed: list[NamedText] = []
    free = frozenset(_list_free(store, study, find))

    def look(place: StoredText) -> None:
        nonlocal seen, named
        if place.kind == "answer" and (place.instrument, place.version, place.item) not in free:
            return
        seen += 1
        traces = tuple(find_traces(place.text, names))
        if not traces:
            return
        named += 1
        found = NamedText(place=place, traces=traces)
        counts.update(found.kinds)
        if len(listed) < most:
            listed.append(found)

    items = sorted({item for _name, _version, item in free})
    store.desk.scan_texts(study, look, items=items, instrument=instrument)
    return Review(texts=seen, named=named, counts=counts, listed=tuple(listed))


def _list_free(store: Store, study: str, find: FindInstrument) -> Iterator[tuple[str, str, str]]:
    """Yield the questions of a study that are answered in words, with instrument and version."""
    for name, version in {
        (row.instrument, row.version) for row in store.studies.overview(study, drafts=True)
    }:
        for column in find(name, version).columns:
            if column.kind == "text" and column.name == column.item:
                yield name, version, column.item
