"""What a page sent, field by field: what can be stored, or a sentence on why it cannot."""

from collections.abc import Mapping
from typing import Any

from survey_app.storage.records import Json
from survey_app.translations import gettext as _
from survey_app.web.interviewer.words import FLAGS, PHASES
from survey_app.web.text import clean

TEXT_LIMIT = 20_000
"""The most characters in one text."""

Operation = dict[str, Json]
Posted = Mapping[str, Any]


class Refused(ValueError):  # noqa: N818 - the name says what happened
    """A change that cannot be stored; its text says why."""


def read_one_of(posted: Posted, name: str, known: tuple[str, ...]) -> str:
    """Return one of a few words; raise Refused for any other."""
    value = posted.get(name)
    if not isinstance(value, str) or value not in known:
        raise Refused(_("The page sent a mark of an unknown kind. Load it again."))
    return value


def read_phase(posted: Posted) -> str | None:
    """Return the question's phase at a mark, None if the page does not say."""
    return None if posted.get("phase") is None else read_one_of(posted, "phase", PHASES)


def read_flags(posted: Posted) -> list[Json]:
    """Return the flags that are set, each once and in their order; a page may leave them out."""
    value = posted.get("flags", [])
    if not isinstance(value, list) or any(flag not in FLAGS for flag in value):
        raise Refused(_("The page sent a mark of an unknown kind. Load it again."))
    return [flag for flag in FLAGS if flag in value]


def read_text(posted: Posted, name: str) -> str:
    """Return a text, cleaned; raise Refused for one that is too long."""
    value = posted.get(name, "")
    if not isinstance(value, str):
        raise Refused(_("The page sent something else than a text. Load it again."))
    text = clean(value)
    if len(text) > TEXT_LIMIT:
        message = _("This text has {count} characters; at most {most} can be kept. Shorten it.")
        raise Refused(message.format(count=len(text), most=TEXT_LIMIT))
    return text


def read_time(posted: Posted) -> int:
    """Return the milliseconds into the interview; raise Refused for what cannot be a time."""
    value = posted.get("at")
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise Refused(_("The page sent a time that cannot be. Load it again."))
    return value
