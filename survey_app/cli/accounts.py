"""Accounts as commands name them."""

from survey_app.cli.options import refuse_unknown
from survey_app.storage.records import AccountRecord
from survey_app.storage.store import Store


def require_account(store: Store, name: str) -> AccountRecord:
    """Return the account of a name; refuse one that is not there with those that are."""
    found = store.accounts.find(name)
    if found is None:
        names = [account.name for account in store.accounts.list()]
        raise refuse_unknown(f"There is no account '{name}'", name, names)
    return found
