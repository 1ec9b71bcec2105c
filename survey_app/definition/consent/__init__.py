"""Consent texts: what they say, how they are written, and what changed between two of them.

A file is such as::

    delivery: self            # self (the web), interviewer, or both
    title: Taking part
    text: |
      What the study is about, in paragraphs and lists.
    statements:
      - key: quoted
        text: My words may be quoted without my name
    changes: The statement on quoting is new.
"""

from survey_app.definition.consent.changes import (
    TextChange,
    list_changes,
    say_delivery,
    say_required,
)
from survey_app.definition.consent.file import load_consent, read_consent, read_stored
from survey_app.definition.consent.form import (
    COLUMN,
    DELIVERIES,
    QUOTED,
    RECORDING,
    WHOLE,
    ConsentForm,
    Statement,
    find_missing,
    read_ticks,
)

__all__ = [
    "COLUMN",
    "DELIVERIES",
    "QUOTED",
    "RECORDING",
    "WHOLE",
    "ConsentForm",
    "Statement",
    "TextChange",
    "find_missing",
    "list_changes",
    "load_consent",
    "read_consent",
    "read_stored",
    "read_ticks",
    "say_delivery",
    "say_required",
]
