"""What is posted is read as servers hand it over, and who waits for it is counted."""

import io
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from survey_app.web.inflow import Inflow

SECONDS = 20


class Silent:
    """A body that comes once it is let."""

    def __init__(self, asked: threading.Barrier) -> None:
        self.asked = asked
        self.let = threading.Event()

    def read(self, *_size: int) -> bytes:
        self.asked.wait(SECONDS)
        assert self.let.wait(SECONDS)
        return b"late"


class Strict:
    """A body that knows no negative size."""

    def read(self, size: int | None = None) -> bytes:
        if size is not None and size < 0:
            raise OverflowError
        return b"all" if size is None else b"all"[:size]


@pytest.mark.parametrize(("size", "read"), [(-1, b"all"), (2, b"al"), (0, b"")])
def test_a_body_is_read_whole_or_in_part(size: int, read: bytes) -> None:
    assert Inflow().watch(Strict()).read(size) == read
    assert Inflow().watch(io.BytesIO(b"all")).read(size) == read


def test_those_who_wait_are_counted_until_what_they_wait_for_has_come() -> None:
    inflow, asked = Inflow(), threading.Barrier(3)
    bodies = [Silent(asked), Silent(asked)]
    with ThreadPoolExecutor(2) as pool:
        reading = [pool.submit(inflow.watch(body).read) for body in bodies]
        asked.wait(SECONDS)
        assert (inflow.count_stalled(-1), inflow.count_stalled(SECONDS)) == (2, 0)
        bodies[0].let.set()
        assert reading[0].result(SECONDS) == b"late"
        assert inflow.count_stalled(-1) == 1
        bodies[1].let.set()
    assert inflow.count_stalled(-1) == 0
