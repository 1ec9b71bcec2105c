"""Consent asked for once more: a newer text is shown before somebody goes on under it.

Answers given so far are kept whether they agree or not; who does not agree may leave or withdraw.
"""

from typing import Any

from flask import make_response, render_template, request

from survey_app.storage.errors import StorageError
from survey_app.storage.records import OpenResponse
from survey_app.translations import use_language
from survey_app.web import doors
from survey_app.web.addresses import consent_of, door_of, thanks_of
from survey_app.web.catalogue import Door
from survey_app.web.context import services
from survey_app.web.exchange import lead_to
from survey_app.web.filling import open_filling
from survey_app.web.leaving import is_over, left_address
from survey_app.web.pages import FilledPage
from survey_app.web.security import is_own_post
from survey_app.web.text import CleanForm
from survey_app.web.visits import Visit, find_response, make_client, read_change

STATUSES = {"": 200, "stale": 400, "unticked": 422, "busy": 503}


def is_needed(door: Door, response: OpenResponse) -> bool:
    """Whether somebody goes on only after a text that is newer than what they agreed to."""
    return door.consent is not None and response.consent_text != door.consent.id


def ask(door: Door, visit: Visit) -> Any:
    """Show the newer text, or lead on where nothing is to be asked."""
    response = find_response(visit)
    elsewhere = _find_elsewhere(door, visit, response)
    if response is None or elsewhere:
        return lead_to(elsewhere)
    return _show(door, visit, response)


def take(door: Door, visit: Visit) -> Any:
    """Store the consent and lead on; sent twice, it is stored once."""
    response = find_response(visit)
    elsewhere = _find_elsewhere(door, visit, response)
    if response is None or elsewhere:
        return lead_to(elsewhere)
    form = CleanForm(request.form)
    if not is_own_post(visit.cookie):
        return _show(door, visit, response, "stale")
    if form.get("agree") != "yes" or doors.find_unticked(door, form):
        return _show(door, visit, response, "unticked")
    if response.state != "in_progress":
        following = doors.following(door, response)
        return doors.begin(door, visit, form, entry=following, after=response.id)
    given = doors.read_consent(door, form, response.language)
    assert given is not None  # else nothing would have been asked
    change = read_change(form, "consent", response.language)
    try:
        services().store.consents.agree_again(response.id, change, given)
    except StorageError:
        return _show(door, visit, response, "busy")
    return lead_to(left_address(open_filling(visit, response)))


def go_on(door: Door, visit: Visit) -> Any:
    """Begin the next questionnaire under the same consent, or ask for one where its text is new."""
    response = find_response(visit)
    following = doors.following(door, response) if response is not None else None
    if response is None or following is None or not is_own_post(visit.cookie):
        return lead_to(thanks_of(door.study.slug))
    if is_needed(door, response):
        return lead_to(consent_of(door.study.slug))
    form = CleanForm(request.form)
    return doors.begin(door, visit, form, entry=following, after=response.id, same_consent=True)


def _find_elsewhere(door: Door, visit: Visit, response: OpenResponse | None) -> str:
    """Return where to lead somebody of whom nothing is asked here, else nothing."""
    study = door.study.slug
    if response is None or response.study != study or is_over(door, response):
        return door_of(study)  # which also says that the study has ended
    going_on = response.state == "in_progress"
    if not going_on and (response.state == "withdrawn" or doors.following(door, response) is None):
        return thanks_of(study)
    if is_needed(door, response):
        return ""
    return left_address(open_filling(visit, response)) if going_on else thanks_of(study)


def _show(door: Door, visit: Visit, response: OpenResponse, notice: str = "") -> Any:
    form = CleanForm(request.form)
    page = FilledPage(
        raw={"tick": form.getlist("tick"), "agree": form.getlist("agree")},
        token_text=visit.token,
        client_text=make_client(),
        revision_number=response.revision,
    )
    with use_language(response.language):
        text = render_template(
            "participant/consent.html",
            door=door,
            response=response,
            consent=door.consent_form,
            page=page,
            notice=notice,
            disagreed=notice == "unticked" and form.get("agree") != "yes",
            unticked=doors.find_unticked(door, form) if notice == "unticked" else (),
            language=response.language,
            is_test=response.is_test,
        )
    headers = {"Retry-After": "5"} if notice == "busy" else {}
    return make_response(text, STATUSES[notice], headers)
