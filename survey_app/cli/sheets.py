"""`sheet`: the interviewer's sheet on paper, blank or filled, as a PDF or a Word file."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click

from survey_app.cli.databases import open_store
from survey_app.cli.options import Reference, ReferenceType, database_option, read_settings
from survey_app.cli.published import Published, find_published
from survey_app.cli.references import pick_study, refuse_reference
from survey_app.cli.sittings import find_interview, list_asked, make_sitting, order_runs, read_run
from survey_app.cli.vocabulary import make_vocabulary
from survey_app.definition.instrument import Instrument
from survey_app.definition.library import Library, load_library
from survey_app.definition.loader import load_definition
from survey_app.paper.content import Paper
from survey_app.paper.problems import PaperError
from survey_app.paper.recorded import Agreed
from survey_app.paper.sheet import Delivered, make_paper
from survey_app.settings import Settings
from survey_app.translations import use_language

FORMS = {".pdf": ("survey_app.paper.pdf", "typst"), ".docx": ("survey_app.paper.word", "docx")}
"""The room's modules by the ending of the file, and the package that each cannot do without."""
_NAMES = {"typst": "typst", "docx": "python-docx"}


def read_ending(ctx: click.Context, param: click.Parameter, file: Path) -> Path:
    """Return the file, or refuse one whose ending is no form of a sheet."""
    if file.suffix.lower() not in FORMS:
        sentence = f"'{file}' ends in neither .pdf nor .docx; its ending says what is written."
        raise click.BadParameter(sentence, ctx, param)
    return file


@click.command()
@click.argument(
    "references",
    nargs=-1,
    type=ReferenceType(versioned=True),
    metavar="[NAME@VERSION]...",
)
@click.option(
    "--response",
    metavar="ID",
    help="Filled with what was recorded in this interview; any response's id of it will do.",
)
@click.option(
    "--language",
    metavar="LANGUAGE",
    help="Such as fr; by default the instrument's first, or the one in which it was held.",
)
@click.option(
    "--study",
    metavar="STUDY",
    help="Blank, for this study: with its title, and a box for each statement of its consent text.",
)
@click.option(
    "-o",
    "output",
    required=True,
    metavar="FILE",
    callback=read_ending,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file to write: .pdf or .docx.",
)
@database_option
def sheet(
    references: tuple[Reference, ...],
    *,
    response: str | None,
    language: str | None,
    study: str | None,
    output: Path,
    database: str | None,
) -> None:
    """Write the interviewer's sheet for printing.

    Several versions make one sheet, in their order, as in a study's protocol. With --response the
    versions may be left out: the whole interview is then printed. Prints where the file is. An
    older file of the same name is replaced.
    """
    settings = read_settings(database)
    if response is not None:
        if study is not None:
            raise click.UsageError("--study is for a blank sheet; leave it or --response out.")
        paper = _fill(settings, response, references, language)
    elif references:
        paper = _leave_blank(settings, references, language, study)
    else:
        raise click.UsageError("Name a version, as in ami-interview@1.1.0, or give --response ID.")
    _replace(output, _write(paper, output.suffix.lower()))
    click.echo(output)


def _leave_blank(
    settings: Settings, references: Sequence[Reference], language: str | None, study: str | None
) -> Paper:
    published = find_published(settings)
    library = load_library(settings.instruments)
    instruments = [_pick(library, published, reference) for reference in references]
    chosen = _choose_language(instruments, language, instruments[0].languages[0])
    delivered = [Delivered(instrument=instrument) for instrument in instruments]
    title, statements = _read_study(settings, study, chosen) if study else ("", ())
    with use_language(chosen):
        return make_paper(delivered, make_vocabulary(), chosen, study=title, statements=statements)


def _read_study(settings: Settings, given: str, language: str) -> tuple[str, tuple[Agreed, ...]]:
    """Return a study's title, and the statements of its consent text for interviews."""
    with open_store(settings) as store:
        found = store.studies.find(pick_study(store, given))
        title = found.title if found else given
        return title, list_asked(store, given, language)


def _fill(
    settings: Settings, given: str, references: Sequence[Reference], language: str | None
) -> Paper:
    with open_store(settings) as store:
        interview = find_interview(store, given)
        runs = order_runs(store, interview, [(each.name, each.version) for each in references])
        records = [(run, store.instruments.find(run.instrument, run.version)) for run in runs]
        sitting = make_sitting(store, interview)
    delivered = [
        Delivered(instrument=load_definition(record.definition), recorded=read_run(interview, run))
        for run, record in records
        if record is not None
    ]
    instruments = [each.instrument for each in delivered]
    chosen = _choose_language(instruments, language, interview.language)
    with use_language(chosen):
        return make_paper(delivered, make_vocabulary(), chosen, sitting)


def _pick(library: Library, published: Published, reference: Reference) -> Instrument:
    """Return what was published under the reference, else what the library has."""
    key = (reference.name, reference.version or "")
    record = published.get(key)
    if record is not None:
        return load_definition(record.definition)
    found = library.find(*key)
    if found is None:
        raise refuse_reference(reference, {*library.instruments, *published}, library)
    return found


def _choose_language(instruments: Sequence[Instrument], given: str | None, usual: str) -> str:
    known = dict.fromkeys(code for instrument in instruments for code in instrument.languages)
    if given is not None and given not in known:
        there = ", ".join(known)
        raise click.UsageError(f"It is not written in '{given}'; there is {there}.")
    return given or usual


def _write(paper: Paper, ending: str) -> bytes:
    module, package = FORMS[ending]
    try:
        writer = import_module(module)
    except ModuleNotFoundError as error:
        if error.name != package:
            raise
        name = _NAMES[package]
        raise click.ClickException(
            f"Writing {ending} files needs the package '{name}': pip install {name}."
        ) from error
    if ending == ".docx":
        word: bytes = writer.make_word(paper)
        return word
    try:
        pdf = writer.make_pdf(paper)
    except PaperError as error:
        raise click.ClickException(str(error)) from error
    if pdf.shapeless:
        click.echo(
            f"This computer has no font for {pdf.shapeless}: they are in the file and can be "
            "copied, but show as empty boxes. Install a font that has them and write it again.",
            err=True,
        )
    content: bytes = pdf.content
    return content


def _replace(output: Path, content: bytes) -> None:
    """Put the whole file in its place at once, so that an older one stays until then."""
    output.parent.mkdir(parents=True, exist_ok=True)
    partial = output.with_name(f".{output.name}.partial")
    try:
        partial.write_bytes(content)
        partial.replace(output)
    finally:
        partial.unlink(missing_ok=True)
