"""Noting what an analyst has in sight, so that the home page can say what is new."""

from contextlib import suppress

from survey_app.storage.errors import StorageError
from survey_app.web.access import current_staff
from survey_app.web.context import services


def note_look(study: str, instrument: str) -> None:
    """Keep that the person signed in looks at an instrument's results now.

    Where that cannot be written the results are shown all the same.
    """
    staff = current_staff()
    if staff is not None:
        with suppress(StorageError):
            services().store.recent.note_look(staff.account.id, study, instrument)
