"""A study's invitations: its list, making and printing them, revoking, and whom the door asks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from survey_app.invitation_codes import hash_code, spell_code
from survey_app.slips import make_slip
from survey_app.storage.errors import NamesNobody, NotInvitedAgain, UnknownRecord
from survey_app.storage.records import InvitationRecord, NewInvitation, StudyRecord
from survey_app.web.access import current_name, require_role, require_study
from survey_app.web.addresses import door_of
from survey_app.web.context import services
from survey_app.web.keeping import keep_typed
from survey_app.web.lead.blueprint import ROLE, blueprint
from survey_app.web.lead.wanted import Wanted, read_wanted
from survey_app.web.security import derive, make_token
from survey_app.web.text import CleanForm

HERE = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, kw_only=True)
class Recruitment:
    """How many participants were invited by their codes, how many of them began, and who else."""

    invited: int
    begun: int
    others: int


@dataclass(frozen=True, kw_only=True)
class Made:
    """An invitation that was just made, as it is shown this once."""

    record: InvitationRecord
    slip: Any


@blueprint.get("/studies/<study>/invitations")
@require_role(ROLE)
def list_invitations(study: str) -> Any:
    """List a study's invitations, with the forms that make new ones."""
    return show_list(require_study(study, ROLE), Wanted(batch=make_token()))


@blueprint.post("/studies/<study>/invitations")
@keep_typed
@require_role(ROLE)
def make_invitations(study: str) -> Any:
    """Make invitations and show them, once; the same page sent twice makes and shows the same."""
    found = require_study(study, ROLE)
    wanted = read_wanted(CleanForm(request.form))
    if wanted.errors:
        return show_list(found, wanted), 422
    codes = _derive_codes(found, wanted)
    new = [
        NewInvitation(code_hash=hash_code(code), participant=who, most_uses=wanted.most_uses)
        for code, who in zip(codes, wanted.people, strict=True)
    ]
    try:
        made = services().store.invitations.make(
            study, new, by=current_name(), label=wanted.label.strip()
        )
    except (NamesNobody, NotInvitedAgain) as error:
        return show_list(found, replace(wanted, errors=(("participants", str(error)),))), 422
    return render_template(
        "lead/slips.html",
        study=found,
        made=[_show(found, record, code) for record, code in zip(made, codes, strict=True)],
        is_here=_is_here(),
    )


@blueprint.post("/studies/<study>/invitations/revoke")
@require_role(ROLE)
def revoke_invitation(study: str) -> Any:
    """Let nobody begin by an invitation any more."""
    found = require_study(study, ROLE)
    number = request.form.get("number", "")
    try:
        services().store.invitations.revoke(found.slug, int(number))
    except (ValueError, OverflowError, UnknownRecord):
        abort(404)
    return _lead_back(found, just="revoked", number=number)


@blueprint.post("/studies/<study>/invitations/admission")
@require_role(ROLE)
def set_admission(study: str) -> Any:
    """Say whether anybody may begin, or the invited alone."""
    found = require_study(study, ROLE)
    wanted = request.form.get("admission")
    if wanted == "open":
        services().store.invitations.set_admission(found.slug, "open")
    elif wanted == "invitation":
        services().store.invitations.set_admission(found.slug, "invitation")
    else:
        abort(400)
    return _lead_back(found, just="admission")


def show_list(study: StudyRecord, wanted: Wanted) -> str:
    """Return the page of a study's invitations, with what was typed and what is wrong with it."""
    invitations = services().store.invitations.list(study.slug)
    return render_template(
        "lead/invitations.html",
        study=study,
        invitations=invitations,
        recruitment=count_recruitment(invitations),
        wanted=wanted,
        errors=dict(wanted.errors),
        door=f"{services().settings.url}{door_of(study.slug)}",
        just=request.args.get("just", ""),
        number=request.args.get("number", ""),
    )


def count_recruitment(invitations: Sequence[InvitationRecord]) -> Recruitment:
    """Return the counts; somebody whose invitation was replaced is one participant."""
    return Recruitment(
        invited=len({each.participant for each in invitations} - {None}),
        begun=len({each.participant for each in invitations if each.uses} - {None}),
        others=sum(each.uses for each in invitations if each.participant is None),
    )


def _derive_codes(study: StudyRecord, wanted: Wanted) -> list[str]:
    """Return the codes, which nobody else can make and which are the same for the same page."""
    return [
        spell_code(derive("invitation", f"{study.id}\n{current_name()}\n{wanted.written}\n{place}"))
        for place in range(len(wanted.people))
    ]


def _show(study: StudyRecord, record: InvitationRecord, code: str) -> Made:
    slip = make_slip(
        study=study.title,
        number=record.number,
        code=code,
        uses=record.most_uses or 1,
        url=services().settings.url,
        door=door_of(study.slug) if study.admission == "invitation" else "",
    )
    return Made(record=record, slip=slip)


def _is_here() -> bool:
    """Whether the links lead to this computer alone."""
    return urlsplit(services().settings.url).hostname in HERE


def _lead_back(study: StudyRecord, just: str, number: str | None = None) -> Response:
    address = url_for("lead.list_invitations", study=study.slug, just=just, number=number)
    return redirect(address, 303)
