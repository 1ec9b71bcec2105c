"""`check`, `schema`, `instruments` and `show`: the definitions, without their answers."""

import json
from pathlib import Path

import click
import yaml

from survey_app.cli.options import (
    Reference,
    ReferenceType,
    database_option,
    read_settings,
)
from survey_app.cli.outline import write_outline
from survey_app.cli.published import Published, find_newest, find_published
from survey_app.cli.references import refuse_reference
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.json_schema import make_schema
from survey_app.definition.library import Library, check_files, find_files, load_library
from survey_app.definition.loader import load_definition
from survey_app.definition.problems import Problem
from survey_app.settings import Settings

PATHS = click.Path(exists=True, readable=True, path_type=Path)


@click.command()
@click.argument("paths", nargs=-1, type=PATHS, metavar="[PATH]...")
@database_option
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], database: str | None) -> None:
    """List all that is wrong with definition files.

    PATH is a file or a folder; without one, every definition of the library is checked: those
    that ship with the program, those in the folder instruments here (or that of
    SURVEY_APP_INSTRUMENTS), and whether any that the database has published was changed since.

    Prints FILE:LINE: ITEM: what is wrong and what to do. Exits with 1 if there is any problem.
    """
    count, problems = _check_paths(paths) if paths else _check_library(read_settings(database))
    for problem in problems:
        click.echo(str(problem))
    click.echo(_sum_up(count, len(problems)), err=True)
    ctx.exit(1 if problems else 0)


def _check_paths(paths: tuple[Path, ...]) -> tuple[int, list[Problem]]:
    for path in paths:
        if not find_files(path):
            raise click.UsageError(f"The folder {path} holds no .yaml file; name another one.")
    instruments, problems = check_files(paths)
    return len(instruments), problems


def _check_library(settings: Settings) -> tuple[int, list[Problem]]:
    library = _load_library(settings, find_published(settings))
    return len(library.instruments), list(library.problems)


def load_known(settings: Settings) -> tuple[Published, Library]:
    """Return what the database has published, and the library."""
    published = find_published(settings)
    return published, _load_library(settings, published)


def _load_library(settings: Settings, published: Published) -> Library:
    frozen = {key: record.fingerprint for key, record in published.items()}
    return load_library(settings.instruments, frozen)


def _sum_up(count: int, problems: int) -> str:
    definitions = "1 definition is" if count == 1 else f"{count} definitions are"
    if not problems:
        return f"{definitions} in order."
    return f"{'1 problem' if problems == 1 else f'{problems} problems'} to mend."


@click.command()
@database_option
def schema(database: str | None) -> None:
    """Print the JSON Schema of the definition format.

    Save it beside your files, and an editor that knows YAML completes and underlines them. The
    schema is the same for every database.
    """
    del database
    click.echo(json.dumps(make_schema(), indent=2, ensure_ascii=False))


@click.command()
@database_option
def instruments(database: str | None) -> None:
    """List the instruments and their versions.

    One line for each: NAME@VERSION, whether the database has published or retired it, its languages
    and its title.
    """
    settings = read_settings(database)
    published, library = load_known(settings)
    rows = [
        _describe(pick(library, published, Reference(name, version)), published)
        for name, version in _list_versions(library, published)
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        click.echo("  ".join([*cells, row[3]]))
    if library.problems:
        click.echo(f"{_sum_up(0, len(library.problems))} Run 'survey-app check'.", err=True)


def _list_versions(library: Library, published: Published) -> list[tuple[str, str]]:
    known = {*library.instruments, *published}
    return sorted(known, key=lambda key: (key[0], version_order(key[1])))


def _describe(instrument: Instrument, published: Published) -> tuple[str, str, str, str]:
    record = published.get((instrument.name, instrument.version))
    return (
        instrument.reference,
        record.state if record else "in the library",
        " ".join(instrument.languages),
        instrument.title.in_language(instrument.languages[0]),
    )


@click.command()
@click.argument("reference", type=ReferenceType(), metavar="NAME[@VERSION]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json", "text"]),
    default="yaml",
    show_default=True,
    help="As an author writes it, as a program reads it, or as people read it.",
)
@database_option
def show(reference: Reference, form: str, database: str | None) -> None:
    """Print one version of an instrument.

    Without a version it is the newest that the database has published. Where the database has
    published none, or there is no database yet, it is the newest in the library.
    """
    settings = read_settings(database)
    published, library = load_known(settings)
    click.echo(_write(pick(library, published, reference), form))


def pick(library: Library, published: Published, reference: Reference) -> Instrument:
    """Return what was published under the reference, else what the library has."""
    record = (
        published.get((reference.name, reference.version))
        if reference.version
        else find_newest(published, reference.name)
    )
    if record is not None:
        return load_definition(record.definition)
    found = library.find(reference.name, reference.version)
    if found is None:
        raise refuse_reference(reference, _list_versions(library, published), library)
    return found


def _write(instrument: Instrument, form: str) -> str:
    if form == "json":
        return json.dumps(dict(instrument.definition), indent=2, ensure_ascii=False)
    if form == "text":
        return write_outline(instrument)
    text: str = yaml.safe_dump(
        dict(instrument.definition), allow_unicode=True, sort_keys=False, width=95
    )
    return text.rstrip("\n")
