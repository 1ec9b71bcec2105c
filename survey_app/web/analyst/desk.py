"""The desk: an instrument's figures and tables, all of the responses that the address chooses.

Each table has an address of its own, as a page and as a piece of one: the desk's script fetches
the pieces one after another, and without it they are links.
"""

import re
from collections.abc import Callable
from typing import Any

from flask import abort, render_template, request

from survey_app.choices import Group
from survey_app.definition.items.base import say
from survey_app.filtering import comparison_words, delivery_words, state_words
from survey_app.jobs import MANY_RESPONSES
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.account.looking import note_look
from survey_app.web.analyst.blueprint import ROLES, blueprint
from survey_app.web.analyst.incoming_tables import (
    count_responses,
    list_figures,
    make_growth_tables,
    make_kinds_tables,
    make_times_tables,
)
from survey_app.web.analyst.named_tables import make_named_tables
from survey_app.web.analyst.place import PLACE, Place, find_place
from survey_app.web.analyst.question_tables import find_item, make_question_tables
from survey_app.web.analyst.section_tables import make_section_tables
from survey_app.web.analyst.tables import Table
from survey_app.web.analyst.uniqueness_tables import make_uniqueness_tables
from survey_app.web.context import services

NUMBER = re.compile(r"[0-9]{1,4}")
ITEM = "item-"
"""Begins the name of a question's tables, before its key."""
UNIQUENESS = "uniqueness"
NAMED = "named"
TABLES: dict[str, Callable[[Place], list[Table]]] = {
    "kinds": make_kinds_tables,
    "growth": make_growth_tables,
    "sections": make_section_tables,
    "times": make_times_tables,
}


@blueprint.get("/analysis/<study>/<instrument>")
@require_role(*ROLES)
def desk(study: str, instrument: str) -> Any:
    """Show the head figures, the filter, and where each table is."""
    place = find_place(study, instrument)
    note_look(study, instrument)
    return render_desk(place)


def render_desk(place: Place, problem: str = "", typed: str = "") -> str:
    """Return the page; with a `problem` it says why no file was made, and keeps what was typed."""
    return render_template(
        "analyst/desk.html",
        place=place,
        figures=list_figures(place),
        many=count_responses(place) > MANY_RESPONSES,
        titles=table_titles(),
        uniqueness=UNIQUENESS if place.withheld else "",
        named=NAMED,
        question_groups=list_questions(place),
        outdated=services().store.exports.list_outdated(place.study.slug, place.name),
        problem=problem,
        typed=typed,
        **list_options(place),
    )


@blueprint.get("/analysis/<study>/<instrument>/tables/<table>")
@require_role(*ROLES)
def table(study: str, instrument: str, table: str) -> Any:
    """Show the tables of one name on a page of their own."""
    place = find_place(study, instrument)
    return render_template("analyst/table.html", place=place, name=table, **_find(place, table))


@blueprint.get("/analysis/<study>/<instrument>/fragments/<table>")
@require_role(*ROLES)
def fragment(study: str, instrument: str, table: str) -> Any:
    """Return the tables of one name alone, for a page that is open.

    A page on which the same tables stand twice numbers their places, so that no id is there twice.
    """
    place = find_place(study, instrument)
    number = request.args.get(PLACE, "")
    name = f"{table}-{number}" if NUMBER.fullmatch(number) else table
    return render_template("analyst/_fragment.html", name=name, **_find(place, table))


def list_options(place: Place) -> dict[str, Any]:
    """Return what the form of the filter offers, as values and their words."""

    def group_options(group: Group) -> list[tuple[str, str]]:
        return [(code, say(text, place.language)) for code, text in group.options.items()]

    return {
        "versions": [(version, version) for version in place.choices.versions],
        "deliveries": list(delivery_words().items()),
        "states": list(state_words().items()),
        "comparisons": list(comparison_words(place.choices, place.language).items()),
        "group_options": group_options,
    }


def list_questions(place: Place) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sections of the chosen versions with their questions, retired ones last.

    Each in its newest words: a section's title, and the keys and words of its questions.
    """
    titles: dict[str, str] = {}
    questions: dict[str, dict[str, str]] = {}
    seen: set[str] = set()
    for instrument in place.renamed:
        for section in instrument.sections:
            titles.setdefault(section.key, say(section.title, place.language))
            for item in section.items:
                if item.columns() and item.key not in seen:
                    seen.add(item.key)
                    words = say(item.text, place.language)
                    questions.setdefault(section.key, {})[item.key] = words
    return [(titles[key], list(items.items())) for key, items in questions.items()]


def table_titles() -> dict[str, str]:
    """Return what the tables on the responses themselves are called, by name."""
    words = (
        _("What has come in"),
        _("How it grows"),
        _("How far they came"),
        _("How long it took"),
    )
    return dict(zip(TABLES, words, strict=True))


def find_tables(place: Place, name: str) -> list[Table]:
    """Return the tables of a name as they are kept, or counted now; 404 for no such name."""
    if name == UNIQUENESS and place.withheld:
        who = "lead" if place.may_override else "analyst"
        return place.keep(f"{name} {who}", lambda: make_uniqueness_tables(place))
    if name == NAMED:
        key = f"{name} {services().store.desk.interview_mark(place.study.slug)}"
        return place.keep(key, lambda: make_named_tables(place))
    make = TABLES.get(name)
    if make is None:
        key = _find_key(place, name)
        if not name.startswith(ITEM) or find_item(place, key) is None:
            abort(404)
        if key in place.withheld_keys:
            return []
        return place.keep(name, lambda: make_question_tables(place, key))
    return place.keep(name, lambda: make(place))


def _find(place: Place, name: str) -> dict[str, Any]:
    tables = find_tables(place, name)
    titles = table_titles() | {UNIQUENESS: _("Who can be told apart")}
    titles[NAMED] = _("Texts that may name somebody")
    title = titles.get(name) or _title_question(place, name)
    is_withheld = name.startswith(ITEM) and _find_key(place, name) in place.withheld_keys
    return {"tables": tables, "title": title, "is_withheld": is_withheld}


def _title_question(place: Place, name: str) -> Any:
    item = find_item(place, _find_key(place, name))
    return item.text if item is not None else ""


def _find_key(place: Place, name: str) -> str:
    """Return the newest key of the question that a table is named after, perhaps by an older."""
    return place.decided.lineage.find_any(name.removeprefix(ITEM))
