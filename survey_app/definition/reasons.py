"""Why there is no answer: every blank has one of these reasons, never a bare nothing."""

from enum import StrEnum

from survey_app.translations import gettext as _


class Reason(StrEnum):
    """A reason for a blank. The first four are stored; the rest are derived when read."""

    UNANSWERED = "unanswered"
    NOT_RELEVANT = "not_relevant"
    REFUSED = "refused"
    DONT_KNOW = "dont_know"
    NOT_IN_THIS_VERSION = "not_in_this_version"
    NOT_REACHED = "not_reached"
    ASKED_AS_PROBES = "asked_as_probes"
    WITHDRAWN = "withdrawn"


STORED = (Reason.UNANSWERED, Reason.NOT_RELEVANT, Reason.REFUSED, Reason.DONT_KNOW)

NOT_ASKED = frozenset(
    {
        Reason.NOT_RELEVANT,
        Reason.NOT_IN_THIS_VERSION,
        Reason.NOT_REACHED,
        Reason.ASKED_AS_PROBES,
        Reason.WITHDRAWN,
    }
)
"""With these the question was not put; with the others it was, and nobody answered it."""

# For .sav and .dta alone: in a spreadsheet a negative number would be averaged by accident.
NUMBERS = {
    Reason.WITHDRAWN: -90,
    Reason.NOT_IN_THIS_VERSION: -91,
    Reason.NOT_RELEVANT: -92,
    Reason.NOT_REACHED: -93,
    Reason.REFUSED: -94,
    Reason.UNANSWERED: -95,
    Reason.ASKED_AS_PROBES: -96,
    Reason.DONT_KNOW: -98,
}


def describe(reason: Reason, language: str | None = None) -> str:
    """Return the reason in words, as tables of labels show it."""
    words = {
        Reason.UNANSWERED: _("not answered", language),
        Reason.NOT_RELEVANT: _("not relevant", language),
        Reason.REFUSED: _("refused", language),
        Reason.DONT_KNOW: _("don’t know", language),
        Reason.NOT_IN_THIS_VERSION: _("not in this version", language),
        Reason.NOT_REACHED: _("not reached", language),
        Reason.ASKED_AS_PROBES: _("asked as probes", language),
        Reason.WITHDRAWN: _("withdrawn", language),
    }
    return words[reason]
