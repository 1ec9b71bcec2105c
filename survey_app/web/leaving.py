"""The pages around a participant's sections: check, thanks, later, conflict, the private link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from flask import make_response, render_template, request

from survey_app.definition.fields import Mistake
from survey_app.definition.form import FilledResponse, ResponseForm
from survey_app.storage.records import Change, OpenResponse
from survey_app.translations import use_language
from survey_app.web import doors
from survey_app.web.addresses import check_of, door_of, section_of, thanks_of
from survey_app.web.catalogue import Door
from survey_app.web.context import services
from survey_app.web.exchange import Whole, lead_to
from survey_app.web.filling import (
    Filling,
    Saved,
    describe_answers,
    list_mistakes,
    make_page,
    render_section,
    show_again,
    title_of,
)
from survey_app.web.pages import FilledPage, Page, PreparedPage
from survey_app.web.security import hash_token, make_token
from survey_app.web.text import CleanForm
from survey_app.web.visits import (
    Visit,
    begin_visit,
    keep_visit,
    link_address,
    make_client,
    read_change,
    receipt_code,
)


@dataclass(frozen=True, kw_only=True)
class Thanks:
    """What a thank-you page shows, apart from the codes of one visit."""

    language: str
    state: str
    following: bool
    has_link: bool


def show_check(filling: Filling, filled: FilledResponse, notice: str = "") -> str | Whole:
    """Show every answer in words with a way to change it, and what still stands in the way."""
    page = FilledPage(
        raw={},
        token_text=filling.visit.token,
        client_text=make_client(),
        revision_number=filling.response.revision,
        hidden=_irrelevant(filled),
        answer_lines={
            item.key: describe_answers(filling.form, item, filled.answers.get(item.key, {}))
            for section in filling.form.sections.values()
            for item in section.asked
        },
    )
    mistakes = list(list_mistakes(filled))
    if mistakes or notice:
        return _render_check(filling.form, filling.response.study, page, mistakes, notice)
    return Whole(_prepare_check(filling.form, filling.response.study).fill(page))


@cache
def _prepare_check(form: ResponseForm, study: str) -> PreparedPage:
    return PreparedPage(lambda page: _render_check(form, study, page))


def _render_check(
    form: ResponseForm,
    study: str,
    page: Page,
    mistakes: Sequence[tuple[str, Mistake]] = (),
    notice: str = "",
) -> str:
    with use_language(form.language):
        return render_template(
            "participant/check.html",
            form=form,
            study=study,
            study_title=title_of(study),
            page=page,
            mistakes=mistakes,
            notice=notice,
            language=form.language,
        )


def show_thanks(door: Door, visit: Visit, response: OpenResponse) -> Whole:
    """Show the receipt of a response that is on the disk, and its private link."""
    link = link_address(visit, response)
    page = FilledPage(
        raw={},
        token_text=visit.token,
        client_text=make_client(),
        revision_number=response.revision,
        texts={"receipt": receipt_code(response), "link": link or ""},
    )
    following = doors.following(door, response) is not None
    shown = Thanks(
        language=response.language,
        state=response.state,
        following=following,
        has_link=link is not None,
    )
    if shown not in door.pages:
        door.pages[shown] = PreparedPage(lambda holes: _render_thanks(door, shown, holes))
    prepared: PreparedPage = door.pages[shown]
    return Whole(prepared.fill(page))


def _render_thanks(door: Door, shown: Thanks, page: Page) -> str:
    with use_language(shown.language):
        return render_template("participant/thanks.html", door=door, page=page, **vars(shown))


def show_later(filling: Filling) -> str:
    """Show the private link with which the participant goes on."""
    with use_language(filling.form.language):
        return render_template(
            "participant/later.html",
            filling=filling,
            study_title=title_of(filling.response.study),
            link=link_address(filling.visit, filling.response),
        )


def show_conflict(filling: Filling, key: str, saved: Saved) -> str:
    """Show what was typed here beside what was saved from another window meanwhile."""
    form = filling.form.sections[key]
    there = form.fill(saved.outcome.stored_raw or {}, filling.values)
    here = form.fill(saved.raw, filling.values)
    differences = [
        (
            item,
            describe_answers(filling.form, item, theirs),
            describe_answers(filling.form, item, ours),
        )
        for item in form.asked
        if (theirs := there.answers.get(item.key, {})) != (ours := here.answers.get(item.key, {}))
    ]
    said = {"revision": saved.outcome.revision, "differences": differences}
    return show_again(filling, key, saved.raw, notice="conflict", **said)


def show_lost_section(door: Door, key: str) -> Any:
    """Show a posted section again in a browser that has lost its cookie; nothing is saved."""
    if not door.self_deliveries:
        return lead_to(door_of(door.study.slug))
    visit = begin_visit()
    entry = door.self_deliveries[0]
    language = doors.choose_language(door)
    form = services().catalogue.response_form(entry.instrument, entry.version, language)
    if key not in form.sections:
        return lead_to(door_of(door.study.slug))
    empty = _nobody(door, entry.instrument, entry.version, language)
    raw = form.sections[key].take_raw(CleanForm(request.form))
    filling = Filling(visit=visit, response=empty, form=form)
    page = make_page(filling, form.sections[key], raw)
    text = render_section(form, door.study.slug, key, page, notice="lost")
    response = make_response(text, 400)
    keep_visit(response, visit)
    return response


def resume(response: OpenResponse, token: str) -> Any:
    """Give this browser the response that the link opens."""
    visit = Visit(make_token(), token)
    services().store.responses.attach_session(response.id, hash_token(visit.session))
    if response.state == "in_progress":
        form = services().catalogue.response_form(
            response.instrument, response.version, response.language
        )
        page_address = _first_open(response, form.order)
    else:
        page_address = thanks_of(response.study)
    answer = lead_to(page_address)
    keep_visit(answer, visit)
    return answer


def withdraw(response: OpenResponse, token: str) -> Any:
    """Ask once more, then erase the answers; what stays says only that one was withdrawn."""
    with use_language(response.language):
        if request.form.get("sure") != "yes":
            return render_template("participant/withdraw.html", response=response, token=token)
        change = read_change(CleanForm(request.form), "withdraw", response.language)
        services().store.responses.withdraw(response.id, change, scope="response")
        return render_template("participant/withdrawn.html", response=response)


def from_here(change: Change, filling: Filling) -> Change:
    """Return the change as based on what was read just now, which is what is being sent."""
    return replace(change, base_revision=filling.response.revision)


def _irrelevant(filled: FilledResponse) -> frozenset[str]:
    shown = {key for section in filled.sections.values() for key in section.fields}
    return frozenset(set(filled.answers) - shown)


def _first_open(response: OpenResponse, order: tuple[str, ...]) -> str:
    sections = response.draft.get("sections", {})
    known = sections if isinstance(sections, dict) else {}
    for key in order:
        if key not in known:
            return section_of(response.study, key)
    return check_of(response.study)


def _nobody(door: Door, instrument: str, version: str, language: str) -> OpenResponse:
    return OpenResponse(
        id="",
        study=door.study.slug,
        instrument=instrument,
        version=version,
        delivery="self",
        state="in_progress",
        revision=0,
        language=language,
        draft={},
        link_hash=None,
        is_test=False,
        anonymous=door.study.anonymous,
    )
