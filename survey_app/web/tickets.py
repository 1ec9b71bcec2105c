"""What somebody shows at a study's door who was invited: a code, and what it is good for."""

from dataclasses import dataclass

from survey_app.invitation_codes import BEGINNING, hash_code, read_code
from survey_app.storage.errors import TooManyWrongCodes
from survey_app.storage.records import InvitationRecord, OpenResponse
from survey_app.web.context import services

GOOD = "open"
MISSING, WRONG, HELD_BACK = "missing", "wrong", "held_back"
UNREAD = "unread"
"""Of a code that was not looked at, since something else stood in the way."""

MOST_LETTERS = 200
"""Of what is typed for a code; that many come back to be corrected."""


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """A code as it was typed, and what came of it.

    ``state`` is that of the invitation (``open``, ``used_up``, ``revoked``), else ``missing``,
    ``wrong`` or ``held_back``; a wrong code is not told from one of another study.
    """

    typed: str
    state: str
    by_link: bool = False
    code_hash: str | None = None
    invitation: InvitationRecord | None = None

    @property
    def is_known(self) -> bool:
        """Whether there is an invitation, whatever is left of it."""
        return self.invitation is not None

    @property
    def faults(self) -> dict[str, bool]:
        """What is wrong with it, by the words that give an answer its status."""
        if self.state == HELD_BACK:
            return {"held_back": True}
        return {} if self.state in {GOOD, UNREAD} else {"miscoded": True}

    def began(self, response: OpenResponse) -> bool:
        """Whether a response may be what was begun with it.

        Of an anonymous response nothing is known but its study.
        """
        found = self.invitation
        if found is None or response.study != found.study or response.state == "withdrawn":
            return False
        return response.anonymous or response.invitation_id == found.id


def read_ticket(typed: str, study: str | None = None, *, by_link: bool = False) -> Ticket:
    """Look at a code, which has to be of the study if one is named."""
    if not typed.strip():
        return Ticket(typed=typed, state=MISSING, by_link=by_link)
    code = read_code(typed)
    if code is None:
        return Ticket(typed=typed, state=WRONG, by_link=by_link)
    code_hash = hash_code(code)
    try:
        found = services().store.invitations.look(code_hash, code[:BEGINNING])
    except TooManyWrongCodes:
        return Ticket(typed=typed, state=HELD_BACK, by_link=by_link)
    if found is None or study not in {None, found.study}:
        return Ticket(typed=typed, state=WRONG, by_link=by_link)
    return Ticket(
        typed=typed, state=found.state, by_link=by_link, code_hash=code_hash, invitation=found
    )
