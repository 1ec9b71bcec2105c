"""`pooling`: which versions of an instrument are counted together, and deciding otherwise."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import click

from survey_app.cli.databases import open_store
from survey_app.cli.options import (
    Reference,
    ReferenceType,
    database_option,
    read_settings,
    study_option,
)
from survey_app.cli.reporting import BY, choose_request
from survey_app.definition.instrument import Instrument
from survey_app.definition.lineage import trace
from survey_app.definition.naming import VERSION
from survey_app.definition.pooling import Division, PoolingRule
from survey_app.definition.pooling.file import find_new, read_rules, write_rules
from survey_app.definition.pooling.words import by_numbers, describe_reason, describe_rule
from survey_app.definition.source import BYTE_LIMIT
from survey_app.pooling import Decided, add_rules, decide, load_pooling
from survey_app.reports.responses import ReportError
from survey_app.storage.store import Store
from survey_app.worker.requests import Request, find_instruments, load_versions

Callback = TypeVar("Callback", bound=Callable[..., object])

MINUTES = len("2026-11-26T12:00")
LISTED = "V,V"
POOLS = {"together": True, "apart": False, "undo": None}
"""What each option that decides says of the versions it names."""


class VersionsType(click.ParamType):  # type: ignore[type-arg]  # generic since click 8.4
    """Versions with commas between them."""

    name = LISTED

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the versions that were typed."""
        versions = tuple(part.strip() for part in value.split(","))
        for version in versions:
            if not VERSION.fullmatch(version):
                self.fail(f"'{version}' is no version; write them as 1.0.1,2.0.0.", param, ctx)
        return versions


class CodesType(click.ParamType):  # type: ignore[type-arg]  # as above
    """Pairs of codes with commas between them."""

    name = "OLD=NEW,…"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> dict[str, str]:
        """Return the pairs that were typed."""
        codes: dict[str, str] = {}
        for part in value.split(","):
            old, equals, new = (each.strip() for each in part.partition("="))
            if not (old and equals and new):
                self.fail(f"'{part}' is no pair of codes; write them as 1=4,2=3.", param, ctx)
            if old in codes:
                self.fail(f"'{old}' stands there twice; keep one.", param, ctx)
            codes[old] = new
        return codes


def decision_option(name: str, words: str) -> Callable[[Callback], Callback]:
    """Return the option that decides something of the versions it names."""
    return click.option(f"--{name}", type=VersionsType(), metavar=LISTED, help=words)


@click.command()
@click.argument("reference", type=ReferenceType(), metavar="NAME")
@study_option
@decision_option("together", "Count these versions together from now on.")
@decision_option("apart", "Keep these versions apart from now on.")
@decision_option("undo", "Take back what was decided of exactly these versions.")
@click.option("--item", default="", metavar="KEY", help="Of one question alone.")
@click.option(
    "--codes", type=CodesType(), help="With --together and --item: as what older codes count."
)
@click.option("--reason", default="", metavar="TEXT", help="Why; a decision needs it.")
@click.option(
    "--save",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write all rules into a file that can be run again.",
)
@click.option(
    "--apply",
    "applied",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Add the rules of such a file, all or none; those that are there already do nothing.",
)
@database_option
def pooling(
    reference: Reference,
    study: str | None,
    *,
    item: str,
    codes: dict[str, str] | None,
    reason: str,
    save: Path | None,
    applied: Path | None,
    database: str | None,
    **decided: tuple[str, ...] | None,
) -> None:
    """Say or decide which versions are counted together.

    Versions with the same first number are, others are not, until somebody decides otherwise. A
    rule changes what statistics and charts count, and never what stands in the data. Prints what
    holds, and every rule with its reason.
    """
    if reference.version:
        raise click.UsageError(f"Name the instrument alone: {reference.name}.")
    rule = _read_rule(decided, item, codes or {}, reason)
    with open_store(read_settings(database)) as store:
        request = choose_request(store, reference, study, "xlsx", include_test=True)
        instruments = _find_versions(store, request)
        if rule is not None:
            _add(store, request, instruments, (rule,))
        if applied is not None:
            _apply(store, request, instruments, applied)
        stored = load_pooling(store, request.study, request.instrument)
        if save is not None:
            text = write_rules(request.instrument, stored.rules)
            save.write_text(text, encoding="utf-8")
            click.echo(f"{_count(len(stored.rules))} saved in {save}.", err=True)
        lineage = trace(load_versions(store, request.instrument))
        for line in describe(decide(instruments, stored, lineage)):
            click.echo(line)


def describe(decided: Decided) -> Iterator[str]:
    """Yield what holds of versions, line by line, and every rule that was ever decided."""
    yield f"All questions: {_say_groups(decided.divide())}"
    for key in decided.exceptions:
        yield f"{key}: {_say_groups(decided.divide(key))}"
    if not decided.rules:
        yield f"No rules: {by_numbers(len(decided.divide().groups))}."
    standing = decided.pooling.standing
    for number, (rule, followed) in enumerate(
        zip(decided.rules, decided.pooling.rules, strict=True), 1
    ):
        time = rule.at[:MINUTES].replace("T", " ")
        # The same rule may have been decided twice: the later one stands.
        stands = rule.pool is None or any(followed is each for each in standing)
        said = describe_rule(rule) if stands else f"{describe_rule(rule)} (stands no more)"
        yield f"{number}. {time} {said}: {describe_reason(replace(rule, at=''))}"


def _say_groups(division: Division) -> str:
    groups = (" + ".join(each.version for each in group[::-1]) for group in division.groups[::-1])
    return " | ".join(groups)


def _read_rule(
    decided: dict[str, tuple[str, ...] | None], item: str, codes: dict[str, str], reason: str
) -> PoolingRule | None:
    named = {name: versions for name, versions in decided.items() if versions is not None}
    if len(named) > 1:
        names = " or ".join(f"--{name}" for name in named)
        raise click.UsageError(f"One thing at a time: {names}.")
    if not named:
        if item or codes or reason:
            raise click.UsageError("Add --together, --apart or --undo: what is to be decided?")
        return None
    ((name, versions),) = named.items()
    return PoolingRule(
        versions=versions, pool=POOLS[name], item=item, codes=codes, reason=reason, by=BY
    )


def _find_versions(store: Store, request: Request) -> tuple[Instrument, ...]:
    try:
        return find_instruments(store, request)
    except ReportError as error:
        raise click.ClickException(str(error)) from error


def _apply(store: Store, request: Request, instruments: tuple[Instrument, ...], file: Path) -> None:
    with file.open("rb") as stream:
        content = stream.read(BYTE_LIMIT)
    rules, problems = read_rules(content, str(file), request.instrument)
    _refuse(problems)
    stored = load_pooling(store, request.study, request.instrument)
    new = tuple(replace(rule, by=_sign(rule.by)) for rule in find_new(stored, rules))
    if new:
        _add(store, request, instruments, new)
    else:
        click.echo("All of them are there already.", err=True)


def _sign(by: str) -> str:
    """Return who decided a rule of a file, and that it came in by command."""
    return by if by.endswith(BY) or not by else f"{by}, by {BY}"


def _add(
    store: Store,
    request: Request,
    instruments: tuple[Instrument, ...],
    rules: tuple[PoolingRule, ...],
) -> None:
    signed = tuple(replace(rule, by=rule.by or BY) for rule in rules)
    _refuse(add_rules(store, request.study, instruments, signed))
    click.echo(f"{_count(len(rules))} added.", err=True)


def _refuse(problems: tuple[str, ...]) -> None:
    if problems:
        raise click.ClickException("\n".join((*problems, "Nothing was added.")))


def _count(number: int) -> str:
    return f"{number} rule" if number == 1 else f"{number} rules"
