"""What is asked, held in memory: instruments, their forms and sheets, and studies' doors."""

import time
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

from survey_app.definition.consent import ConsentForm, read_stored
from survey_app.definition.form import ResponseForm
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.library import Library
from survey_app.definition.lineage import Lineage, rename_items, trace
from survey_app.definition.loader import load_definition
from survey_app.definition.probe_sheet import ProbeSheet, make_probe_sheet
from survey_app.disclosure.withheld import Withheld, find_withheld
from survey_app.storage.moments import today
from survey_app.storage.records import ConsentText, ProtocolEntry, Stage, StudyRecord
from survey_app.storage.store import Store

DOOR_SECONDS = 2.0
"""How long a door or a draft is remembered: a change by command shows within this time."""


class UnknownInstrument(LookupError):  # noqa: N818 - the name says what happened
    """No file and no row defines this version."""


@dataclass(frozen=True, kw_only=True)
class Door:
    """A study as participants meet it: its protocol in order and the consent text in force.

    Through the door of a trial there is nothing but a draft, and what is begun is a test.
    """

    study: StudyRecord
    protocol: tuple[ProtocolEntry, ...]
    consent: ConsentText | None
    is_trial: bool = False
    pages: dict[Any, Any] = field(default_factory=dict, compare=False)
    """The prepared first and last pages, by what they show."""

    @property
    def asks_for_code(self) -> bool:
        """Whether nobody begins without an invitation."""
        return self.study.admission == "invitation" and not self.is_trial

    @property
    def stage(self) -> Stage:
        """Where the study stands today. Without days of its own, no clock is asked."""
        study = self.study
        if self.is_trial or (study.opens is None and study.closes is None):
            return "open"
        return study.stage(today())

    @property
    def frozen_on(self) -> str | None:
        """Since which day results hold what was counted before, None where none do yet."""
        freeze_on = self.study.freeze_on
        return freeze_on if freeze_on is not None and self.study.is_frozen(today()) else None

    @cached_property
    def consent_form(self) -> ConsentForm | None:
        """What the consent text says, None where the study has none."""
        return None if self.consent is None else read_stored(self.consent.body)

    @cached_property
    def self_deliveries(self) -> tuple[ProtocolEntry, ...]:
        """What is open for participants to fill in by themselves, in order."""
        return tuple(e for e in self.protocol if e.open and e.delivery == "self")


class Catalogue:
    """Definitions by version and doors.

    What was published never changes; a draft or a door is at most a few seconds old.
    """

    def __init__(self, library: Library, store: Store) -> None:
        self._library = library
        self._store = store
        self._lock = Lock()
        self._instruments: dict[tuple[str, str], Instrument] = {}
        self._forms: dict[tuple[str, str, str], ResponseForm] = {}
        self._sheets: dict[tuple[str, str], ProbeSheet] = {}
        self._doors: dict[str, tuple[float, Door | None]] = {}
        self._drafts: dict[tuple[str, str], float] = {}
        """When those of the instruments were looked at last that may change still."""
        self._lineages: dict[str, tuple[float, Lineage]] = {}
        self._withheld: dict[str, tuple[Withheld, ...]] = {}

    def instrument(self, name: str, version: str) -> Instrument:
        """Return a version as it was published or is being tried, else as its file says.

        Raises UnknownInstrument.
        """
        key = (name, version)
        with self._lock:
            if key in self._drafts and time.monotonic() - self._drafts[key] > DOOR_SECONDS:
                self._renew_draft(key)
            if key not in self._instruments:
                self._instruments[key] = self._load(name, version)
            return self._instruments[key]

    def response_form(self, name: str, version: str, language: str) -> ResponseForm:
        """Return the forms of a version in one of its languages (else in its first)."""
        instrument = self.instrument(name, version)
        chosen = language if language in instrument.languages else instrument.languages[0]
        with self._lock:
            key = (name, version, chosen)
            if key not in self._forms:
                self._forms[key] = ResponseForm(instrument, chosen)
            return self._forms[key]

    def probe_sheet(self, name: str, version: str) -> ProbeSheet:
        """Return a version's topics for an interviewer."""
        instrument = self.instrument(name, version)
        with self._lock:
            if (name, version) not in self._sheets:
                self._sheets[name, version] = make_probe_sheet(instrument)
            return self._sheets[name, version]

    def door(self, slug: str) -> Door | None:
        """Return a study's door, at most a few seconds old; None if there is no such study."""
        now = time.monotonic()
        known = self._doors.get(slug)
        if known is None or now - known[0] > DOOR_SECONDS:
            known = (now, self._renew_door(slug, known[1] if known else None))
            if known[1] is not None:
                self._doors[slug] = known
        return known[1]

    def lineage(self, name: str) -> Lineage:
        """Return what an instrument's published versions call their questions.

        At most a few seconds old, as a door is.
        """
        now = time.monotonic()
        known = self._lineages.get(name)
        if known is None or now - known[0] > DOOR_SECONDS:
            records = self._store.instruments.list(name)
            versions = [each.version for each in records if each.state != "draft"]
            newest_first = sorted(versions, key=version_order, reverse=True)
            instruments = [self.instrument(name, version) for version in newest_first]
            known = now, trace(instruments)
            self._withheld[name] = find_withheld(rename_items(e, known[1]) for e in instruments)
            self._lineages[name] = known
        return known[1]

    def withheld(self, name: str) -> tuple[Withheld, ...]:
        """Return what of an instrument might tell who answered, in any published version.

        At most a few seconds old, as its lineage is.
        """
        self.lineage(name)
        return self._withheld[name]

    def _renew_door(self, slug: str, before: Door | None) -> Door | None:
        """Return the door as it is now; an unchanged one is kept with its prepared pages."""
        opened = self._open_door(slug)
        return before if before is not None and before == opened else opened

    def _open_door(self, slug: str) -> Door | None:
        study = self._store.studies.find(slug)
        if study is None:
            return None
        protocol = tuple(self._store.studies.protocol(slug))
        consent = self._store.studies.consent_text(slug, "self")
        return Door(study=study, protocol=protocol, consent=consent)

    def _renew_draft(self, key: tuple[str, str]) -> None:
        """Forget a draft that says something else by now, or that was published."""
        record = self._store.instruments.find(*key)
        self._drafts[key] = time.monotonic()
        if record is None:
            return
        if record.state != "draft":
            del self._drafts[key]
        if record.fingerprint != self._instruments[key].fingerprint:
            del self._instruments[key]
            self._sheets.pop(key, None)
            for language in [known[2] for known in self._forms if known[:2] == key]:
                del self._forms[*key, language]

    def _load(self, name: str, version: str) -> Instrument:
        record = self._store.instruments.find(name, version)
        if record is None or record.state == "draft":
            self._drafts[name, version] = time.monotonic()
        found = self._library.find(name, version)
        if record is not None and (found is None or found.fingerprint != record.fingerprint):
            return load_definition(record.definition)
        if found is None:
            raise UnknownInstrument(f"{name}@{version} is neither published nor in the library")
        return found
