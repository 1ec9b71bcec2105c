"""Codes as they are typed, and what they prove of the second factor of an account."""

from datetime import UTC, datetime

from survey_app.credentials.recovery_codes import hash_recovery_code
from survey_app.credentials.second_factor import find_step, make_secret, read_digits
from survey_app.invitation_codes import read_code
from survey_app.storage.records import CredentialRecord, Proof
from survey_app.web.security import derive


def find_secret(account_id: str, seed: str) -> str:
    """Return the secret that the app of an account has, as it is made of a seed."""
    return make_secret(derive("second factor", f"{account_id}\n{seed}"))


def read_proof(found: CredentialRecord | None, typed: str) -> Proof:
    """Return what a code proves, for nobody as for somebody: a step, or a recovery code's hash."""
    digits = read_digits(typed)
    if digits is not None:
        seed = found.factor_seed if found else None
        if found is None or seed is None:
            return Proof()
        secret = find_secret(found.account.id, seed)
        now = datetime.now(UTC)
        return Proof(step=find_step(secret, digits, now, after=found.factor_step))
    code = read_code(typed)
    if code is None:
        return Proof()
    return Proof(recovery=hash_recovery_code(code, found.account.id if found else "nobody"))
