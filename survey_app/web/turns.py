"""The turn: participants' requests are worked on one at a time, and wait for the disk together.

Python runs one thread at a time. Where eight work at once, each call into the database lets another
one in and then waits to be let in again, five thousandths of a second at worst and a dozen times a
request. So whoever answers a participant takes the turn. What may take long without Python stands
outside of it: reading what a slow telephone posts comes before, and whoever waits for the disk
lends the turn to others.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, get_ident
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Turn:
    """The turn to answer a participant."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._holder: int | None = None

    def __enter__(self) -> None:
        """Take the turn, once it comes."""
        self._lock.acquire()
        self._holder = get_ident()

    def __exit__(self, *_error: object) -> None:
        """Give the turn up."""
        self._holder = None
        self._lock.release()

    @contextmanager
    def lent(self) -> Iterator[None]:
        """Let others have the turn within the block; does nothing for a thread that has it not."""
        if self._holder != get_ident():
            yield
            return
        self.__exit__()
        try:
            yield
        finally:
            self.__enter__()


POSTED = "survey_app.posted"
"""What was posted, in the environment of a request that was read ahead and came whole."""


def read_ahead(environ: "WSGIEnvironment", most: int) -> None:
    """Read what is posted, if it is no more than `most` bytes; more is refused unread later on.

    So is a post that was cut off on its way: it is shorter than it says.
    """
    length = environ.get("CONTENT_LENGTH", "")
    if length.isdecimal() and 0 < int(length) <= most:
        body = environ["wsgi.input"].read(int(length))
        environ["wsgi.input"] = io.BytesIO(body)
        if len(body) == int(length):
            environ[POSTED] = body
