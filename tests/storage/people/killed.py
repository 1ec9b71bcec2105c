"""A process that is killed before its n-th step, in the database or on the disk."""

import os
import signal
import sys
import traceback
from collections.abc import Callable
from itertools import count

from sqlalchemy import Engine, Pool, event

FILES = {"open", "os.rename", "os.link", "os.remove"}
NEVER = 10_000


def killed_at(step: int, work: Callable[[], object], *, within: str) -> bool:
    """Do the work in a process that is killed before one of its steps; whether it got so far.

    A step is a statement, a commit, a connection that is taken, or what is opened, renamed or
    removed in a folder whose path holds `within`.
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


def _work_until(step: int, work: Callable[[], object], within: str) -> None:
    numbers = count(1)

    def die_in_turn(*_: object) -> None:
        if next(numbers) == step:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(name: str, given: tuple[object, ...]) -> None:
        if name in FILES and within in str(given[0]):
            die_in_turn()

    event.listen(Engine, "before_cursor_execute", die_in_turn)
    event.listen(Engine, "commit", die_in_turn)
    event.listen(Pool, "checkout", die_in_turn)
    sys.addaudithook(watch)
    try:
        work()
    except BaseException:  # noqa: BLE001 - whatever it is, pytest must not run twice
        traceback.print_exc()
        os._exit(1)
    os._exit(0)
