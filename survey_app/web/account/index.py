"""The account page: how one signs in, where one is signed in, and what one may do."""

from typing import Any

from flask import render_template, request

from survey_app.web.access import require_person
from survey_app.web.account.blueprint import blueprint, find_own, find_person, own_session
from survey_app.web.account.words import role_names, role_sentences
from survey_app.web.context import services

JUST = frozenset({"password", "factor", "factor_removed", "ended"})
"""What the page may be asked to say was done just now."""


@blueprint.get("/account")
@require_person
def index() -> Any:
    """Show the account of the person signed in."""
    store, person = services().store, find_person()
    titles = {study.slug: study.title for study in store.studies.list()}
    just = request.args.get("just", "")
    return render_template(
        "account/index.html",
        own=find_own(),
        sessions=store.credentials.list_sessions(person.account.id),
        here=own_session(),
        required=store.credentials.factor_required_since() is not None,
        roles=[(titles[slug], role) for slug, role in sorted(person.roles.items())],
        names=role_names(),
        sentences=role_sentences(),
        just=just if just in JUST else "",
    )
