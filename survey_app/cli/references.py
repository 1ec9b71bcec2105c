"""Which study and which version a command means, from what was typed and what is there."""

import shlex
from collections.abc import Iterable
from pathlib import Path

import click

from survey_app.cli.options import Reference, refuse_unknown
from survey_app.definition.instrument import Instrument
from survey_app.definition.library import Library
from survey_app.definition.loader import load_definition
from survey_app.first_start import publish
from survey_app.publication import gather_versions
from survey_app.storage.store import Store


def pick_study(store: Store, given: str | None, using: str | None = None) -> str:
    """Return the study that was named, else the only one that can be meant.

    With `using` those are the studies that use the instrument of that name, if any does.
    """
    slugs = [study.slug for study in store.studies.list()]
    if given is not None and given not in slugs:
        raise refuse_unknown(f"There is no study '{given}'", given, slugs)
    candidates = (find_studies(store, using) if using is not None else []) or slugs
    if given is None and len(candidates) > 1:
        raise click.UsageError(f"Name the study with --study: {' or '.join(candidates)}.")
    if given is None and not candidates:
        raise click.ClickException("There is no study yet. Start the server once.")
    return given or candidates[0]


def find_studies(store: Store, instrument: str) -> list[str]:
    """Return the studies whose protocol has an instrument, or that have responses of it."""
    using = {
        study.slug
        for study in store.studies.list()
        if any(entry.instrument == instrument for entry in store.studies.protocol(study.slug))
    }
    using |= {row.study for row in store.studies.overview() if row.instrument == instrument}
    return sorted(using)


def publish_version(
    store: Store, library: Library, reference: Reference, *, confirmed: bool
) -> Instrument:
    """Return the version as it was published; one of the library is published for it.

    Publishing freezes, and test responses are kept for ever like others. So a definition that its
    author may still be writing is only published if that is `confirmed`; those that ship with the
    program do not change any more.
    """
    name, version = reference.name, reference.version or ""
    record = store.instruments.find(name, version)
    found = library.find(name, version)
    if record is not None:
        if found is not None and found.fingerprint != record.fingerprint:
            click.echo(
                f"The file of {reference} has changed since; it is asked as it was published.",
                err=True,
            )
        return load_definition(record.definition)
    if found is None:
        raise refuse_reference(reference, library.instruments, library)
    if not (confirmed or library.is_shipped(name, version)):
        raise click.UsageError(
            f"{reference} is not published yet, and test responses would publish it: from then on "
            "it cannot be changed in this database. While you are still writing it, use a database "
            "of its own to throw away, with --publish --database sqlite:///draft.sqlite3. "
            "If it is ready, say --publish."
        )
    if not library.is_shipped(name, version):
        _refuse_obstacles(store, library, reference)
    publish(store, library, name, version)
    click.echo(f"{reference} is published in the database now, so it stays as it is.", err=True)
    return found


def _refuse_obstacles(store: Store, library: Library, reference: Reference) -> None:
    proposal = gather_versions(store, library, reference.name).propose(reference.version or "")
    if proposal.verdict.obstacles:
        listed = "\n".join(f"- {obstacle}" for obstacle in proposal.verdict.obstacles)
        raise click.ClickException(f"{reference} cannot be published:\n{listed}")


def refuse_reference(
    reference: Reference, known: Iterable[tuple[str, str]], library: Library
) -> click.ClickException:
    """Return the refusal of an instrument or a version that is not there, or that is broken."""
    for file in library.broken_files:
        if _may_define(Path(file), reference):
            return click.ClickException(
                f"The definition of {reference} cannot be used, as {file} has problems. To see "
                f"them: survey-app check {shlex.quote(file)}"
            )
    there = list(known)
    versions = [version for name, version in there if name == reference.name]
    if not versions:
        sentence = f"There is no instrument '{reference.name}'"
        return refuse_unknown(sentence, reference.name, (name for name, _ in there))
    here = ", ".join(f"{reference.name}@{version}" for version in sorted(versions))
    return click.UsageError(f"There is no version {reference}; there is {here}.")


def _may_define(file: Path, reference: Reference) -> bool:
    """Whether a file stands where the definition would, or is called after it."""
    in_place = file.parent.name == reference.name and reference.version in {None, file.stem}
    return in_place or file.stem == reference.name
