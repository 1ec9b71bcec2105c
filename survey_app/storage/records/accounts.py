"""People who work with the studies, and what they exported."""

from dataclasses import dataclass
from typing import NamedTuple

from survey_app.storage.records.values import Json, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountRecord:
    """An account of the staff."""

    id: str
    name: str
    administrator: bool
    disabled: bool
    created: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Staff:
    """Who is signed in: the account and its role in each study, by the study's slug.

    A ``limited`` session opens nothing but the page that sets up a second factor, until that is
    done. ``idle_ends`` is when it ends if nothing more is asked for, and ``ends`` when in any case;
    None where it does not.
    """

    account: AccountRecord
    roles: dict[str, Role]
    limited: bool = False
    idle_ends: str | None = None
    ends: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CredentialRecord:
    """What an account is let in with: a password, a second factor, both or neither.

    ``password_set`` is when the password was set; ``factor_seed`` makes the second factor's secret,
    and ``factor_step`` is the last step whose code was used. ``recovery_codes`` are left.
    """

    account: AccountRecord
    password_hash: str | None
    password_set: str | None
    factor_seed: str | None
    factor_step: int | None
    recovery_codes: int


class Proof(NamedTuple):
    """What was shown of the second factor: a code's step, or the hash of a recovery code."""

    step: int | None = None
    recovery: str | None = None


class Duration(NamedTuple):
    """Until when a new session lets in, in all and if nothing more is asked for."""

    ends: str
    idle_ends: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionRecord:
    """A session of the staff; ``hash`` is its cookie's, ``seen`` the day of its last use."""

    hash: str
    created: str
    ends: str | None
    seen: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AccessEvent:
    """Something that concerns who is let in: what, to whose account, by whom."""

    at: str
    kind: str
    account: str
    by: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportRecord:
    """One export that was made: by whom, with which filter, and the file's SHA-256."""

    id: str
    who: str
    study: str
    filter: dict[str, Json]
    columns: list[str]
    rows: int
    hash: str
    at: str
