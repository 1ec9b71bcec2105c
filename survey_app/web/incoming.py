"""What has come in: counts of a study's responses by instrument, version and delivery."""

from collections.abc import Iterable
from dataclasses import dataclass

from survey_app.definition.instrument import version_order
from survey_app.definition.text import Text
from survey_app.storage.records import OverviewRow
from survey_app.web.context import services

STATES = ("submitted", "in_progress", "withdrawn")

Line = tuple[str, str, tuple[int, ...]]
"""Version, delivery, and how many responses there are in each of the states."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """An instrument of a study: its title and its counts, those of tests apart."""

    instrument: str
    title: Text
    real: tuple[Line, ...]
    tests: tuple[Line, ...]


def list_incoming(study: str) -> list[Incoming]:
    """Return the instruments of a study's protocol, and whatever else has responses."""
    store = services().store
    rows = store.studies.overview(study)
    uses = [(entry.instrument, entry.version) for entry in store.studies.protocol(study)]
    uses += [(row.instrument, row.version) for row in rows]
    return [
        _gather(name, [version for used, version in uses if used == name], rows)
        for name in dict.fromkeys(name for name, _ in uses)
    ]


def _gather(name: str, versions: list[str], rows: Iterable[OverviewRow]) -> Incoming:
    newest = max(versions, key=version_order)
    own = [row for row in rows if row.instrument == name]
    return Incoming(
        instrument=name,
        title=services().catalogue.instrument(name, newest).title,
        real=_count([row for row in own if not row.is_test]),
        tests=_count([row for row in own if row.is_test]),
    )


def _count(rows: list[OverviewRow]) -> tuple[Line, ...]:
    kinds = sorted({(version_order(row.version), row.version, row.delivery) for row in rows})
    counts = {(row.version, row.delivery, row.state): row.count for row in rows}
    return tuple(
        (
            version,
            delivery,
            tuple(counts.get((version, delivery, state), 0) for state in STATES),
        )
        for _, version, delivery in kinds
    )
