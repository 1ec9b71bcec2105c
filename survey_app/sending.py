"""Only one process sends letters at a time, and what it leaves when it is killed is told."""

from collections.abc import Iterator
from contextlib import contextmanager

from survey_app.server_lock import AlreadyServed, hold_database
from survey_app.settings import Settings
from survey_app.storage.people.register import People
from survey_app.translations import gettext as _


class SendingStopped(Exception):  # noqa: N818 - the name says what happened
    """Nothing more can be sent just now; what waits goes on waiting."""


@contextmanager
def hold_sending(settings: Settings) -> Iterator[None]:
    """Be the one that sends. Raises SendingStopped while another does."""
    try:
        with hold_database(settings.data / "letters", ""):
            yield
    except AlreadyServed as error:
        raise SendingStopped(
            _("Letters are being sent already. Please wait until those have gone.")
        ) from error


def settle_interrupted(people: People) -> None:
    """Call unknown what a process that is gone was sending; only who holds the sending may."""
    people.mailings.give_up_interrupted(
        _("The program ended while this was being sent, so it may have arrived.")
    )
