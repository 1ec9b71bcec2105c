"""The table of how many texts may name somebody, before anything is handed on."""

from survey_app.named_texts import Review, review, say_kinds, say_named
from survey_app.translations import gettext as _
from survey_app.web.analyst.place import Place
from survey_app.web.analyst.tables import Row, Table, show_count
from survey_app.web.context import services


def make_named_tables(place: Place) -> list[Table]:
    """Return in how many texts of an instrument what was found; never what, and no names."""
    found = review(
        services().store, place.study.slug, services().catalogue.instrument, instrument=place.name
    )
    return [_make_table(place, found)]


def _make_table(place: Place, found: Review) -> Table:
    remarks = [_("Of all its texts, whatever is chosen above; nobody’s name was looked for here.")]
    if found.named:
        ask = _("they stand, each with its place, on the study’s page of names in texts.")
        if not place.may_override:
            ask = _("ask the study lead before you hand anything on.")
        remarks.append(f"{say_named(found.named)}: {ask}")
    return Table(
        caption=_("Texts that may name somebody"),
        part=_("by what was found in them"),
        scope=_("n = {n} answers in words, notes and remarks").format(n=show_count(found.texts)),
        heads=(_("What was found"), _("Texts")),
        rows=tuple(
            Row(head=say_kinds([kind]), cells=(show_count(found.counts[kind]),))
            for kind in ("email", "phone")
        ),
        remarks=tuple(remarks),
    )
