"""Where an analyst is: an instrument of a study, and the filter that stands in the address."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from flask import abort, request

from survey_app.choices import Choices, find_choices
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.pooling import Pooling
from survey_app.disclosure.withheld import Withheld
from survey_app.filtering import Filter, Pairs, describe, read_filter
from survey_app.pooling import Decided, decide, load_pooling
from survey_app.storage.records import Selection, StudyRecord
from survey_app.translations import current_language
from survey_app.web.access import has_role
from survey_app.web.analyst.blueprint import OVERRIDING, ROLES, kept
from survey_app.web.catalogue import UnknownInstrument
from survey_app.web.context import services
from survey_app.web.text import clean

PAGE = "page"
PLACE = "place"
PRESET = "preset"
SORT = "sort"
OTHER_NAMES = (PAGE, PLACE, PRESET, SORT)
"""Stand in addresses beside a filter: which part of a list, where on a page a piece stands, and how
charts are drawn."""

Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Place:
    """An instrument of a study, in all versions that the study uses, newest first.

    `mark` changes with the responses and with what was `decided` on versions; `problems` are
    sentences on what the address could not mean. What is `withheld` might tell who answered, so
    that no page shows it.
    """

    study: StudyRecord
    instruments: tuple[Instrument, ...]
    choices: Choices
    filter: Filter
    problems: tuple[str, ...]
    mark: str
    decided: Decided
    withheld: tuple[Withheld, ...] = ()

    @property
    def withheld_keys(self) -> frozenset[str]:
        """The keys of what is withheld, each in any version’s own."""
        lineage = self.decided.lineage
        return frozenset(
            key
            for each in self.withheld
            for key in (each.key, *lineage.list_names(each.key).values())
        )

    @property
    def may_override(self) -> bool:
        """Whether the person signed in may have what is withheld, for a reason."""
        return has_role(self.study.slug, *OVERRIDING)

    @property
    def name(self) -> str:
        """The instrument's name."""
        return self.instruments[0].name

    @property
    def language(self) -> str:
        """The language in which the instrument's words are shown."""
        return current_language()

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        return self.filter.to_address()

    @property
    def words(self) -> str:
        """The filter in words."""
        return describe(self.filter, self.choices, self.language)

    @property
    def versions(self) -> tuple[Instrument, ...]:
        """The versions that the filter chooses, newest first."""
        wanted = self.filter.versions or self.choices.versions
        return tuple(each for each in self.instruments if each.version in wanted)

    @property
    def renamed(self) -> tuple[Instrument, ...]:
        """The same, with questions called by their newest keys."""
        wanted = {each.version for each in self.versions}
        return tuple(each for each in self.decided.instruments if each.version in wanted)

    @property
    def selection(self) -> Selection:
        """The responses that the filter chooses."""
        return Selection(
            study=self.study.slug,
            instrument=self.name,
            versions=tuple(each.version for each in self.versions),
            include_test=self.filter.include_test,
            conditions=self.filter.to_conditions(self.choices),
        )

    def keep(self, what: str, count: Callable[[], Result]) -> Result:
        """Return what was counted of this place, counting it only if responses changed since."""
        key = (self.study.slug, self.name, self.choices.versions, self.query, self.mark, what)
        return kept().get((*key, self.language), count)


def find_place(slug: str, instrument: str) -> Place:
    """Return the place of an address; 404 where the person signed in may see no results."""
    given = request.args.items(multi=True)
    pairs = [(clean(name), clean(value)) for name, value in given if name not in OTHER_NAMES]
    return open_place(slug, instrument, pairs)


def open_place(slug: str, instrument: str, pairs: Pairs) -> Place:
    """Return the place of a filter that is given by names and values; 404 as `find_place`."""
    study = services().store.studies.find(slug) if has_role(slug, *ROLES) else None
    if study is None:
        abort(404)
    mark = services().store.desk.mark(slug, instrument)
    key = (slug, instrument, mark, "versions")
    stored = kept().get(key, lambda: services().store.desk.versions(slug, instrument))
    instruments = _find_instruments(slug, instrument, stored)
    pooling = load_pooling(services().store, slug, instrument)
    lineage = services().catalogue.lineage(instrument)
    withheld = services().catalogue.withheld(instrument)
    choices = find_choices(instruments, lineage, {each.key for each in withheld})
    reading = read_filter(pairs, choices)
    return Place(
        study=study,
        instruments=instruments,
        choices=choices,
        filter=reading.filter,
        problems=reading.problems,
        mark=mark + _mark_rules(pooling),
        decided=decide(instruments, pooling, lineage),
        withheld=withheld,
    )


def _mark_rules(pooling: Pooling) -> str:
    """Return a text that changes with every rule that is added; empty where there is none."""
    return f" {len(pooling.rules)} {pooling.rules[-1].at}" if pooling.rules else ""


def _find_instruments(slug: str, name: str, stored: list[str]) -> tuple[Instrument, ...]:
    """Return the versions in the study's protocol, and those of which it has responses."""
    protocol = services().store.studies.protocol(slug)
    used = {entry.version for entry in protocol if entry.instrument == name} | set(stored)
    if not used:
        abort(404)
    newest_first = sorted(used, key=version_order, reverse=True)
    try:
        return tuple(services().catalogue.instrument(name, version) for version in newest_first)
    except UnknownInstrument:
        abort(404)
