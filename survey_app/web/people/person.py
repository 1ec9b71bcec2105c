"""One person: added, changed, forgotten."""

import json
from dataclasses import dataclass, replace
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey_app.enrolment import (
    Entry,
    add_roster,
    find_known,
    find_languages,
    forget,
    list_entries,
    make_roster,
)
from survey_app.jobs import Job
from survey_app.listing import Listed, check_listed
from survey_app.storage.people.records import Person
from survey_app.storage.people.register import People
from survey_app.storage.records import ParticipantRecord, StudyRecord
from survey_app.web.access import current_name, require_role
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.people.blueprint import ROLE, blueprint, find_coordinated, find_errands, opened
from survey_app.web.people.index import say_came
from survey_app.web.security import make_token
from survey_app.web.text import CleanForm

FIELDS = ("name", "email", "phone", "note", "language")


@dataclass(frozen=True, kw_only=True)
class Typed:
    """What was typed of a person; `batch` is the page's own name, by which it is known again."""

    listed: Listed
    silent: bool = False
    batch: str = ""
    errors: tuple[tuple[str, str], ...] = ()

    @classmethod
    def empty(cls) -> "Typed":
        """Return nothing typed yet, on a page of its own name."""
        return cls(listed=Listed(name=""), batch=make_token())

    def with_errors(self, errors: tuple[tuple[str, str], ...]) -> "Typed":
        """Return the same with what is wrong with it."""
        return replace(self, errors=errors)


@blueprint.get("/people/<study>/add")
@require_role(ROLE)
def ask_for_person(study: str) -> Any:
    """Ask who is to be added."""
    return show_form(find_coordinated(study), Typed.empty())


@blueprint.post("/people/<study>/add")
@keep_typed
@require_role(ROLE)
def add_person(study: str) -> Any:
    """Add one person; the same page sent twice adds one."""
    found = find_coordinated(study)
    typed = read_typed(found)
    with opened() as people:
        # The page's own name is the person's id, so that it is known if the page is sent twice.
        roster = make_roster(study, [typed.listed], by=current_name())
        one = replace(roster.people[0], id=typed.batch, silent=typed.silent)
        if people.find(one.id) is None:
            typed = typed.with_errors((*typed.errors, *find_double(people, found, typed)))
            if typed.errors:
                return show_form(found, typed), 422
            add_roster(services().store, people, replace(roster, people=(one,)))
    return _lead_back(found, just="added")


@blueprint.get("/people/<study>/person/<person>")
@require_role(ROLE)
def show_person(study: str, person: str) -> Any:
    """Show who somebody is, to be changed, and what was written to them."""
    found = find_coordinated(study)
    with opened() as people:
        entry = _require(people, found, person)
    listed = Listed(**{name: getattr(entry.person, name) for name in FIELDS})
    return show_form(found, Typed(listed=listed, silent=entry.person.silent), entry)


@blueprint.post("/people/<study>/person/<person>")
@keep_typed
@require_role(ROLE)
def change_person(study: str, person: str) -> Any:
    """Change who somebody is."""
    found = find_coordinated(study)
    typed = read_typed(found)
    with opened() as people:
        entry = _require(people, found, person)
        typed = typed.with_errors((*typed.errors, *find_double(people, found, typed, person)))
        if typed.errors:
            return show_form(found, typed, entry), 422
        values = {name: getattr(typed.listed, name) for name in FIELDS}
        people.keep(replace(entry.person, silent=typed.silent, **values))
    return _lead_back(found, just="changed")


@blueprint.get("/people/<study>/person/<person>/forget")
@require_role(ROLE)
def ask_to_forget(study: str, person: str) -> Any:
    """Say what is erased and what stays, and ask once more."""
    found = find_coordinated(study)
    with opened() as people:
        entry = _require(people, found, person)
    return render_template("people/forget.html", study=found, entry=entry)


@blueprint.post("/people/<study>/person/<person>/forget")
@require_role(ROLE)
def forget_person(study: str, person: str) -> Any:
    """Erase who somebody is."""
    found = find_coordinated(study)
    with opened() as people:
        who = next((each for each in people.list(study) if each.id == person), None)
        if who is not None:
            forget(services().store, people, person)
            find_errands().remove(lambda job: _is_over_and_names(job, who))
    return _lead_back(found, just="forgotten")


def _is_over_and_names(job: Job, who: Person) -> bool:
    """Whether a job that has ended was told a person's name or address, or tells of it."""
    told = json.dumps([dict(job.arguments), job.progress.message], ensure_ascii=False).casefold()
    return job.progress.ended and any(
        json.dumps(each, ensure_ascii=False)[1:-1].casefold() in told
        for each in (who.name, who.email)
        if each
    )


def read_typed(study: StudyRecord) -> Typed:
    """Return what was typed of a person, with what is wrong with it."""
    form = CleanForm(request.form)
    values = {name: form.get(name).strip() for name in FIELDS}
    listed = Listed(**values)
    batch = form.get("batch")
    return Typed(
        listed=listed,
        silent=form.get("silent") == "yes",
        batch=batch if len(batch) == len(make_token()) and batch.isalnum() else make_token(),
        errors=tuple(check_listed(listed, find_languages(services().store, study.slug))),
    )


def find_double(
    people: People, study: StudyRecord, typed: Typed, but: str = ""
) -> list[tuple[str, str]]:
    """Return that the person is there already, if they are."""
    known = find_known(people, study.slug, but=but)
    told = known.check(typed.listed, 0)
    return [("email" if typed.listed.email else "name", told)] if told else []


def _require(people: People, study: StudyRecord, person: str) -> Entry:
    entries = list_entries(services().store, people, study)
    return next((each for each in entries if each.person.id == person), None) or abort(404)


def show_form(
    study: StudyRecord,
    typed: Typed,
    entry: Entry | None = None,
    unnamed: ParticipantRecord | None = None,
) -> str:
    """Return the page of a person: new, known as `entry`, or of a pseudonym `unnamed` as yet."""
    return render_template(
        "people/person.html",
        study=study,
        typed=typed,
        errors=dict(reversed(typed.errors)),  # of a field the first
        languages=find_languages(services().store, study.slug),
        entry=entry,
        unnamed=unnamed,
        came=say_came(entry, study) if entry else "",
    )


def _lead_back(study: StudyRecord, just: str) -> Response:
    return redirect(url_for(".list_people", study=study.slug, just=just), 303)
