"""What was said to a consent text that is newer than the interview: as a page sends it, checked."""

from collections.abc import Mapping
from datetime import date
from typing import Final

from survey_app.definition.consent import (
    RECORDING,
    ConsentForm,
    find_missing,
    read_stored,
    read_ticks,
)
from survey_app.definition.markdown import strip_markup
from survey_app.storage.moments import today
from survey_app.storage.records import ConsentText, Json
from survey_app.translations import gettext as _
from survey_app.web.context import services
from survey_app.web.interviewer.checks import Moment
from survey_app.web.interviewer.received import Operation, Posted, Refused, read_one_of

AGREED: Final = "agreed"
DECLINED: Final = "declined"
SAID = (AGREED, DECLINED)
SPOKEN: Final = "spoken"
ON_PAPER: Final = "paper"
METHODS = (SPOKEN, ON_PAPER)
CONTROL = "newer.consent"
"""What stands for the text among the sheet's controls; their names begin alike."""
_TICK = "newer.tick."


def read_consent(posted: Mapping[str, str]) -> Operation:
    """Return what the button of a form without scripts says, with all that is ticked beside it."""
    fields: Operation = {
        name: posted.get(f"newer.{name}", "")
        for name in ("version", "method", "dated", "recording")
    }
    ticks: list[Json] = [name.removeprefix(_TICK) for name in posted if name.startswith(_TICK)]
    return {"op": "consent", "said": posted.get("consent"), "ticks": ticks, **fields}


def check_consent(moment: Moment, posted: Posted) -> Operation:
    """What the participant said to the text in force, and each statement as it was ticked."""
    text = None
    if moment.study and not moment.paper:
        text = services().store.studies.consent_text(moment.study, "interviewer")
    if text is None or posted.get("version") != text.version:
        raise Refused(
            _("Another consent text is in force by now. Load the page again and read that one.")
        )
    return check_said(text, moment.language, posted)


def check_said(text: ConsentText, language: str, posted: Posted) -> Operation:
    """Return what was said to a text as it is stored; raise Refused where something is missing."""
    agreed = read_one_of(posted, "said", SAID) == AGREED
    said: Operation = {"version": text.version, "agreed": agreed, "language": language}
    if not agreed:
        return said
    return {
        **said,
        "method": _read_method(posted),
        "dated": _read_day(posted),
        "ticks": _read_ticks(read_stored(text.body), language, posted),
    }


def _read_method(posted: Posted) -> str:
    if posted.get("method") in ("", None):
        raise Refused(_("Say whether the participant agreed aloud or on paper."))
    return read_one_of(posted, "method", METHODS)


def _read_day(posted: Posted) -> str:
    """Return the day on paper, nothing for what was spoken."""
    if posted.get("method") != ON_PAPER:
        return ""
    try:
        day = date.fromisoformat(str(posted.get("dated") or today())).isoformat()
    except ValueError:
        day = ""
    if not "2000-01-01" <= day <= today():
        raise Refused(_("Write the day that stands on the paper, such as 2026-11-22."))
    return day


def _read_ticks(form: ConsentForm, language: str, posted: Posted) -> dict[str, Json]:
    if posted.get(RECORDING) not in ("yes", "no"):
        raise Refused(_("Say whether the interview may be recorded."))
    given = posted.get("ticks")
    ticked = [each for each in given if isinstance(each, str)] if isinstance(given, list) else []
    recording = posted.get(RECORDING) == "yes"
    ticks = {**read_ticks(form.besides_recording, ticked), RECORDING: recording}
    for key in find_missing(form.statements, ticks):
        statement = form.find_statement(key)
        words = strip_markup(statement.text.in_language(language)) if statement else key
        raise Refused(
            _(
                "Nobody takes part without “{statement}”. Tick it once the participant has agreed "
                "to it, or keep that they do not agree."
            ).format(statement=words)
        )
    return {AGREED: True, **ticks}
