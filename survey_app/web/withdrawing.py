"""Withdrawing answers: asked once more, then erased, from the foot of a page or the private link.

Both ways lead to the same page. From the foot it is the browser's cookie that knows the answers,
so that no page holds the private link in an address; the link itself works on any device.
"""

from dataclasses import dataclass
from typing import Any, cast

from flask import current_app, render_template, request

from survey_app.storage.errors import StorageError
from survey_app.storage.records import OpenResponse
from survey_app.translations import use_language
from survey_app.web.addresses import link_of, place_of, thanks_of, withdrawal_of
from survey_app.web.analyst.outdated import discard_outdated
from survey_app.web.catalogue import Door
from survey_app.web.context import services
from survey_app.web.doors import choose_language
from survey_app.web.exchange import Application, lead_to
from survey_app.web.filling import forget, open_filling, title_of
from survey_app.web.leaving import is_over
from survey_app.web.security import is_own_post
from survey_app.web.text import CleanForm
from survey_app.web.visits import Visit, find_own, make_client, read_change

STATUSES = {"": 200, "stale": 400, "busy": 503}


@dataclass(frozen=True, kw_only=True)
class _Question:
    """What the page asks of: a response, where its buttons lead, and the token of its post."""

    response: OpenResponse
    yes: str
    no: str
    token: str = ""


def show_link(response: OpenResponse, token: str) -> str:
    """Show what the private link opens and the buttons for it."""
    door = services().catalogue.door(response.study)
    over = door is not None and is_over(door, response)
    return _render("resume", response, token=token, over=over)


def withdraw_by_link(response: OpenResponse, token: str) -> Any:
    """Ask once more, then erase what a private link opens."""
    address = link_of(token)
    question = _Question(response=response, yes=address, no=address)
    if request.form.get("sure") != "yes":
        return _ask(question)
    return _erase(question) or _render("withdrawn", response)


def ask_here(door: Door, visit: Visit) -> Any:
    """Ask once more, for the answers that this browser's cookie opens."""
    question = _question_here(door, visit)
    return _ask(question) if isinstance(question, _Question) else question


def withdraw_here(door: Door, visit: Visit) -> Any:
    """Erase the answers that this browser's cookie opens."""
    question = _question_here(door, visit)
    if not isinstance(question, _Question):
        return question
    if not is_own_post(visit.cookie):
        return _ask(question, "stale")
    return _erase(question) or lead_to(thanks_of(door.study.slug))


def _question_here(door: Door, visit: Visit) -> Any:
    """Return what is to be asked here, or the answer where there is nothing to ask."""
    study = door.study.slug
    response = find_own(visit)
    if response is None or response.study != study:
        language = choose_language(door)
        with use_language(language):
            page = render_template("participant/not_known.html", door=door, language=language)
        return page, 404
    if response.state == "withdrawn":
        return lead_to(thanks_of(study))
    back = thanks_of(study)
    if response.state == "in_progress":
        back = place_of(study, open_filling(visit, response).left_place)
    address = withdrawal_of(study)
    return _Question(response=response, yes=address, no=back, token=visit.token)


def _ask(question: _Question, notice: str = "") -> Any:
    said = {"question": question, "notice": notice, "client": make_client()}
    headers = {"Retry-After": "5"} if notice == "busy" else {}
    return _render("withdraw", question.response, **said), STATUSES[notice], headers


def _erase(question: _Question) -> Any:
    """Erase the answers; return a page that says so where it could not be done just now."""
    response = question.response
    change = read_change(CleanForm(request.form), "withdraw", response.language)
    try:
        services().store.responses.withdraw(
            response.id, change, scope="response", meanwhile=discard_made
        )
    except StorageError:
        return _ask(question, "busy")
    forget(response.id)
    return None


def discard_made() -> None:
    """Delete what was made of the answers; while what is being made ends, others have the turn."""
    with cast("Application", current_app).turn.lent():
        discard_outdated()


def _render(page: str, response: OpenResponse, **said: Any) -> str:
    door = services().catalogue.door(response.study)
    with use_language(response.language):
        return render_template(
            f"participant/{page}.html",
            response=response,
            study_title=title_of(response.study),
            is_test=response.is_test,
            traces=services().store.traces_remain,
            frozen_on=door.frozen_on if door is not None else None,
            **said,
        )
