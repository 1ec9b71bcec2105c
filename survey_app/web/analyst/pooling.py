"""Which versions are counted together, why, and deciding otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from flask import redirect, render_template, request, url_for

from survey_app.definition.items.base import say
from survey_app.definition.pooling import Division, Pooling, PoolingRule
from survey_app.definition.pooling.words import (
    by_numbers,
    describe_codes,
    describe_reason,
    describe_rule,
)
from survey_app.pooling import add_rules
from survey_app.storage.errors import StorageError
from survey_app.translations import gettext as _
from survey_app.web.access import current_staff, require_role
from survey_app.web.analyst.blueprint import ROLES, blueprint
from survey_app.web.analyst.place import Place, find_place
from survey_app.web.analyst.pooling_form import EMPTY, Filled, Mistake, read_form
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.text import CleanForm

MINUTES = len("2026-11-26T12:00")


@dataclass(frozen=True, kw_only=True)
class Counted:
    """How the versions of a question are counted: its words, the groups in words, and why."""

    key: str
    words: str
    groups: tuple[str, ...]
    why: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A rule as the page tells it; one that `stands` can be taken back in a field of that `id`."""

    id: str
    rule: PoolingRule
    said: str
    time: str
    stands: bool


@blueprint.get("/analysis/<study>/<instrument>/pooling")
@require_role(*ROLES)
def pooling(study: str, instrument: str) -> Any:
    """Show which versions are counted together, why, and the form to decide otherwise."""
    return show_page(find_place(study, instrument), EMPTY)


@blueprint.post("/analysis/<study>/<instrument>/pooling")
@keep_typed
@require_role(*ROLES)
def pool(study: str, instrument: str) -> Any:
    """Add what was decided and lead back to the page, or say what is wrong with it."""
    place, staff = find_place(study, instrument), current_staff()
    filled = read_form(CleanForm(request.form))
    if not filled.mistakes and staff is not None:
        rule = filled.to_rule(staff.account.name)
        problems = () if is_done(place, rule) else _add(place, rule)
        if not problems:
            address = url_for(".pooling", study=study, instrument=instrument)
            return redirect(f"{address}?{place.query}" if place.query else address, 303)
        filled = replace(filled, mistakes=tuple(Mistake("versions", each) for each in problems))
    return show_page(place, filled), 422


def is_done(place: Place, rule: PoolingRule) -> bool:
    """Whether nothing is left to decide: the same page was sent twice, or another was faster."""
    rules = place.decided.rules
    if rules and rules[-1].is_like(rule) and rules[-1].by == rule.by:
        return True
    standing = Pooling(rules).standing
    return rule.pool is None and all(each.about != rule.about for each in standing)


def show_page(place: Place, filled: Filled) -> str:
    """Render the page with the form as it was filled."""
    decisions = list(list_decisions(place))
    is_undoing = filled.pool == "undo"
    return render_template(
        "analyst/pooling.html",
        place=place,
        counted=list(list_counted(place)),
        decisions=decisions,
        questions=list_questions(place),
        filled=EMPTY if is_undoing else filled,
        undone=filled,
        mistakes=_lead_to_undoing(filled, decisions) if is_undoing else filled.mistakes,
    )


def _add(place: Place, rule: PoolingRule) -> tuple[str, ...]:
    try:
        return add_rules(services().store, place.study.slug, place.instruments, (rule,))
    except StorageError as error:
        # What was typed comes back, so that it can be sent once more.
        return (str(error),)


def _lead_to_undoing(filled: Filled, decisions: list[Decision]) -> tuple[Mistake, ...]:
    """Return the mistakes with the id of the field of the decision that was to be undone."""
    about = filled.item, frozenset(filled.versions)
    found = (each.id for each in decisions if each.stands and each.rule.about == about)
    name = next(found, "decisions")
    return tuple(replace(mistake, name=name) for mistake in filled.mistakes)


def list_counted(place: Place) -> Iterator[Counted]:
    """Yield how most questions are counted, and each that is counted otherwise."""
    decided = place.decided
    usual = _("All other questions") if decided.exceptions else _("All questions")
    yield _count(decided.divide(), "", usual)
    words = dict(list_questions(place))
    for key in decided.exceptions:
        yield _count(decided.divide(key), key, words.get(key, key))


def list_decisions(place: Place) -> Iterator[Decision]:
    """Yield all rules, what was decided last first."""
    decided = place.decided
    standing = decided.pooling.standing
    pairs = zip(decided.rules, decided.pooling.rules, strict=True)
    for number, (rule, followed) in reversed([*enumerate(pairs, 1)]):
        yield Decision(
            id=f"undo-{number}",
            rule=rule,
            said=describe_rule(rule),
            time=rule.at[:MINUTES].replace("T", " "),
            stands=any(followed is each for each in standing),
        )


def list_questions(place: Place) -> list[tuple[str, str]]:
    """Return the questions that have columns with their newest words, by their newest keys."""
    words: dict[str, str] = {}
    for instrument in place.decided.instruments:
        for item in instrument.items:
            if item.columns():
                words.setdefault(item.key, say(item.text, place.language))
    return list(words.items())


def _count(division: Division, key: str, words: str) -> Counted:
    versions = [each.version for group in division.groups for each in group]
    rules = division.find_rules(versions)
    return Counted(
        key=key,
        words=words,
        groups=tuple(
            ", ".join(each.version for each in group[::-1]) for group in division.groups[::-1]
        ),
        why=tuple(map(_say_why, rules)) or (by_numbers(len(division.groups)),),
    )


def _say_why(rule: PoolingRule) -> str:
    reason = describe_reason(rule)
    return f"{reason}: {describe_codes(rule.codes)}" if rule.codes else reason
