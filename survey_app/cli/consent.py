"""`consent`: a study's consent texts, a new one from a file, and who agreed to what."""

from collections.abc import Iterator
from pathlib import Path

import click
import yaml

from survey_app.cli.databases import open_store
from survey_app.cli.options import database_option, find_login, read_settings, refuse_unknown
from survey_app.cli.references import pick_study
from survey_app.definition.consent import (
    WHOLE,
    ConsentForm,
    TextChange,
    list_changes,
    load_consent,
    read_stored,
    say_delivery,
)
from survey_app.definition.problems import DefinitionError
from survey_app.definition.source import BYTE_LIMIT
from survey_app.storage.records import (
    ConsentDelivery,
    ConsentText,
    CountedText,
    GivenConsent,
    Json,
)
from survey_app.storage.store import Store

LINE_WIDTH = 100


class TextDumper(yaml.SafeDumper):
    """Writes texts of several lines as they are read, line below line."""


def _represent(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


TextDumper.add_representer(str, _represent)

study_option = click.option(
    "--study", metavar="STUDY", help="The study; needed when there are several."
)


@click.group()
def consent() -> None:
    """Write consent texts in versions, and print who agreed to what.

    A text in force is never changed: a newer one takes its place, and whoever is in the middle of
    a response on the web is asked once more.
    """


@consent.command("list")
@study_option
@database_option
def list_texts(study: str | None, database: str | None) -> None:
    """List the texts: version, where it is asked for, since when, by whom, consents, in force."""
    with open_store(read_settings(database)) as store:
        slug = pick_study(store, study)
        texts = store.consents.texts(slug)
        in_force = find_in_force(store, slug)
    for each in texts:
        text = each.text
        state = "in force" if text.version in in_force else "replaced"
        said = (text.version, text.delivery, text.added[:10], text.added_by or "-")
        click.echo("\t".join((*said, str(each.consents), state)))


@consent.command()
@click.argument("version", required=False)
@study_option
@database_option
def show(version: str | None, study: str | None, database: str | None) -> None:
    """Print a text as a file that `consent add` takes; without VERSION the newest one."""
    with open_store(read_settings(database)) as store:
        slug = pick_study(store, study)
        text = _find_text(store.consents.texts(slug), version)
    click.echo(write_file(text), nl=False)
    click.echo(f"Version {text.version}, SHA-256 {text.fingerprint}.", err=True)


@consent.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--look", is_flag=True, help="Only check it and say what changed; store nothing.")
@study_option
@database_option
def add(file: Path, *, look: bool, study: str | None, database: str | None) -> None:
    """Put the text of a YAML file into force; the same file again does nothing.

    Prints what changed since the text whose place it takes.
    """
    with file.open("rb") as stream:
        content = stream.read(BYTE_LIMIT)
    with open_store(read_settings(database), create=True) as store:
        slug = pick_study(store, study)
        texts = store.consents.texts(slug)
        form = _read(content, file, first=True)
        older = find_older(store, slug, form.delivery)
        if older is not None and older.fingerprint == form.fingerprint:
            click.echo(f"That is version {older.version}, which is in force already.", err=True)
            return
        if older is not None:
            form = _read(content, file, first=False)
            for line in describe_changes(list_changes(read_stored(older.body), form)):
                click.echo(line)
        if look:
            click.echo(f"{file} can be put into force; nothing was stored.", err=True)
            return
        stored = store.consents.put_in_force(
            slug,
            body=dict(form.written),
            fingerprint=form.fingerprint,
            delivery=form.delivery,
            by=find_login(),
            after=texts[0].text.version if texts else None,
        )
    said = say_delivery(stored.delivery)
    click.echo(f"Version {stored.version} is in force, {said}.", err=True)


@consent.command()
@click.argument("response", required=False)
@study_option
@database_option
def record(response: str | None, study: str | None, database: str | None) -> None:
    """Print who agreed to what; of one RESPONSE the whole text as it was shown.

    The list has response, participant, day, version, means, who noted it, and each tick.
    """
    with open_store(read_settings(database)) as store:
        slug = pick_study(store, study)
        if response is None:
            for given in store.consents.given(slug):
                click.echo(_as_line(given))
            return
        found = store.responses.find(response)
        if found is None or found.study != slug:
            raise click.ClickException(f"The study {slug} has no response {response}.")
        if found.anonymous:
            raise click.ClickException(
                f"The study {slug} is anonymous: only participants themselves can look up what "
                "they agreed to."
            )
        consents = store.consents.of_response(response)
    for given in consents:
        click.echo("\n".join(describe_record(given)))
    if not consents:
        click.echo("It was begun without a consent text.", err=True)


def find_in_force(store: Store, slug: str) -> set[str]:
    """Return the versions that are in force, of whatever delivery."""
    texts = (
        store.studies.consent_text(slug, "self"),
        store.studies.consent_text(slug, "interviewer"),
    )
    return {text.version for text in texts if text is not None}


def find_older(store: Store, slug: str, delivery: ConsentDelivery) -> ConsentText | None:
    """Return the text whose place a new one of that delivery takes."""
    return store.studies.consent_text(slug, None if delivery == "both" else delivery)


def write_file(text: ConsentText) -> str:
    """Return a stored text as a file; what is new in it is to be written anew."""
    form = read_stored(text.body)
    written: dict[str, Json] = {"delivery": text.delivery}
    if "text" in text.body:
        written |= text.body
    else:  # a text of the first years
        wordings: dict[str, Json] = dict(form.text.wordings)
        written |= {"languages": [*wordings], "text": wordings}
    return yaml.dump(
        written, Dumper=TextDumper, allow_unicode=True, sort_keys=False, width=LINE_WIDTH
    )


def describe_changes(changes: tuple[TextChange, ...]) -> Iterator[str]:
    """Yield each change, old above new."""
    for change in changes:
        yield f"{change.what}:"
        yield from (f"  - {line}" for line in change.before.splitlines() if line)
        yield from (f"  + {line}" for line in change.after.splitlines() if line)


def describe_record(given: GivenConsent) -> Iterator[str]:
    """Yield a consent as it was shown: the text, every box ticked or not, and the facts."""
    form = read_stored(given.text.body)
    if form.title is not None:
        yield form.title.in_language(given.language)
    yield form.text.in_language(given.language)
    for key, ticked in given.ticks.items():
        statement = form.find_statement(key)
        words = statement.text.in_language(given.language) if statement else key
        yield f"[{'x' if ticked else ' '}] {'agreed to take part' if key in WHOLE else words}"
    yield ""
    yield f"version {given.text.version}, SHA-256 {given.text.fingerprint}"
    noted = f", noted by {given.noted_by}" if given.noted_by else ""
    dated = f", dated {given.dated}" if given.dated else ""
    yield f"{given.method}, {given.language}, {given.given}{dated}{noted}"
    yield ""


def _read(content: bytes, file: Path, *, first: bool) -> ConsentForm:
    try:
        return load_consent(content, str(file), first=first)
    except DefinitionError as error:
        raise click.ClickException(f"{error}\nNothing was stored.") from error


def _find_text(texts: list[CountedText], version: str | None) -> ConsentText:
    if not texts:
        raise click.ClickException("The study has no consent text yet. Write one and add it.")
    known = {each.text.version: each.text for each in texts}
    if version is not None and version not in known:
        raise refuse_unknown(f"There is no consent text '{version}'", version, known)
    return known[version] if version is not None else texts[0].text


def _as_line(given: GivenConsent) -> str:
    ticks = [f"{key}={int(ticked)}" for key, ticked in given.ticks.items() if key not in WHOLE]
    return "\t".join(
        (
            given.response or "-",
            given.participant or "-",
            given.dated or given.given[:10],
            given.text.version,
            given.method,
            given.noted_by or "-",
            *ticks,
        )
    )
