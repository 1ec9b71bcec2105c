"""What is asked for: an instrument's responses in a study, and in which form."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.loader import load_definition
from survey_app.reports.formats.flavours import FlavourName
from survey_app.reports.responses import Context, ReportError, Source
from survey_app.storage.moments import now
from survey_app.storage.store import Store
from survey_app.translations import gettext, ngettext
from survey_app.worker.sources import Selection, Stream


@dataclass(frozen=True, kw_only=True)
class Request:
    """Who wants which responses. `version` None means all versions of the instrument.

    `format` is xlsx, csv, json, sav, dta, r or bundle for an export, and png, svg or pdf for
    charts; `flavour` is that of csv.
    """

    who: str
    study: str
    instrument: str
    format: str
    version: str | None = None
    include_test: bool = False
    flavour: FlavourName = "exact"

    def describe(self) -> str:
        """Return the filter in words, for the reader of the file."""
        versions = f"version {self.version} only" if self.version else "all versions"
        return f"{versions}, test responses {'included' if self.include_test else 'left out'}"


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a report is made from: rows that stream from one snapshot, and what they are."""

    source: Source
    context: Context
    count: int


@contextmanager
def open_material(store: Store, request: Request) -> Iterator[Material]:
    """Open what a request asks for, as it stands at this moment.

    Raises ReportError if the study does not use the instrument, or not in that version.
    """
    instruments = find_instruments(store, request)
    selection = Selection(
        study=request.study,
        instrument=request.instrument,
        versions=tuple(instrument.version for instrument in instruments),
        include_test=request.include_test,
    )
    with store.snapshot() as snapshot:
        stream = Stream(snapshot, selection)
        count = stream.count(include_test=request.include_test)
        tests = stream.count(include_test=True) - stream.count(include_test=False)
        yield Material(
            source=Source(
                instruments=instruments,
                responses=stream.responses,
                marks=stream.marks,
                item_marks=stream.item_marks,
                notes=stream.notes,
                interviews=stream.interviews,
            ),
            context=_describe(store, request, tests),
            count=count,
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


def _describe(store: Store, request: Request, tests: int) -> Context:
    study = store.studies.find(request.study)
    return Context(
        study=request.study if study is None else f"{study.title} ({study.slug})",
        exported=now(),
        filter=request.describe(),
        tests_left_out=0 if request.include_test else tests,
        left_out=_say_other_versions(store, request),
    )


def _say_other_versions(store: Store, request: Request) -> tuple[str, ...]:
    """Return what a choice of one version leaves out, each as a sentence."""
    if request.version is None:
        return ()
    counts: Counter[str] = Counter()
    for row in store.studies.overview(request.study):
        is_wanted = request.include_test or not row.is_test
        if row.instrument == request.instrument and row.version != request.version and is_wanted:
            counts[row.version] += row.count
    return tuple(
        gettext("{counted} of version {version}").format(
            counted=ngettext("{count} response", "{count} responses", count), version=version
        )
        for version, count in counts.items()
    )
