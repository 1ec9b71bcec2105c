"""`import-responses`: answers that were collected elsewhere, checked first and then all or none."""

import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

import click

from survey_app.cli.databases import open_store
from survey_app.cli.import_spool import Spool
from survey_app.cli.import_words import (
    list_header_problems,
    say_columns,
    say_examined,
    say_imported,
    say_nothing_written,
    say_row,
)
from survey_app.cli.options import (
    Reference,
    ReferenceType,
    database_option,
    read_settings,
    study_option,
)
from survey_app.cli.progress import ProgressLine
from survey_app.cli.references import pick_study, publish_version, refuse_reference
from survey_app.cli.reporting import BY
from survey_app.definition.instrument import Instrument
from survey_app.definition.library import Library, load_library
from survey_app.definition.loader import load_definition
from survey_app.imports.bookkeeping import Target
from survey_app.imports.columns import Matching, match_columns
from survey_app.imports.examination import Examined, examine
from survey_app.imports.rows import RowReader
from survey_app.settings import Settings
from survey_app.spreadsheets.reading import open_table
from survey_app.spreadsheets.table import ReadingError, Table
from survey_app.storage.records import ImportBatch
from survey_app.storage.store import Store
from survey_app.storage.store.imports import say_earlier

FILE = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What was typed."""

    reference: Reference
    file: Path
    study: str | None
    sheet: str | None
    commit: bool
    is_test: bool
    again: bool
    ignore_unknown: bool


@click.command()
@click.argument("reference", type=ReferenceType(versioned=True), metavar="NAME@VERSION")
@click.argument("file", type=FILE, metavar="FILE")
@click.option("--commit", is_flag=True, help="Import them; without it the file is only checked.")
@click.option("--sheet", metavar="NAME", help="The sheet to read.  [default: Data]")
@click.option("--test", "is_test", is_flag=True, help="Mark all of them as test responses.")
@click.option(
    "--ignore-unknown", is_flag=True, help="Leave out columns that the version does not have."
)
@click.option("--again", is_flag=True, help="Import what was imported before once more.")
@study_option
@database_option
@click.pass_context
def import_responses(ctx: click.Context, /, *, database: str | None, **typed: object) -> None:
    """Bring in answers that were collected elsewhere.

    FILE is a workbook (.xlsx), csv, or a zip of csv that 'export' has written. Its first row names
    the columns as the sheet Data of an export does, and each further row is a response. Cells hold
    codes or labels, in any language of the version; an empty cell is unanswered. Each row goes
    through the same checks as what is typed into the form.

    Without --commit nothing is written. Prints FILE: where: what is wrong and what to do, and
    exits with 1 if there is any problem: then nothing can be imported. Imported responses come in
    all together, and while they are written nobody else can save: import many thousands when
    nobody answers.
    """
    wish = Wish(**typed)  # type: ignore[arg-type]  # the names are those of the options
    settings = read_settings(database)
    with open_store(settings) as store:
        try:
            well = Import(store, settings, wish).run()
        except ReadingError as error:
            raise click.ClickException(f"{wish.file}: {error}") from error
    ctx.exit(0 if well else 1)


class Import:
    """One run of the command; raises ReadingError for a file that is no table."""

    def __init__(self, store: Store, settings: Settings, wish: Wish) -> None:
        self._store = store
        self._wish = wish
        self._library = load_library(settings.instruments)
        self._instrument = find_version(store, self._library, wish.reference)
        self._study = pick_study(store, wish.study, using=wish.reference.name)
        with wish.file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        self._batch = ImportBatch(
            study=self._study,
            instrument=self._instrument.name,
            version=self._instrument.version,
            actor=BY,
            file=wish.file.name,
            digest=digest,
        )

    def run(self) -> bool:
        """Check the file and, if that is wanted and nothing is wrong, import it; say whether."""
        earlier = None if self._wish.again else self._store.imports.find_earlier(self._batch)
        if earlier is not None:
            raise click.ClickException(say_earlier(earlier))
        with open_table(self._wish.file, self._wish.sheet) as table, Spool() as spool:
            _tell(table.manner)
            matching = match_columns(table.header, self._instrument.columns)
            if not self._check_header(table, matching):
                return False
            examined = self._examine(table, matching, spool)
            for sentence in say_examined(examined, self._study, commit=self._wish.commit):
                _tell(sentence)
            if examined.problems or not examined.responses:
                return False
            if self._wish.commit:
                self._add(spool)
        return True

    def _check_header(self, table: Table, matching: Matching) -> bool:
        """Say what the header lacks or has too much; return whether the rows can be read."""
        unknown = () if self._wish.ignore_unknown else matching.unknown
        problems = list_header_problems(
            table.place, matching.problems, unknown, self._instrument.reference
        )
        for problem in problems:
            click.echo(f"{self._wish.file}: {problem}")
        for sentence in say_columns(matching) if not problems else [say_nothing_written()]:
            _tell(sentence)
        return not problems

    def _examine(self, table: Table, matching: Matching, spool: Spool) -> Examined:
        """Check every row, saying what is wrong; keep what can be imported in the spool."""
        study = self._store.studies.find(self._study)
        target = Target(
            instrument=self._instrument,
            anonymous=study is not None and study.anonymous,
            language=self._instrument.languages[0],
        )
        examined, line = Examined(), ProgressLine()
        rows = examine(table, RowReader(target, table, matching), self._present())
        try:
            for number, checked in enumerate(rows, 1):
                examined.add(checked)
                if checked.problems:
                    line.clear()
                for problem in checked.problems:
                    click.echo(f"{self._wish.file}: {problem}")
                if self._wish.commit and not (checked.problems or checked.skipped):
                    spool.add(checked, is_test=self._wish.is_test)
                line.show(number / max(table.count, number), say_row(number))
        finally:
            line.clear()
        return examined

    def _present(self) -> Callable[[Collection[str]], Collection[str]]:
        if self._wish.again:
            return lambda _keys: ()
        return lambda keys: self._store.imports.find_present(self._study, keys)

    def _add(self, spool: Spool) -> None:
        publish_version(self._store, self._library, self._wish.reference, confirmed=True)
        count = self._store.imports.add(self._batch, spool.read, again=self._wish.again)
        _tell(say_imported(count, self._study))


def find_version(store: Store, library: Library, reference: Reference) -> Instrument:
    """Return the version as it was published, else as the library has it; publishes nothing."""
    name, version = reference.name, reference.version or ""
    record = store.instruments.find(name, version)
    if record is not None:
        return load_definition(record.definition)
    found = library.find(name, version)
    if found is None:
        raise refuse_reference(reference, library.instruments, library)
    return found


def _tell(sentence: str) -> None:
    if sentence:
        click.echo(sentence, err=True)
