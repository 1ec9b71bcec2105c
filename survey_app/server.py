"""The server that answers: Granian with one process and several threads, never Flask's own.

It costs half the CPU of waitress and of gunicorn for each request and starts on Windows too.
"""

import errno
import os
import socket
import sys

from granian.constants import HTTPModes, Interfaces, RuntimeModes
from granian.log import LogLevels
from granian.server import Server

from survey_app.settings import Settings

APPLICATION = "survey_app.web.wsgi:application"
THREADS = 32
"""At most; they are started as they are needed. Three would do for speed, since one core runs
Python at a time; but a thread reads a post for as long as the network takes to bring it, and so
many slow telephones must not hold up everybody (see survey_app.web.inflow)."""
STOP_SECONDS = 10
"""How long requests that are being answered may take once the server is told to stop."""

LINE = "%(asctime)s %(levelname)s %(message)s"
MOMENT = "%Y-%m-%d %H:%M:%S%z"
"""How a line of the log is written: its time with the distance from UTC."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": LINE, "datefmt": MOMENT}},
    "handlers": {
        "messages": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "stream": "ext://sys.stderr",
        }
    },
    "loggers": {"_granian": {"handlers": ["messages"], "propagate": False}},
    "root": {"handlers": ["messages"], "level": "WARNING"},
}


class PortInUse(OSError):  # noqa: N818 - the name says what happened
    """Another program answers at this address already."""


def claim(host: str, port: int) -> None:
    """See whether the address can be listened at.

    Raises PortInUse where another program does, OSError where this computer does not have it.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    with socket.socket(family, kind, protocol) as probe:
        if sys.platform != "win32":
            # Elsewhere a port stays closed for a minute after its server has ended.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen()
        except OSError as error:
            if error.errno in {errno.EADDRINUSE, errno.EACCES}:
                raise PortInUse(error.errno, error.strerror) from error
            raise


def run(settings: Settings, host: str, port: int, application: str = APPLICATION) -> None:
    """Answer until the process is told to stop.

    `application` names a factory as `module:function`; it runs in a process of its own, which the
    settings reach by the environment.
    """
    os.environ.update(settings.to_environment())
    Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        factory=True,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        # One thread for all sockets, and one language on them: a tenth less work for each request.
        runtime_mode=RuntimeModes.st,
        http=HTTPModes.http1,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.error,
        log_dictconfig=LOGGING,
        log_access=False,
    ).serve()
