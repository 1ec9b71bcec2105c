"""The second factor: setting it up, its recovery codes, and taking it away."""

import re
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from markupsafe import Markup

from survey_app.credentials.recovery_codes import hash_recovery_code, make_codes
from survey_app.credentials.second_factor import make_address, show_secret
from survey_app.invitation_codes import show_code
from survey_app.qr_codes import draw_qr
from survey_app.storage.records import CredentialRecord
from survey_app.translations import gettext as _
from survey_app.web.access import require_person, require_person_even_limited
from survey_app.web.account.blueprint import blueprint, find_own
from survey_app.web.context import services
from survey_app.web.security import make_token
from survey_app.web.signing.checking import Refusal, check_again, hold_back
from survey_app.web.signing.proofs import find_secret, read_proof
from survey_app.web.signing.tries import admit, forgive
from survey_app.web.text import CleanForm

SEED = re.compile(r"[0-9a-f]{32}")


@blueprint.get("/account/second-factor")
@require_person_even_limited
def show_factor() -> Any:
    """Show the picture and the key that an app takes, or what can be done with the one there is."""
    return _show(find_own(), make_token(), {})


@blueprint.post("/account/second-factor")
@require_person_even_limited
def set_factor() -> Any:
    """Set the second factor whose first code was typed, and show its recovery codes, once."""
    own, form = find_own(), CleanForm(request.form)
    seed = form.get("seed")
    if own.factor_seed is not None or not SEED.fullmatch(seed):
        return _show(own, make_token(), {}), 422
    if own.password_hash is not None:
        refusal = check_again(own, form.get("password"))
        if refusal is not None:
            errors = {"password": _say(refusal)}
            return _show(own, seed, errors), refusal.status, refusal.headers
    step = _read_step(own, seed, form.get("factor_code"))
    if step is None:
        wrong = _("This is not the code that the app shows now. Check the time on your phone.")
        return _show(own, seed, {"factor_code": wrong}), 422
    codes = make_codes()
    name, account_id = own.account.name, own.account.id
    hashed = [hash_recovery_code(code, account_id) for code in codes]
    services().store.credentials.set_factor(account_id, seed, step, hashed, by=name)
    return _show_codes(codes)


@blueprint.post("/account/recovery-codes")
@require_person
def renew_codes() -> Any:
    """Make new recovery codes in place of the old ones, and show them, once."""
    own = find_own()
    refused = _refuse_change(own)
    if refused is not None:
        return refused
    codes = make_codes()
    hashed = [hash_recovery_code(code, own.account.id) for code in codes]
    services().store.credentials.renew_codes(own.account.id, hashed, by=own.account.name)
    return _show_codes(codes)


@blueprint.post("/account/second-factor/remove")
@require_person
def remove_factor() -> Any:
    """Take the second factor away, unless it is required of all."""
    own = find_own()
    if services().store.credentials.factor_required_since() is not None:
        return _show(own, make_token(), {}), 422
    refused = _refuse_change(own)
    if refused is not None:
        return refused
    services().store.credentials.remove_factor(own.account.id, by=own.account.name)
    return redirect(url_for("account.index", just="factor_removed"), 303)


def _refuse_change(own: CredentialRecord) -> Any:
    """Return the page that says why nothing is changed, or None after password and code fit."""
    form = CleanForm(request.form)
    if own.factor_seed is None:
        return _show(own, make_token(), {}), 422
    if own.password_hash is not None:
        refusal = check_again(own, form.get("password"))
        if refusal is not None:
            page = _show(own, make_token(), {"password": _say(refusal)})
            return page, refusal.status, refusal.headers
    return _refuse_code(own, form.get("factor_code"))


def _refuse_code(own: CredentialRecord, typed: str) -> Any:
    seconds = admit(own.account.name)
    if seconds:
        refusal = hold_back(seconds)
        page = _show(own, make_token(), {"factor_code": refusal.sentence})
        return page, refusal.status, refusal.headers
    if not services().store.credentials.use_proof(own.account.id, read_proof(own, typed)):
        wrong = _("This code does not fit, or was used already. Wait for the next one.")
        return _show(own, make_token(), {"factor_code": wrong}), 422
    forgive(own.account.name)
    return None


def _read_step(own: CredentialRecord, seed: str, typed: str) -> int | None:
    return read_proof(replace(own, factor_seed=seed, factor_step=None), typed).step


def _say(refusal: Refusal) -> str:
    return _("This is not your password.") if refusal.is_wrong else refusal.sentence


def _show(own: CredentialRecord, seed: str, errors: dict[str, str]) -> str:
    secret = find_secret(own.account.id, seed)
    address = make_address(secret, own.account.name, request.host)
    return render_template(
        "account/factor.html",
        own=own,
        errors=errors,
        seed=seed,
        key=show_secret(secret),
        picture=Markup(draw_qr(address)),  # noqa: S704 - drawn by segno, of our own text
        required=services().store.credentials.factor_required_since() is not None,
    )


def _show_codes(codes: list[str]) -> Any:
    shown = [show_code(code) for code in codes]
    return render_template("account/recovery_codes.html", codes=shown)
