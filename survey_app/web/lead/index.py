"""All instruments with their versions: what is asked where, and what is still a draft."""

from dataclasses import dataclass
from typing import Any

from flask import render_template

from survey_app.definition.instrument import Instrument
from survey_app.publication import Versions, gather_versions
from survey_app.storage.records import InstrumentVersionRecord
from survey_app.web.access import has_role, require_role
from survey_app.web.context import services
from survey_app.web.lead.blueprint import ROLE, blueprint, list_studies, read_library

MOST_PROBLEMS = 20
"""How many problems of files are told on the page; `survey-app check` tells all."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A version in the list: where it is asked, and how many real responses it has."""

    instrument: Instrument
    state: str
    record: InstrumentVersionRecord | None
    studies: tuple[str, ...]
    responses: int
    is_tried: bool


@blueprint.get("/instruments")
@require_role(ROLE, administrator=True)
def index() -> Any:
    """List the instruments and their versions."""
    library = read_library()
    names = {record.name for record in services().store.instruments.list()}
    shelves = [
        (name, list_standings(gather_versions(services().store, library, name)))
        for name in sorted(names.union(library.names))
    ]
    return render_template(
        "lead/index.html",
        shelves=shelves,
        problems=library.problems[:MOST_PROBLEMS],
        more=len(library.problems) - MOST_PROBLEMS,
        led=[study for study in list_studies() if has_role(study.slug, ROLE)],
    )


def list_standings(versions: Versions) -> list[Standing]:
    """Return the versions of an instrument, the newest first, as far as the person sees them."""
    store = services().store
    slugs = [study.slug for study in list_studies()]
    protocols = {slug: store.studies.protocol(slug) for slug in slugs}
    rows = [row for slug in slugs for row in store.studies.overview(slug) if not row.is_test]
    tried = {(record.name, record.version) for record in store.instruments.trials()}
    return [
        Standing(
            instrument=versions.instruments[each],
            state=versions.state(each),
            record=versions.records.get(each),
            studies=tuple(
                slug
                for slug, protocol in protocols.items()
                if any(
                    (entry.instrument, entry.version) == (versions.name, each) and entry.open
                    for entry in protocol
                )
            ),
            responses=sum(
                row.count
                for row in rows
                if (row.instrument, row.version) == (versions.name, each)
                and row.state != "withdrawn"
            ),
            is_tried=(versions.name, each) in tried,
        )
        for each in versions.newest_first
    ]
