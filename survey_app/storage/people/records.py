"""The plain values that enter and leave the people database."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["invitation", "reminder"]
MessageState: TypeAlias = Literal["waiting", "sending", "sent", "failed", "unknown", "left_out"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who a participant is. ``id`` is the participant's; ``study`` is the study's slug.

    ``language`` is that of letters, '' for the study's own; who is ``silent`` asked not to be
    written to again.
    """

    id: str
    study: str
    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    signature: str = ""
    note: str = ""
    language: str = ""
    silent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Roster:
    """A file of people that was read: who would be added, or all that is wrong with it.

    ``left_out`` are the headers of columns of which nothing is kept.
    """

    id: str
    study: str
    file: str
    digest: str
    made_by: str
    made: str
    people: tuple[Person, ...]
    problems: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """The text of an invitation or a reminder, with its placeholders, in one language."""

    study: str
    kind: Kind
    language: str
    subject: str
    body: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Mailing:
    """A letter on its way to many: its texts by language as they stood when it was ordered."""

    id: str
    study: str
    kind: Kind
    texts: dict[str, dict[str, str]]
    made_by: str
    made: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """What became of one person's copy; ``reason`` says why where it was not sent.

    ``sending`` is what a process does just now; where that process ended, nobody knows whether the
    message went: it is then ``unknown``. Who need not have it any more is ``left_out``.
    """

    id: str
    mailing: str
    person: str
    name: str
    email: str
    kind: Kind
    language: str
    state: MessageState
    reason: str
    changed: str
