"""The home page: what somebody did last, and where to go on, for each role that they have."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import takewhile
from typing import Any

from flask import render_template

from survey_app.backups.record import read_record
from survey_app.publication import DRAFT, Versions, gather_versions
from survey_app.storage.moments import today
from survey_app.storage.records import Role, Staff, StudyRecord
from survey_app.web.access import require_person
from survey_app.web.account.blueprint import blueprint, find_own, find_person
from survey_app.web.context import services
from survey_app.web.lead.blueprint import read_library

MOST = 6
"""How many interviews, exports or drafts are shown; their own pages show all."""


@dataclass(frozen=True)
class Here:
    """The person signed in, the titles of all studies, and those in which they have each role."""

    person: Staff
    titles: dict[str, str]

    def studies(self, *roles: Role) -> list[str]:
        """Return the studies in which the person has one of the roles."""
        return sorted(slug for slug, role in self.person.roles.items() if role in roles)


@blueprint.get("/home")
@require_person
def home() -> Any:
    """Show what the person signed in did last, and where to go on."""
    store, person = services().store, find_person()
    here = Here(person, {study.slug: study.title for study in store.studies.list()})
    own = find_own()
    parts = {name: gather(here) for name, gather in GATHERERS.items() if _has(person, name)}
    return render_template(
        "account/home.html",
        person=person,
        titles=here.titles,
        parts=parts,
        has_password=own.password_hash is not None,
        few_codes=own.recovery_codes if own.factor_seed else None,
    )


def _has(person: Staff, part: str) -> bool:
    return (
        person.account.administrator if part == "administrator" else part in person.roles.values()
    )


def _gather_interviewer(here: Here) -> dict[str, Any]:
    recent, account = services().store.recent, here.person.account.id
    return {
        "open": recent.open_interviews(account, MOST),
        "finished": recent.finished_interviews(account, MOST),
    }


def _gather_observer(here: Here) -> dict[str, Any]:
    return {"open": services().store.recent.running_in(here.studies("observer"), MOST)}


def _gather_lead(here: Here) -> dict[str, Any]:
    store, led = services().store, here.studies("study_lead")
    library = read_library()
    drafts = [
        (name, version)
        for name in library.names
        for version in _list_drafts(gather_versions(store, library, name))
    ]
    return {
        "studies": led,
        "reminded": _list_reminded(led),
        "today": today(),
        "sent": store.recent.sent(here.person.account.id, led),
        "drafts": drafts[:MOST],
        "open": store.recent.running_in(led, MOST),
    }


def _list_reminded(slugs: list[str] | None = None) -> list[StudyRecord]:
    """Return those of some studies, or of all, whose time of keeping ends soon or is over."""
    studies = services().store.studies.list()
    wanted = [each for each in studies if slugs is None or each.slug in slugs]
    return [each for each in wanted if each.is_reminded(today())]


def _list_drafts(versions: Versions) -> Iterator[str]:
    """Return the drafts newer than all that was published: an older file comes to nothing."""
    return takewhile(lambda each: versions.state(each) == DRAFT, versions.newest_first)


def _gather_analyst(here: Here) -> dict[str, Any]:
    recent, account = services().store.recent, here.person.account
    studies = here.studies("analyst")
    guides = {
        (slug, entry.instrument, entry.version): None
        for slug in studies
        for entry in services().store.studies.protocol(slug)
        if entry.delivery == "interviewer"
    }
    return {
        "sent": recent.sent(account.id, studies),
        "guides": list(guides)[:MOST],
        "exports": recent.exports(account.name, MOST),
    }


def _gather_coordinator(here: Here) -> dict[str, Any]:
    return {"studies": here.studies("coordinator")}


def _gather_administrator(_here: Here) -> dict[str, Any]:
    store, settings = services().store, services().settings
    held = store.credentials.held()
    accounts = [each for each in store.accounts.list() if not each.disabled]
    versions = sorted(store.instruments.list(), key=lambda each: each.published_at, reverse=True)
    return {
        "reminded": _list_reminded(),
        "today": today(),
        "accounts": len(accounts),
        "without_password": sum(not held[each.id][0] for each in accounts),
        "without_factor": sum(not held[each.id][1] for each in accounts),
        "required": store.credentials.factor_required_since() is not None,
        "folder": settings.backups,
        "record": read_record(settings.data),
        "now": datetime.now(UTC),
        "versions": versions[:MOST],
    }


GATHERERS: dict[str, Callable[[Here], dict[str, Any]]] = {
    "interviewer": _gather_interviewer,
    "observer": _gather_observer,
    "study_lead": _gather_lead,
    "analyst": _gather_analyst,
    "coordinator": _gather_coordinator,
    "administrator": _gather_administrator,
}
"""What the page is made of, in this order; each part has a template of its name."""
