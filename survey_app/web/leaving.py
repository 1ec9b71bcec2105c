"""The pages around a participant's sections: check, thanks, later, conflict, the private link."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Self

from flask import make_response, render_template, request
from werkzeug.wrappers import Response

from survey_app.definition.fields import Mistake
from survey_app.definition.form import FilledResponse, ResponseForm
from survey_app.storage.records import Change, OpenResponse
from survey_app.translations import use_language
from survey_app.web import doors
from survey_app.web.addresses import door_of, place_of, section_of, thanks_of
from survey_app.web.answers import describe_answers, describe_response, list_wrong
from survey_app.web.catalogue import Door
from survey_app.web.context import services
from survey_app.web.exchange import Whole, lead_to
from survey_app.web.filling import (
    Filling,
    Saved,
    list_mistakes,
    make_page,
    open_filling,
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
    current_visit,
    find_response,
    keep_visit,
    link_address,
    make_client,
    receipt_code,
)


@dataclass(frozen=True, kw_only=True)
class Thanks:
    """What a thank-you page shows, apart from the codes of one visit."""

    language: str
    state: str
    following: bool
    has_link: bool
    is_test: bool
    traces: bool
    frozen_on: str | None


@dataclass(frozen=True)
class _Checked:
    """Whose answers the check page shows, apart from what one visit typed."""

    form: ResponseForm
    study: str
    is_test: bool

    @classmethod
    def of(cls, filling: Filling) -> Self:
        return cls(filling.form, filling.response.study, filling.response.is_test)


def show_check(filling: Filling, filled: FilledResponse, notice: str = "") -> str | Whole:
    """Show every answer in words with a way to change it, and what still stands in the way."""
    page = FilledPage(
        raw={},
        token_text=filling.visit.token,
        client_text=make_client(),
        revision_number=filling.response.revision,
        hidden=_irrelevant(filled),
        answer_lines=describe_response(filling.form, filled, filling.drafts),
        answer_mistakes={
            item: wrong
            for section in filled.sections.values()
            for item, wrong in list_wrong(section).items()
        },
    )
    mistakes = list(list_mistakes(filled))
    if mistakes or notice:
        return _render_check(_Checked.of(filling), page, mistakes, notice)
    with use_language(filling.form.language):
        return Whole(_prepare_check(_Checked.of(filling)).fill(page))


@cache
def _prepare_check(checked: _Checked) -> PreparedPage:
    return PreparedPage(lambda page: _render_check(checked, page))


def _render_check(
    checked: _Checked,
    page: Page,
    mistakes: Sequence[tuple[str, Mistake]] = (),
    notice: str = "",
) -> str:
    form, study = checked.form, checked.study
    with use_language(form.language):
        return render_template(
            "participant/check.html",
            form=form,
            study=study,
            study_title=title_of(study),
            page=page,
            mistakes=[mistake for _, mistake in mistakes],
            addresses=[f"{section_of(study, key)}?check=1" for key, _ in mistakes],
            back=section_of(study, form.order[-1]),
            notice=notice,
            language=form.language,
            is_test=checked.is_test,
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
        is_test=response.is_test,
        traces=services().store.traces_remain,
        frozen_on=door.frozen_on if response.state == "withdrawn" else None,
    )
    if shown not in door.pages:
        door.pages[shown] = PreparedPage(lambda holes: _render_thanks(door, shown, holes))
    prepared: PreparedPage = door.pages[shown]
    return Whole(prepared.fill(page))


def _render_thanks(door: Door, shown: Thanks, page: Page) -> str:
    with use_language(shown.language):
        return render_template("participant/thanks.html", door=door, page=page, **vars(shown))


def show_choice(door: Door, filling: Filling, anew: str = "") -> str:
    """Offer to go on where the response was left or to start anew; no answer is shown."""
    with use_language(filling.response.language):
        return render_template(
            "participant/choice.html",
            door=door,
            response=filling.response,
            go_on=left_address(filling),
            anew=anew or f"{door_of(door.study.slug)}?anew=1",
            is_test=filling.response.is_test,
        )


def left_address(filling: Filling) -> str:
    """Return the address of the page that was left last, where the participant goes on."""
    return place_of(filling.response.study, filling.left_place)


def is_over(door: Door, response: OpenResponse) -> bool:
    """Whether a response was begun and its study has ended for those who began, too."""
    return (
        door.study.closes is not None
        and response.state == "in_progress"
        and response.study == door.study.slug
        and not response.is_test
        and door.stage == "over"
    )


def show_over(door: Door, response: OpenResponse) -> Response:
    """Say that the study has ended, what is kept, and how to withdraw it."""
    with use_language(response.language):
        page = render_template("participant/over.html", door=door, response=response)
    return make_response(page)


def show_later(filling: Filling) -> str:
    """Show the private link with which the participant goes on."""
    with use_language(filling.form.language):
        return render_template(
            "participant/later.html",
            filling=filling,
            study_title=title_of(filling.response.study),
            link=link_address(filling.visit, filling.response),
            go_on=left_address(filling),
            is_test=filling.response.is_test,
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


def show_unsaved(door: Door, key: str) -> Any:
    """Show a posted section again that came too late, or from a browser without its cookie."""
    visit = current_visit()
    response = find_response(visit)
    if response is None or response.study != door.study.slug:
        return show_lost_section(door, key)
    filling = open_filling(visit, response)
    if is_over(door, response) and key in filling.form.sections:
        return _show_posted(filling, key, notice="over"), 409
    if response.state == "in_progress" or key not in filling.form.sections:
        return lead_to(thanks_of(response.study))
    return _show_posted(filling, key, notice=response.state), 409


def show_lost_section(door: Door, key: str) -> Any:
    """Show a posted section again in a browser that has lost its cookie; nothing is saved."""
    language = doors.choose_language(door)
    visit = begin_visit()
    for entry in door.self_deliveries:
        form = services().catalogue.response_form(entry.instrument, entry.version, language)
        if key in form.sections:
            empty = _nobody(door, entry.instrument, entry.version, language)
            filling = Filling(visit=visit, response=empty, form=form)
            response = make_response(_show_posted(filling, key, notice="lost"), 400)
            keep_visit(response, visit)
            return response
    return lead_to(door_of(door.study.slug))


def _show_posted(filling: Filling, key: str, notice: str) -> str:
    """Show what was just posted; nothing of it is hidden, as the other pages are not at hand."""
    form = filling.form.sections[key]
    raw = form.take_raw(CleanForm(request.form))
    page = replace(make_page(filling, form, raw), hidden=frozenset())
    said = {"notice": notice, "is_test": filling.response.is_test}
    return render_section(filling.form, filling.response.study, key, page, **said)


def resume(response: OpenResponse, token: str) -> Any:
    """Give this browser the response that the link opens."""
    visit = Visit(make_token(), token)
    services().store.responses.attach_session(response.id, hash_token(visit.session))
    if response.state == "in_progress":
        page_address = left_address(open_filling(visit, response))
    else:
        page_address = thanks_of(response.study)
    answer = lead_to(page_address)
    keep_visit(answer, visit)
    return answer


def from_here(change: Change, filling: Filling) -> Change:
    """Return the change as based on what was read just now, which is what is being sent."""
    return replace(change, base_revision=filling.response.revision)


def _irrelevant(filled: FilledResponse) -> frozenset[str]:
    shown = {key for section in filled.sections.values() for key in section.fields}
    return frozenset(set(filled.answers) - shown)


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
