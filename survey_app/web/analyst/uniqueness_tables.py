"""The tables of how many people stand alone in what might tell who answered."""

from dataclasses import replace

from survey_app.disclosure.profiles import list_stored_names, tell_profiles
from survey_app.disclosure.uniqueness import FEW, Uniqueness, find_uniqueness
from survey_app.storage.records import Selection
from survey_app.storage.records.selection import EVERY
from survey_app.translations import gettext as _
from survey_app.web.analyst.place import Place
from survey_app.web.analyst.tables import Row, Table, show_count, show_percent
from survey_app.web.context import services

MOST_SHOWN = 200


def make_uniqueness_tables(place: Place) -> list[Table]:
    """Return how many can be told apart; the answers themselves only to who may have them."""
    found = _find(place)
    if not found.people and place.may_override:
        return []
    tables = [_make_head(place, found), _make_shares(place, found)]
    if place.may_override and found.profiles:
        tables.append(_make_profiles(place, found))
    return tables


def _find(place: Place) -> Uniqueness:
    lineage = place.decided.lineage
    keys = tuple(each.key for each in place.withheld if not each.because)
    selection = _select(place)
    asked = {each.version: each for each in place.decided.instruments}
    names = list_stored_names(keys, selection.versions, lineage)
    counts = services().store.desk.profiles(selection, names)
    return find_uniqueness(keys, tell_profiles(keys, counts, asked, lineage, place.language))


def _select(place: Place) -> Selection:
    """Return whom to count: all but test responses for who may not have the answers.

    A choice of two people that says whether they are alone says whether they answered alike.
    """
    if place.may_override:
        return place.selection
    return replace(
        place.selection, versions=place.choices.versions, include_test=False, conditions=EVERY
    )


def _make_head(place: Place, found: Uniqueness) -> Table:
    return Table(
        caption=_("Who can be told apart"),
        part=_("by {questions} together").format(questions=", ".join(found.keys)),
        scope=_scope(place, found),
        heads=(_("Of these people"), _("Number"), _("Of all")),
        rows=(
            _count(_("alone with their answers"), found.alone, found.people),
            _count(
                _("alone, or with so few others that they are fewer than {few}").format(few=FEW),
                found.few,
                found.people,
            ),
        ),
    )


def _make_shares(place: Place, found: Uniqueness) -> Table:
    return Table(
        caption=_("What each question adds"),
        part=_("how many people are alone with their answers"),
        scope=_scope(place, found),
        heads=(_("Question"), _("By it alone"), _("By all the others, without it")),
        rows=tuple(
            Row(head=each.key, cells=(show_count(each.alone), show_count(each.without)))
            for each in found.shares
        ),
    )


def _make_profiles(place: Place, found: Uniqueness) -> Table:
    shown = found.profiles[:MOST_SHOWN]
    remarks = [_("Only study leads see this table: who knows these answers knows the person.")]
    if len(found.profiles) > len(shown):
        rest = _("{count} more are not shown.")
        remarks.append(rest.format(count=len(found.profiles) - len(shown)))
    return Table(
        caption=_("Answers that fewer than {few} people have in common").format(few=FEW),
        part=", ".join(found.keys),
        scope=_scope(place, found),
        heads=(*found.keys, _("People")),
        rows=tuple(
            Row(head=profile[0], cells=(*profile[1:], show_count(count)))
            for profile, count in shown
        ),
        remarks=tuple(remarks),
        words=len(found.keys),
    )


def _count(words: str, number: int, people: int) -> Row:
    return Row(
        head=words,
        cells=(show_count(number), show_percent(number, people)),
        share=number / people if people else None,
    )


def _scope(place: Place, found: Uniqueness) -> str:
    words = place.words if place.may_override else _("all but test responses")
    return _("n = {n} responses that are not withdrawn; {filter}").format(
        n=show_count(found.people), filter=words
    )
