"""Why there is no note on a question of an interview."""

from survey_app.definition.reasons import Reason, describe
from survey_app.reports.coverage import NOT_REACHED, Interview, describe_state
from survey_app.translations import gettext as _


def explain_gap(interview: Interview, item: str, known: frozenset[str], language: str) -> str:
    """Say why there is no note on a question: `known` are those of the interview's version."""
    if item not in known:
        return describe(Reason.NOT_IN_THIS_VERSION, language)
    whole = interview.items.get(item)
    if whole is not None and whole.state != NOT_REACHED:
        words = describe_state(whole.state, language)
        return f"{words}: {whole.reason}" if whole.reason else words
    answers = interview.response.answers.get(item, {}).values()
    if any(answer.reason == Reason.NOT_RELEVANT for answer in answers):
        return describe(Reason.NOT_RELEVANT, language)
    if whole is not None or _was_asked(interview, item):
        return _("asked, no note", language)
    return describe_state(NOT_REACHED, language)


def _was_asked(interview: Interview, item: str) -> bool:
    marked = any(
        of == item and mark.state != NOT_REACHED for (of, _probe), mark in interview.marks.items()
    )
    answers = interview.response.answers.get(item, {}).values()
    return marked or any(answer.value is not None for answer in answers)
