"""Passwords, second factors and recovery codes as they are kept, and the sessions that they begin.

No secret comes here: passwords and codes come as hashes, a code of the second factor as the step
whose code it was. Each step and each recovery code is good once.
"""

from sqlalchemy import Connection, delete, func, insert, select, update

from survey_app.storage.moments import now
from survey_app.storage.records import (
    AccountRecord,
    CredentialRecord,
    Duration,
    Proof,
    SessionRecord,
)
from survey_app.storage.schema import access_rule, account, recovery_code, sign_in
from survey_app.storage.store.access import Access
from survey_app.storage.store.access_log import note_access
from survey_app.storage.store.letting_in import let_in, use_proof
from survey_app.storage.store.rows import to_record
from survey_app.storage.store.sessions import (
    end_one_session,
    end_sessions,
    lift_limits,
    list_sessions,
)


class Credentials:
    """What accounts are let in with. Who does something is named by ``by``, for the log."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def find(self, name: str) -> CredentialRecord | None:
        """Return what the account of a name is let in with, or None where there is none."""
        return self._access.read(lambda connection: _find(connection, name))

    def begin(
        self, account_id: str, session_hash: str, lasting: Duration, proof: Proof, *, how: str
    ) -> bool:
        """Let a cookie in; False where the account is shut out or the second factor is not shown.

        The password is for the caller to look at; ``how`` the person came in goes into the log.
        """
        return self._access.write(
            lambda connection: let_in(connection, account_id, session_hash, lasting, proof, how=how)
        )

    def use_proof(self, account_id: str, proof: Proof) -> bool:
        """Use a code up; False where it is no good, or no more. True without a second factor."""
        return self._access.write(lambda connection: use_proof(connection, account_id, proof))

    def set_password(
        self, account_id: str, password_hash: str, *, by: str, but: str | None = None
    ) -> int:
        """Set a password and end all sessions ``but`` that of one cookie; return how many ended."""

        def change(connection: Connection) -> int:
            store_password(connection, account_id, password_hash, by=by)
            return end_sessions(connection, account_id, but=but)

        return self._access.write(change)

    def rehash(self, account_id: str, old: str, new: str) -> None:
        """Keep the same password by a hash of other parameters, if it is the same still."""
        this = (account.c.id == account_id) & (account.c.password_hash == old)
        change = update(account).where(this).values(password_hash=new)
        self._access.write(lambda connection: connection.execute(change))

    def forget_password(self, account_id: str, *, by: str) -> int:
        """Forget a password, void all links and end all sessions; return how many there were."""

        def change(connection: Connection) -> int:
            values = {"password_hash": None, "password_set": None}
            this = account.c.id == account_id
            connection.execute(update(account).where(this).values(values))
            links = (sign_in.c.account_id == account_id) & sign_in.c.used.is_(None)
            connection.execute(update(sign_in).where(links).values(used=now()))
            note_access(connection, "password_reset", account_id, by=by)
            return end_sessions(connection, account_id)

        return self._access.write(change)

    def set_factor(
        self, account_id: str, seed: str, step: int, codes: list[str], *, by: str
    ) -> None:
        """Set a second factor with the hashes of its recovery codes, and end all limits by it."""
        self._access.write(
            lambda connection: _set_factor(connection, account_id, seed, step, codes, by=by)
        )

    def remove_factor(self, account_id: str, *, by: str) -> None:
        """Let the account in without a second factor, and forget its recovery codes."""

        def change(connection: Connection) -> None:
            values = {"factor_seed": None, "factor_step": None}
            connection.execute(update(account).where(account.c.id == account_id).values(values))
            replace_codes(connection, account_id, [])
            note_access(connection, "factor_removed", account_id, by=by)

        self._access.write(change)

    def renew_codes(self, account_id: str, codes: list[str], *, by: str) -> None:
        """Keep the hashes of new recovery codes in place of the old ones."""

        def change(connection: Connection) -> None:
            replace_codes(connection, account_id, codes)
            note_access(connection, "codes_renewed", account_id, by=by)

        self._access.write(change)

    def list_sessions(self, account_id: str) -> list[SessionRecord]:
        """Return the sessions in which an account is signed in now, the newest first."""
        return self._access.read(lambda connection: list_sessions(connection, account_id))

    def end_session(self, account_id: str, session_hash: str, *, by: str) -> bool:
        """End one session of an account; False where it has no such session."""

        def change(connection: Connection) -> bool:
            ended = end_one_session(connection, account_id, session_hash)
            if ended:
                note_access(connection, "sessions_ended", account_id, by=by, detail="1")
            return ended > 0

        return self._access.write(change)

    def end_sessions(self, account_id: str, *, by: str, but: str | None = None) -> int:
        """End all sessions of an account, ``but`` that of one cookie; return how many ended."""

        def change(connection: Connection) -> int:
            ended = end_sessions(connection, account_id, but=but)
            note_access(connection, "sessions_ended", account_id, by=by, detail=str(ended))
            return ended

        return self._access.write(change)

    def factor_required_since(self) -> str | None:
        """Return since when all staff must have a second factor; None where it is their choice."""
        query = select(access_rule.c.since).where(access_rule.c.name == "second_factor")
        return self._access.read(lambda connection: connection.scalar(query))

    def require_factor(self, *, required: bool, by: str) -> None:
        """Require a second factor of all staff from their next sign-in on, or do so no more."""
        self._access.write(lambda connection: _require_factor(connection, required=required, by=by))

    def held(self) -> dict[str, tuple[bool, bool]]:
        """Return by account's id whether it has a password, and a second factor."""
        query = select(
            account.c.id, account.c.password_hash.is_not(None), account.c.factor_seed.is_not(None)
        )
        rows = self._access.read(lambda connection: connection.execute(query).all())
        return {row[0]: (bool(row[1]), bool(row[2])) for row in rows}


def store_password(connection: Connection, account_id: str, password_hash: str, *, by: str) -> None:
    """Keep the hash of a new password."""
    values = {"password_hash": password_hash, "password_set": now()}
    connection.execute(update(account).where(account.c.id == account_id).values(values))
    note_access(connection, "password_set", account_id, by=by)


def replace_codes(connection: Connection, account_id: str, codes: list[str]) -> None:
    """Keep the hashes of these recovery codes and of no others."""
    connection.execute(delete(recovery_code).where(recovery_code.c.account_id == account_id))
    rows = [{"account_id": account_id, "hash": code} for code in codes]
    if rows:
        connection.execute(insert(recovery_code), rows)


def _find(connection: Connection, name: str) -> CredentialRecord | None:
    row = connection.execute(select(account).where(account.c.name == name)).mappings().first()
    if row is None:
        return None
    columns = recovery_code.c
    left = connection.scalar(
        select(func.count()).where(columns.account_id == row["id"], columns.used.is_(None))
    )
    found = to_record(AccountRecord, row)
    return to_record(CredentialRecord, row, account=found, recovery_codes=left or 0)


def _set_factor(
    connection: Connection, account_id: str, seed: str, step: int, codes: list[str], *, by: str
) -> None:
    values = {"factor_seed": seed, "factor_step": step}
    connection.execute(update(account).where(account.c.id == account_id).values(values))
    replace_codes(connection, account_id, codes)
    lift_limits(connection, account_id)
    note_access(connection, "factor_set", account_id, by=by)


def _require_factor(connection: Connection, *, required: bool, by: str) -> None:
    connection.execute(delete(access_rule).where(access_rule.c.name == "second_factor"))
    if required:
        connection.execute(insert(access_rule), {"name": "second_factor", "since": now()})
    note_access(connection, "factor_required" if required else "factor_free", None, by=by)
