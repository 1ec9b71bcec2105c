"""Which versions are published: those that the database froze, whatever the files say now."""

from survey_app.cli.databases import explain_failures, is_there
from survey_app.definition.instrument import version_order
from survey_app.settings import Settings
from survey_app.storage.records import InstrumentVersionRecord
from survey_app.storage.store import Store

Published = dict[tuple[str, str], InstrumentVersionRecord]
"""The published versions by name and version."""


def find_published(settings: Settings) -> Published:
    """Return what the database has published; nothing where there is no database yet."""
    if not is_there(settings):
        return {}
    with explain_failures(settings.database), Store(settings.database) as store:
        return {(record.name, record.version): record for record in store.instruments.list()}


def find_newest(published: Published, name: str) -> InstrumentVersionRecord | None:
    """Return the newest published version of an instrument."""
    versions = [record for (known, _), record in published.items() if known == name]
    return max(versions, key=lambda record: version_order(record.version), default=None)
