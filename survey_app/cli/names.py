"""`names`: the texts that may name somebody, to be looked at before anything is handed on."""

from collections.abc import Callable, Iterator
from functools import cache

import click

from survey_app.cli.databases import open_store
from survey_app.cli.options import database_option, read_settings, study_option
from survey_app.cli.references import pick_study
from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load_definition
from survey_app.disclosure.identifiers import Names, read_names
from survey_app.named_texts import NO_NAMES, NamedText, Review, review, say_named
from survey_app.people_access import PeopleAbsent, open_people, say_absent
from survey_app.settings import Settings
from survey_app.storage.store import Store

EVERY = 1_000_000
"""More texts than are ever listed."""


@click.command()
@study_option
@click.option(
    "--people",
    is_flag=True,
    help="Look also for the names of the study's people, which needs the database of people.",
)
@database_option
def names(study: str | None, database: str | None, *, people: bool) -> None:
    """List the texts that may name somebody.

    Answers in words, notes and remarks in which e-mail addresses or telephone numbers stand, one a
    line: response, version, question, kind of text, and what was found. Nothing is changed. Keep
    what is printed to yourself.
    """
    settings = read_settings(database)
    with open_store(settings) as store:
        chosen = pick_study(store, study)
        looked_for = _read_names(settings, chosen) if people else NO_NAMES
        found = review(store, chosen, make_finder(store), names=looked_for, most=EVERY)
    for each in found.listed:
        click.echo("\t".join(_describe(each)))
    click.echo(f"{say_named(found.named)}, of {found.texts} that were looked through.", err=True)


def make_finder(store: Store) -> Callable[[str, str], Instrument]:
    """Return what finds an instrument by its name and version in the words that were stored."""

    @cache
    def find(name: str, version: str) -> Instrument:
        record = store.instruments.find(name, version)
        assert record is not None  # else no response could name it
        return load_definition(record.definition)

    return find


def count_named(store: Store, study: str, instrument: str) -> Review:
    """Return how many texts of an instrument may name somebody; nobody's name is looked for."""
    return review(store, study, make_finder(store), instrument=instrument)


def _read_names(settings: Settings, study: str) -> Names:
    try:
        with open_people(settings) as register:
            return read_names(person.name for person in register.list(study))
    except PeopleAbsent as absent:
        raise click.ClickException(say_absent(absent)) from absent


def _describe(each: NamedText) -> Iterator[str]:
    place = each.place
    yield place.response
    yield f"{place.instrument}@{place.version}"
    yield place.item or "-"
    yield place.kind
    yield "; ".join(" ".join(piece.split()) for piece in each.found)
