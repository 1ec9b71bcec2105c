"""Where a test's installation keeps what it has."""

from pathlib import Path

from survey_app.settings import Settings


def make_settings(folder: Path) -> Settings:
    """Return the settings of an installation whose everything is in `folder`."""
    data = folder / "survey-data"
    return Settings(
        data=data,
        database=f"sqlite:///{data / 'responses.sqlite3'}",
        people=f"sqlite:///{data / 'people.sqlite3'}",
        instruments=folder / "instruments",
        url="http://localhost",
    )
