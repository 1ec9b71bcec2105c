"""Drafts: what was typed so far, read many times between two writes.

A participant's every page reads the whole draft, and reading it as JSON costs more than finding
the row. So what the newest texts say is remembered by the text itself, which cannot grow old: a
draft that was changed is another text.
"""

import json
from collections import OrderedDict
from threading import Lock

from sqlalchemy import Text, cast

from survey_app.storage.engine import Spelled, spell
from survey_app.storage.records import Json
from survey_app.storage.schema import draft

Draft = dict[str, Json]
"""See OpenResponse.draft. It is shared, so whoever reads it must not change it."""

AS_TEXT = cast(draft.c.body, Text)
"""The column as it is written, for `read_draft`."""

MOST_REMEMBERED = 256
LARGEST_REMEMBERED = 32_768
"""Characters: together they are at most eight million."""

_remembered: OrderedDict[str, Draft] = OrderedDict()
_lock = Lock()


def read_draft(text: str | None) -> Draft:
    """Return what a stored draft says; nothing where none is stored (any more)."""
    if text is None:
        return {}
    known = _remembered.get(text)
    if known is not None:
        return known
    said: Draft = json.loads(text)
    _remember(text, said)
    return said


def spell_draft(said: Draft) -> Spelled:
    """Return the draft as it is to be stored; it will be read again soon."""
    text = spell(said)
    _remember(text, said)
    return Spelled(text)


def _remember(text: str, said: Draft) -> None:
    if len(text) > LARGEST_REMEMBERED:
        return
    with _lock:
        _remembered[text] = said
        while len(_remembered) > MOST_REMEMBERED:
            _remembered.popitem(last=False)
