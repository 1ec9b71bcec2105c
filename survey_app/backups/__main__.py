"""`python -m survey_app.backups`: makes the backups of a server and ends with it."""

import logging
import os
import signal
import sys

from survey_app.backups.schedule import Schedule
from survey_app.server_lock import end_with_parent
from survey_app.settings import Settings

NICENESS = 10
"""How far this process stands behind the one that answers."""


def main() -> None:
    """Keep the schedule of the environment's settings until the server ends."""
    logging.basicConfig(
        format="%(asctime)s %(levelname)s %(message)s",
        datefmt="%Y-%m-%d %H:%M:%S%z",
        level=logging.INFO,
    )
    signal.signal(signal.SIGINT, _leave)
    signal.signal(signal.SIGTERM, _leave)
    end_with_parent()
    if sys.platform != "win32":
        os.nice(NICENESS)
    settings = Settings.from_environment()
    if settings.backups is not None:
        passphrase = os.environ.get("SURVEY_APP_BACKUP_PASSPHRASE") or None
        Schedule(settings=settings, folder=settings.backups, passphrase=passphrase).keep()


def _leave(_signal: int, _frame: object) -> None:
    """Leave with the server, so that what stands half made is tidied away."""
    sys.exit(0)


if __name__ == "__main__":
    main()
