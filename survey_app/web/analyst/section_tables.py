"""How far participants came, and what interviews touched, section by section."""

from collections.abc import Iterable, Sequence

from survey_app.definition.instrument import Instrument
from survey_app.definition.items.base import say
from survey_app.storage.records import SectionCount
from survey_app.translations import gettext as _
from survey_app.web.analyst.incoming_tables import count_kinds
from survey_app.web.analyst.place import Place
from survey_app.web.analyst.tables import Row, Table, show_count, show_percent
from survey_app.web.context import services


def make_section_tables(place: Place) -> list[Table]:
    """Return the completion of what participants filled in, and of interviews, where there are."""
    found = {each.delivery for each in count_kinds(place) if each.state != "withdrawn"}
    tables = [_make_completion(place)] if "self" in found or not found else []
    return [*tables, *([_make_heard(place)] if "interviewer" in found else [])]


def _make_completion(place: Place) -> Table:
    desk = services().store.desk
    counts = [
        each
        for instrument in place.versions
        for each in desk.sections(
            place.selection, instrument.version, [section.key for section in instrument.sections]
        )
    ]
    rows = []
    for title, found in _by_section(place.versions, counts):
        begun, reached, saved = _add_up(found)
        numbers = (begun, reached, saved, reached - saved)
        cells = (*map(show_count, numbers), show_percent(saved, begun))
        rows.append(Row(head=title, cells=cells, share=saved / begun if begun else 0.0))
    return Table(
        caption=_("How far they came"),
        part=_("participants by themselves, by section"),
        scope=_scope(place, counts),
        heads=(
            *(_("Section"), _("Began"), _("Reached it"), _("Saved it")),
            *(_("Reached and did not save"), _("Saved, of those who began")),
        ),
        rows=tuple(rows),
        remarks=(
            _(
                "Submitted: whoever sent the answers has been through every section and has saved "
                "it, also where it was left blank."
            ),
            _(
                "In progress: a section is saved once its page was left with a button, as the "
                "draft says; it was reached once it, the section before it or a later one was "
                "saved. The first was reached by everybody who began."
            ),
            _("Withdrawn: how far they came was erased with them, so they are not counted here."),
        ),
    )


def _make_heard(place: Place) -> Table:
    desk = services().store.desk
    counts = [
        each
        for instrument in place.versions
        for each in desk.heard(
            place.selection,
            instrument.version,
            {section.key: [item.key for item in section.items] for section in instrument.sections},
        )
    ]
    rows = []
    for title, found in _by_section(place.versions, counts):
        begun, _reached, heard = _add_up(found)
        cells = (show_count(begun), show_count(heard), show_percent(heard, begun))
        rows.append(Row(head=title, cells=cells, share=heard / begun if begun else 0.0))
    return Table(
        caption=_("How far they came"),
        part=_("interviews in which something was recorded, by section"),
        scope=_scope(place, counts),
        heads=(_("Section"), _("Interviews"), _("Something recorded"), _("Of the interviews")),
        rows=tuple(rows),
        remarks=(
            _(
                "An interviewer moves freely between the sections, so that nobody drops out at "
                "one. Counted is an answer, a note, or a mark that says more than “not reached” "
                "or “not asked”. Withdrawn interviews are not counted."
            ),
        ),
    )


def _by_section(
    versions: Sequence[Instrument], counts: Iterable[SectionCount]
) -> Iterable[tuple[str, list[SectionCount]]]:
    """Yield each section's newest title with its counts in the versions that have it."""
    found = list(counts)
    titles: dict[str, str] = {}
    for instrument in versions:
        for section in instrument.sections:
            titles.setdefault(section.key, say(section.title, instrument.languages[0]))
    for key, title in titles.items():
        yield title, [each for each in found if each.section == key]


def _add_up(counts: list[SectionCount]) -> tuple[int, int, int]:
    return (
        sum(each.begun for each in counts),
        sum(each.reached for each in counts),
        sum(each.saved for each in counts),
    )


def _scope(place: Place, counts: Iterable[SectionCount]) -> str:
    begun = {each.version: each.begun for each in counts}
    return _("n = {n}; {filter}").format(n=show_count(sum(begun.values())), filter=place.words)
