"""Under which count groups by a quasi-identifier are hidden in a study, and who said so and why.

An installation sets it for all studies; a study may have one of its own. One that shows more needs
a reason, which is kept and told wherever it matters.
"""

from survey_app.settings import MOST_HIDDEN
from survey_app.storage.moments import day
from survey_app.storage.records import HiddenCounts, StudyRecord
from survey_app.translations import gettext as _

SHOWS_ALL = 1
"""The least count that hides nothing."""
REASON_LIMIT = 500
"""The most characters of a reason."""
Errors = tuple[tuple[str, str], ...]


def find_smallest(study: StudyRecord | None, default: int) -> int:
    """Return the smallest count that is shown: the study's own, else the installation's."""
    own = None if study is None else study.smallest_count
    return default if own is None else own


def read_smallest(
    typed: str, reason: str, study: StudyRecord, default: int
) -> tuple[int | None, Errors]:
    """Return the count as typed, None for the installation's, and what is wrong by field.

    What is as it was needs no reason.
    """
    text = typed.strip()
    if text in {"", "none"}:
        return None, ()
    if not (text.isascii() and text.isdigit() and SHOWS_ALL <= int(text[:9]) <= MOST_HIDDEN):
        sentence = _(
            "Write a whole number from 1, which hides nothing, to {most}, or leave it empty."
        )
        return None, (("smallest_count", sentence.format(most=MOST_HIDDEN)),)
    least = int(text)
    if len(reason) > REASON_LIMIT:
        long = _("Shorten the reason to at most {most} characters.").format(most=REASON_LIMIT)
        return None, (("smallest_reason", long),)
    if least != study.smallest_count and least < default and not reason.strip():
        sentence = _("Say why: {least} shows more than the {default} that holds here for studies.")
        return None, (("smallest_reason", sentence.format(least=least, default=default)),)
    return least, ()


def say_smallest(least: int) -> str:
    """Return what is hidden, in words."""
    if least <= SHOWS_ALL:
        return _("nothing is hidden")
    return _("counts under {least} are hidden").format(least=least)


def say_own(said: HiddenCounts) -> str:
    """Return what a study has of its own, by whom, when and why."""
    who = _("set for this study by {who} on {day}").format(who=said.who, day=day(said.at))
    why = (
        _("who gave this reason: {reason}").format(reason=said.reason.removesuffix("."))
        if said.reason
        else ""
    )
    return ", ".join(each for each in (who, why) if each)
