"""Letting somebody of the staff in: the second factor is used up where the session begins."""

from sqlalchemy import Connection, or_, select, update

from survey_app.storage.moments import now
from survey_app.storage.records import Duration, Proof
from survey_app.storage.schema import access_rule, account, recovery_code
from survey_app.storage.store.access_log import note_access
from survey_app.storage.store.sessions import add_staff_session


def let_in(
    connection: Connection,
    account_id: str,
    session_hash: str,
    lasting: Duration,
    proof: Proof,
    *,
    how: str,
) -> bool:
    """Let a cookie in (see Credentials.begin).

    Where a second factor is required and the account has none, the session is limited to setting
    one up.
    """
    columns = account.c
    this = select(columns.name, columns.factor_seed).where(
        columns.id == account_id, columns.disabled.is_(False)
    )
    row = connection.execute(this).first()
    if row is None or not use_proof(connection, account_id, proof):
        return False
    rule = select(access_rule.c.since).where(access_rule.c.name == "second_factor")
    limited = row.factor_seed is None and connection.scalar(rule) is not None
    add_staff_session(connection, account_id, session_hash, lasting, limited=limited)
    note_access(connection, "signed_in", account_id, by=row.name, detail=how)
    return True


def use_proof(connection: Connection, account_id: str, proof: Proof) -> bool:
    """Use up what was shown of a second factor (see Credentials.use_proof).

    The row is changed before anything else is read of it, so that of two who show the same code at
    once one is refused.
    """
    columns = account.c
    seed = connection.scalar(select(columns.factor_seed).where(columns.id == account_id))
    if seed is None:
        return True
    if proof.step is not None:
        new = or_(columns.factor_step.is_(None), columns.factor_step < proof.step)
        change = update(account).where(columns.id == account_id, new)
        return connection.execute(change.values(factor_step=proof.step)).rowcount == 1
    if proof.recovery is not None:
        codes = recovery_code.c
        this = (codes.account_id == account_id) & (codes.hash == proof.recovery)
        change = update(recovery_code).where(this, codes.used.is_(None)).values(used=now())
        if connection.execute(change).rowcount == 1:
            note_access(connection, "recovery_code_used", account_id, by="", detail="")
            return True
    return False
