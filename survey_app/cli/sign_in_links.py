"""Links with which somebody of the staff signs in once."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta

from survey_app.cli.options import find_login
from survey_app.settings import Settings
from survey_app.storage.store import Store

TOKEN_BYTES = 32
VALID_FOR = timedelta(hours=24)


def make_sign_in_link(
    settings: Settings, store: Store, name: str, *, sets_password: bool = False
) -> str:
    """Return the address of a new link for an account; only the token's hash is stored.

    With `sets_password` it signs in only together with a new password. Raises UnknownRecord for an
    account that is not there.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires = (datetime.now(UTC) + VALID_FOR).isoformat(timespec="milliseconds")
    store.accounts.make_sign_in(
        name,
        hashlib.sha256(token.encode()).hexdigest(),
        expires.replace("+00:00", "Z"),
        sets_password=sets_password,
        by=find_login(),
    )
    return f"{settings.url}/sign-in/{token}"
