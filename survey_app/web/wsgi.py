"""What a WSGI server loads: the application, with the settings of the environment."""

import gc

from flask import Flask

from survey_app import server
from survey_app.server_lock import end_with_parent
from survey_app.settings import Settings
from survey_app.web.app import create_app


def application() -> Flask:
    """Return the application; called once by each server process."""
    end_with_parent()
    made = create_app(Settings.from_environment())
    # What is there by now stays. Looked through again and again for what could be thrown away, it
    # would hold up everybody for a twentieth of a second each time.
    gc.collect()
    gc.freeze()
    made.inflow.end_when_stalled(server.THREADS)
    return made
