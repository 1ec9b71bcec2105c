"""The application: wiring alone. It knows every room and decides nothing."""

import logging
import re
from typing import Any
from urllib.parse import quote

from flask import Flask, render_template, request
from werkzeug.exceptions import HTTPException

from survey_app.definition.library import load_library
from survey_app.failure_report import describe_failure
from survey_app.settings import Settings
from survey_app.signatures import read_secret
from survey_app.storage.errors import StorageError
from survey_app.storage.store import Store
from survey_app.translations import current_language, gettext, ngettext
from survey_app.web import (
    access,
    account,
    admin,
    analyst,
    consenting,
    front,
    interviewer,
    lead,
    participant,
    people,
    security,
    signing,
    studies,
)
from survey_app.web.analyst.outdated import discard_outdated
from survey_app.web.catalogue import Catalogue
from survey_app.web.context import EXTENSION, Services
from survey_app.web.exchange import Application
from survey_app.web.wording import add_wording

REQUEST_BYTES = 2 * 1024 * 1024
FORM_PARTS = 5_000
STATIC_SECONDS = 3_600
_SECRET_ADDRESS = re.compile(r"/(r|i|sign-in|try/[^/\s]+/[^/\s]+)/[^/\s\]]+")


ROOMS = (
    front,
    participant,
    consenting,
    interviewer,
    analyst,
    lead,
    studies,
    people,
    admin,
    signing,
    account,
)
"""The modules that have pages, one for each kind of user."""


def create_app(settings: Settings, store: Store | None = None) -> Application:
    """Return the application on a migrated database; `store` may be handed in already open."""
    app = Application("survey_app.web")
    app.config.update(
        MAX_CONTENT_LENGTH=REQUEST_BYTES,
        MAX_FORM_MEMORY_SIZE=REQUEST_BYTES,
        MAX_FORM_PARTS=FORM_PARTS,
        SEND_FILE_MAX_AGE_DEFAULT=STATIC_SECONDS,
    )
    opened = store or Store(settings.database, waiting=app.turn.lent)
    # Where the server ended between a withdrawal and this, the log still holds what was said.
    opened.erase_traces()
    opened.tries.clean()
    library = load_library(settings.instruments)
    app.extensions[EXTENSION] = Services(
        settings=settings,
        store=opened,
        catalogue=Catalogue(library, opened),
        secret=read_secret(settings),
    )
    _prepare_templates(app, settings)
    security.protect(app, settings)
    for module in ROOMS:
        app.register_blueprint(module.blueprint)
    access.require_rights(app)
    _handle_errors(app)
    with app.app_context():
        # A withdrawal by another process, or one after which the server ended too early.
        discard_outdated()
    app.logger.addFilter(mask_addresses)
    return app


def mask_addresses(record: logging.LogRecord) -> bool:
    """Take private links out of what is logged; they open answers."""
    record.msg = _SECRET_ADDRESS.sub(r"/\1/…", str(record.getMessage()))
    record.args = ()
    return True


def _prepare_templates(app: Flask, settings: Settings) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=gettext,
        ngettext=ngettext,
        current_language=current_language,
        insecure_lan=settings.insecure_lan and not settings.is_secure,
    )
    add_wording(app.jinja_env)


def _handle_errors(app: Flask) -> None:
    app.register_error_handler(HTTPException, _show_http_error)
    app.register_error_handler(StorageError, _show_storage_error)
    app.register_error_handler(Exception, _show_failure)


def _show_http_error(error: HTTPException) -> Any:
    status = error.code or 500
    if error.response is not None or status < 400:  # noqa: PLR2004 - not an error
        return error
    if request.is_json:
        return {"error": str(error.name), "message": str(error.description)}, status
    return render_template("error.html", status=status), status


def _show_storage_error(error: StorageError) -> Any:
    if request.is_json:
        return {"error": "busy", "message": str(error)}, 503, {"Retry-After": "5"}
    return render_template("error.html", status=503), 503, {"Retry-After": "5"}


def _show_failure(error: Exception) -> Any:
    logging.getLogger("survey_app.web").error(
        "%s %s failed\n%s",
        request.method,
        quote(_SECRET_ADDRESS.sub(r"/\1/…", request.path), safe="/…"),  # else it could be two lines
        describe_failure(error),
    )
    if request.is_json:
        return {"error": "failed"}, 500
    return render_template("error.html", status=500), 500
