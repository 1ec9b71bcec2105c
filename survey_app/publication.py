"""From a file to a published version: what it changes, what stands in the way, and the steps.

The command line and the browser take the same ones. What they show is read anew each time, since
an author may be writing the file meanwhile; what is published is what was looked at, by its
fingerprint.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.library import Library
from survey_app.definition.loader import load_definition
from survey_app.definition.verdict import Verdict, judge
from survey_app.storage.records import InstrumentVersionRecord, Publication
from survey_app.storage.store import Store
from survey_app.translations import gettext as _

FORMAT = 1
"""Of the definitions that this program reads and writes."""
DRAFT = "draft"


@dataclass(frozen=True, kw_only=True)
class Versions:
    """All versions of an instrument: those that were published, and those of files alone.

    A version that was published is as it was published, whatever its file says by now.
    """

    name: str
    records: Mapping[str, InstrumentVersionRecord]
    instruments: Mapping[str, Instrument]

    @property
    def newest_first(self) -> tuple[str, ...]:
        """Every version, the newest first."""
        return tuple(sorted(self.instruments, key=version_order, reverse=True))

    def state(self, version: str) -> str:
        """Return `draft`, `published` or `retired`."""
        record = self.records.get(version)
        return DRAFT if record is None else record.state

    @property
    def published(self) -> tuple[Instrument, ...]:
        """Those that were published, retired or not, the newest first."""
        return tuple(
            self.instruments[each] for each in self.newest_first if self.state(each) != DRAFT
        )

    def find_before(self, version: str) -> str | None:
        """Return the version before this one, of whatever state; None for the first."""
        rest = self.newest_first[self.newest_first.index(version) + 1 :]
        return rest[0] if rest else None

    def find_between(self, older: str, newer: str) -> tuple[Instrument, ...]:
        """Return the versions between two, oldest first."""
        least, most = version_order(older), version_order(newer)
        return tuple(
            self.instruments[each]
            for each in reversed(self.newest_first)
            if least < version_order(each) < most
        )

    def propose(self, version: str) -> "Proposal":
        """Return a draft with what stands in the way of publishing it. Raises KeyError."""
        return Proposal(instrument=self.instruments[version], published=self.published)


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A draft beside everything that was published of its instrument."""

    instrument: Instrument
    published: tuple[Instrument, ...]

    @cached_property
    def verdict(self) -> Verdict:
        """What it changes of the newest published version before it."""
        return judge(self.instrument, self.published)

    @property
    def is_newest(self) -> bool:
        """Whether no later version was published, so that studies follow to this one."""
        order = version_order(self.instrument.version)
        return all(version_order(each.version) < order for each in self.published)

    def find_obstacles(self, note: str) -> tuple[str, ...]:
        """Return all that stands in the way, in sentences; `note` is what is said of it."""
        lacking = _(
            "Say in a sentence what changed since {version}: in a note, or as `changes:` in the "
            "file."
        )
        before = self.verdict.older
        if note.strip() or before is None:
            return self.verdict.obstacles
        return (*self.verdict.obstacles, lacking.format(version=before.version))


def gather_versions(store: Store, library: Library, name: str) -> Versions:
    """Return all versions of an instrument; none for a name that nothing has."""
    records = {record.version: record for record in store.instruments.list(name)}
    published = {version: _load(record, library) for version, record in records.items()}
    files = {
        version: instrument
        for (known, version), instrument in library.instruments.items()
        if known == name
    }
    return Versions(name=name, records=records, instruments={**files, **published})


def open_trial(store: Store, instrument: Instrument, by: str) -> int:
    """Let a draft be tried as it is now; return how many trial responses were erased.

    Those are answers to an earlier wording of the draft. Raises FrozenVersion and RetiredVersion.
    """
    return store.instruments.try_out(
        name=instrument.name,
        version=instrument.version,
        format=FORMAT,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        by=by,
    )


def publish(
    store: Store, instrument: Instrument, *, note: str, by: str, studies: Collection[str] = ()
) -> Publication:
    """Publish a version; each of `studies` asks it from now on in the place of those before it.

    Nothing is judged here. Raises FrozenVersion, RetiredVersion, and UnknownRecord for a study
    that is not there.
    """
    return store.instruments.publish(
        name=instrument.name,
        version=instrument.version,
        format=FORMAT,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note=note.strip() or instrument.changes,
        by=by,
        studies=studies,
    )


def _load(record: InstrumentVersionRecord, library: Library) -> Instrument:
    """Return a version as it was published; the file's, already read, where it says the same."""
    found = library.find(record.name, record.version)
    if found is not None and dict(found.definition) == record.definition:
        return found
    return load_definition(record.definition)
