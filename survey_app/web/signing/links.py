"""Sign-in links: each signs in once, perhaps with a code, perhaps only with a new password."""

from dataclasses import dataclass, field
from typing import Any

from flask import jsonify, render_template, request

from survey_app.credentials.passwords import TooManyAtOnce
from survey_app.storage.records import AccountRecord, Proof
from survey_app.translations import gettext as _
from survey_app.web.access import ACCOUNT_HEADER
from survey_app.web.context import services
from survey_app.web.new_password import NewPassword, read_new_password
from survey_app.web.security import allow_without_token, csrf_of, hash_token, make_token
from survey_app.web.signing.blueprint import blueprint
from survey_app.web.signing.checking import hold_back, too_many
from survey_app.web.signing.proofs import read_proof
from survey_app.web.signing.sessions import give_session, lead_home, make_duration
from survey_app.web.signing.tries import admit, forgive, leave_out
from survey_app.web.text import CleanForm


@dataclass(frozen=True)
class Link:
    """A link that is good: whom it signs in, and what it asks for."""

    token: str
    account: AccountRecord
    needs_code: bool
    needs_password: bool

    @property
    def asks(self) -> bool:
        """Whether it asks for more than a press of a button."""
        return self.needs_code or self.needs_password


@dataclass(frozen=True)
class Answer:
    """What was typed on a link's page; `errors` are sentences by the input's name."""

    proof: Proof = field(default_factory=Proof)
    password_hash: str | None = None
    errors: dict[str, str] = field(default_factory=dict)
    status: int = 422


@blueprint.get("/sign-in/<token>")
def offer(token: str) -> Any:
    """Show a button: a link that a mail program opens by itself must not be used up."""
    link = _find_link(token)
    return _say_used() if link is None else _show(link, Answer(), 200)


@blueprint.post("/sign-in/<token>")
@allow_without_token
def sign_in(token: str) -> Any:
    """Use the link up and begin a session of its own; for a page that is open, answer it in JSON.

    A link of somebody else than the page's own person is left as it is.
    """
    link = _find_link(token)
    if request.is_json:
        return _sign_in_page(link)
    if link is None:
        return _say_used()
    answer = _read(link, CleanForm(request.form)) if link.asks else Answer()
    if answer.errors:
        return _show(link, answer, answer.status)
    session = _begin_session(link, answer)
    if session is None and link.needs_code and _find_link(token):
        return _show(link, Answer(errors={"factor_code": _say_wrong_code()}), 422)
    if session is None:
        return _say_used()
    if link.needs_code:
        forgive(link.account.name)
    return lead_home(session)


def _sign_in_page(link: Link | None) -> Any:
    if link is not None and link.account.id != request.headers.get(ACCOUNT_HEADER):
        return jsonify(error="other_account", name=link.account.name), 403
    if link is not None and link.asks:
        return jsonify(error="link_asks"), 428
    session = None if link is None else _begin_session(link, Answer())
    if link is None or session is None:
        return jsonify(error="link_used"), 410
    response = jsonify(account=link.account.name, csrf=csrf_of(session))
    give_session(response, session)
    return response


def _find_link(token: str) -> Link | None:
    store = services().store
    account = store.accounts.peek_sign_in(hash_token(token))
    if account is None:
        return None
    found = store.credentials.find(account.name)
    return Link(
        token=token,
        account=account,
        needs_code=found is not None and found.factor_seed is not None,
        needs_password=store.accounts.must_set_password(hash_token(token)),
    )


def _read(link: Link, form: CleanForm) -> Answer:
    new = read_new_password(form, link.account.name) if link.needs_password else NewPassword()
    if new.errors:
        return Answer(errors=new.errors)
    proof = Proof()
    if link.needs_code:
        seconds = admit(link.account.name)
        if seconds:
            return Answer(errors={"factor_code": hold_back(seconds).sentence}, status=429)
        proof = read_proof(
            services().store.credentials.find(link.account.name), form.get("factor_code")
        )
        if proof == Proof():
            return Answer(errors={"factor_code": _say_wrong_code()})
    try:
        hashed = services().passwords.hash(new.text) if new.text else None
    except TooManyAtOnce:
        if link.needs_code:
            leave_out(link.account.name)
        return Answer(errors={"password": too_many().sentence}, status=503)
    return Answer(proof=proof, password_hash=hashed)


def _begin_session(link: Link, answer: Answer) -> str | None:
    session = make_token()
    lasting = make_duration()
    account = services().store.accounts.use_sign_in(
        hash_token(link.token),
        hash_token(session),
        lasting.ends,
        idle_ends=lasting.idle_ends,
        proof=answer.proof,
        password_hash=answer.password_hash,
    )
    return None if account is None else session


def _show(link: Link, answer: Answer, status: int) -> Any:
    return render_template("sign_in_link.html", link=link, errors=answer.errors), status


def _say_used() -> Any:
    return render_template("refused.html", reason="link_used"), 410


def _say_wrong_code() -> str:
    return _("This code does not fit, or was used already. Wait for the next one, and type that.")
