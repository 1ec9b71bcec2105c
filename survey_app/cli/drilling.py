"""`drill`: whether what is backed up comes back, tried from one end to the other.

A command of its own, since it needs no file and leaves none: `backup` always writes one.
"""

import filecmp
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

import click
from sqlalchemy import Engine

from survey_app.backups.copies import make_copy
from survey_app.backups.errors import BackupError
from survey_app.backups.restoration import Part
from survey_app.backups.restoration import restore as restore_parts
from survey_app.backups.workplace import private_folder
from survey_app.cli.backups import require_people
from survey_app.cli.databases import (
    explain_failures,
    is_there,
    refuse_absent,
)
from survey_app.cli.options import database_option, read_settings
from survey_app.cli.passphrases import ask_new_passphrase
from survey_app.cli.people_keys import make_names_part
from survey_app.cli.progress import ProgressLine
from survey_app.cli.verifying import check_whole, sum_up
from survey_app.settings import Settings
from survey_app.storage.backup import find_source
from survey_app.storage.people.register import People
from survey_app.storage.store import Store
from survey_app.storage.upgrade import RESPONSES
from survey_app.worker.exports import find_writer
from survey_app.worker.requests import Request, open_material

TRIES = 3
"""While people answer, an export may be of no moment that the backup could be of."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """What was compared: how many exports of how many bytes, and those that differ."""

    exports: int
    size: int
    differing: tuple[str, ...]


@click.command()
@click.option("--people", is_flag=True, help="Try the names and addresses too.")
@click.option("--encrypt", is_flag=True, help="Seal the backup, and open it again.")
@database_option
def drill(database: str | None, *, people: bool, encrypt: bool) -> None:
    """Try whether a backup of the database can be restored.

    Makes a backup, restores it into another place, checks it as 'survey-app verify' does, exports
    every instrument of every study from both, test responses too, and compares them byte by byte.
    The server may run meanwhile. Nothing is left behind.
    """
    settings = read_settings(database)
    if not is_there(settings):
        raise refuse_absent(settings.database)
    if people:
        require_people(settings.people)
    with explain_failures(settings.database):
        # PostgreSQL is refused here, with what to do.
        beside = find_source(settings.database).absolute().parent
    passphrase = ask_new_passphrase() if encrypt else None
    result = Result(exports=0, size=0, differing=())
    for _ in range(TRIES):
        with explain_failures(settings.database), private_folder(beside) as place:
            result = _try_once(settings, place, passphrase, people=people)
        if not result.differing:
            break
    _conclude(result)


def _try_once(settings: Settings, place: Path, passphrase: str | None, *, people: bool) -> Result:
    """Back up, restore and compare in an empty folder."""
    before, after, restored = place / "before", place / "after", place / "restored"
    new = settings.with_changes(
        database=f"sqlite:///{place / 'new' / 'responses'}",
        people=f"sqlite:///{place / 'new' / 'people'}",
    )
    _export_all(settings, before, people=people)
    make_copy(settings.database, place / "responses.backup", passphrase)
    if people:
        make_copy(settings.people, place / "people.backup", passphrase)
    restore_parts(_list_parts(place, settings.people_key_file, people=people), passphrase)
    _export_all(new, restored, people=people)
    _export_all(settings, after, people=people)
    return _compare(restored, before, after)


def _list_parts(place: Path, key: Path, *, people: bool) -> list[Part]:
    responses = Part(
        file=place / "responses.backup",
        target=place / "new" / "responses",
        migrations=RESPONSES,
        upgrade=RESPONSES.upgrade,
        what="the responses",
        check=_check,
    )
    names = make_names_part(place / "people.backup", place / "new" / "people", key)
    return [names, responses] if people else [responses]


def _check(engine: Engine) -> None:
    counts = check_whole(engine)
    click.echo(f"Checked {sum_up(counts)}.", err=True)
    if counts.breaks:
        raise BackupError(
            "The restored backup does not hold, as named above. See with 'survey-app verify' "
            "whether the database itself does."
        )


def _export_all(settings: Settings, folder: Path, *, people: bool) -> None:
    """Export every instrument of every study as JSON, whose bytes are those of its content."""
    folder.mkdir()
    line = ProgressLine()
    with Store(settings.database) as store:
        if people:
            _export_people(settings, store, folder / "names.json")
        for number, (study, instrument) in enumerate(_list_kinds(store)):
            request = Request(
                who="drill", study=study, instrument=instrument, format="json", include_test=True
            )
            target = folder / f"{number}-{study}-{instrument}.json"
            with open_material(store, request) as material:
                show = partial(_show, line, f"{study}, {instrument}")
                find_writer(request)(material.source, material.context, target, show)
    line.clear()


def _export_people(settings: Settings, store: Store, target: Path) -> None:
    """Write a digest of the names, so that no disk has them in clear even for a while."""
    drawn = hashlib.sha256()
    with People(settings.people, settings.people_key_file) as register:
        for study in store.studies.list():
            people = [asdict(person) for person in register.list(study.slug)]
            drawn.update(json.dumps(people).encode())
    target.write_text(drawn.hexdigest(), encoding="ascii")


def _list_kinds(store: Store) -> Iterator[tuple[str, str]]:
    """Yield each study with each instrument that it asks or has responses of."""
    for study in store.studies.list():
        asked = {entry.instrument for entry in store.studies.protocol(study.slug)}
        asked |= {row.instrument for row in store.studies.overview(study.slug)}
        yield from ((study.slug, instrument) for instrument in sorted(asked))


def _show(line: ProgressLine, kind: str, fraction: float, message: str) -> None:
    line.show(fraction, f"{kind}: {message}")


def _compare(restored: Path, before: Path, after: Path) -> Result:
    """Compare with what was exported just before the backup, or, as people answer, just after."""
    names = sorted({each.name for folder in (restored, before) for each in folder.iterdir()})
    differing = tuple(
        name
        for name in names
        if not any(_is_same(restored / name, folder / name) for folder in (before, after))
    )
    size = sum(each.stat().st_size for each in restored.iterdir())
    return Result(exports=len(names), size=size, differing=differing)


def _is_same(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)


def _conclude(result: Result) -> None:
    if result.differing:
        listed = ", ".join(name.removesuffix(".json") for name in result.differing)
        raise BackupError(
            f"The restored backup exports something else than the database: {listed}. If people "
            "were answering all the while, try again at a quieter time; otherwise do not rely on "
            "these backups, and run 'survey-app verify'."
        )
    compared = "1 export" if result.exports == 1 else f"{result.exports} exports"
    click.echo(
        f"The backup was restored, and {compared} of {result.size:,} bytes are the same from both. "
        "Nothing was left behind.",
        err=True,
    )
