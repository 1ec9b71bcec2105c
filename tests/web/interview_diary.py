"""What a bot that holds an interview writes down of its own deeds, as nobody else knows them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

Key = tuple[str, ...]
"""One unit of an interview, such as ("mark", "topics", "ethics")."""
Content = dict[str, Any]

FLAGS = ("quote", "come_back", "minimal_answer")
STARTING = ("start", "resume")
UNTOUCHED: dict[str, Content] = {
    "mark": {
        "state": "not_reached",
        "phase": None,
        "example": "none",
        "flags": [],
        "text": "",
        "reason": "",
    },
    "item": {"phase": "free", "state": "not_reached", "flags": [], "reason": ""},
    "note": {"text": ""},
    "whole": {"text": ""},
    "answer": {},
}


@dataclass(frozen=True, kw_only=True)
class Deed:
    """One thing done: to which unit, how that stands now, and when.

    `at` is in milliseconds into the interview, pauses left out.
    """

    key: Key
    content: Content
    moment: datetime
    at: int


@dataclass
class Diary:
    """All deeds in their order. Its clock is its own: it never asks the page or the server."""

    deeds: list[Deed] = field(default_factory=list)

    @property
    def elapsed(self) -> int:
        """How long the interview has lasted at this moment, in milliseconds without pauses."""
        turns = [deed for deed in self.deeds if deed.key[0] == "clock"]
        spans = [*pairwise(turns), (turns[-1], None)] if turns else []
        seconds = sum(
            ((until.moment if until else datetime.now(UTC)) - since.moment).total_seconds()
            for since, until in spans
            if since.key[1] in STARTING
        )
        return round(seconds * 1000)

    def add(self, *key: str, **content: Any) -> None:
        """Write down a deed that stands for itself, such as coming to a question."""
        self.deeds.append(Deed(key=key, content=content, moment=datetime.now(UTC), at=self.elapsed))

    def change(self, *key: str, **changes: Any) -> None:
        """Write down how a unit stands after a change; what changes nothing is no deed."""
        before = self.find(*key)
        if before | changes != before:
            self.add(*key, **(before | changes))

    def type(self, *key: str, before: str, text: str, part: str = "text") -> None:
        """Write down a text that grew letter by letter from what stood there."""
        for end in range(1, len(text) + 1):
            self.change(*key, **{part: before + text[:end]})

    def flag(self, *key: str, flag: str) -> None:
        """Write down that a flag was set, or taken off."""
        flags = set(self.find(*key)["flags"]) ^ {flag}
        self.change(*key, flags=[each for each in FLAGS if each in flags])

    def find(self, *key: str) -> Content:
        """Return how a unit stands now."""
        history = self.of(*key)
        return dict(history[-1].content if history else UNTOUCHED[key[0]])

    def of(self, *key: str) -> list[Deed]:
        """Return the deeds on one unit."""
        return [deed for deed in self.deeds if deed.key == key]

    def units(self, kind: str) -> dict[Key, list[Deed]]:
        """Return the units of a kind that were ever touched, each with its deeds."""
        keys = dict.fromkeys(deed.key for deed in self.deeds if deed.key[0] == kind)
        return {key[1:]: self.of(*key) for key in keys}

    def turns(self, item: str) -> list[tuple[str, int]]:
        """Return the changes of a question's phase with their times."""
        phases = [
            ("free", 0),
            *((each.content["phase"], each.at) for each in self.of("item", item)),
        ]
        return [now for then, now in pairwise(phases) if then[0] != now[0]]

    @property
    def visits(self) -> list[tuple[str, int]]:
        """The questions that were come to, each with its time."""
        return [(deed.key[1], deed.at) for deed in self.deeds if deed.key[0] == "place"]
