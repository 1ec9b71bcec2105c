"""What is asked for: an instrument's responses in a study, and in which form."""

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from survey_app.choices import Choices, find_choices
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.lineage import NO_LINEAGE, Lineage, rename_items, trace
from survey_app.definition.loader import load_definition
from survey_app.disclosure.withheld import Withheld, find_withheld
from survey_app.filtering import Filter, describe, read_address
from survey_app.pooling import load_pooling
from survey_app.reports.comparison import Grouping, Protection
from survey_app.reports.dataset import sort_versions
from survey_app.reports.formats.flavours import FlavourName
from survey_app.reports.grouping import make_grouping
from survey_app.reports.presets import PresetName
from survey_app.reports.responses import Context, Publishing, ReportError, Source
from survey_app.reports.withholding import withhold
from survey_app.small_counts import find_smallest, say_own, say_smallest
from survey_app.storage.moments import now
from survey_app.storage.records import Selection
from survey_app.storage.records.selection import EVERY
from survey_app.storage.store import Store
from survey_app.translations import gettext, ngettext
from survey_app.worker.disclosure import Decided, Wanted, decide_disclosure
from survey_app.worker.sources import Stream


@dataclass(frozen=True, kw_only=True)
class Request:
    """Who wants which responses. `version` None means all versions of the instrument.

    `format` is xlsx, csv, json, sav, dta, r or bundle for an export, and png, svg or pdf for
    charts; `flavour` is that of csv. `filter` narrows them further, as it stands in an address
    (`survey_app.filtering`). `all_sheets` asks for the sheets that a workbook of many responses
    leaves out, `charts` for pictures of the charts in it. `preset` and `by_top` say how charts are
    drawn, and `mark` what state of the data they are kept for; a report is always made of what is
    there when it is made. `with_quasi_identifiers` asks for what an ordinary file leaves out, for a
    `reason`, and whoever passes it on has seen that `who` has the right. Counts under
    `smallest_count` are hidden in groups by a quasi-identifier where the study has no count of its
    own. `withheld` are the questions that were left out when it was asked, and `own_count` was the
    study's own then, as `mark` is the state; what is made goes by those of now.
    """

    who: str
    study: str
    instrument: str
    format: str
    version: str | None = None
    include_test: bool = False
    flavour: FlavourName = "exact"
    filter: str = ""
    all_sheets: bool = False
    charts: bool = False
    preset: PresetName = "screen"
    by_top: bool = False
    mark: str = ""
    with_quasi_identifiers: bool = False
    reason: str = ""
    smallest_count: int = Protection.least
    withheld: Sequence[str] = ()
    own_count: int | None = None

    def read(
        self,
        instruments: Sequence[Instrument],
        lineage: Lineage = NO_LINEAGE,
        withheld: Container[str] = (),
    ) -> tuple[Filter, Choices]:
        """Return the whole filter, and what may be chosen of the versions, given newest first."""
        choices = find_choices(instruments, lineage, withheld)
        chosen = read_address(self.filter, choices).filter
        versions = (self.version,) if self.version else chosen.versions
        with_tests = self.include_test or chosen.include_test
        return replace(chosen, versions=versions, include_test=with_tests), choices


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a report is made from: rows that stream from one snapshot, and what they are.

    `count` is of all responses; those of them that were `withdrawn` have no row.
    """

    source: Source
    context: Context
    count: int
    withdrawn: int = 0


@contextmanager
def open_material(store: Store, request: Request) -> Iterator[Material]:
    """Open what a request asks for, as it stands at this moment.

    Raises ReportError if the study does not use the instrument, or not in that version.
    """
    instruments = find_instruments(store, request)
    known = load_versions(store, request.instrument)
    lineage = trace(known)
    withheld = list_withheld((*known, *instruments), lineage)
    keys = () if request.with_quasi_identifiers else [each.key for each in withheld]
    chosen, choices = request.read(sort_versions(instruments), lineage, keys)
    selection = _select(request, chosen, choices)
    with store.snapshot() as snapshot:
        stream = Stream(snapshot, selection)
        count = stream.count(include_test=chosen.include_test)
        withdrawn = stream.count_withdrawn(include_test=chosen.include_test)
        wanted = Wanted(
            chosen=chosen,
            rows=count - withdrawn,
            mixed=chosen.include_test and stream.count(include_test=False) > 0,
            withheld=withheld,
            grouping=_group(chosen, instruments, lineage),
        )
        told = _decide(store, request, wanted)
        context = Context(
            study=_name_study(store, request.study),
            exported=now(),
            newest=stream.newest(),
            filter=describe(chosen, choices),
            all_sheets=request.all_sheets,
            tests_left_out=_count_rows(stream) - (count - withdrawn),
            left_out=(*_say_left_out(store, request, chosen, stream), *told.sentences),
            grouping=told.grouping,
            tables_alone=told.tables_alone,
            caution=told.caution,
        )
        kept = tuple(each for each in instruments if each.version in selection.versions)
        whole = replace(_make_source(store, request, stream), instruments=kept, known=known)
        source = withhold(replace(whole, size=count), told.withheld, told.grouping)
        yield Material(source=source, context=context, count=count, withdrawn=withdrawn)


def list_withheld(versions: Iterable[Instrument], lineage: Lineage) -> tuple[Withheld, ...]:
    """Return what an ordinary file of an instrument leaves out, by all versions that there are."""
    every = {each.version: each for each in versions}
    return find_withheld(rename_items(each, lineage) for each in sort_versions(every.values()))


def _make_source(store: Store, request: Request, stream: Stream) -> Source:
    """Return what is read of a selection, of whatever versions."""
    return Source(
        instruments=(),
        published=_find_publishing(store, request),
        pooling=load_pooling(store, request.study, request.instrument),
        responses=stream.responses,
        marks=stream.marks,
        item_marks=stream.item_marks,
        notes=stream.notes,
        interviews=stream.interviews,
        consents=stream.consents,
    )


def _count_rows(stream: Stream) -> int:
    """Return how many rows there would be with the test responses."""
    return stream.count(include_test=True) - stream.count_withdrawn(include_test=True)


def _select(request: Request, chosen: Filter, choices: Choices) -> Selection:
    return Selection(
        study=request.study,
        instrument=request.instrument,
        versions=chosen.versions or choices.versions,
        include_test=chosen.include_test,
        conditions=chosen.to_conditions(choices),
    )


def find_instruments(store: Store, request: Request) -> tuple[Instrument, ...]:
    """Return the versions that a study uses, in the words that were published; raise ReportError.

    A study uses what is in its protocol and whatever it has responses of.
    """
    protocol = store.studies.protocol(request.study)
    used = {e.version for e in protocol if e.instrument == request.instrument}
    overview = store.studies.overview(request.study)
    used |= {row.version for row in overview if row.instrument == request.instrument}
    wanted = {request.version} if request.version else used
    if not used or not wanted <= used:
        there = ", ".join(sorted(used, key=version_order)) or "no version of it"
        raise ReportError(
            f"The study {request.study} does not use {request.instrument}"
            f"{'@' + request.version if request.version else ''}; it uses {there}."
        )
    records = [store.instruments.find(request.instrument, version) for version in wanted]
    return tuple(load_definition(record.definition) for record in records if record is not None)


def load_versions(store: Store, instrument: str) -> tuple[Instrument, ...]:
    """Return all versions of an instrument that were published, in the words of then."""
    records = store.instruments.list(instrument)
    return tuple(load_definition(each.definition) for each in records if each.state != "draft")


def _group(chosen: Filter, instruments: Sequence[Instrument], lineage: Lineage) -> Grouping | None:
    if not chosen.by:
        return None
    return make_grouping(chosen.by, [rename_items(each, lineage) for each in instruments])


def _find_publishing(store: Store, request: Request) -> dict[str, Publishing]:
    """Return when each version of the instrument was published and retired, and its note."""
    return {
        record.version: Publishing(
            at=record.published_at, note=record.note, retired=record.retired_at
        )
        for record in store.instruments.list(request.instrument)
    }


def _decide(store: Store, request: Request, wanted: Wanted) -> Decided:
    """Return what a file may tell, by what the study hides as it stands now."""
    least = find_smallest(store.studies.find(request.study), request.smallest_count)
    asked = replace(request, smallest_count=least)
    return decide_disclosure(asked, replace(wanted, hiding=_say_hiding(store, request)))


def _say_hiding(store: Store, request: Request) -> str:
    """Say what small counts a study shows by its own will; nothing where it has none."""
    found = store.studies.find(request.study)
    said = store.conduct.hidden_counts(request.study) if found else None
    if said is None:
        return ""
    return gettext(
        "In groups by a quasi-identifier {what}, where {anyway} otherwise: {said}."
    ).format(
        what=say_smallest(said.least),
        anyway=say_smallest(request.smallest_count),
        said=say_own(said),
    )


def _name_study(store: Store, slug: str) -> str:
    study = store.studies.find(slug)
    return slug if study is None else f"{study.title} ({study.slug})"


def _say_left_out(
    store: Store, request: Request, chosen: Filter, stream: Stream
) -> tuple[str, ...]:
    """Return what a choice of responses leaves out, each as a sentence."""
    return (*_say_other_versions(store, request, chosen), *_say_unchosen(stream))


def _say_other_versions(store: Store, request: Request, chosen: Filter) -> tuple[str, ...]:
    """Return what a choice of versions leaves out, each as a sentence."""
    if not chosen.versions:
        return ()
    counts: Counter[str] = Counter()
    for row in store.studies.overview(request.study):
        is_wanted = chosen.include_test or not row.is_test
        is_other = row.version not in chosen.versions
        if row.instrument == request.instrument and is_other and is_wanted:
            counts[row.version] += row.count
    return tuple(
        gettext("{counted} of version {version}").format(
            counted=ngettext("{count} response", "{count} responses", count), version=version
        )
        for version, count in counts.items()
    )


def _say_unchosen(stream: Stream) -> tuple[str, ...]:
    """Return how many responses of the same versions the rest of the filter leaves out."""
    selection = stream.selection
    everything = Stream(stream.snapshot, replace(selection, conditions=EVERY))
    with_tests = selection.include_test
    others = everything.count(include_test=with_tests) - stream.count(include_test=with_tests)
    if not others:
        return ()
    counted = ngettext("{count} response", "{count} responses", others)
    return (gettext("{counted} that the filter does not choose").format(counted=counted),)
