"""A process that is killed at its n-th step on the disk."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from itertools import count

STEPS = {"open", "os.rename", "os.mkdir", "os.remove", "os.rmdir", "sqlite3.connect"}
NEVER = 10_000


def killed_at(step: int, work: Callable[[], None], *, within: str) -> bool:
    """Do the work in a process that is killed before one of its steps; whether it got so far.

    A step is what is opened, made, renamed or removed in a folder whose path holds `within`.
    """
    child = os.fork()
    if child == 0:
        _work_until(step, work, within)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return True
    assert os.WEXITSTATUS(status) == 0, "the work failed by itself"
    return False


def _work_until(step: int, work: Callable[[], None], within: str) -> None:
    numbers = count(1)

    def watch(name: str, given: tuple[object, ...]) -> None:
        if name in STEPS and within in str(given[0]) and next(numbers) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    try:
        work()
    except BaseException:  # noqa: BLE001 - whatever it is, pytest must not run twice
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
