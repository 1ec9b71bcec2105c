"""A consent text as people meet it: title, paragraphs, and the statements that they may tick."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from survey_app.definition import reading
from survey_app.definition.reading import author
from survey_app.definition.shapes import Json
from survey_app.definition.text import Text

RECORDING = "recording"
"""The key of the statement that the interview may be recorded: the console asks for it."""
QUOTED = "quoted"
"""The key of the statement that words may be quoted: tables of quotations say where it is not."""
ConsentDelivery = Literal["self", "interviewer", "both"]
DELIVERIES: tuple[ConsentDelivery, ...] = get_args(ConsentDelivery)
WHOLE = frozenset({"agree", "agreed"})
"""Under which of these the consent as a whole stands: on the web, and in an interview."""
COLUMN = "consent_{key}"
"""How the column of a statement is called in tables."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement with a box of its own, which is never ticked beforehand.

    With `required` nobody takes part who does not tick it.
    """

    key: str = author(reading.KeyReader(), "its name for ever", needed=True)
    text: Text = author(reading.TextReader(), "what is agreed to", needed=True)
    required: bool = author(reading.BooleanReader(), "whether it has to be ticked", default=False)


@dataclass(frozen=True, kw_only=True)
class ConsentForm:
    """What a consent text says. `written` is what its author wrote, as JSON.

    `delivery` says where it is asked for: `self` (the web), `interviewer` or `both`. `changes` is
    what is new in it, for whoever agreed to an earlier text.
    """

    title: Text | None = author(reading.TextReader(), "its heading")
    text: Text = author(reading.TextReader(), "its paragraphs", needed=True)
    changes: Text | None = author(
        reading.TextReader(), "what is new, for whoever agreed to the text before"
    )
    delivery: ConsentDelivery = "both"
    languages: tuple[str, ...] = ("en",)
    statements: tuple[Statement, ...] = ()
    written: Mapping[str, Json]

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The keys of the statements in their order."""
        return tuple(each.key for each in self.statements)

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of what was written, in the order of writing."""
        text = json.dumps(self.written, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def besides_recording(self) -> tuple[Statement, ...]:
        """All statements but that of recording, which is not asked on the web, and apart aloud."""
        return tuple(each for each in self.statements if each.key != RECORDING)

    def find_statement(self, key: str) -> Statement | None:
        """Return the statement of a key, or None."""
        return next((each for each in self.statements if each.key == key), None)


def read_ticks(statements: Iterable[Statement], ticked: Iterable[str]) -> dict[str, bool]:
    """Return for each of the statements whether it is among those that were ticked."""
    chosen = frozenset(ticked)
    return {each.key: each.key in chosen for each in statements}


def find_missing(statements: Iterable[Statement], ticks: Mapping[str, bool]) -> tuple[str, ...]:
    """Return the keys of the statements that have to be ticked and are not."""
    return tuple(each.key for each in statements if each.required and not ticks.get(each.key))
