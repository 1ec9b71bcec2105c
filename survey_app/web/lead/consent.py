"""A study's consent texts: their versions, each compared with the one before, and a new one."""

from dataclasses import dataclass, replace
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey_app.definition.consent import (
    DELIVERIES,
    ConsentForm,
    TextChange,
    list_changes,
    read_stored,
    say_delivery,
)
from survey_app.storage.errors import NewerText
from survey_app.storage.records import ConsentText, CountedText, Delivery, StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role, require_study
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.lead.blueprint import ROLE, blueprint
from survey_app.web.lead.consent_typed import Typed, check, from_form, read_typed
from survey_app.web.pages import FilledPage
from survey_app.web.text import CleanForm

BLANK_PAGE = FilledPage(raw={}, token_text="", client_text="", revision_number=0)
"""What fills the boxes of a text that is only looked at."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A text that is being written: what was typed, what came before it, and what became of it."""

    study: StudyRecord
    typed: Typed
    newest: str
    older: ConsentText | None
    form: ConsentForm | None = None
    warning: str = ""

    @property
    def changes(self) -> tuple[TextChange, ...]:
        """What changed since the text before."""
        if self.older is None or self.form is None:
            return ()
        return list_changes(read_stored(self.older.body), self.form)


@blueprint.get("/studies/<study>/consent")
@require_role(ROLE)
def list_consent_texts(study: str) -> Any:
    """List a study's consent texts, newest first, and say which are in force."""
    found = require_study(study, ROLE)
    texts = services().store.consents.texts(study)
    return render_template(
        "lead/consent_texts.html",
        study=found,
        texts=texts,
        in_force=find_in_force(texts),
        say_delivery=say_delivery,
        just=request.args.get("just", ""),
    )


@blueprint.get("/studies/<study>/consent/text/<version>")
@require_role(ROLE)
def show_consent_text(study: str, version: str) -> Any:
    """Show a text as it is shown to participants, with what changed since the one before."""
    found = require_study(study, ROLE)
    texts = services().store.consents.texts(study)
    place = next((at for at, each in enumerate(texts) if each.text.version == version), None)
    if place is None:
        abort(404)
    text = texts[place].text
    older = find_before(texts[place + 1 :], text.delivery)
    form = read_stored(text.body)
    return render_template(
        "lead/consent_text.html",
        study=found,
        counted=texts[place],
        form=form,
        older=older,
        changes=list_changes(read_stored(older.body), form) if older else (),
        in_force=find_in_force(texts),
        page=BLANK_PAGE,
        say_delivery=say_delivery,
    )


@blueprint.get("/studies/<study>/consent/new")
@require_role(ROLE)
def write_consent_text(study: str) -> Any:
    """Begin a new text from the newest one of its delivery."""
    found = require_study(study, ROLE)
    texts = services().store.consents.texts(study)
    wanted = request.args.get("delivery", "")
    before = find_before(texts, wanted if wanted in DELIVERIES else "both")
    form = read_stored(before.body) if before else None
    delivery = wanted if wanted in DELIVERIES else before.delivery if before else "both"
    typed = from_form(form, find_languages(study, texts), delivery)
    newest = texts[0].text.version if texts else ""
    return show_draft(Draft(study=found, typed=typed, newest=newest, older=before))


@blueprint.post("/studies/<study>/consent/new")
@keep_typed
@require_role(ROLE)
def add_consent_text(study: str) -> Any:
    """Show what was typed as participants will see it, or put it into force."""
    found = require_study(study, ROLE)
    posted = CleanForm(request.form)
    texts = services().store.consents.texts(study)
    typed = read_typed(posted, find_languages(study, texts))
    older = find_before(texts, typed.delivery)
    form, typed = check(typed, first=older is None)
    newest = texts[0].text.version if texts else ""
    draft = Draft(study=found, typed=typed, newest=newest, older=older, form=form)
    if form is None:
        return show_draft(draft), 422
    if older is not None and not draft.changes:
        return show_draft(
            _warn(draft, _("Nothing has changed: this text is in force already."))
        ), 422
    if posted.get("action") != "force":
        return show_draft(draft)
    if posted.get("seen") != form.fingerprint:
        words = _("You changed the text after you looked at it. Here it is as it is now.")
        return show_draft(_warn(draft, words)), 409
    try:
        stored = services().store.consents.put_in_force(
            study,
            body=dict(form.written),
            fingerprint=form.fingerprint,
            delivery=form.delivery,
            by=current_name(),
            after=posted.get("newest") or None,
        )
    except NewerText:
        words = _("Meanwhile somebody else put a text into force. Compare yours with that one.")
        return show_draft(_warn(draft, words)), 409
    return _lead_back(study, stored.version)


def show_draft(draft: Draft) -> str:
    """Return the page on which a text is written, with its preview once it can be read."""
    return render_template(
        "lead/consent_new.html",
        draft=draft,
        study=draft.study,
        typed=draft.typed,
        errors=draft.typed.errors,
        form=draft.form,
        page=BLANK_PAGE,
        deliveries=DELIVERIES,
        say_delivery=say_delivery,
    )


def find_in_force(texts: list[CountedText]) -> dict[str, str]:
    """Return the version in force for each delivery."""
    deliveries: tuple[Delivery, ...] = ("self", "interviewer")
    found = {each: find_before(texts, each) for each in deliveries}
    return {delivery: text.version for delivery, text in found.items() if text is not None}


def find_before(texts: list[CountedText], delivery: str) -> ConsentText | None:
    """Return the newest of some texts whose place one for a delivery takes, in part or whole."""
    wanted = {"self", "interviewer"} if delivery == "both" else {delivery}
    for each in texts:
        if each.text.delivery == "both" or each.text.delivery in wanted:
            return each.text
    return None


def find_languages(study: str, texts: list[CountedText]) -> tuple[str, ...]:
    """Return the languages a study speaks: those of what it asks, and of its newest text."""
    catalogue = services().catalogue
    spoken = [
        language
        for entry in services().store.studies.protocol(study)
        if entry.open
        for language in catalogue.instrument(entry.instrument, entry.version).languages
    ]
    spoken += [language for each in texts[:1] for language in read_stored(each.text.body).languages]
    return tuple(dict.fromkeys(spoken)) or ("en",)


def _warn(draft: Draft, words: str) -> Draft:
    return replace(draft, warning=words)


def _lead_back(study: str, version: str) -> Response:
    return redirect(url_for("lead.list_consent_texts", study=study, just=version), 303)
