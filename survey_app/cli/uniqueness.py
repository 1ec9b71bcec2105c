"""`uniqueness`: who could be told apart by quasi-identifiers, before anything is handed on."""

from collections.abc import Iterator

import click

from survey_app.cli.options import Reference, database_option, read_settings, study_option
from survey_app.cli.reporting import choose_request, include_test_option, make, reference_argument
from survey_app.definition.lineage import rename_items, trace
from survey_app.disclosure.profiles import list_stored_names, tell_profiles
from survey_app.disclosure.uniqueness import FEW, Uniqueness, find_uniqueness
from survey_app.reports.dataset import sort_versions
from survey_app.reports.progress import Progress
from survey_app.storage.records import Selection
from survey_app.storage.store import Store
from survey_app.worker.requests import Request, find_instruments, list_withheld, load_versions


@click.command()
@reference_argument
@study_option
@include_test_option
@database_option
def uniqueness(
    reference: Reference, study: str | None, database: str | None, *, include_test: bool
) -> None:
    """Say who could be told apart by quasi-identifiers.

    Prints how many people are alone with their answers to what the definition declares in
    analysis: quasi_identifiers, what each of these questions adds, and the answers that fewer than
    five people have in common. Whoever knows these answers knows the person: keep what is printed
    to yourself.
    """

    def choose(store: Store) -> Request:
        return choose_request(store, reference, study, "xlsx", include_test=include_test)

    def count(store: Store, request: Request, _progress: Progress) -> Uniqueness:
        return _count(store, request)

    for line in describe(make(read_settings(database), choose, count)):
        click.echo(line)


def _count(store: Store, request: Request) -> Uniqueness:
    instruments = sort_versions(find_instruments(store, request))
    known = load_versions(store, request.instrument)
    lineage = trace(known)
    withheld = list_withheld((*known, *instruments), lineage)
    keys = tuple(each.key for each in withheld if not each.because)
    versions = tuple(each.version for each in instruments)
    selection = Selection(
        study=request.study,
        instrument=request.instrument,
        versions=versions,
        include_test=request.include_test,
    )
    counts = store.desk.profiles(selection, list_stored_names(keys, versions, lineage))
    asked = {each.version: rename_items(each, lineage) for each in instruments}
    return find_uniqueness(keys, tell_profiles(keys, counts, asked, lineage, "en"))


def describe(found: Uniqueness) -> Iterator[str]:
    """Yield what was found, line by line."""
    if not found.keys:
        yield "The definition declares no quasi-identifiers (analysis: quasi_identifiers)."
        return
    yield f"By {', '.join(found.keys)} together, of {_count_people(found.people)}:"
    yield f"  {found.alone} alone with their answers"
    yield f"  {found.few} alone, or with so few others that they are fewer than {FEW}"
    for each in found.shares:
        yield f"{each.key}: {each.alone} alone by it only, {each.without} without it"
    for profile, count in found.profiles:
        pairs = zip(found.keys, profile, strict=True)
        yield f"{count}  " + ", ".join(f"{key} = {words}" for key, words in pairs)


def _count_people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
