"""Looking at a name, a password and a code: all are right, or it is said that one of them is not.

Whatever is wrong, the same work is done and the same sentence said: an unknown name, a wrong
password, one that was never set and an account that is shut out are not told apart.
"""

from dataclasses import dataclass

from survey_app.credentials.passwords import TooManyAtOnce
from survey_app.storage.records import CredentialRecord, Proof
from survey_app.translations import gettext as _
from survey_app.translations import ngettext
from survey_app.web.context import services
from survey_app.web.signing.proofs import read_proof
from survey_app.web.signing.tries import admit, forgive, leave_out

_MINUTE = 60
_WRONG = 422


@dataclass(frozen=True)
class Refusal:
    """Why nobody is let in, as a sentence, and the status of the answer."""

    sentence: str
    status: int
    seconds: int = 0

    @property
    def is_wrong(self) -> bool:
        """Whether what was typed was looked at, and is wrong."""
        return self.status == _WRONG

    @property
    def headers(self) -> dict[str, str]:
        """When to come again, for programs."""
        return {"Retry-After": str(self.seconds)} if self.seconds else {}


@dataclass(frozen=True)
class Checked:
    """Whose name and password are right, and what the code proves: it is not used up yet."""

    found: CredentialRecord
    proof: Proof


def check(name: str, password: str, code: str) -> Checked | Refusal:
    """Return whose these are, or why nobody's; the code is looked at where it is used up."""
    seconds = admit(name)
    if seconds:
        return hold_back(seconds)
    found = services().store.credentials.find(name)
    proof = read_proof(found, code)
    stored = None if found is None or found.account.disabled else found.password_hash
    try:
        is_right = services().passwords.verify(stored, password)
    except TooManyAtOnce:
        leave_out(name)
        return too_many()
    if found is None or not is_right:
        return refuse_try(found)
    _renew(found, password)
    return Checked(found, proof)


def check_again(own: CredentialRecord, password: str) -> Refusal | None:
    """Return why somebody who is signed in is not believed; None where the password is right."""
    checked = check(own.account.name, password, "")
    if isinstance(checked, Refusal):
        return checked
    forgive(own.account.name)
    return None


def refuse_try(found: CredentialRecord | None) -> Refusal:
    """Note a wrong try, and return the sentence that does not say what was wrong with it."""
    account = None if found is None else found.account.id
    services().store.access_log.note("refused", account, by="")
    return Refusal(
        _("Something is not right. Check the name, the password and, if you use one, the code."),
        _WRONG,
    )


def hold_back(seconds: int) -> Refusal:
    """Return the refusal of a try that comes too early."""
    if seconds < _MINUTE:
        wait = ngettext("{count} second", "{count} seconds", seconds)
    else:
        wait = ngettext("{count} minute", "{count} minutes", -(-seconds // _MINUTE))
    sentence = _("There were several wrong tries. Wait {time}, then try again.").format(time=wait)
    return Refusal(sentence, 429, seconds)


def too_many() -> Refusal:
    """Return the refusal where many sign in at the same moment."""
    return Refusal(_("Many people sign in just now. Wait a moment, then try again."), 503, 2)


def _renew(found: CredentialRecord, password: str) -> None:
    """Keep the password by a hash as they are made now, where it was made by older rules."""
    passwords, old = services().passwords, found.password_hash
    if old is not None and passwords.is_outdated(old):
        try:
            new = passwords.hash(password)
        except TooManyAtOnce:
            return  # the next time will do
        services().store.credentials.rehash(found.account.id, old, new)
