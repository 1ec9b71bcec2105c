"""What roles are called, and what each may do, in the words of the account page."""

from survey_app.storage.records import Role
from survey_app.translations import gettext as _


def role_names() -> dict[Role, str]:
    """Return what each role is called."""
    return {
        "study_lead": _("study lead"),
        "coordinator": _("coordinator"),
        "interviewer": _("interviewer"),
        "analyst": _("analyst"),
        "observer": _("observer"),
    }


def role_sentences() -> dict[Role, str]:
    """Return what each role may do in its study."""
    return {
        "study_lead": _("You run the study: its versions, invitations, interviews and results."),
        "coordinator": _("You see who the participants are, and none of their answers."),
        "interviewer": _("You hold interviews, and see your own."),
        "analyst": _("You see all answers under pseudonyms and take them out in files; no names."),
        "observer": _("You read along in interviews, and write notes of your own."),
    }
