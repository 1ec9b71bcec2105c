"""What a study offers to a new interview: its instruments, languages and consent text."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask import abort, make_response, render_template

from survey_app.definition.consent import ConsentForm, Statement, read_stored
from survey_app.definition.instrument import Instrument, version_order
from survey_app.storage.records import ConsentText, ProtocolEntry, StudyRecord
from survey_app.web.access import has_role, refuse, studies_with_role
from survey_app.web.context import services
from survey_app.web.interviewer.blueprint import ROLES

USUAL_MINUTES = 45
"""How long an interview is planned for where its instruments do not say."""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """One instrument of the study's protocol that can be run; `reference` is `name@version`.

    `minutes` is what its sections say they take, None where none says anything. A draft that is
    being tried can be run in a test alone.
    """

    reference: str
    instrument: Instrument
    suggested: bool
    minutes: int | None
    is_draft: bool = False


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A study as a new interview meets it."""

    study: StudyRecord
    offers: tuple[Offer, ...]
    languages: tuple[str, ...]
    consent: ConsentText | None

    @cached_property
    def consent_form(self) -> ConsentForm | None:
        """What the consent text says, None where the study has none."""
        return None if self.consent is None else read_stored(self.consent.body)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements that are ticked one by one; whether to record is asked apart."""
        return self.consent_form.besides_recording if self.consent_form else ()

    @property
    def suggested(self) -> tuple[str, ...]:
        """The references of what is suggested."""
        return tuple(offer.reference for offer in self.offers if offer.suggested)

    @property
    def references(self) -> frozenset[str]:
        """The references of all that can be run."""
        return frozenset(offer.reference for offer in self.offers)

    @property
    def minutes(self) -> int:
        """How long what is suggested takes, as its sections say, else as is usual."""
        known = [offer.minutes for offer in self.offers if offer.suggested and offer.minutes]
        return sum(known) or USUAL_MINUTES

    @property
    def drafts(self) -> frozenset[str]:
        """The references of what can be run in a test alone."""
        return frozenset(offer.reference for offer in self.offers if offer.is_draft)

    def in_order(self, chosen: tuple[str, ...]) -> list[Offer]:
        """Return the chosen offers in the protocol's order."""
        return [offer for offer in self.offers if offer.reference in chosen]


def find_opening(slug: str, *, closed: bool = False) -> Opening:
    """Return a study in which the person signed in holds interviews; else end the request.

    With `closed` it offers also what is no longer open, as a sheet on paper may be older.
    """
    study = services().store.studies.find(slug)
    if study is None:
        abort(404)
    if not has_role(slug, *ROLES):
        abort(make_response(refuse("no_role", 403)))
    offers = make_offers(services().store.studies.protocol(slug), closed=closed) + offer_drafts()
    languages = dict.fromkeys(code for each in offers for code in each.instrument.languages)
    return Opening(
        study=study,
        offers=offers,
        languages=tuple(languages) or ("en",),
        consent=services().store.studies.consent_text(slug, "interviewer"),
    )


def make_offers(protocol: list[ProtocolEntry], *, closed: bool = False) -> tuple[Offer, ...]:
    """Return what is open, in order and once each; the newest version of each is suggested."""
    rows = [each for each in protocol if each.open or closed]
    keys = list(dict.fromkeys((each.instrument, each.version) for each in rows))
    newest = dict(sorted(keys, key=lambda key: version_order(key[1])))
    return tuple(
        Offer(
            reference=f"{name}@{version}",
            instrument=services().catalogue.instrument(name, version),
            suggested=newest[name] == version,
            minutes=sum_minutes(name, version),
        )
        for name, version in keys
    )


def offer_drafts() -> tuple[Offer, ...]:
    """Return the drafts that are being tried, in whatever study."""
    return tuple(
        Offer(
            reference=f"{record.name}@{record.version}",
            instrument=services().catalogue.instrument(record.name, record.version),
            suggested=False,
            minutes=sum_minutes(record.name, record.version),
            is_draft=True,
        )
        for record in services().store.instruments.trials()
    )


def sum_minutes(name: str, version: str) -> int | None:
    """Return how long the sections of an instrument take, None where none says anything."""
    sections = services().catalogue.probe_sheet(name, version).sections
    known = [section.minutes for section in sections if section.minutes is not None]
    return sum(known) if known else None


def choose_study(chosen: str, target: str) -> str | Any:
    """Return the slug of the one study there is or was chosen, else the page that asks for it.

    `target` is the endpoint that is asked again with the study.
    """
    slugs = studies_with_role(*ROLES)
    if chosen or len(slugs) == 1:
        return chosen or slugs[0]
    studies = [services().store.studies.find(slug) for slug in slugs]
    return make_response(
        render_template("interviewer/choose_study.html", studies=studies, target=target)
    )
