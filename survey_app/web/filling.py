"""Filling in a response: a section shown, saved and checked, and the whole sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from flask import render_template, request

from survey_app.definition.fields import Mistake
from survey_app.definition.form import (
    FilledResponse,
    FilledSection,
    ResponseForm,
    SectionForm,
    list_rows,
)
from survey_app.definition.shapes import Answers, Json
from survey_app.storage.records import AnswerRow, Change, OpenResponse, Outcome
from survey_app.translations import use_language
from survey_app.web.context import services
from survey_app.web.exchange import Whole
from survey_app.web.pages import FilledPage, Page, PreparedPage
from survey_app.web.security import hash_token
from survey_app.web.visits import Visit, make_client, receipt_code

Raw = Mapping[str, list[str]]
MOST_FILLED = 64
_filled: dict[tuple[str, int], FilledResponse] = {}
_sections: dict[tuple[str, str], dict[str, FilledSection]] = {}
"""The sections that were saved last, by response, language and key: the check page need not fill
them in again."""


@dataclass(frozen=True, kw_only=True)
class Filling:
    """A response in hand: who fills it in, what it asks, and what was typed so far."""

    visit: Visit
    response: OpenResponse
    form: ResponseForm

    @property
    def drafts(self) -> dict[str, Raw]:
        """What was typed, by section."""
        sections = cast("dict[str, Any]", self.response.draft.get("sections", {}))
        return {key: section["raw"] for key, section in sections.items()}

    @property
    def values(self) -> dict[str, Json]:
        """What conditions see of what was typed."""
        return cast("dict[str, Json]", self.response.draft.get("values", {}))

    def next_place(self, key: str) -> str:
        """Return the section after this one, '' (the check page) after the last."""
        place = self.form.order.index(key) + 1
        return self.form.order[place] if place < len(self.form.order) else ""

    def previous_section(self, key: str) -> str:
        """Return the section before this one; the first itself."""
        return self.form.order[max(self.form.order.index(key) - 1, 0)]

    @property
    def left_place(self) -> str:
        """The section that was left, where to go on; '' is the check page.

        The draft says so; it says nothing before the first save and after the last section. Then
        it is the first section that was never saved, so that none goes by unseen.
        """
        place = self.response.draft.get("place")
        if place in self.form.sections:
            return cast("str", place)
        return next((key for key in self.form.order if key not in self.drafts), "")


@dataclass(frozen=True, kw_only=True)
class Saved:
    """What became of a posted section: the outcome, mistakes, what was posted, where it leads."""

    outcome: Outcome
    mistakes: tuple[Mistake, ...]
    raw: Raw
    place: str


def open_filling(visit: Visit, response: OpenResponse) -> Filling:
    """Return the response with its forms, which are held in memory."""
    catalogue = services().catalogue
    form = catalogue.response_form(response.instrument, response.version, response.language)
    return Filling(visit=visit, response=response, form=form)


def show_section(filling: Filling, key: str) -> Whole:
    """Return a section's page from the prepared one: no template runs."""
    form = filling.form.sections[key]
    page = make_page(filling, form, filling.drafts.get(key, {}))
    study = filling.response.study
    checking = leads_to_check(filling.form, key)
    is_test = filling.response.is_test
    prepared = prepare_section(filling.form, study, key, checking=checking, is_test=is_test)
    return Whole(prepared.fill(page))


def leads_to_check(form: ResponseForm, key: str) -> bool:
    """Whether the check page comes next: after the last section, and where it led from."""
    return key == form.order[-1] or "check" in request.args


def show_again(filling: Filling, key: str, raw: Raw, **said: Any) -> str:
    """Return a section's page through the macros, with what was posted and what is wrong."""
    mistakes = said.pop("mistakes", ())
    revision = said.pop("revision", filling.response.revision)
    form = filling.form.sections[key]
    page = make_page(filling, form, raw, mistakes=mistakes, revision=revision)
    said |= {"mistakes": mistakes, "is_test": filling.response.is_test}
    return render_section(filling.form, filling.response.study, key, page, **said)


def make_page(
    filling: Filling,
    form: SectionForm,
    raw: Raw,
    *,
    mistakes: tuple[Mistake, ...] = (),
    revision: int | None = None,
) -> FilledPage:
    """Return what fills a section's page."""
    values = filling.values
    read = form.reads_elsewhere
    return FilledPage(
        raw=raw,
        token_text=filling.visit.token,
        client_text=make_client(),
        revision_number=filling.response.revision if revision is None else revision,
        hidden=form.hidden_items(values),
        known_values={item: values.get(item) for item in sorted(read)} if read else {},
        mistakes=mistakes,
    )


@cache
def prepare_section(
    form: ResponseForm, study: str, key: str, *, checking: bool, is_test: bool
) -> PreparedPage:
    """Return a section's page with holes, made once for each form, study and page to come."""
    said = {"checking": checking, "is_test": is_test}
    return PreparedPage(lambda page: render_section(form, study, key, page, **said))


def render_section(form: ResponseForm, study: str, key: str, page: Page, **said: Any) -> str:
    """Render a section's page through the form macros."""
    section = form.sections[key]
    said.setdefault("checking", leads_to_check(form, key))
    with use_language(form.language):
        return render_template(
            "participant/section.html",
            instrument=form.instrument,
            section=section.section,
            fields=section.blank_fields,
            here=frozenset(item.key for item in section.section.items),
            page=page,
            study=study,
            study_title=title_of(study),
            language=form.language,
            number=form.order.index(key) + 1,
            total=len(form.order),
            **said,
        )


def title_of(study: str) -> str:
    """Return a study's title, as it stands at the head of its pages."""
    door = services().catalogue.door(study)
    return door.study.title if door else study


def save_section(
    filling: Filling, key: str, raw: Raw, change: Change, *, action: str, checking: bool
) -> Saved:
    """Save what was typed, mistakes and all; what is readable becomes answers.

    `action` is the button pressed, `checking` whether the check page led to this one.
    """
    filled, answers, values = filling.form.fill_section(key, raw, filling.drafts, filling.values)
    if action == "back":
        place = filling.previous_section(key)
    elif action == "later" or filled.mistakes:
        place = key
    else:
        place = "" if checking else filling.next_place(key)
    _remember(filling, key, filled)
    outcome = services().store.responses.save_section(
        filling.response.id,
        change,
        section=key,
        raw={name: list(texts) for name, texts in raw.items()},
        values=values,
        answers=make_rows(answers),
        force=action == "keep",
        place=place,
    )
    return Saved(outcome=outcome, mistakes=filled.mistakes, raw=raw, place=place)


def fill_all(filling: Filling) -> FilledResponse:
    """Return the whole response as typed; what was checked is remembered until it is sent."""
    key = (filling.response.id, filling.response.revision)
    filled = _filled.get(key)
    if filled is None:
        before = _sections.pop((filling.response.id, filling.form.language), {})
        filled = _filled[key] = filling.form.fill_all(filling.drafts, before)
        if len(_filled) > MOST_FILLED:
            _filled.pop(next(iter(_filled)), None)
    return filled


def _remember(filling: Filling, key: str, filled: FilledSection) -> None:
    place = filling.response.id, filling.form.language
    _sections.setdefault(place, {})[key] = filled
    if len(_sections) > MOST_FILLED:
        _sections.pop(next(iter(_sections)), None)


def forget(response: str) -> None:
    """Let go of what is remembered of a response that was withdrawn."""
    for key in [key for key in _sections if key[0] == response]:
        _sections.pop(key, None)
    for known in [known for known in _filled if known[0] == response]:
        _filled.pop(known, None)


def forget_all() -> None:
    """Let go of all that is remembered, as of a study that is erased."""
    _sections.clear()
    _filled.clear()


def send(filling: Filling, filled: FilledResponse, change: Change) -> Outcome:
    """Send the whole response: every answer is computed anew from what was typed."""
    return services().store.responses.submit(
        filling.response.id,
        change,
        answers=make_rows(filled.answers),
        receipt_hash=hash_token(receipt_code(filling.response)),
    )


def make_rows(answers: Mapping[str, Answers]) -> list[AnswerRow]:
    """Return answers as the store keeps them."""
    return [
        AnswerRow(
            item=item,
            row=row,
            value=cast("Any", answer.value),
            other_text=answer.other,
            other_unticked=answer.unticked,
            reason=None if answer.reason is None else str(answer.reason),
        )
        for item, row, answer in list_rows(answers)
    ]


def list_mistakes(filled: FilledResponse) -> Iterable[tuple[str, Mistake]]:
    """Yield what is wrong in the whole response, with its section."""
    for key, section in filled.sections.items():
        for mistake in section.mistakes:
            yield key, mistake
