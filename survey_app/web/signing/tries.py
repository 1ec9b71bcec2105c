"""Who tries, as the limits know it: by the name typed, by the browser, and by the address.

No address is kept, nor any name: keys are keyed hashes that are others every day, and rows of an
earlier day are deleted with the next try, while anybody of the staff is at work, and at the start.
"""

from datetime import UTC, datetime
from ipaddress import ip_address

from flask import request
from werkzeug.wrappers import Response

from survey_app.credentials.pace import BY_ADDRESS, BY_NAME
from survey_app.web.context import services
from survey_app.web.security import derive, make_token, read_cookie, set_cookie

KNOWN_COOKIE = "known"
KNOWN_SECONDS = 180 * 24 * 3600
"""For how long a browser is known in which somebody has signed in with a password."""
_MAC = 32


def admit(name: str) -> int:
    """Return 0 for a try at a name that may be made now, else how many seconds to wait.

    The try counts as wrong unless `forgive` or `leave_out` follows.
    """
    waits = {_key_of_name(name): BY_NAME.wait, _key_of_address(): BY_ADDRESS.wait}
    return services().store.tries.admit(waits)


def leave_out(name: str) -> None:
    """Count the last try at a name as none, since it was not looked at."""
    services().store.tries.take_back("", [_key_of_name(name), _key_of_address()])


def forgive(name: str) -> None:
    """Forget the wrong tries at a name, since a right one followed."""
    services().store.tries.take_back(_key_of_name(name), [_key_of_address()])


def know_browser(response: Response, name: str) -> None:
    """Tell the browser's tries at a name apart from strangers' from now on."""
    if not _find_browser(name):
        mark = make_token()
        value = f"{mark}.{_sign(name, mark)}"
        set_cookie(response, KNOWN_COOKIE, value, KNOWN_SECONDS)


def _key_of_name(name: str) -> str:
    browser = _find_browser(name)
    return _make_key("browser", browser) if browser else _make_key("name", name.casefold())


def _find_browser(name: str) -> str:
    mark, _dot, mac = read_cookie(KNOWN_COOKIE).partition(".")
    return mark if mac and mac == _sign(name, mark) else ""


def _sign(name: str, mark: str) -> str:
    return derive("known browser", f"{name}\n{mark}").hex()[:_MAC]


def _key_of_address() -> str:
    return _make_key("address", find_address())


def find_address() -> str:
    """Return where a request comes from: what the proxy on this computer says, if there is one."""
    peer = request.environ.get("REMOTE_ADDR", "")
    told: str = request.environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    return told if told and _is_here(peer) else peer


def _is_here(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _make_key(kind: str, text: str) -> str:
    day = datetime.now(UTC).date().isoformat()
    return derive("tries", f"{day}\n{kind}\n{text}").hex()
