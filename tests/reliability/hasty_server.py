"""The control of the kill loop: our server made wrong, answering before its commit is on disk."""

import sys
import threading
import time
from collections.abc import Callable
from typing import Any

from flask import Flask

from survey_app import server
from survey_app.settings import Settings
from survey_app.storage.records import Outcome
from survey_app.storage.store import Store
from survey_app.web.app import create_app

DELAY = 0.05


def hasten(method: Callable[..., Any]) -> Callable[..., Outcome]:
    """Return a method that says 'saved' at once and saves a little later."""

    def say_saved(*args: Any, **kwargs: Any) -> Outcome:
        def save() -> None:
            time.sleep(DELAY)
            method(*args, **kwargs)

        threading.Thread(target=save, daemon=True).start()
        return Outcome(status="saved", revision=1, at="")

    return say_saved


def application() -> Flask:
    """Return the application with a store that acknowledges too early."""
    settings = Settings.from_environment()
    store = Store(settings.database)
    store.responses.save_section = hasten(store.responses.save_section)  # type: ignore[method-assign]
    store.interviews.apply = hasten(store.interviews.apply)  # type: ignore[method-assign]
    return create_app(settings, store)


if __name__ == "__main__":
    server.run(
        Settings.from_environment(),
        "127.0.0.1",
        int(sys.argv[1]),
        application="tests.reliability.hasty_server:application",
    )
