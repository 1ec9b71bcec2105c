"""The participant's pages: door, consent, one section a page, check, send, thank you."""

from typing import Any

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from survey_app.storage.errors import StorageError
from survey_app.web import doors, filling, leaving, renewal, withdrawing
from survey_app.web.addresses import check_of, consent_of, door_of, later_of, place_of, thanks_of
from survey_app.web.catalogue import Door
from survey_app.web.context import services
from survey_app.web.exchange import Whole, lead_to
from survey_app.web.filling import Filling, Saved
from survey_app.web.security import allow_without_token, hash_token, is_own_post
from survey_app.web.text import CleanForm
from survey_app.web.tickets import GOOD, HELD_BACK, MOST_LETTERS, UNREAD, Ticket, read_ticket
from survey_app.web.trials import find_trial
from survey_app.web.visits import begin_visit, current_visit, find_response, read_change

blueprint = Blueprint("participant", __name__)


@blueprint.get("/s/<study>")
def door(study: str) -> Any:
    """Show what the study asks and its consent text, or offer to go on."""
    opened = require_door(study)
    response = find_response(current_visit())
    live = response is not None and response.state != "withdrawn" and response.study == study
    if response is not None and leaving.is_over(opened, response):
        return leaving.show_over(opened, response)
    if response is not None and live and "anew" not in request.args:
        return leaving.show_choice(opened, filling.open_filling(current_visit(), response))
    return doors.show_consent(opened, begin_visit())


@blueprint.post("/s/<study>")
def consent(study: str) -> Any:
    """Begin a response once the participant agrees."""
    return agree(require_door(study))


def agree(opened: Door, ticket: Ticket | None = None) -> Any:
    """Begin a response behind a door whose consent box was ticked, else show the door again.

    By an invitation if one came with the link, or where the door asks for its code.
    """
    visit = begin_visit()
    form = CleanForm(request.form)
    agreed = form.get("agree") == "yes"
    unread = ticket or Ticket(typed=form.get("code")[:MOST_LETTERS], state=UNREAD)
    if not is_own_post(current_visit().cookie):
        return doors.show_consent(opened, visit, stale=True, ticket=unread, agreed=agreed)
    try:
        if ticket is None and opened.asks_for_code:
            ticket = read_ticket(unread.typed, opened.study.slug)
    except StorageError:
        return doors.show_consent(opened, visit, busy=True, ticket=unread, agreed=agreed)
    unticked = doors.find_unticked(opened, form)
    if not agreed or unticked:
        faults: dict[str, Any] = ticket.faults if ticket else {}
        faults |= {"disagreed": not agreed, "unticked": unticked, "agreed": agreed}
        return doors.show_consent(opened, visit, ticket=ticket, **faults)
    if ticket is not None and not ticket.is_known:
        return doors.show_consent(opened, visit, ticket=ticket, agreed=True, **ticket.faults)
    return doors.begin(opened, visit, form, ticket=ticket)


@blueprint.get("/i/<code>")
def offer_invitation(code: str) -> Any:
    """Show the door to somebody invited, or lead back to what was begun by the invitation."""
    ticket = read_ticket(code, by_link=True)
    if ticket.invitation is None:
        return show_no_invitation(ticket)
    opened = require_door(ticket.invitation.study)
    visit = current_visit()
    response = find_response(visit)
    if response is not None and ticket.began(response) and "anew" not in request.args:
        return lead_back(opened, ticket, filling.open_filling(visit, response))
    if ticket.state != GOOD:
        return render_template("participant/invitation_over.html", door=opened, ticket=ticket), 410
    return doors.show_consent(opened, begin_visit(), ticket=ticket)


@blueprint.post("/i/<code>")
def begin_invited(code: str) -> Any:
    """Begin a response by an invitation."""
    ticket = read_ticket(code, by_link=True)
    if ticket.invitation is None:
        return show_no_invitation(ticket)
    return agree(require_door(ticket.invitation.study), ticket)


def lead_back(opened: Door, ticket: Ticket, begun: Filling) -> Any:
    """Lead somebody invited to what they began, or offer the choice if more may begin."""
    if ticket.state == GOOD:
        return leaving.show_choice(opened, begun, anew=f"{request.path}?anew=1")
    sent = begun.response.state != "in_progress"
    return lead_to(thanks_of(opened.study.slug) if sent else leaving.left_address(begun))


def show_no_invitation(ticket: Ticket) -> tuple[str, int]:
    """Say that a link opens nothing, in one sentence for whatever the reason is."""
    status = 429 if ticket.state == HELD_BACK else 404
    return render_template("participant/no_invitation.html", ticket=ticket), status


@blueprint.get("/s/<study>/try/<name>/<version>/<token>")
def offer_trial(study: str, name: str, version: str, token: str) -> Any:
    """Show the door of a draft that is being tried."""
    del token  # it is read as a part of the address
    opened = find_trial(study, name, version, request.path)
    if opened is None:
        return render_template("participant/trial_over.html"), 404
    return doors.show_consent(opened, begin_visit())


@blueprint.post("/s/<study>/try/<name>/<version>/<token>")
def begin_trial(study: str, name: str, version: str, token: str) -> Any:
    """Begin a test response to the draft."""
    del token  # it is read as a part of the address
    opened = find_trial(study, name, version, request.path)
    if opened is None:
        return render_template("participant/trial_over.html"), 404
    return agree(opened)


@blueprint.get("/s/<study>/section/<key>")
def show_section(study: str, key: str) -> Any:
    """Show a section with what was typed before."""
    current = find_filling(study)
    if not isinstance(current, Filling):
        return current
    if key not in current.form.sections:
        abort(404)
    return filling.show_section(current, key)


@blueprint.post("/s/<study>/section/<key>")
def save_section(study: str, key: str) -> Any:
    """Save a section and go where the button says; nothing that was typed is lost.

    What was typed under an earlier consent text is saved; the next page asks for the newer one.
    """
    current = find_filling(study, asks=False)
    if not isinstance(current, Filling):
        return leaving.show_unsaved(require_door(study), key)
    if key not in current.form.sections:
        return leaving.show_lost_section(require_door(study), key)
    form = CleanForm(request.form)
    raw = current.form.sections[key].take_raw(form)
    if not is_own_post(current.visit.cookie):
        return filling.show_again(current, key, raw, notice="stale"), 400
    change = read_change(form, "section", current.form.language)
    action = form.get("action")
    checking = "check" in request.args
    try:
        saved = filling.save_section(current, key, raw, change, action=action, checking=checking)
    except StorageError:
        return filling.show_again(current, key, raw, notice="busy"), 503, {"Retry-After": "5"}
    return answer_save(current, key, action, saved)


def answer_save(current: Filling, key: str, action: str, saved: Saved) -> Any:
    """Lead to the next page, or show the same one with what stands in the way."""
    study = current.response.study
    if saved.outcome.status == "closed":
        return leaving.show_unsaved(require_door(study), key)
    if saved.outcome.status == "conflict":
        return leaving.show_conflict(current, key, saved), 409
    if action == "later":
        return lead_to(later_of(study))
    if saved.mistakes and action != "back":
        revision = saved.outcome.revision
        said = {"mistakes": saved.mistakes, "revision": revision}
        return filling.show_again(current, key, saved.raw, **said), 422
    return lead_to(place_of(study, saved.place))


@blueprint.get("/s/<study>/check")
def check(study: str) -> Any:
    """Show every answer, each with a way to change it."""
    current = find_filling(study)
    if not isinstance(current, Filling):
        return current
    return leaving.show_check(current, filling.fill_all(current))


@blueprint.post("/s/<study>/check")
def send(study: str) -> Any:
    """Send the response; thanks come only when it is on the disk."""
    current = find_filling(study)
    if not isinstance(current, Filling):
        return current
    filled = filling.fill_all(current)
    if not is_own_post(current.visit.cookie):
        return leaving.show_check(current, filled, notice="stale"), 400
    if filled.faulty_sections:
        return leaving.show_check(current, filled), 422
    change = read_change(CleanForm(request.form), "send", current.form.language)
    try:
        outcome = filling.send(current, filled, leaving.from_here(change, current))
    except StorageError:
        return leaving.show_check(current, filled, notice="busy"), 503, {"Retry-After": "5"}
    if outcome.status == "conflict":
        return lead_to(check_of(study))
    return lead_to(thanks_of(study))


@blueprint.get("/s/<study>/thanks")
def thanks(study: str) -> Any:
    """Show the receipt code and the private link of what was sent."""
    visit = current_visit()
    response = find_response(visit)
    if response is None or response.study != study or response.state == "in_progress":
        return lead_to(door_of(study))
    return leaving.show_thanks(require_door(study), visit, response)


@blueprint.post("/s/<study>/next")
def go_on(study: str) -> Any:
    """Begin the study's next questionnaire, under the same consent if its text is the same."""
    return renewal.go_on(require_door(study), current_visit())


@blueprint.get("/s/<study>/later")
def later(study: str) -> Any:
    """Show the private link with which the participant goes on later."""
    current = find_filling(study, asks=False)
    if not isinstance(current, Filling):
        return current
    return leaving.show_later(current)


@blueprint.get("/s/<study>/withdraw")
def offer_withdrawal(study: str) -> Any:
    """Ask once more before the answers that were given in this browser are withdrawn."""
    return withdrawing.ask_here(require_door(study), current_visit())


@blueprint.post("/s/<study>/withdraw")
def withdraw(study: str) -> Any:
    """Withdraw the answers that were given in this browser."""
    return withdrawing.withdraw_here(require_door(study), current_visit())


@blueprint.get("/r/<token>")
def offer_resume(token: str) -> Any:
    """Show buttons: a link that a mail program opens by itself must do nothing."""
    response = services().store.responses.by_link(hash_token(token))
    if response is None:
        return render_template("participant/link_unknown.html"), 404
    return withdrawing.show_link(response, token)


@blueprint.post("/r/<token>")
@allow_without_token
def resume(token: str) -> Any:
    """Exchange the private link for a cookie, or withdraw what it opens."""
    response = services().store.responses.by_link(hash_token(token))
    if response is None:
        return render_template("participant/link_unknown.html"), 404
    if request.form.get("action") == "withdraw":
        return withdrawing.withdraw_by_link(response, token)
    return leaving.resume(response, token)


def require_door(study: str) -> Door:
    """Return a study's door, or the page that says there is none."""
    opened = services().catalogue.door(study)
    if opened is None:
        abort(404)
    return opened


def find_filling(study: str, *, asks: bool = True) -> Filling | Response | Whole:
    """Return the response that this browser fills in, or lead to where it can begin or end.

    With `asks`, who agreed to an earlier consent text is led to the newer one first. What it takes
    to know that came with the response, and the door is in memory.
    """
    visit = current_visit()
    response = find_response(visit)
    if response is None or response.study != study:
        return lead_to(door_of(study))
    if response.state != "in_progress":
        return lead_to(thanks_of(study))
    opened = require_door(study)
    if leaving.is_over(opened, response):
        return leaving.show_over(opened, response)
    if asks and renewal.is_needed(opened, response):
        return lead_to(consent_of(study))
    return filling.open_filling(visit, response)
