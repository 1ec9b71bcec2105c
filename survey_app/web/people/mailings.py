"""Letters to many: whom they go to, ordered once, and what became of each."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for

from survey_app.enrolment import Entry, find_languages, list_entries
from survey_app.jobs import Job
from survey_app.recipients import Recipients, choose
from survey_app.sending import SendingStopped, hold_sending, settle_interrupted
from survey_app.storage.moments import now, today
from survey_app.storage.people.records import Kind, Mailing
from survey_app.storage.people.register import People
from survey_app.storage.records import StudyRecord
from survey_app.translations import gettext as _
from survey_app.web.access import current_name, require_role
from survey_app.web.context import services
from survey_app.web.people.blueprint import (
    REFRESH_SECONDS,
    ROLE,
    blueprint,
    find_coordinated,
    find_errands,
    opened,
)
from survey_app.web.people.letters import find_draft, require_kind
from survey_app.web.security import make_token

WORK = "mailing"


@blueprint.get("/people/<study>/send/<kind>")
@require_role(ROLE)
def ask_to_send(study: str, kind: str) -> Any:
    """Show whom a letter goes to, and to whom not and why."""
    found, wanted = find_coordinated(study), require_kind(kind)
    with opened() as people:
        return _show_choice(people, found, wanted)


@blueprint.post("/people/<study>/send/<kind>")
@require_role(ROLE)
def order_letters(study: str, kind: str) -> Any:
    """Order letters to those who were ticked; the same page sent twice orders them once."""
    found, wanted = find_coordinated(study), require_kind(kind)
    if not services().settings.smtp:
        abort(409)
    batch = request.form.get("batch", "")
    if len(batch) != len(make_token()) or not batch.isalnum():
        abort(400)
    ticked = set(request.form.getlist("person"))
    with opened() as people:
        if people.mailings.find(batch) is None:
            to = [each for each in _choose(people, found, wanted).to if each.person.id in ticked]
            if not to:
                return _show_choice(people, found, wanted, nobody=True), 422
            _order(people, found, wanted, batch, to)
            _start(found, batch)
    return redirect(url_for(".show_mailing", study=study, mailing=batch), 303)


@blueprint.get("/people/<study>/mailings/<mailing>")
@require_role(ROLE)
def show_mailing(study: str, mailing: str) -> Any:
    """Show what became of each letter."""
    found = find_coordinated(study)
    with opened() as people:
        ordered = _require(people, study, mailing)
        job = _find_job(study, mailing)
        is_going = job is not None and not job.progress.ended
        if not is_going:
            _settle(people)
        messages = people.mailings.messages(mailing)
    page = render_template(
        "people/mailing.html",
        study=found,
        mailing=ordered,
        messages=messages,
        job=job,
        is_going=is_going,
        has_mail=bool(services().settings.smtp),
    )
    return page, 200, {"Refresh": str(REFRESH_SECONDS)} if is_going else {}


@blueprint.post("/people/<study>/mailings/<mailing>")
@require_role(ROLE)
def go_on_sending(study: str, mailing: str) -> Any:
    """Send what waits; or one once more that may not have arrived; or stop."""
    found = find_coordinated(study)
    wish = request.form.get("wish", "")
    with opened() as people:
        _require(people, study, mailing)
        if wish == "stop":
            # What is just being sent is the last.
            people.mailings.stop(mailing, _("was stopped by {name}").format(name=current_name()))
        elif again := request.form.get("again", ""):
            if all(each.id != again for each in people.mailings.messages(mailing)):
                abort(404)
            people.mailings.ask_again(again)
        elif wish != "go_on":
            abort(400)
    job = _find_job(study, mailing)
    if wish != "stop" and (job is None or job.progress.ended):
        _start(found, mailing)
    return redirect(url_for(".show_mailing", study=study, mailing=mailing), 303)


def _choose(people: People, study: StudyRecord, kind: Kind) -> Recipients:
    entries = list_entries(services().store, people, study)
    return choose(kind, entries, anonymous=study.anonymous)


def _show_choice(people: People, study: StudyRecord, kind: Kind, *, nobody: bool = False) -> str:
    languages = find_languages(services().store, study.slug)
    drafts = [find_draft(people, study, kind, language) for language in languages]
    protocol = services().store.studies.protocol(study.slug)
    return render_template(
        "people/send.html",
        study=study,
        kind=kind,
        stage=study.stage(today()),
        asks=any(each.open and each.delivery == "self" for each in protocol),
        recipients=_choose(people, study, kind),
        unwritten=[draft.language for draft in drafts if not draft.is_kept],
        languages=languages,
        batch=make_token(),
        nobody=nobody,
        has_mail=bool(services().settings.smtp),
        pace=services().settings.mail_per_minute,
    )


def _order(people: People, study: StudyRecord, kind: Kind, batch: str, to: list[Entry]) -> None:
    """Keep the order, with the letters as they stand now."""
    languages = find_languages(services().store, study.slug)
    drafts = {each: find_draft(people, study, kind, each).text for each in languages}
    mailing = Mailing(
        id=batch,
        study=study.slug,
        kind=kind,
        texts={each: {"subject": text.subject, "body": text.body} for each, text in drafts.items()},
        made_by=current_name(),
        made=now(),
    )
    spoken = {
        each.person.id: each.person.language if each.person.language in drafts else languages[0]
        for each in to
    }
    people.mailings.order(mailing, spoken)


def _start(study: StudyRecord, mailing: str) -> None:
    find_errands().start(WORK, {"study": study.slug, "mailing": mailing})


def _find_job(study: str, mailing: str) -> Job | None:
    """Return the newest job that sends a mailing, failed or not, or None."""
    told = {"study": study, "mailing": mailing}
    return find_errands().find_last(WORK, told)


def _settle(people: People) -> None:
    """Find out what a process that is gone has left, unless another one is sending now."""
    try:
        with hold_sending(services().settings):
            settle_interrupted(people)
    except SendingStopped:
        return


def _require(people: People, study: str, mailing: str) -> Mailing:
    found = people.mailings.find(mailing)
    if found is None or found.study != study:
        abort(404)
    return found
