"""Making what a first start needs: the folder, the databases, the secret and the first study.

Everything here may be run at each start: what is there already is left as it is.
"""

from pathlib import Path

from sqlalchemy import make_url

from survey_app import first_study, publication
from survey_app.definition.consent import read_stored
from survey_app.definition.library import Library, load_library
from survey_app.settings import Settings
from survey_app.storage.errors import UnknownRecord
from survey_app.storage.people.register import People
from survey_app.storage.people.upgrade import migrate_people
from survey_app.storage.records import AccountRecord, ProtocolEntry
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate

PRIVATE_FILE = 0o600
PUBLISHED_BY = "survey-app"


def prepare(settings: Settings) -> None:
    """Make the data folder, the secret, the response database and the first study.

    A database of an older version is brought up to date. Raises WrongDatabase for one of a newer
    version or of another program, OSError where a file cannot be made.
    """
    settings.make_folder()
    settings.make_secret()
    _make_private(settings.database)
    migrate(settings.database)
    with Store(settings.database) as store:
        library = load_library(settings.instruments)
        add_study(store, library)
        add_analyses(store, library)


def prepare_people(settings: Settings) -> bool:
    """Make the people database and its key, or bring it up to date.

    Returns whether no file holds any more what stood there in clear (see migrate_people). Raises
    as `prepare` does, and KeyUnusable where its key is not the one at hand.
    """
    _make_private(settings.people)
    swept = migrate_people(settings.people, settings.people_key_file)
    with People(settings.people, settings.people_key_file) as people:
        people.require_key()
    return swept


def add_study(store: Store, library: Library) -> None:
    """Add the first study, with its protocol and its consent texts, as far as it is missing."""
    slug = first_study.SLUG
    if store.studies.find(slug) is None:
        store.studies.create(slug=slug, title=first_study.TITLE, contact=first_study.CONTACT)
    present = {(entry.instrument, entry.delivery) for entry in store.studies.protocol(slug)}
    # Once its lead runs it, what they took out of the protocol stays out.
    is_run = any(change.kind != "named" for change in store.conduct.changes(slug))
    for entry in first_study.PROTOCOL:
        if (entry.instrument, entry.delivery) not in present and not is_run:
            _add_entry(store, library, entry)
    if store.studies.consent_text(slug) is None:
        _add_consent_texts(store)


def _add_consent_texts(store: Store) -> None:
    """Add the texts of the first study, numbered; one that has a text already is left alone."""
    for number, body in enumerate(first_study.CONSENTS, 1):
        form = read_stored(body)
        store.studies.add_consent_text(
            first_study.SLUG,
            version=str(number),
            body=body,
            fingerprint=form.fingerprint,
            delivery=form.delivery,
            by=PUBLISHED_BY,
        )


def add_analyses(store: Store, library: Library) -> None:
    """Take over the `analysis` blocks of the files of versions that are published.

    They stand outside the fingerprint, so that one may be added after the asking has begun. A file
    that asks something else than what was published is left alone.
    """
    for record in store.instruments.list():
        found = library.find(record.name, record.version)
        if found is not None and found.fingerprint == record.fingerprint:
            block = found.definition.get("analysis") or {}
            assert isinstance(block, dict)
            store.instruments.set_analysis(record.name, record.version, block, PUBLISHED_BY)


def add_staff(store: Store, *, first: bool = False) -> list[str]:
    """Add the first accounts with their roles and return the names of those that are new.

    With `first`, where no server has run yet, those that a command has added already count as new:
    they get the role if they have none, and nobody was given their links. One that is shut out
    stays so.
    """
    new = [name for name in first_study.STAFF if _is_new(store.accounts.find(name), first=first)]
    roles = {person.account.name: person.roles for person in store.accounts.staff()}
    for name in new:
        if name not in roles:
            store.accounts.add(name)
        if not roles.get(name):
            store.accounts.set_role(name, first_study.STAFF[name], first_study.SLUG)
    return new


def _is_new(account: AccountRecord | None, *, first: bool) -> bool:
    return account is None or (first and not account.disabled)


def publish(store: Store, library: Library, name: str, version: str) -> None:
    """Publish a version as the library has it, unless it is published already.

    Raises UnknownRecord if neither has it.
    """
    if store.instruments.find(name, version) is not None:
        return
    instrument = library.find(name, version)
    if instrument is None:
        raise UnknownRecord(
            f"There is no definition of {name}@{version}. Run 'survey-app check' to see why."
        )
    publication.publish(store, instrument, note=instrument.changes, by=PUBLISHED_BY)


def _add_entry(store: Store, library: Library, entry: ProtocolEntry) -> None:
    publish(store, library, entry.instrument, entry.version)
    store.studies.add_instrument(
        first_study.SLUG,
        entry.instrument,
        entry.version,
        entry.delivery,
        position=entry.position,
        open=entry.open,
    )


def _make_private(url: str) -> None:
    """Make the file of an SQLite database, if it is not there, readable by its owner alone."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database not in {None, "", ":memory:"}:
        Path(str(address.database)).touch(mode=PRIVATE_FILE)
