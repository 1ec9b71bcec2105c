"""What every view needs: settings, store, definitions and the secret."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from flask import Flask, current_app

from survey_app.credentials.passwords import Passwords
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.web.catalogue import Catalogue

EXTENSION = "survey_app"


@dataclass(frozen=True, kw_only=True)
class Services:
    """The rooms behind the pages."""

    settings: Settings
    store: Store
    catalogue: Catalogue
    secret: bytes

    @cached_property
    def passwords(self) -> Passwords:
        """What looks at passwords, for all that sign in."""
        return Passwords(self.settings.password_memory, self.settings.password_passes)

    @cached_property
    def is_secure(self) -> bool:
        """Whether people reach the program by https."""
        return self.settings.is_secure


_answering: ContextVar[Services | None] = ContextVar("answering", default=None)
"""Those of the application that answers the request at hand: asked for seventy times in a
participation, they are found here in a thirtieth of the time."""


def services() -> Services:
    """Return the services of the running application."""
    return _answering.get() or cast("Services", current_app.extensions[EXTENSION])


@contextmanager
def answering(app: Flask) -> Iterator[None]:
    """Answer a request with an application's services."""
    token = _answering.set(app.extensions.get(EXTENSION))
    try:
        yield
    finally:
        _answering.reset(token)
