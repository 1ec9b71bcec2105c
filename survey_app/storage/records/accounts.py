"""People who work with the studies, and what they exported."""

from dataclasses import dataclass

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
    """Who is signed in: the account and its role in each study, by the study's slug."""

    account: AccountRecord
    roles: dict[str, Role]


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
