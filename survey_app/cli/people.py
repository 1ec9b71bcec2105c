"""`people`: who the participants are, read from a roster, listed, and written out by right."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from survey_app.cli.databases import explain_failures, open_store
from survey_app.cli.invitations import STATES
from survey_app.cli.options import database_option, find_login, read_settings, refuse_unknown
from survey_app.cli.people_keys import rekey
from survey_app.cli.references import pick_study
from survey_app.enrolment import (
    Entry,
    add_roster,
    find_known,
    find_languages,
    finish_rosters,
    list_entries,
    make_roster,
    say_progress,
)
from survey_app.imports.roster import read_roster
from survey_app.listing import Listed, check_listed
from survey_app.naming import give_name, list_unnamed
from survey_app.people_access import PeopleAbsent, open_people, say_absent
from survey_app.settings import Settings
from survey_app.spreadsheets.reading import open_table
from survey_app.spreadsheets.sheet import Header, Sheet
from survey_app.spreadsheets.table import ReadingError
from survey_app.spreadsheets.writer import WorkbookWriter
from survey_app.storage.moments import now
from survey_app.storage.people.records import Person
from survey_app.storage.people.register import People
from survey_app.storage.records import StudyRecord
from survey_app.storage.store import Store
from survey_app.translations import ngettext

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)
PRIVATE_FILE = 0o600
COLUMNS = ("pseudonym", "name", "email", "phone", "note", "language", "do_not_write")

study_option = click.option(
    "--study", metavar="STUDY", help="The study; needed when there are several."
)


@click.group()
def people() -> None:
    """Say who the participants are.

    Names and addresses lie in a database of their own, tied to the responses by a random id alone,
    and encrypted under a key in another file. Whoever can read both runs these commands.
    """


people.add_command(rekey)


@people.command("import")
@click.argument("file", type=FILE, metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Only say what is wrong, and who would be added.")
@click.option("--sheet", metavar="NAME", help="The sheet to read of a workbook with several.")
@study_option
@database_option
@click.pass_context
def import_people(
    ctx: click.Context,
    /,
    *,
    file: Path,
    dry_run: bool,
    sheet: str | None,
    study: str | None,
    database: str | None,
) -> None:
    """Add the people of a roster to a study, all or none.

    FILE is a workbook (.xlsx) or csv. Its first row names the columns, in English or French and in
    any order: Name (or First name and Last name), E-mail, Phone, Note, Language; others are left
    out. Everybody gets a pseudonym such as P07, in no order. Prints FILE: where: what is wrong and
    what to do, and exits with 1 if there is any problem.
    """
    with _open(read_settings(database), study) as (store, names, chosen):
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        finished = finish_rosters(store, names, chosen.slug)
        if any(each.digest == digest for each in finished):
            click.echo("This roster had been begun before; now it is added whole.", err=True)
            return
        listed = _read(file, sheet, store, names, chosen.slug)
        if listed is None:
            ctx.exit(1)
        count = ngettext("{count} person", "{count} people", len(listed))
        if dry_run:
            click.echo(f"{count} can be added to {chosen.slug}. Nothing was written yet.", err=True)
            return
        roster = make_roster(chosen.slug, listed, by=find_login(), file=file.name, digest=digest)
        add_roster(store, names, roster)
    click.echo(f"Added {count} to the study {chosen.slug}.", err=True)


@people.command("list")
@click.option("--without-name", is_flag=True, help="The pseudonyms that have no name, instead.")
@study_option
@database_option
def list_people(*, without_name: bool, study: str | None, database: str | None) -> None:
    """List the people: pseudonym, name, e-mail, invitation, day of the last letter, what came.

    An invitation never says when it was used. What came of it is said only where a study is not
    anonymous.
    """
    with _open(read_settings(database), study) as (store, names, chosen):
        if without_name:
            for each in list_unnamed(store, names, chosen):
                click.echo(each.pseudonym)
            return
        for entry in list_entries(store, names, chosen):
            click.echo("\t".join(_show(entry, chosen)))


@people.command()
@click.argument("pseudonym")
@click.option("--name", prompt="Name", help="Who it is; asked for where it is left out.")
@click.option("--email", default="", help="The address of e-mail, if letters are to be sent.")
@click.option("--phone", default="")
@click.option("--note", default="", help="Only coordinators see it.")
@click.option("--language", default="", help="The language of letters, such as fr.")
@study_option
@database_option
def name(*, pseudonym: str, study: str | None, database: str | None, **said: str) -> None:
    """Say who stands behind a pseudonym that has no name, such as one that an interviewer typed.

    The pseudonym stays, and all that is under it. That it was done is noted in the study's record,
    without the name.
    """
    listed = Listed(**{field: words.strip() for field, words in said.items()})
    with _open(read_settings(database), study) as (store, names, chosen):
        unnamed = {each.pseudonym: each.id for each in list_unnamed(store, names, chosen)}
        if pseudonym not in unnamed:
            raise refuse_unknown(f"there is no pseudonym {pseudonym} without a name", "", unnamed)
        wrong = [told for _field, told in check_listed(listed, find_languages(store, chosen.slug))]
        wrong += [told] if (told := find_known(names, chosen.slug).check(listed, 0)) else []
        if wrong:
            raise click.UsageError(" ".join(wrong))
        who = Person(id=unnamed[pseudonym], study=chosen.slug, **asdict(listed))
        if not give_name(store, names, who, by=find_login()):
            raise click.ClickException(f"Somebody has given {pseudonym} a name meanwhile.")
    click.echo(f"{pseudonym} has a name now.", err=True)


@people.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--reason", required=True, metavar="TEXT", help="Why; it is kept in the record.")
@study_option
@database_option
def export(*, file: Path, reason: str, study: str | None, database: str | None) -> None:
    """Write who stands behind which pseudonym into FILE (.xlsx).

    This ties names to answers, so it is noted as an export with who, when and the reason.
    """
    if file.suffix.lower() != ".xlsx":
        raise click.UsageError(f"'{file}' does not end in .xlsx, which is what is written.")
    if not reason.strip():
        raise click.UsageError("Say why with --reason; it is kept in the record of exports.")
    begun = now()
    with _open(read_settings(database), study) as (store, names, chosen):
        entries = list_entries(store, names, chosen)
        _write(file, chosen, entries)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        store.exports.record(
            find_login(),
            chosen.slug,
            filter={"identities": True, "reason": reason.strip(), "format": "xlsx"},
            columns=list(COLUMNS),
            rows=len(entries),
            hash=digest,
            at=begun,
        )
    click.echo(f"Wrote {file}, which is on the record. Keep it where only you can read.", err=True)


@contextmanager
def _open(settings: Settings, given: str | None) -> Iterator[tuple[Store, People, StudyRecord]]:
    """Open both databases and find the study."""
    with open_store(settings) as store, explain_failures(settings.people):
        slug = pick_study(store, given)
        study = next(each for each in store.studies.list() if each.slug == slug)
        try:
            with open_people(settings) as names:
                yield store, names, study
        except PeopleAbsent as absent:
            raise click.ClickException(say_absent(absent)) from absent


def _read(
    file: Path, sheet: str | None, store: Store, names: People, slug: str
) -> tuple[Listed, ...] | None:
    """Return the people of a file; None where something is wrong, which is told."""
    languages = find_languages(store, slug)
    try:
        with open_table(file, sheet) as table:
            click.echo(table.manner, err=True)
            read = read_roster(table, find_known(names, slug), languages)
    except ReadingError as error:
        raise click.ClickException(f"{file}: {error}") from error
    if read.left_out:
        click.echo(f"Left out, as nothing is kept of them: {', '.join(read.left_out)}.", err=True)
    for problem in read.problems:
        click.echo(f"{file}: {problem}")
    if read.problems:
        told = ngettext("{count} problem", "{count} problems", len(read.problems))
        click.echo(f"{told} to mend. Nothing was written.", err=True)
        return None
    return read.people


def _show(entry: Entry, study: StudyRecord) -> tuple[str, ...]:
    who, known = entry.person, entry.participant
    invitation = STATES[known.invitation] if known and known.invitation else "none"
    came = "" if study.anonymous or known is None else say_progress(known)
    pseudonym = known.pseudonym if known else "-"
    return (pseudonym, who.name, who.email or "-", invitation, entry.mailed[:10] or "-", came)


def _write(file: Path, study: StudyRecord, entries: Sequence[Entry]) -> None:
    writer = WorkbookWriter(["People"], title=study.title, created=_today())
    headers = tuple(Header(name=name, width=24) for name in COLUMNS)
    rows = [_make_row(entry) for entry in entries]
    writer.add(Sheet(name="People", headers=headers, rows=lambda: iter(rows)))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(mode=PRIVATE_FILE)
    writer.save(file)
    file.chmod(PRIVATE_FILE)


def _today() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)


def _make_row(entry: Entry) -> tuple[str | None, ...]:
    who = entry.person
    silent = "yes" if who.silent else "no"
    pseudonym = entry.participant.pseudonym if entry.participant else None
    return (pseudonym, who.name, who.email, who.phone, who.note, who.language, silent)
