"""`diff`: what changed between two versions, and whose answers each change touches."""

from collections.abc import Callable

import click

from survey_app.cli.databases import is_there, open_store
from survey_app.cli.definitions import load_known, pick
from survey_app.cli.options import Reference, ReferenceType, database_option, read_settings
from survey_app.cli.published import Published
from survey_app.definition.compare import bump_size, compare, find_least, is_too_small
from survey_app.definition.differences import Difference
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.library import Library
from survey_app.definition.quoting import shorten
from survey_app.definition.verdict import judge
from survey_app.touching import Touched, count_touched, say_touched

VERSIONED = ReferenceType(versioned=True)
LONGEST = 300
"""How many characters of a wording are shown."""

Count = Callable[[Difference], Touched]
"""Returns how many responses a change touches."""


@click.command()
@click.argument("older", type=VERSIONED, metavar="NAME@OLDER")
@click.argument("newer", type=VERSIONED, metavar="NAME@NEWER")
@database_option
@click.pass_context
def diff(ctx: click.Context, older: Reference, newer: Reference, database: str | None) -> None:
    """Say what changed between two versions of an instrument.

    Every change with its size, what stood there before beside what stands there now, and how many
    responses to the versions before (test responses left out) it touches; then what stands in the
    way of publishing the newer one after all that come before it, and what is to be answered. A
    version that the database has published is read from there. Exits with 1 if the newer number
    says too little, or if anything stands in the way.
    """
    settings = read_settings(database)
    published, library = load_known(settings)
    before, after = (_pick(library, published, each) for each in (older, newer))
    _check(before, after)
    others = _find_others(library, published, after)
    differences = compare(before, after, _find_between(before, after, others))
    if is_there(settings):
        with open_store(settings) as store:
            _tell(differences, after, lambda each: count_touched(store, each, after, others))
    else:
        _tell(differences, after, None)
    click.echo(_sum_up(before, after, differences))
    obstacles = judge(after, others).obstacles
    _tell_obstacles(after, obstacles)
    ctx.exit(int(bool(obstacles) or _says_too_little(before, after, differences)))


def _check(before: Instrument, after: Instrument) -> None:
    if before.name != after.name:
        raise click.UsageError(
            f"{before.reference} and {after.reference} are two instruments; name two versions of "
            "one."
        )
    if version_order(before.version) >= version_order(after.version):
        raise click.UsageError(
            f"{after.version} does not come after {before.version}; name the older one first."
        )


def _find_others(
    library: Library, published: Published, newer: Instrument
) -> tuple[Instrument, ...]:
    """Return the other versions, oldest first, as they are published or else in the library."""
    known = {key for key in (*library.instruments, *published) if key[0] == newer.name}
    versions = sorted({version for _, version in known} - {newer.version}, key=version_order)
    return tuple(_pick(library, published, Reference(newer.name, each)) for each in versions)


def _pick(library: Library, published: Published, reference: Reference) -> Instrument:
    """Return what was published, or the file that asks the same and may say more.

    That a question was renamed, or that its meaning is unchanged, can be written later.
    """
    found = pick(library, published, reference)
    file = library.find(found.name, found.version)
    return file if file is not None and file.fingerprint == found.fingerprint else found


def _find_between(
    before: Instrument, after: Instrument, others: tuple[Instrument, ...]
) -> tuple[Instrument, ...]:
    first, last = version_order(before.version), version_order(after.version)
    return tuple(each for each in others if first < version_order(each.version) < last)


def _tell_obstacles(after: Instrument, obstacles: tuple[str, ...]) -> None:
    if obstacles:
        click.echo(f"What stands in the way of publishing {after.version}:")
    for obstacle in obstacles:
        click.echo(f"- {obstacle}.")


def _tell(differences: tuple[Difference, ...], after: Instrument, count: Count | None) -> None:
    for change in differences:
        click.echo(f"{change.size}, {change.kind}: {change.what}")
        _tell_words(change)
        told = say_touched(change, count(change), after) if count is not None else ""
        for sentence in (change.answer, told):
            if sentence:
                click.echo(f"  {sentence}")


def _tell_words(change: Difference) -> None:
    codes = (f"{change.older_part}: ", f"{change.part}: ") if change.older_part else ("", "")
    both = (("before", change.before), ("after", change.after))
    for code, (label, words) in zip(codes, both, strict=True):
        if words:
            click.echo(f"  {label}: {shorten(code + words, LONGEST)}")


def _sum_up(before: Instrument, after: Instrument, differences: tuple[Difference, ...]) -> str:
    if not differences:
        return f"{before.reference} and {after.version} ask the same in the same words."
    least, bump = find_least(differences), bump_size(before.version, after.version)
    number = "1 change" if len(differences) == 1 else f"{len(differences)} changes"
    told = f"{number}; the smallest honest step is a {least}, and {after.version} is a {bump}"
    if _says_too_little(before, after, differences):
        return f"{told}, which says too little."
    return f"{told}."


def _says_too_little(
    before: Instrument, after: Instrument, differences: tuple[Difference, ...]
) -> bool:
    return is_too_small(find_least(differences), bump_size(before.version, after.version))
