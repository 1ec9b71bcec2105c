"""A study's door: what it asks, the consent to it, and the beginning of a response."""

from dataclasses import replace
from typing import Any

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from survey_app.definition.consent import find_missing, read_ticks
from survey_app.storage.errors import NameTaken, NotInvited, NotOpen, StorageError
from survey_app.storage.records import Consent, Entrance, OpenResponse, ProtocolEntry
from survey_app.translations import use_language
from survey_app.web.addresses import section_of
from survey_app.web.catalogue import Door
from survey_app.web.context import services
from survey_app.web.exchange import Whole, lead_to
from survey_app.web.pages import FilledPage, Page, PreparedPage
from survey_app.web.security import hash_token
from survey_app.web.text import CleanForm
from survey_app.web.tickets import Ticket, read_ticket
from survey_app.web.visits import (
    Visit,
    keep_visit,
    make_client,
    next_visit,
    read_change,
)

STATUSES = {
    "stale": 400,
    "disagreed": 422,
    "unticked": 422,
    "miscoded": 422,
    "held_back": 429,
    "busy": 503,
}


def show_consent(door: Door, visit: Visit, **said: Any) -> Any:
    """Show the consent text with its button, and give the browser a cookie."""
    language = choose_language(door)
    raw = {"tick": CleanForm(request.form).getlist("tick")} if said else {}
    page = FilledPage(raw=raw, token_text=visit.token, client_text=make_client(), revision_number=0)
    if said:
        status = next((STATUSES[word] for word in said if said[word] and word in STATUSES), 200)
        response: Response | Whole = make_response(
            render_door(door, language, page, **said), status
        )
    else:
        response = Whole(_prepare_door(door, language).fill(page))
    keep_visit(response, visit)
    return response


def render_door(door: Door, language: str, page: Page, **said: Any) -> str:
    """Render a study's first page."""
    with use_language(language):
        return render_template(
            "participant/door.html",
            door=door,
            entries=[_instrument(entry) for entry in door.self_deliveries],
            consent=door.consent_form,
            page=page,
            language=language,
            is_test=door.is_trial,
            stage=door.stage,
            **{"ticket": None, **said},
        )


def _prepare_door(door: Door, language: str) -> PreparedPage:
    """Return the first page with holes, made once for as long as the door is remembered."""
    shown = (language, door.stage)
    if shown not in door.pages:
        door.pages[shown] = PreparedPage(lambda page: render_door(door, language, page))
    prepared: PreparedPage = door.pages[shown]
    return prepared


def begin(
    door: Door,
    visit: Visit,
    form: CleanForm,
    entry: ProtocolEntry | None = None,
    *,
    ticket: Ticket | None = None,
    after: str | None = None,
    same_consent: bool = False,
) -> Response | Any:
    """Begin a response, by an invitation if one is shown; the same page sent twice begins one.

    Who goes on ``after`` another response does so by the invitation that began that one, and with
    the ``same_consent`` if the text is still the same.
    """
    chosen = entry or (door.self_deliveries[0] if door.self_deliveries else None)
    if chosen is None or door.stage != "open":
        return show_consent(door, visit)
    language = choose_language(door)
    code_hash = ticket.code_hash if ticket else None
    entrance = Entrance(code_hash=code_hash, after=after, same_consent=same_consent)
    begun = next_visit(visit, form.get("client"))
    first = services().catalogue.instrument(chosen.instrument, chosen.version).sections[0]
    address = section_of(door.study.slug, first.key)
    response = lead_to(address)
    keep_visit(response, begun)
    try:
        _store_beginning(door, begun, form, chosen, language=language, entrance=entrance)
    except NameTaken:
        return response  # the same page was sent twice, and the other came first
    except NotInvited:
        return _show_uninvited(door, visit, ticket)
    except NotOpen:
        return show_consent(_look_again(door), visit)
    except StorageError:
        return show_consent(door, visit, busy=True, ticket=ticket, agreed=True)
    return response


def _look_again(door: Door) -> Door:
    """Return the door with the days that its study has by now; it was remembered from before."""
    study = services().store.studies.find(door.study.slug)
    return replace(door, study=study or door.study, pages={})


def _show_uninvited(door: Door, visit: Visit, ticket: Ticket | None) -> Any:
    """Show the door to somebody whose invitation is used up by now, or who has none.

    Where none was asked for, the door was remembered from before it did.
    """
    if not door.asks_for_code:
        study = replace(door.study, admission="invitation")
        door = replace(door, study=study, pages={})
    typed, by_link = (ticket.typed, ticket.by_link) if ticket else ("", False)
    latest = read_ticket(typed, door.study.slug, by_link=by_link)
    return show_consent(door, visit, ticket=latest, agreed=True, **latest.faults)


def following(door: Door, response: OpenResponse) -> ProtocolEntry | None:
    """Return the study's next open questionnaire after this response's."""
    if response.is_test or door.stage != "open":
        return None
    # Who began an older version goes on after the one that has taken its place.
    names = [entry.instrument for entry in door.self_deliveries]
    here = response.instrument
    place = names.index(here) + 1 if here in names else len(names)
    return door.self_deliveries[place] if place < len(names) else None


def choose_language(door: Door) -> str:
    """Return the language asked for by address or browser that the study speaks."""
    spoken = [
        language
        for entry in door.self_deliveries[:1]
        for language in services().catalogue.instrument(entry.instrument, entry.version).languages
    ] or ["en"]
    wanted = request.args.get("language", "")
    if wanted in spoken:
        return wanted
    return request.accept_languages.best_match(spoken, spoken[0]) or spoken[0]


def _store_beginning(
    door: Door,
    visit: Visit,
    form: CleanForm,
    entry: ProtocolEntry,
    *,
    language: str,
    entrance: Entrance,
) -> None:
    consent = None if entrance.same_consent else read_consent(door, form, language)
    services().store.responses.begin(
        study=door.study.slug,
        instrument=entry.instrument,
        version=entry.version,
        delivery="self",
        source="web",
        language=language,
        consent=consent,
        session_hash=hash_token(visit.session),
        link_hash=hash_token(visit.link),
        change=read_change(form, "consent", language),
        is_test=door.is_trial,
        entrance=entrance,
    )


def read_consent(door: Door, form: CleanForm, language: str) -> Consent | None:
    """Return the consent as it was ticked, with what was not; None where there is no text."""
    if door.consent is None or door.consent_form is None:
        return None
    ticks = {"agree": True, **read_ticks(door.consent_form.besides_recording, form.getlist("tick"))}
    return Consent(version=door.consent.version, language=language, ticks=ticks)


def find_unticked(door: Door, form: CleanForm) -> tuple[str, ...]:
    """Return the keys of the statements without which nobody takes part and that are not ticked."""
    statements = door.consent_form.besides_recording if door.consent_form else ()
    return find_missing(statements, read_ticks(statements, form.getlist("tick")))


def _instrument(entry: ProtocolEntry) -> Any:
    return services().catalogue.instrument(entry.instrument, entry.version)
