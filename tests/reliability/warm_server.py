"""Our server, started again and again by a process that has read the program once.

Nine tenths of what a start costs is reading the program, three times over, which no kill has
anything to do with. Here each start is a fork of a process that did so; what it does from then on
is what the command does: lock the database, bring it up to date, answer.
"""

import os
import sys
from pathlib import Path

import survey_app.web.wsgi  # noqa: F401 - read here, so that the server's worker need not
from survey_app import server, server_lock
from survey_app.cli.preparing import make_databases
from survey_app.database_address import database_file
from survey_app.settings import Settings


def serve(port: int) -> None:
    """Be the server, until something ends it."""
    server_lock.end_with_parent()
    settings = Settings.from_environment()
    file = database_file(settings.database)
    assert file is not None
    with server_lock.hold_database(file, settings.url):
        make_databases(settings)
        server.run(settings, "127.0.0.1", port)


def start(port: int, output: Path) -> int:
    """Return the id of a new server, which leads a group of processes of its own."""
    child = os.fork()
    if child:
        return child
    os.setsid()
    said = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for stream in (1, 2):
        os.dup2(said, stream)
    try:
        serve(port)
    finally:
        os._exit(1)


if __name__ == "__main__":
    server_lock.end_with_parent()
    for line in sys.stdin:
        number, _, place = line.strip().partition(" ")
        process = start(int(number), Path(place))
        print(process, flush=True)
        os.waitpid(process, 0)
        print("ended", flush=True)
