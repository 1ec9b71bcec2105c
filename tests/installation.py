"""Where a test's installation keeps what it has."""

from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask

from survey_app.settings import Settings
from survey_app.web.analyst.blueprint import JOBS

if TYPE_CHECKING:
    from survey_app.jobs import Jobs


def make_settings(folder: Path) -> Settings:
    """Return the settings of an installation whose everything is in `folder`."""
    data = folder / "survey-data"
    return Settings(
        data=data,
        database=f"sqlite:///{data / 'responses.sqlite3'}",
        people=f"sqlite:///{data / 'people.sqlite3'}",
        instruments=folder / "instruments",
        url="http://localhost",
        # What a test signs in with is no secret, and shall cost it next to nothing.
        password_memory=8,
        password_passes=1,
    )


def end_jobs(app: Flask) -> None:
    """End what an application is still making: it would take the machine from the next tests."""
    jobs: Jobs = app.extensions[JOBS]
    for place in jobs.folder.iterdir() if jobs.folder.is_dir() else ():
        jobs.cancel(place.name)
