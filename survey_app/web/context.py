"""What every view needs: settings, store, definitions and the secret."""

from dataclasses import dataclass
from functools import cached_property
from typing import cast

from flask import current_app

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
    def is_secure(self) -> bool:
        """Whether people reach the program by https."""
        return self.settings.is_secure


def services() -> Services:
    """Return the services of the running application."""
    return cast("Services", current_app.extensions[EXTENSION])
