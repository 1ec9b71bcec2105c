"""Accounts of the staff, their roles, sign-in links and sessions."""

from sqlalchemy import Connection, Text, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from survey_app.storage.errors import NameTaken, UnknownRecord
from survey_app.storage.moments import identifier, now
from survey_app.storage.records import AccountRecord, Duration, Proof, Role, Staff
from survey_app.storage.schema import account, membership, session, sign_in, study
from survey_app.storage.statements import Statement
from survey_app.storage.store.access import Access
from survey_app.storage.store.access_log import note_access
from survey_app.storage.store.credentials import store_password
from survey_app.storage.store.letting_in import let_in
from survey_app.storage.store.rows import study_row, to_record
from survey_app.storage.store.sessions import (
    end_session,
    extend_session,
    still_open,
    touch_session,
)
from survey_app.storage.store.tries import delete_earlier

_BY_SESSION = Statement(
    select(
        account,
        membership.c.role,
        study.c.slug,
        session.c.limited,
        session.c.idle_ends,
        session.c.ends,
    )
    .join_from(session, account, account.c.id == session.c.account_id)
    .outerjoin(membership, membership.c.account_id == account.c.id)
    .outerjoin(study, study.c.id == membership.c.study_id)
    .where(
        session.c.hash == bindparam("hash"),
        account.c.disabled.is_(False),
        still_open(bindparam("now", type_=Text())),
    )
)


NOTHING = Proof()


class Accounts:
    """Accounts by name. Tokens and cookies are known by their SHA-256 alone."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def add(self, name: str, *, administrator: bool = False, by: str = "") -> AccountRecord:
        """Return the new account, which ``by`` added. Raises NameTaken."""
        record = AccountRecord(
            id=identifier(), name=name, administrator=administrator, disabled=False, created=now()
        )
        self._access.write(lambda connection: _add(connection, record, by=by))
        return record

    def find(self, name: str) -> AccountRecord | None:
        """Return one account, or None."""
        return self._access.read(lambda connection: _find(connection, name))

    def list(self) -> list[AccountRecord]:
        """Return all accounts by name."""
        query = select(account).order_by(account.c.name)
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        return [to_record(AccountRecord, row) for row in rows]

    def staff(self) -> tuple[Staff, ...]:
        """Return all accounts by name, each with its roles."""
        query = (
            select(account, study.c.slug, membership.c.role)
            .outerjoin_from(account, membership, membership.c.account_id == account.c.id)
            .outerjoin(study, study.c.id == membership.c.study_id)
            .order_by(account.c.name, study.c.slug)
        )
        rows = self._access.read(lambda connection: connection.execute(query).mappings().all())
        found: dict[str, Staff] = {}
        for row in rows:
            person = Staff(account=to_record(AccountRecord, row), roles={})
            person = found.setdefault(row["id"], person)
            if row["role"]:
                person.roles[row["slug"]] = row["role"]
        return tuple(found.values())

    def set_role(self, name: str, role: Role | None, study: str, *, by: str = "") -> None:
        """Give the account its one role in a study, None to take it away.

        Raises UnknownRecord for an account or study that is not there.
        """
        self._access.write(lambda connection: _set_role(connection, name, role, study, by))

    def disable(self, name: str, *, by: str = "") -> None:
        """Shut the account out: its sessions end and no link signs it in. Raises UnknownRecord."""
        self._access.write(lambda connection: _disable(connection, name, by))

    def make_sign_in(
        self,
        name: str,
        token_hash: str,
        expires: str,
        *,
        sets_password: bool = False,
        by: str = "",
    ) -> None:
        """Store a link that signs the account in once, until ``expires``.

        With ``sets_password`` it does so only together with a new password. Raises UnknownRecord.
        """
        values = {"token_hash": token_hash, "expires": expires, "sets_password": sets_password}
        self._access.write(lambda connection: _make_sign_in(connection, name, values, by))

    def peek_sign_in(self, token_hash: str) -> AccountRecord | None:
        """Return whom a link would sign in, without using it up; None when it is no good."""
        return self._access.read(lambda connection: _signing_in(connection, token_hash))

    def must_set_password(self, token_hash: str) -> bool:
        """Whether a link signs in only together with a new password."""
        query = select(sign_in.c.sets_password).where(sign_in.c.token_hash == token_hash)
        return bool(self._access.read(lambda connection: connection.scalar(query)))

    def use_sign_in(
        self,
        token_hash: str,
        session_hash: str,
        ends: str,
        *,
        idle_ends: str | None = None,
        proof: Proof = NOTHING,
        password_hash: str | None = None,
    ) -> AccountRecord | None:
        """Use the link up and let the cookie in until ``ends``, or ``idle_ends`` if it is idle.

        Sets a password where its hash is given. None, and the link stays, when it is no good, when
        a password is to be set and none is given, or the second factor is not shown by ``proof``.
        """
        lasting = Duration(ends, idle_ends)
        return self._access.write(
            lambda connection: _use_sign_in(
                connection, token_hash, session_hash, lasting, proof, password_hash=password_hash
            )
        )

    def by_session(self, session_hash: str) -> Staff | None:
        """Return who is signed in with the cookie, by one query, or None."""
        key = {"hash": session_hash, "now": now()}
        rows = self._access.readers.all(_BY_SESSION, key)
        if not rows:
            return None
        roles: dict[str, Role] = {row["slug"]: row["role"] for row in rows if row["role"]}
        first = rows[0]
        return Staff(
            account=to_record(AccountRecord, first),
            roles=roles,
            limited=first["limited"],
            idle_ends=first["idle_ends"],
            ends=first["ends"],
        )

    def extend_session(self, session_hash: str, ends: str) -> None:
        """Let the cookie in until ``ends``, unless that is sooner than before or it has ended."""
        self._access.write(lambda connection: extend_session(connection, session_hash, ends))

    def touch_session(self, session_hash: str, idle_ends: str) -> None:
        """Note that the cookie is in use, and let it in until ``idle_ends`` if nothing follows.

        Tries at passwords of earlier days are deleted on the way: none is kept for long.
        """

        def touch(connection: Connection) -> None:
            touch_session(connection, session_hash, idle_ends)
            delete_earlier(connection)

        self._access.write(touch)

    def end_session(self, session_hash: str) -> None:
        """Sign the cookie out, for good."""
        self._access.write(lambda connection: end_session(connection, session_hash))


def _add(connection: Connection, record: AccountRecord, *, by: str) -> None:
    values = {name: getattr(record, name) for name in AccountRecord.__slots__}
    try:
        connection.execute(insert(account).values(values))
    except IntegrityError as error:
        raise NameTaken(
            f"There is already an account “{record.name}”. Choose another name."
        ) from error
    detail = "administrator" if record.administrator else ""
    note_access(connection, "added", record.id, by=by, detail=detail)


def _find(connection: Connection, name: str) -> AccountRecord | None:
    row = connection.execute(select(account).where(account.c.name == name)).mappings().first()
    return None if row is None else to_record(AccountRecord, row)


def _require(connection: Connection, name: str) -> AccountRecord:
    found = _find(connection, name)
    if found is None:
        raise UnknownRecord(f"There is no account “{name}”. Check the name, or add it first.")
    return found


def _set_role(connection: Connection, name: str, role: Role | None, slug: str, by: str) -> None:
    account_id = _require(connection, name).id
    study_id = study_row(connection, slug)["id"]
    columns = membership.c
    connection.execute(
        delete(membership).where(columns.account_id == account_id, columns.study_id == study_id)
    )
    if role is not None:
        values = {"study_id": study_id, "account_id": account_id, "role": role}
        connection.execute(insert(membership), values)
    detail = f"{role or 'none'} in {slug}"
    note_access(connection, "role", account_id, by=by, detail=detail)


def _disable(connection: Connection, name: str, by: str) -> None:
    account_id = _require(connection, name).id
    connection.execute(update(account).where(account.c.id == account_id).values(disabled=True))
    connection.execute(
        update(session).where(session.c.account_id == account_id).values(revoked=True)
    )
    note_access(connection, "disabled", account_id, by=by)


def _signing_in(connection: Connection, token_hash: str) -> AccountRecord | None:
    query = (
        select(account)
        .join_from(sign_in, account, account.c.id == sign_in.c.account_id)
        .where(
            sign_in.c.token_hash == token_hash,
            sign_in.c.used.is_(None),
            sign_in.c.expires > now(),
            account.c.disabled.is_(False),
        )
    )
    row = connection.execute(query).mappings().first()
    return None if row is None else to_record(AccountRecord, row)


def _make_sign_in(connection: Connection, name: str, values: dict[str, object], by: str) -> None:
    account_id = _require(connection, name).id
    connection.execute(insert(sign_in), values | {"account_id": account_id})
    note_access(connection, "link_made", account_id, by=by)


def _use_sign_in(
    connection: Connection,
    token_hash: str,
    session_hash: str,
    lasting: Duration,
    proof: Proof,
    *,
    password_hash: str | None,
) -> AccountRecord | None:
    found = _signing_in(connection, token_hash)
    this = sign_in.c.token_hash == token_hash
    must_set = select(sign_in.c.sets_password).where(this)
    if found is None or (password_hash is None and connection.scalar(must_set)):
        return None
    if not let_in(connection, found.id, session_hash, lasting, proof, how="link"):
        return None
    connection.execute(update(sign_in).where(this).values(used=now()))
    if password_hash is not None:
        store_password(connection, found.id, password_hash, by=found.name)
    return found
