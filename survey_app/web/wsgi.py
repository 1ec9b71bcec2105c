"""What a WSGI server loads: the application, with the settings of the environment."""

from flask import Flask

from survey_app.settings import Settings
from survey_app.web.app import create_app


def application() -> Flask:
    """Return the application; called once by each server process."""
    return create_app(Settings.from_environment())
