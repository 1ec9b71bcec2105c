"""`study recruitment`: invited, agreed, begun, finished, withdrawn, and as a chart."""

from importlib import import_module
from pathlib import Path
from typing import Any

import click

from survey_app.cli.databases import open_store
from survey_app.cli.options import database_option, find_login, read_settings
from survey_app.cli.references import pick_study
from survey_app.definition.instrument import version_order
from survey_app.definition.markdown import strip_markup
from survey_app.recruitment_numbers import make_flow
from survey_app.storage.records import Recruitment
from survey_app.storage.store import Store

FORMS = (".svg", ".png", ".pdf")
MOST_PEOPLE = 1_000_000
people = click.IntRange(0, MOST_PEOPLE)


@click.command()
@click.argument("slug", metavar="STUDY")
@click.option("--invited", type=people, help="So many were invited outside this program.")
@click.option("--declined", type=people, help="Of all invited, so many declined.")
@click.option("--unanswered", type=people, help="Of all invited, so many did not reply.")
@click.option("--note", metavar="TEXT", help="How they were invited, such as by e-mail.")
@click.option(
    "--chart",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also draw the flow chart into this file: .svg, .png or .pdf.",
)
@database_option
def recruitment(
    slug: str, chart: Path | None, database: str | None, **stated: int | str | None
) -> None:
    """Print the recruitment as papers do; state what the program cannot know.

    Test responses do not count; withdrawn ones do, so that the numbers add up.
    """
    if chart is not None and chart.suffix.lower() not in FORMS:
        raise click.UsageError(f"'{chart}' ends in none of {', '.join(FORMS)}.")
    with open_store(read_settings(database)) as store:
        chosen = pick_study(store, slug)
        if any(value is not None for value in stated.values()):
            _state(store, chosen, stated)
        counted = store.recruiting.count(chosen)
        for line in _list_lines(counted):
            click.echo("\t".join(line))
        erased = store.erasures.find_day(chosen)
        if erased is not None:
            click.echo(
                f"All answers were erased on {erased}. Since then nobody can tell who had finished "
                "or withdrawn before; all of them are counted as withdrawn.",
                err=True,
            )
        if chart is not None and erased is not None:
            raise click.ClickException("So no chart is drawn. Use the one that you kept.")
        if chart is not None:
            _draw(store, chosen, counted, chart)


def _state(store: Store, slug: str, stated: dict[str, Any]) -> None:
    before = store.recruiting.count(slug).stated
    told = {
        name: getattr(before, name) if value is None else value for name, value in stated.items()
    }
    store.recruiting.state(slug, by=find_login(), **told)


def _list_lines(counted: Recruitment) -> list[tuple[str, ...]]:
    stated, reached = counted.stated, counted.people
    lines: list[tuple[str, ...]] = [
        ("invited", str(counted.invited), f"{counted.invited_by_code} by a code"),
        ("declined", str(stated.declined), "stated"),
        ("no reply", str(stated.unanswered), "stated"),
        ("not known", str(max(0, counted.unaccounted)), ""),
        ("took part", str(reached.took_part), f"{counted.coded.took_part} under a code"),
        ("agreed", str(reached.agreed), "on record"),
        ("finished", str(reached.finished), "at least one"),
        ("withdrew", str(reached.withdrawn), "everything"),
    ]
    for stage in counted.stages:
        words = (
            f"begun {stage.begun}, finished {stage.submitted}, in progress {stage.in_progress}, "
            f"broken off {stage.broken_off}, withdrawn {stage.withdrawn}"
        )
        lines.append((stage.instrument, stage.delivery, words))
    return lines


def _draw(store: Store, slug: str, counted: Recruitment, chart: Path) -> None:
    study = store.studies.find(slug)
    flow = make_flow(study.title if study else slug, counted, lambda name: _title(store, name))
    charts = import_module("survey_app.reports.charts.recruitment")
    numbers = import_module("survey_app.reports.recruitment")
    chart.parent.mkdir(parents=True, exist_ok=True)
    charts.save_recruitment(numbers.RecruitmentFlow.from_json(flow), [chart])
    click.echo(f"Wrote {chart}.", err=True)


def _title(store: Store, name: str) -> str:
    """Return the title of an instrument's newest version in its first language."""
    records = store.instruments.list(name)
    newest = max(records, key=lambda each: version_order(each.version), default=None)
    title = newest.definition.get("title", name) if newest else name
    return strip_markup(next(iter(title.values())) if isinstance(title, dict) else str(title))
