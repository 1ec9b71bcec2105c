"""`invitations`: who may begin a response, by a link or a code that is printed once."""

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from urllib.parse import urlsplit

import click

from survey_app.cli.addresses import recall_address
from survey_app.cli.databases import open_store
from survey_app.cli.options import database_option, find_login, read_settings
from survey_app.cli.references import pick_study
from survey_app.invitation_codes import hash_code, make_code
from survey_app.settings import Settings
from survey_app.slips import Slip, make_slip
from survey_app.storage.records import Admission, InvitationRecord, NewInvitation, StudyRecord
from survey_app.storage.store import Store

MOST_AT_ONCE = 1_000
MOST_USES = 1_000_000
MOST_LETTERS = 60
"""Of a participant's code or a label."""
HERE = {"127.0.0.1", "localhost", "::1"}
STATES = {"open": "open", "used_up": "used up", "revoked": "revoked"}

study_option = click.option(
    "--study", metavar="STUDY", help="The study; needed when there are several."
)


@click.group()
def invitations() -> None:
    """Make invitations, and say whether one is needed.

    A code is shown when it is made and never again: only its hash is kept.
    """


@invitations.command()
@study_option
@click.option(
    "-n", "count", type=click.IntRange(1, MOST_AT_ONCE), help="So many, which name nobody."
)
@click.option(
    "--participant",
    "participants",
    multiple=True,
    metavar="CODE",
    help="A personal one for this participant, such as P01; may be given several times.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, MOST_USES),
    help="How many people may begin with each of the -n; by default one.",
)
@click.option("--label", default="", metavar="TEXT", help="A word to find them by in the list.")
@click.option(
    "--sheet",
    metavar="FILE.pdf",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write them as slips to print, each with its link as a QR code.",
)
@database_option
def make(
    *,
    study: str | None,
    count: int | None,
    participants: tuple[str, ...],
    limit: int | None,
    label: str,
    sheet: Path | None,
    database: str | None,
) -> None:
    """Make invitations and print number, participant, code and link of each, once.

    A new invitation of a participant takes the place of one that was not used. The link works
    while the server runs.
    """
    _check(count, participants, limit, label, sheet)
    settings = recall_address(read_settings(database))
    codes = [make_code() for _ in participants or range(count or 0)]
    wanted = [
        NewInvitation(code_hash=hash_code(code), participant=who, most_uses=limit or 1)
        for code, who in zip(codes, participants or [None] * len(codes), strict=True)
    ]
    with open_store(settings, create=True) as store:
        chosen = _find(store, study)
        made = store.invitations.make(chosen.slug, wanted, by=find_login(), label=label.strip())
    slips = _make_slips(chosen, made, codes, settings)
    for record, slip in zip(made, slips, strict=True):
        click.echo("\t".join((str(record.number), record.participant or "-", slip.code, slip.link)))
    _warn(chosen, settings)
    if sheet is not None:
        _write(sheet, slips)


def _check(
    count: int | None,
    participants: Sequence[str],
    limit: int | None,
    label: str,
    sheet: Path | None,
) -> None:
    """Refuse what makes no invitation before any is made."""
    if (count is None) == (not participants):
        raise click.UsageError("Say either how many with -n, or for whom with --participant.")
    if participants and limit not in {None, 1}:
        raise click.UsageError("A personal invitation is good for one person; leave --limit out.")
    if len(set(participants)) < len(participants):
        raise click.UsageError("A participant is named twice; each gets one invitation.")
    for text in (*participants, *([label] if label else [])):
        if not text.strip() or len(text) > MOST_LETTERS or not text.isprintable():
            raise click.UsageError(
                f"A participant's code or a label has 1 to {MOST_LETTERS} visible characters."
            )
    if sheet is not None and sheet.suffix.lower() != ".pdf":
        raise click.UsageError(f"'{sheet}' does not end in .pdf, which is what is written.")


def _make_slips(
    study: StudyRecord, made: Sequence[InvitationRecord], codes: Sequence[str], settings: Settings
) -> list[Slip]:
    return [
        make_slip(
            study=study.title,
            number=record.number,
            code=code,
            uses=record.most_uses or 1,
            url=settings.url,
            door=f"/s/{study.slug}" if study.admission == "invitation" else "",
        )
        for record, code in zip(made, codes, strict=True)
    ]


def _warn(study: StudyRecord, settings: Settings) -> None:
    click.echo("Keep them now: they are not shown again.", err=True)
    if urlsplit(settings.url).hostname in HERE:
        click.echo(
            f"The links lead to {settings.url}, which is this computer alone. For others set "
            "SURVEY_APP_URL to the address at which they reach it, and make new ones.",
            err=True,
        )
    if study.admission == "open":
        click.echo(
            f"The study {study.slug} lets anybody begin, so its door asks for no code and slips "
            "have the link alone. To let in only invited people: "
            f"survey-app invitations admission invitation --study {study.slug}",
            err=True,
        )


def _write(file: Path, slips: Sequence[Slip]) -> None:
    pdf = import_module("survey_app.paper.slips").make_slips_pdf(slips)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pdf.content)
    click.echo(f"Wrote {file}.", err=True)


@invitations.command("list")
@study_option
@database_option
def list_invitations(study: str | None, database: str | None) -> None:
    """List the invitations: number, participant, uses of limit, state, label."""
    with open_store(read_settings(database)) as store:
        chosen = _find(store, study)
        for each in store.invitations.list(chosen.slug):
            limit = "any" if each.most_uses is None else each.most_uses
            used = f"{each.uses}/{limit}"
            said = (str(each.number), each.participant or "-", used, STATES[each.state], each.label)
            click.echo("\t".join(said))
        click.echo(_say_admission(chosen.slug, chosen.admission), err=True)


@invitations.command()
@click.argument("numbers", nargs=-1, required=True, type=int, metavar="NUMBER...")
@study_option
@database_option
def revoke(numbers: tuple[int, ...], study: str | None, database: str | None) -> None:
    """Let nobody begin by these invitations any more; what was begun stays."""
    with open_store(read_settings(database)) as store:
        chosen = _find(store, study)
        for number in numbers:
            state = store.invitations.revoke(chosen.slug, number).state
            said = "was used up already" if state == "used_up" else "is revoked"
            click.echo(f"Invitation {number} {said}.", err=True)


@invitations.command()
@click.argument("who", type=click.Choice(["open", "invitation"]), metavar="open|invitation")
@study_option
@database_option
def admission(who: Admission, study: str | None, database: str | None) -> None:
    """Say who may begin in the browser: anybody, or who has an invitation.

    Whoever has begun goes on in either case.
    """
    with open_store(read_settings(database)) as store:
        chosen = _find(store, study)
        store.invitations.set_admission(chosen.slug, who)
    click.echo(_say_admission(chosen.slug, who), err=True)


def _find(store: Store, given: str | None) -> StudyRecord:
    slug = pick_study(store, given)
    return next(study for study in store.studies.list() if study.slug == slug)


def _say_admission(study: str, who: Admission) -> str:
    said = "lets anybody begin" if who == "open" else "lets only invited people begin"
    return f"The study {study} {said}."
