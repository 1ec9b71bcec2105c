"""Where the addresses of one's own account are registered, and what they begin with."""

from flask import Blueprint

from survey_app.storage.records import CredentialRecord, Staff
from survey_app.web.access import current_person
from survey_app.web.context import services
from survey_app.web.security import STAFF_COOKIE, hash_token, read_cookie

blueprint = Blueprint("account", __name__)


def find_person() -> Staff:
    """Return who is signed in; the views of this room are shown to nobody else."""
    person = current_person()
    if person is None:
        raise RuntimeError("Nobody is signed in. Ask `require_person` before the view.")
    return person


def find_own() -> CredentialRecord:
    """Return what the person signed in is let in with."""
    name = find_person().account.name
    found = services().store.credentials.find(name)
    if found is None:
        raise RuntimeError(f"There is no account {name}, in whose session this is.")
    return found


def own_session() -> str:
    """Return the hash of the cookie of the session at hand."""
    return hash_token(read_cookie(STAFF_COOKIE))
