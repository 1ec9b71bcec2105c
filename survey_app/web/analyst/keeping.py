"""What was counted is kept until a response changes, so that a table is there at once again."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock, RLock
from typing import Any, TypeVar

MOST_KEPT = 500
"""Tables of some kilobytes each."""

Result = TypeVar("Result")


@dataclass
class Keeping:
    """What was counted last, by what it is of; what was not asked for the longest goes first.

    One thing is counted at a time: an analyst's tables must not take the machine from those who
    are answering.
    """

    _lock: Lock = field(default_factory=Lock)
    # What is counted may itself ask for another count.
    _counting: Any = field(default_factory=RLock)
    _known: OrderedDict[Hashable, Any] = field(default_factory=OrderedDict)

    def get(self, key: Hashable, count: Callable[[], Result]) -> Result:
        """Return what is kept under a key, counting it first where there is nothing."""
        found = self._find(key)
        if found is not None:
            return found[0]  # type: ignore[no-any-return]  # under one key always the same type
        with self._counting:
            found = self._find(key)
            if found is not None:
                return found[0]  # type: ignore[no-any-return]  # as above
            made = count()
            self._keep(key, made)
            return made

    def clear(self) -> None:
        """Keep nothing of what was counted up to now."""
        with self._lock:
            self._known.clear()

    def _find(self, key: Hashable) -> tuple[Any] | None:
        with self._lock:
            if key not in self._known:
                return None
            self._known.move_to_end(key)
            return (self._known[key],)

    def _keep(self, key: Hashable, made: Any) -> None:
        with self._lock:
            self._known[key] = made
            while len(self._known) > MOST_KEPT:
                self._known.popitem(last=False)
