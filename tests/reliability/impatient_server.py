"""Our server with two threads, which waits for what is posted no longer than a test can."""

import sys

from flask import Flask

from survey_app import server
from survey_app.settings import Settings
from survey_app.web import inflow, wsgi

THREADS = 2
PATIENCE = 0.5
"""Seconds."""


def application() -> Flask:
    """Return the application, impatient."""
    inflow.PATIENCE, inflow.PAUSE, server.THREADS = PATIENCE, 0.05, THREADS
    return wsgi.application()


if __name__ == "__main__":
    server.THREADS = THREADS
    server.run(
        Settings.from_environment(),
        "127.0.0.1",
        int(sys.argv[1]),
        application="tests.reliability.impatient_server:application",
    )
