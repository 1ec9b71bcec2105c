"""Whether anything changed since something was counted."""

from sqlalchemy import bindparam, select

from survey_app.storage.readers import Readers
from survey_app.storage.schema import response_change, study
from survey_app.storage.statements import Statement

_CHANGES = Statement(
    select(response_change.c.changes)
    .join_from(response_change, study, study.c.id == response_change.c.study_id)
    .where(
        study.c.slug == bindparam("study"), response_change.c.instrument == bindparam("instrument")
    )
)


def find_mark(readers: Readers, study: str, instrument: str) -> str:
    """Return a text that is another one after every change of a response of an instrument.

    The database itself counts them (see migration 0007), whoever it is that writes.
    """
    found = readers.first(_CHANGES, {"study": study, "instrument": instrument})
    return "0" if found is None else str(found["changes"])
