"""How missing answers are treated: a choice with a name, which travels with every result."""

from enum import StrEnum

from survey_app.translations import gettext as _


class Treatment(StrEnum):
    """What is done about answers that are missing.

    Peugh & Enders (2004), "Missing data in educational research", Review of Educational Research
    74(4), doi:10.3102/00346543074004525, compare them: all three suppose that answers are missing
    by chance, and `LISTWISE` is the only one in which every number rests on the same respondents.
    """

    AVAILABLE = "available"
    LISTWISE = "listwise"
    PAIRWISE = "pairwise"


def describe_treatment(treatment: Treatment, language: str | None = None) -> str:
    """Return the choice in words, as it stands beside a result."""
    words = {
        Treatment.AVAILABLE: _("everyone who answered this item counts", language),
        Treatment.LISTWISE: _("only those who answered every item count", language),
        Treatment.PAIRWISE: _("each pair of items counts those who answered both", language),
    }
    return words[treatment]
