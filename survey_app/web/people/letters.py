"""The text of an invitation or a reminder: written, checked, looked at, and tried on oneself."""

from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, render_template, request, url_for

from survey_app.enrolment import find_languages
from survey_app.invitation_codes import LENGTH, show_code
from survey_app.mail import letters
from survey_app.mail.addresses import is_address
from survey_app.storage.people.records import Kind, Letter
from survey_app.storage.people.register import People
from survey_app.storage.records import StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.people.blueprint import (
    REFRESH_SECONDS,
    ROLE,
    blueprint,
    find_coordinated,
    find_errand,
    find_errands,
    opened,
)
from survey_app.web.text import CleanForm

KINDS: tuple[Kind, ...] = ("invitation", "reminder")


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A letter in one language as it stands or was typed; `is_kept` says that it was saved."""

    kind: Kind
    language: str
    text: letters.Text
    is_kept: bool
    errors: tuple[tuple[str, str], ...] = ()


@blueprint.get("/people/<study>/letters/<kind>")
@require_role(ROLE)
def show_letter(study: str, kind: str) -> Any:
    """Show a letter, to be changed, and how it will look."""
    found, wanted = find_coordinated(study), require_kind(kind)
    language = _choose_language(found, request.args.get("language", ""))
    with opened() as people:
        draft = find_draft(people, found, wanted, language)
    return _show(found, draft)


@blueprint.post("/people/<study>/letters/<kind>")
@keep_typed
@require_role(ROLE)
def keep_letter(study: str, kind: str) -> Any:
    """Save a letter, if nothing is wrong with it."""
    found, wanted = find_coordinated(study), require_kind(kind)
    form = CleanForm(request.form)
    language = _choose_language(found, form.get("language"))
    text = letters.Text(subject=form.get("subject").strip(), body=form.get("body").strip())
    errors = tuple(letters.check(text))
    if errors:
        draft = Draft(kind=wanted, language=language, text=text, is_kept=False, errors=errors)
        return _show(found, draft), 422
    letter = Letter(
        study=study, kind=wanted, language=language, subject=text.subject, body=text.body
    )
    with opened() as people:
        people.letters.keep(letter, by=current_name())
    return redirect(
        url_for(".show_letter", study=study, kind=kind, language=language, just="kept"), 303
    )


@blueprint.post("/people/<study>/letters/<kind>/test")
@keep_typed
@require_role(ROLE)
def try_letter(study: str, kind: str) -> Any:
    """Send a letter as it will look to one address; its link opens nothing."""
    found, wanted = find_coordinated(study), require_kind(kind)
    form = CleanForm(request.form)
    language = _choose_language(found, form.get("language"))
    address = form.get("address").strip()
    with opened() as people:
        draft = find_draft(people, found, wanted, language)
    if not is_address(address):
        error = ("address", _("Write your own address, such as name@example.org."))
        return _show(found, draft, address=address, more=(error,)), 422
    told = {
        "study": study,
        "kind": kind,
        "title": found.title,
        "language": language,
        "subject": draft.text.subject,
        "body": draft.text.body,
        "address": address,
    }
    errand = find_errands().start("test_letter", told)
    return redirect(url_for(".show_try", study=study, kind=kind, errand=errand), 303)


@blueprint.get("/people/<study>/letters/<kind>/test")
@require_role(ROLE)
def show_try(study: str, kind: str) -> Any:
    """Show whether the letter has gone to oneself."""
    found, wanted = find_coordinated(study), require_kind(kind)
    job = find_errand(request.args.get("errand", ""), study=study, kind=kind)
    if job is None:
        abort(404)
    waiting = {} if job.progress.ended else {"Refresh": str(REFRESH_SECONDS)}
    page = render_template("people/tried.html", study=found, kind=wanted, job=job)
    return page, 200, waiting


def require_kind(kind: str) -> Kind:
    """Return the kind of letter that an address names; else end the request."""
    if kind not in KINDS:
        abort(404)
    return kind


def find_draft(people: People, study: StudyRecord, kind: Kind, language: str) -> Draft:
    """Return the letter as it was saved, else one to begin with."""
    kept = next(
        (
            letter
            for letter in people.letters.list(study.slug)
            if (letter.kind, letter.language) == (kind, language)
        ),
        None,
    )
    if kept is None:
        text = letters.suggest(kind, language, shared=study.anonymous)
    else:
        text = letters.Text(subject=kept.subject, body=kept.body)
    return Draft(kind=kind, language=language, text=text, is_kept=kept is not None)


def _choose_language(study: StudyRecord, wanted: str) -> str:
    languages = find_languages(services().store, study.slug)
    return wanted if wanted in languages else languages[0]


def _show(
    study: StudyRecord, draft: Draft, *, address: str = "", more: tuple[tuple[str, str], ...] = ()
) -> str:
    settings = services().settings
    values = {
        "name": _("Name of the person"),
        "link": f"{settings.url}/i/{show_code('0' * LENGTH)}",
        "study": study.title,
    }
    return render_template(
        "people/letter.html",
        study=study,
        draft=draft,
        errors=dict(reversed((*draft.errors, *more))),  # of a field the first
        languages=find_languages(services().store, study.slug),
        looks=letters.fill(draft.text, values, draft.language),
        sender=settings.mail_from,
        has_mail=bool(settings.smtp),
        address=address,
        just=request.args.get("just", ""),
    )
