"""Where the server answers: remembered by it, so that links made meanwhile lead there."""

import os

from survey_app.settings import Settings

FILE = "address"


def remember_address(settings: Settings) -> None:
    """Note the server's address in the data folder."""
    (settings.data / FILE).write_text(settings.url, encoding="utf-8")


def has_served(settings: Settings) -> bool:
    """Whether a server has ever been started on this data folder."""
    return (settings.data / FILE).is_file()


def recall_address(settings: Settings) -> Settings:
    """Return the settings with the address at which the server answered last.

    SURVEY_APP_URL, where it is set, says more than what was noted.
    """
    noted = settings.data / FILE
    if os.environ.get("SURVEY_APP_URL") or not noted.is_file():
        return settings
    # Whether an address without encryption may be used was asked when the server began.
    return settings.with_changes(url=noted.read_text(encoding="utf-8"), insecure_lan=True)
