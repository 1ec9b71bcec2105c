"""What a study lead does with a version: try it, end the trial, publish it, retire it."""

from typing import Any

from flask import abort, redirect, request, url_for
from werkzeug.wrappers import Response

from survey_app.publication import Proposal, open_trial, publish
from survey_app.storage.errors import FrozenVersion, RetiredVersion, UnknownRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role
from survey_app.web.analyst.outdated import discard_outdated
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.lead.blueprint import ROLE, blueprint, find_versions, list_studies
from survey_app.web.lead.version import Typed, list_following, show_version
from survey_app.web.text import CleanForm

MOST_LETTERS = 2_000
"""Of a note or a reason."""


@blueprint.post("/instruments/<name>/<version>/trial")
@keep_typed
@require_role(ROLE, administrator=True)
def begin_trial(name: str, version: str) -> Any:
    """Let a draft be tried as its file is now."""
    proposal = _find_proposal(name, version)
    try:
        open_trial(services().store, proposal.instrument, current_name())
    except (FrozenVersion, RetiredVersion):
        return _show_late(name, version, Typed())
    discard_outdated()  # made of what was tried before with other words
    return _lead_back(name, version, "tried")


@blueprint.post("/instruments/<name>/<version>/trial/end")
@keep_typed
@require_role(ROLE, administrator=True)
def end_trial(name: str, version: str) -> Any:
    """End a draft's trial and erase what was tried."""
    try:
        services().store.instruments.end_trial(name, version, current_name())
    except UnknownRecord:
        return _show_late(name, version, Typed())
    discard_outdated()
    return _lead_back(name, version, "ended")


@blueprint.post("/instruments/<name>/<version>/publish")
@keep_typed
@require_role(ROLE, administrator=True)
def publish_version(name: str, version: str) -> Any:
    """Publish what was looked at, or say what stands in the way; the note is never lost."""
    form = CleanForm(request.form)
    proposal = _find_proposal(name, version)
    note = form.get("note")[:MOST_LETTERS]
    studies = tuple(form.getlist("studies"))
    typed = Typed(note=note, studies=studies)
    if form.get("fingerprint") != proposal.instrument.fingerprint:
        return _show_late(name, version, typed)
    obstacles = proposal.find_obstacles(note)
    if obstacles:
        lacking = obstacles[-1] if not proposal.verdict.obstacles else ""
        errors = (("note", lacking),) if lacking else ()
        return show_version(name, version, Typed(note=note, studies=studies, errors=errors)), 422
    allowed = [study.slug for study in list_following(proposal) if study.slug in studies]
    try:
        done = publish(
            services().store, proposal.instrument, note=note, by=current_name(), studies=allowed
        )
    except (FrozenVersion, RetiredVersion):
        return _show_late(name, version, typed)
    discard_outdated()
    return _lead_back(name, version, "published" if done.fresh else "before")


@blueprint.post("/instruments/<name>/<version>/retire")
@keep_typed
@require_role(ROLE, administrator=True)
def retire_version(name: str, version: str) -> Any:
    """Let a version be begun no more."""
    form = CleanForm(request.form)
    reason = form.get("reason").strip()[:MOST_LETTERS]
    others = find_others_asking(name, version)
    if others:
        errors = (("reason", say_others(others)),)
        return show_version(name, version, Typed(reason=reason, errors=errors)), 409
    if not reason:
        errors = (("reason", _("Say in a sentence why it is not asked any more")),)
        return show_version(name, version, Typed(errors=errors)), 422
    try:
        services().store.instruments.retire(name, version, reason=reason, by=current_name())
    except UnknownRecord:
        return _show_late(name, version, Typed(reason=reason))
    return _lead_back(name, version, "retired")


def find_others_asking(name: str, version: str) -> list[str]:
    """Return the studies that ask a version and are not in the person's hand, by their titles."""
    led = {study.slug for study in list_studies()}
    store = services().store
    return [
        study.title
        for study in store.studies.list()
        if study.slug not in led
        and any(
            (entry.instrument, entry.version) == (name, version) and entry.open
            for entry in store.studies.protocol(study.slug)
        )
    ]


def say_others(titles: list[str]) -> str:
    """Return the sentence that says why a version cannot be retired by this person."""
    words = _(
        "Other studies ask this version as well: {titles}. Their leads have to go on to another "
        "version first, or an administrator retires it."
    )
    return words.format(titles=", ".join(titles))


def _find_proposal(name: str, version: str) -> Proposal:
    versions = find_versions(name)
    if version not in versions.instruments:
        abort(404)
    return versions.propose(version)


def _show_late(name: str, version: str, typed: Typed) -> tuple[str, int]:
    """Show the version as it is by now: somebody else was quicker, or its file was changed."""
    warning = _(
        "Meanwhile the file was changed, or somebody else published or retired this version. "
        "Nothing was done. Below is how it stands now: please look at it again."
    )
    late = Typed(note=typed.note, studies=typed.studies, reason=typed.reason, warning=warning)
    return show_version(name, version, late), 409


def _lead_back(name: str, version: str, just: str) -> Response:
    return redirect(url_for("lead.show", name=name, version=version, just=just), 303)
