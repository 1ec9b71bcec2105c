"""What changed between two versions, old beside new, and how many responses each edit touches."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, render_template, request

from survey_app.definition.compare import bump_size, compare, find_least, is_too_small
from survey_app.definition.differences import SIZES, Difference
from survey_app.definition.instrument import Instrument, version_order
from survey_app.touching import count_touched, say_touched
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.context import services
from survey_app.web.lead.blueprint import ROLE, blueprint, find_versions


@dataclass(frozen=True, kw_only=True)
class Change:
    """A difference with what it touches."""

    difference: Difference
    said: str

    @property
    def sort(self) -> str:
        """What sort of change it is, in words."""
        return say_sort(self.difference.kind)


@blueprint.get("/instruments/<name>/compare")
@require_role(ROLE, administrator=True)
def show_comparison(name: str) -> Any:
    """Show what changed between any two versions of an instrument."""
    versions = find_versions(name)
    known = versions.newest_first
    newer = request.args.get("newer", known[0])
    older = request.args.get("older", known[1] if len(known) > 1 else known[0])
    if not {older, newer} <= set(known):
        abort(404)
    older, newer = sorted((older, newer), key=version_order)
    before, after = versions.instruments[older], versions.instruments[newer]
    between = versions.find_between(older, newer)
    changes = list_changes(before, after, versions.published, between)
    return render_template(
        "lead/compare.html",
        name=name,
        versions=known,
        older=before,
        newer=after,
        changes=changes,
        between=[each.version for each in between],
        verdict=say_verdict(before, after, changes),
    )


def list_changes(
    older: Instrument,
    newer: Instrument,
    published: Sequence[Instrument],
    between: Sequence[Instrument] = (),
) -> tuple[Change, ...]:
    """Return the changes, the weightiest first, each with whose answers it touches.

    Those are answers to all versions of `published` that come before the newer one. `between` are
    the versions between the two, oldest first; they were asked already what could not be known.
    """
    found = compare(older, newer, between)
    if between:
        found = tuple(replace(each, question="") for each in found)
    heaviest_first = sorted(found, key=lambda each: SIZES.index(each.size), reverse=True)
    return tuple(_weigh(each, newer, published) for each in heaviest_first)


def _weigh(difference: Difference, newer: Instrument, published: Sequence[Instrument]) -> Change:
    touched = count_touched(services().store, difference, newer, published)
    return Change(difference=difference, said=say_touched(difference, touched, newer))


def say_verdict(older: Instrument, newer: Instrument, changes: tuple[Change, ...]) -> str:
    """Return in a sentence how large a step the changes are, and whether the number says so."""
    if not changes:
        return _("{older} and {newer} ask the same in the same words.").format(
            older=older.version, newer=newer.version
        )
    least = find_least(change.difference for change in changes)
    bump = bump_size(older.version, newer.version)
    words = _("The smallest honest step is {least}; from {older} to {newer} is {bump}.")
    told = words.format(
        least=say_size(least), older=older.version, newer=newer.version, bump=say_size(bump)
    )
    if is_too_small(least, bump):
        return _("{told} The number says too little.").format(told=told)
    return told


def say_size(size: str) -> str:
    """Return a step of the version number in words."""
    return {
        "patch": _("a patch (third number)"),
        "minor": _("a minor step (second number)"),
        "major": _("a major step (first number)"),
    }[size]


def say_sort(kind: str) -> str:
    """Return a sort of change in words."""
    return {
        "cosmetic": _("appearance"),
        "wording": _("wording"),
        "added": _("added"),
        "retired": _("retired"),
        "recoded": _("another code"),
        "reordered": _("order"),
        "type": _("type"),
        "moved": _("moved"),
        "renamed": _("renamed"),
        "relevance": _("who is asked"),
        "required": _("required or not"),
        "scale": _("scale"),
        "direction": _("direction of the scale"),
        "setting": _("setting"),
        "planning": _("planning"),
    }[kind]
