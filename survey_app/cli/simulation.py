"""`simulate`: test responses through the same path as real ones."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed

import click

from survey_app.cli.databases import open_store
from survey_app.cli.invented_responses import (
    Invention,
    add_interview,
    add_response,
    find_interviewer,
)
from survey_app.cli.options import (
    Reference,
    ReferenceType,
    database_option,
    read_settings,
    study_option,
)
from survey_app.cli.progress import ProgressLine
from survey_app.cli.references import pick_study, publish_version
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import load_library
from survey_app.storage.store import Store
from survey_app.translations import ngettext

AT_ONCE = 16
"""How many are written together: they share the wait for the disk."""

DELIVERIES = ("self", "interviewer")


@click.command()
@click.argument("reference", type=ReferenceType(versioned=True), metavar="NAME@VERSION")
@click.option(
    "-n", "count", type=click.IntRange(1), default=20, metavar="N", help="How many.  [default: 20]"
)
@click.option(
    "--seed", type=int, default=1, metavar="S", help="Same seed, same answers.  [default: 1]"
)
@click.option(
    "--delivery",
    type=click.Choice(DELIVERIES),
    help="Filled in by oneself or asked in an interview; by default as the study has it first.",
)
@click.option(
    "--publish",
    "confirmed",
    is_flag=True,
    help="Publish a definition of your own for it, which freezes it in this database.",
)
@study_option
@database_option
def simulate(
    *,
    reference: Reference,
    count: int,
    seed: int,
    delivery: str | None,
    study: str | None,
    database: str | None,
    confirmed: bool,
) -> None:
    """Make test responses of an instrument.

    They take the same path as real ones, with blanks, refusals and 'other' among them, and one in
    twenty stops half-way. They are marked as test and stay out of exports that do not ask for
    them. N more are added each time. A database that is not there yet is made.
    """
    settings = read_settings(database)
    with open_store(settings, create=True) as store:
        library = load_library(settings.instruments)
        instrument = publish_version(store, library, reference, confirmed=confirmed)
        invention = Invention(
            store=store,
            study=pick_study(store, study, using=reference.name),
            instrument=instrument,
            seed=seed,
            run=secrets.token_hex(3),
        )
        chosen = delivery or _first_delivery(store, invention)
        finished = _add_all(_adder(invention, chosen), count)
    click.echo(
        f"Added {_count(count)} of {reference} to the study {invention.study} "
        f"({chosen}): {finished} finished, {count - finished} stopped half-way.",
        err=True,
    )


def _count(responses: int) -> str:
    return ngettext("{count} test response", "{count} test responses", responses)


def _first_delivery(store: Store, invention: Invention) -> str:
    """Return how the study delivers the instrument first; one it does not have is filled in."""
    for entry in store.studies.protocol(invention.study):
        if entry.instrument == invention.instrument.name:
            return entry.delivery
    return DELIVERIES[0]


def _adder(invention: Invention, delivery: str) -> Callable[[int], bool]:
    """Return what adds the response of a number and says whether it was finished."""
    if delivery == "self":
        form = ResponseForm(invention.instrument, invention.language)
        return lambda number: add_response(invention, form, number)
    interviewer = find_interviewer(invention.store)
    return lambda number: add_interview(invention, interviewer, number)


def _add_all(add: Callable[[int], bool], count: int) -> int:
    """Add responses together, with their progress; return how many were finished."""
    line = ProgressLine()
    finished = 0
    with ThreadPoolExecutor(AT_ONCE) as threads:
        waiting = [threads.submit(add, number) for number in range(count)]
        try:
            for done, future in enumerate(as_completed(waiting), 1):
                finished += future.result()
                line.show(done / count, f"{done} of {count} responses")
        finally:
            threads.shutdown(cancel_futures=True)
            line.clear()
    return finished
