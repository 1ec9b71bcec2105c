"""A study's protocol: what it asks, filled in by whom, in which order, and what is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from flask import abort, render_template, request
from werkzeug.wrappers import Response

from survey_app.definition.instrument import version_order
from survey_app.storage.errors import UnknownRecord
from survey_app.storage.records import Delivery, ProtocolEntry, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role
from survey_app.web.context import services
from survey_app.web.studies.blueprint import LEAD, blueprint, find_led, lead_back
from survey_app.web.text import CleanForm
from survey_app.web.wording import plain

DELIVERIES: tuple[Delivery, ...] = get_args(Delivery)
Entry = tuple[str, str, Delivery]


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry with its title, its name in a form, and whether its version may still be asked."""

    entry: ProtocolEntry
    title: str
    name: str
    is_retired: bool


@blueprint.get("/studies/<study>/protocol")
@require_role(LEAD)
def show_protocol(study: str) -> Any:
    """Show a study's protocol, with what can be done to it."""
    return render_protocol(find_led(study))


@blueprint.post("/studies/<study>/protocol")
@require_role(LEAD)
def change_protocol(study: str) -> Any:
    """Add an entry, or open, close, move or take out one."""
    found = find_led(study)
    form = CleanForm(request.form)
    action = form.get("action")
    if action == "add":
        return _add(found, form)
    entry = read_entry(form.get("entry"))
    if entry is None:
        abort(400)
    return _change(found, entry, action)


def _add(study: StudyRecord, form: CleanForm) -> Any:
    entry = read_entry(f"{form.get('version')} {form.get('delivery')}")
    if entry is None:
        return render_protocol(study, _("Choose a version, and by whom it is filled in.")), 422
    if study.anonymous and entry[2] == "interviewer":
        sentence = _(
            "This study is anonymous, so nobody can be interviewed in it. Hold interviews in a "
            "study of their own."
        )
        return render_protocol(study, sentence), 422
    try:
        services().store.protocols.add(study.slug, entry, by=current_name())
    except UnknownRecord:
        return render_protocol(study, _("That version is not published. Choose another.")), 422
    return lead_back("show_protocol", study, "added")


def _change(study: StudyRecord, entry: Entry, action: str) -> Response:
    protocols, by = services().store.protocols, current_name()
    try:
        match action:
            case "open" | "close":
                protocols.set_open(study.slug, entry, is_open=action == "open", by=by)
            case "up" | "down":
                protocols.move(study.slug, entry, up=action == "up", by=by)
            case "remove":
                protocols.remove(study.slug, entry, by=by)
            case _:
                abort(400)
    except UnknownRecord:
        return lead_back("show_protocol", study, "gone")
    return lead_back("show_protocol", study, action)


def read_entry(name: str) -> Entry | None:
    """Return the entry that a form names as `instrument version delivery`, or None."""
    parts = name.split(" ")
    if len(parts) != len(("instrument", "version", "delivery")) or not all(parts):
        return None
    for delivery in DELIVERIES:
        if parts[2] == delivery:
            return parts[0], parts[1], delivery
    return None


def render_protocol(study: StudyRecord, error: str = "") -> str:
    """Return the page of a protocol."""
    lines = list(list_lines(study.slug))
    return render_template(
        "studies/protocol.html",
        study=study,
        lines=lines,
        choices=_list_choices(),
        error=error,
        just=request.args.get("just", ""),
    )


def list_lines(slug: str) -> Iterator[Line]:
    """Yield the entries of a protocol in their order."""
    states = {(each.name, each.version): each.state for each in _list_versions()}
    for entry in services().store.studies.protocol(slug):
        yield Line(
            entry=entry,
            title=title_of(entry.instrument, entry.version),
            name=f"{entry.instrument} {entry.version} {entry.delivery}",
            is_retired=states.get((entry.instrument, entry.version)) == "retired",
        )


def title_of(name: str, version: str) -> str:
    """Return an instrument's title in its first language, without markup."""
    instrument = services().catalogue.instrument(name, version)
    return plain(instrument.title, instrument.languages[0])


def _list_versions() -> Any:
    return services().store.instruments.list()


def _list_choices() -> list[tuple[str, str]]:
    """Return the published versions, the newest of each instrument first."""
    published = [each for each in _list_versions() if each.state == "published"]
    newest_first = sorted(published, key=lambda each: version_order(each.version), reverse=True)
    in_order = sorted(newest_first, key=lambda each: each.name)
    return [(f"{each.name} {each.version}", f"{each.name} {each.version}") for each in in_order]
