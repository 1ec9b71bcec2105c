"""Participants of a study as their coordinator may know of them."""

from dataclasses import dataclass
from typing import Literal

from survey_app.storage.records.invitations import InvitationState

Progress = Literal["none", "begun", "sent"]


@dataclass(frozen=True, kw_only=True, slots=True)
class ParticipantRecord:
    """A participant by the random id to which a name may be kept elsewhere.

    ``invitation`` is the state of the newest personal one, None where there is none; ``progress``
    is how far the questionnaires are that this person fills in, tests left out, and ``interviewed``
    whether an interview was finished. Of who ``withdrew`` nothing else is known.
    """

    id: str
    pseudonym: str
    withdrew: bool
    invitation: InvitationState | None = None
    progress: Progress = "none"
    interviewed: bool = False
