"""All instruments with their versions: what is asked where, and what is still a draft."""

from collections import Counter
from collections.abc import Mapping
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
    library, use = read_library(), read_use()
    names = {record.name for record in services().store.instruments.list()}
    shelves = [
        (name, list_standings(gather_versions(services().store, library, name), use))
        for name in sorted(names.union(library.names))
    ]
    return render_template(
        "lead/index.html",
        shelves=shelves,
        problems=library.problems[:MOST_PROBLEMS],
        more=len(library.problems) - MOST_PROBLEMS,
        led=[study for study in list_studies() if has_role(study.slug, ROLE)],
    )


@dataclass(frozen=True, kw_only=True)
class Use:
    """Where versions are asked and how many real responses they have, by name and version."""

    asked: Mapping[tuple[str, str], tuple[str, ...]]
    responses: Counter[tuple[str, str]]
    tried: frozenset[tuple[str, str]]


def read_use() -> Use:
    """Return the use of all versions as far as the person signed in sees it."""
    store = services().store
    slugs = [study.slug for study in list_studies()]
    asked: dict[tuple[str, str], dict[str, None]] = {}
    responses: Counter[tuple[str, str]] = Counter()
    for slug in slugs:
        for entry in store.studies.protocol(slug):
            if entry.open:
                asked.setdefault((entry.instrument, entry.version), {})[slug] = None
        for row in store.studies.overview(slug):
            if not row.is_test and row.state != "withdrawn":
                responses[row.instrument, row.version] += row.count
    return Use(
        asked={key: tuple(studies) for key, studies in asked.items()},
        responses=responses,
        tried=frozenset((record.name, record.version) for record in store.instruments.trials()),
    )


def list_standings(versions: Versions, use: Use) -> list[Standing]:
    """Return the versions of an instrument, the newest first."""
    return [
        Standing(
            instrument=versions.instruments[each],
            state=versions.state(each),
            record=versions.records.get(each),
            studies=use.asked.get((versions.name, each), ()),
            responses=use.responses[versions.name, each],
            is_tried=(versions.name, each) in use.tried,
        )
        for each in versions.newest_first
    ]
