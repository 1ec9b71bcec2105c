"""One version: what it changes, what stands in the way of it, its trial and its publication."""

from dataclasses import dataclass
from typing import Any

from flask import abort, render_template, request

from survey_app.publication import Proposal, Versions
from survey_app.storage.records import InstrumentVersionRecord, StudyRecord
from survey_app.web.access import require_role
from survey_app.web.context import services
from survey_app.web.lead.blueprint import ROLE, blueprint, find_versions, list_studies
from survey_app.web.lead.comparing import Change, list_changes
from survey_app.web.lead.index import list_standings, read_use
from survey_app.web.trials import make_path


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A draft's trial: its links by study, and how many responses came of it."""

    links: tuple[tuple[StudyRecord, str], ...]
    responses: int
    is_current: bool
    """Whether what is being tried is what the file says now."""


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed into a form of the page, to be shown again with what is wrong."""

    note: str | None = None
    studies: tuple[str, ...] | None = None
    reason: str = ""
    errors: tuple[tuple[str, str], ...] = ()
    warning: str = ""


@blueprint.get("/instruments/<name>/<version>")
@require_role(ROLE, administrator=True)
def show(name: str, version: str) -> Any:
    """Show a version and what can be done with it."""
    return show_version(name, version, Typed())


def show_version(name: str, version: str, typed: Typed) -> str:
    """Return the page of a version, with what was typed; else end the request."""
    versions = find_versions(name)
    if version not in versions.instruments:
        abort(404)
    proposal = versions.propose(version)
    standings = list_standings(versions, read_use())
    (standing,) = (each for each in standings if each.instrument.version == version)
    older = versions.find_before(version)
    return render_template(
        "lead/version.html",
        standing=standing,
        instrument=proposal.instrument,
        proposal=proposal,
        older=older,
        changes=_list_changes(versions, proposal),
        obstacles=proposal.verdict.obstacles,
        trial=find_trial(versions, version),
        following=list_following(proposal),
        typed=typed,
        errors=dict(typed.errors),
        just=request.args.get("just", ""),
    )


def list_following(proposal: Proposal) -> tuple[StudyRecord, ...]:
    """Return the studies in the person's hand that ask the instrument, and so may follow."""
    asking = services().store.instruments.followers(proposal.instrument.name)
    return tuple(study for study in list_studies() if study.slug in asking)


def find_trial(versions: Versions, version: str) -> Trial | None:
    """Return a draft's trial, None where it is not being tried."""
    record = _find_tried(versions.name, version)
    if record is None or versions.state(version) != "draft":
        return None
    root, secret = services().settings.url, services().secret
    return Trial(
        links=tuple(
            (study, root + make_path(secret, study.slug, versions.name, version))
            for study in list_studies()
        ),
        responses=count_tried(versions.name, version),
        is_current=record.fingerprint == versions.instruments[version].fingerprint,
    )


def count_tried(name: str, version: str) -> int:
    """Return how many test responses to a version there are."""
    return sum(
        row.count
        for row in services().store.studies.overview(drafts=True)
        if (row.instrument, row.version) == (name, version)
        and row.is_test
        and row.state != "withdrawn"
    )


def _find_tried(name: str, version: str) -> InstrumentVersionRecord | None:
    for record in services().store.instruments.trials():
        if (record.name, record.version) == (name, version):
            return record
    return None


def _list_changes(versions: Versions, proposal: Proposal) -> tuple[Change, ...]:
    before = versions.find_before(proposal.instrument.version)
    older = proposal.verdict.older
    if older is None and before is not None:
        older = versions.instruments[before]
    if older is None:
        return ()
    return list_changes(older, proposal.instrument, versions.published)
