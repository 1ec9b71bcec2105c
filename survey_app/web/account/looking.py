"""Noting what an analyst has in sight, so that the home page can say what is new."""

from contextlib import suppress

from flask import Response, after_this_request

from survey_app.storage.errors import StorageError
from survey_app.storage.store.recent import Recent
from survey_app.web.access import current_staff
from survey_app.web.context import services


def note_look(study: str, instrument: str) -> None:
    """Keep that the person signed in looks at an instrument's results now.

    It is written once the page has been sent, so that nobody waits for it; where it cannot be
    written the results are shown all the same.
    """
    staff, recent = current_staff(), services().store.recent
    if staff is None:
        return
    account = staff.account.id

    @after_this_request
    def note_later(response: Response) -> Response:
        response.call_on_close(lambda: _note(recent, account, study, instrument))
        return response


def _note(recent: Recent, account: str, study: str, instrument: str) -> None:
    with suppress(StorageError):
        recent.note_look(account, study, instrument)
