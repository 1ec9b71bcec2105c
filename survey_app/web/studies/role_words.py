"""The roles of a study's team, in words."""

from survey_app.storage.records import Role
from survey_app.translations import gettext as _


def name_role(role: Role) -> str:
    """Return a role as it stands in a sentence."""
    return role_words()[role][0]


def role_words() -> dict[Role, tuple[str, str]]:
    """Return each role's name, and what it lets somebody do."""
    return {
        "study_lead": (_("study lead"), _("runs the study and sees its answers")),
        "coordinator": (_("coordinator"), _("may see who the participants are")),
        "interviewer": (_("interviewer"), _("holds interviews")),
        "analyst": (_("analyst"), _("sees answers, never who gave them")),
        "observer": (_("observer"), _("takes notes beside an interviewer")),
    }
