"""Reading single responses: a list of them by their ids, and each in its own version's words."""

from typing import Any

from flask import abort, render_template, request

from survey_app.definition.consent import QUOTED
from survey_app.filtering import delivery_words, state_words
from survey_app.storage.records import GivenConsent, ResponseRecord
from survey_app.translations import gettext as _
from survey_app.web.access import require_role
from survey_app.web.analyst.blueprint import ROLES, blueprint
from survey_app.web.analyst.incoming_tables import count_kinds
from survey_app.web.analyst.place import PAGE, find_place
from survey_app.web.analyst.recorded_words import Recorded, tell_sections, whole_notes
from survey_app.web.context import services

ON_A_PAGE = 50
MOST_DIGITS = 9


@blueprint.get("/analysis/<study>/<instrument>/responses")
@require_role(*ROLES)
def responses(study: str, instrument: str) -> Any:
    """List the responses that the filter chooses, what changed last first."""
    place = find_place(study, instrument)
    count = sum(each.count for each in count_kinds(place))
    pages = max(1, -(-count // ON_A_PAGE))
    page = min(_read_page(), pages)
    skip = (page - 1) * ON_A_PAGE
    desk, selection = services().store.desk, place.selection
    found = place.keep(
        f"responses {page}", lambda: desk.list(selection, limit=ON_A_PAGE, skip=skip)
    )
    return render_template(
        "analyst/responses.html",
        place=place,
        responses=found,
        count=count,
        page=page,
        pages=pages,
        first=skip + 1,
        deliveries=delivery_words(),
        states=state_words(),
    )


@blueprint.get("/analysis/<study>/<instrument>/response/<response_id>")
@require_role(*ROLES)
def response(study: str, instrument: str, response_id: str) -> Any:
    """Show a response in the words of the version that asked."""
    place = find_place(study, instrument)
    found = services().store.responses.find(response_id)
    if found is None or (found.study, found.instrument) != (study, instrument):
        abort(404)
    desk = services().store.desk
    recorded = Recorded(
        response=found,
        marks=desk.marks(response_id),
        item_marks=desk.item_marks(response_id),
        notes=desk.notes(response_id),
    )
    version = services().catalogue.instrument(found.instrument, found.version)
    language = found.language if found.language in version.languages else version.languages[0]
    return render_template(
        "analyst/response.html",
        place=place,
        response=found,
        version=version,
        words=language,
        sections=list(tell_sections(version, recorded, language, place.withheld_keys)),
        notes=whole_notes(recorded),
        facts=list_facts(found),
        note_kinds=note_kinds(),
    )


def list_facts(response: ResponseRecord) -> list[tuple[str, str]]:
    """Return what is known of a response beside its answers; never of whom it is."""
    consents = services().store.consents.of_response(response.id)
    facts = [
        (_("Response"), response.id),
        (_("Version"), f"{response.instrument} {response.version}"),
        (_("Filled in"), delivery_words()[response.delivery]),
        (_("Medium"), response.source),
        (_("Language"), response.language),
        (_("State"), state_words()[response.state]),
        (_("Begun (UTC)"), _say_moment(response.started)),
        (_("Changed (UTC)"), _say_moment(response.updated)),
        (_("Submitted (UTC)"), _say_moment(response.submitted)),
        (_("Withdrawn on"), _say_moment(response.withdrawn_on)),
        (_("Consent"), say_consent(consents[0]) if consents else ""),
    ]
    return [(head, fact) for head, fact in facts if fact]


def say_consent(given: GivenConsent) -> str:
    """Return under which text a response was given, and whether its words may be quoted."""
    version = _("text version {version}").format(version=given.text.version)
    match given.ticks.get(QUOTED):
        case True:
            return _("{version}; may be quoted").format(version=version)
        case False:
            return _("{version}; may not be quoted").format(version=version)
    return version


def note_kinds() -> dict[str, str]:
    """Return what a note of each kind is called."""
    return {
        "note": _("Note"),
        "quote": _("Quote"),
        "summary": _("Contact summary"),
        "journal": _("Journal"),
        "observer": _("Observer’s note"),
    }


def _say_moment(at: str | None) -> str:
    return at[:16].replace("T", " ") if at else ""


def _read_page() -> int:
    """Return the number of the page that is asked for, 1 for whatever is none."""
    text = request.args.get(PAGE, "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS else 1
    return max(1, number)
