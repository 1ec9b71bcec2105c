"""The process that makes a server's backups, so that none of them slows an answer."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from survey_app.settings import Settings

PATIENCE_SECONDS = 10


@contextmanager
def keep_backups(settings: Settings) -> Iterator[None]:
    """Have backups made for the time of the block, if the settings name a folder for them.

    Should the server be killed, the process ends by itself.
    """
    if settings.backups is None:
        yield
        return
    process = subprocess.Popen(
        [sys.executable, "-m", "survey_app.backups"],
        stdin=subprocess.DEVNULL,
        env={**os.environ, **settings.to_environment()},
    )
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
