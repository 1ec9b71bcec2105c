"""A browser in which somebody of the staff has signed in by a link."""

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey_app.cli.sign_in_links import make_sign_in_link
from survey_app.settings import Settings
from survey_app.storage.records import Role
from survey_app.storage.store import Store
from tests.plain_browser import PlainBrowser


def sign_in(
    app: Flask,
    settings: Settings,
    store: Store,
    *,
    role: Role | None = None,
    study: str = "ami",
    administrator: bool = False,
) -> PlainBrowser:
    """Return a browser signed in as a new account with that role."""
    name = f"the {role or 'administrator'} of {study}"
    store.accounts.add(name, administrator=administrator)
    if role is not None:
        store.accounts.set_role(name, role, study)
    client = app.test_client()
    link = make_sign_in_link(settings, store, name)
    assert client.post(link.removeprefix(settings.url)).status_code == 303
    return PlainBrowser(client)


def sign_in_by_password(
    client: FlaskClient, name: str, password: str, code: str = ""
) -> TestResponse:
    """Return the answer to the sign-in form."""
    form = {"name": name, "password": password, "factor_code": code}
    return client.post("/sign-in", data=form)
