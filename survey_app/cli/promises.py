"""`promises`: what the program promises, which tests prove it, and what came of them last."""

from pathlib import Path

import click

from survey_app.cli.addresses import recall_address
from survey_app.cli.options import database_option, read_settings
from survey_app.promises import (
    KEPT,
    RESULTS,
    Promise,
    Results,
    keep_results,
    list_promises,
    read_results,
)
from survey_app.settings import Settings


@click.command()
@click.option(
    "--results",
    "file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help=f"What the suite left; by default {RESULTS}, where it was run here.",
)
@click.option(
    "--keep", is_flag=True, help="Keep the results here, so that the page /promises shows them."
)
@database_option
@click.pass_context
def promises(ctx: click.Context, file: Path | None, database: str | None, *, keep: bool) -> None:
    """List what is promised, and the tests that prove it.

    In a clone in which the suite was run each test's last result stands beside it. Exits with 1 if
    any has failed. The promises are the same for every database.
    """
    try:
        results = read_results(file or RESULTS)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    if keep:
        _keep(results, read_settings(database))
    found = list_promises()
    for promise in found:
        _tell(promise, results)
    click.echo(_sum_up(found, results), err=True)
    ctx.exit(int(any(each.judge(results).outcome == "failed" for each in found)))


def _keep(results: Results, settings: Settings) -> None:
    if not results:
        raise click.UsageError(
            f"There are no results to keep: there is no {RESULTS} here. Run the suite in a clone, "
            "or name its file with --results."
        )
    settings.make_folder()
    keep_results(results, settings.data / KEPT)
    click.echo(f"Kept. They are shown at {recall_address(settings).url}/promises", err=True)


def _tell(promise: Promise, results: Results) -> None:
    click.echo(f"{promise.name}  {promise.sentence}")
    for test in promise.tests:
        result = results.get(test)
        said = f"{result.outcome} on {result.day}" if result else "not run here"
        click.echo(f"     {said}: tests/{test}")
    if not promise.tests:
        click.echo("     no test proves it yet")


def _sum_up(found: tuple[Promise, ...], results: Results) -> str:
    proven = sum(each.judge(results).outcome == "passed" for each in found)
    lacking = [each.name for each in found if not each.tests]
    said = f"{proven} of {len(found)} promises have passed their tests here."
    return f"{said} Without a test: {', '.join(lacking)}." if lacking else said
