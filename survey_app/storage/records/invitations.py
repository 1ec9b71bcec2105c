"""Invitations: who may begin a response, and how often."""

from dataclasses import dataclass
from typing import Literal

InvitationState = Literal["open", "used_up", "revoked"]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewInvitation:
    """An invitation to be made, known by its code's hash alone.

    With a ``participant`` (a pseudonym) it is personal and good for one beginning; ``most_uses``
    None lets any number begin.
    """

    code_hash: str
    participant: str | None = None
    most_uses: int | None = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Entrance:
    """By what somebody begins a response: a code's hash, or the response after which they go on.

    With ``same_consent`` the consent to that response is the consent to this one as well.
    """

    code_hash: str | None = None
    after: str | None = None
    same_consent: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class InvitationRecord:
    """An invitation by its number within the study; nothing says when it was used."""

    id: str
    study: str
    number: int
    participant: str | None
    label: str
    made_by: str
    most_uses: int | None
    uses: int
    revoked: bool

    @property
    def state(self) -> InvitationState:
        """What can still be done with it."""
        if self.most_uses is not None and self.uses >= self.most_uses:
            return "used_up"
        return "revoked" if self.revoked else "open"
