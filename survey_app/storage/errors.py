"""What can go wrong with a database, each as a sentence that says what to do."""

# ruff: noqa: N818 - the names say what happened; a suffix would add nothing to the except clause

from collections.abc import Sequence


class StorageError(Exception):
    """Something the database refused or could not do; its text may be shown to staff."""


class StoreBusy(StorageError):
    """Another process held the database for longer than we wait; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "The database is busy with another program, so nothing was saved. "
            "Try again in a few seconds."
        )


class StoreFull(StorageError):
    """The disk is full or refuses writing; nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "The disk that holds the database is full or cannot be written, so nothing was saved. "
            "Make room on it and try again; what was saved earlier is safe."
        )


class StoreClosed(StorageError):
    """The store was closed before the change could be written; nothing was written."""

    def __init__(self) -> None:
        super().__init__("The store is closed, so nothing was saved. Open it again and repeat.")


class FrozenVersion(StorageError):
    """A published instrument or consent text came back with other content.

    ``stored`` and ``offered`` are the two fingerprints.
    """

    def __init__(self, what: str, *, stored: str, offered: str) -> None:
        self.stored = stored
        self.offered = offered
        super().__init__(
            f"{what} is frozen with the fingerprint {stored}, but the one offered now has "
            f"{offered}. Give the changed text a new version number; the old one stays as it is."
        )


class NewerText(StorageError):
    """A consent text was written after one that is not the newest any more: ``newest`` is."""

    def __init__(self, newest: str) -> None:
        self.newest = newest
        super().__init__(
            f"Meanwhile version {newest} of the consent text was put into force. Look at it, and "
            "write yours after that one."
        )


class RetiredVersion(StorageError):
    """A version that was retired is asked for again."""

    def __init__(self, what: str, at: str) -> None:
        super().__init__(
            f"{what} was retired on {at[:10]}, so it is not asked any more. Publish a new version "
            "instead; its answers stay as they are."
        )


class NameTaken(StorageError):
    """A name that must be unique is in use."""


class LastLead(StorageError):
    """Somebody was to lose the role of study lead, and nobody else has it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is the only study lead, and a study needs one. Make somebody else study lead "
            "first."
        )


class StudyBegun(StorageError):
    """Whether a study is anonymous was to be changed after it had begun."""

    def __init__(self) -> None:
        super().__init__(
            "This study has responses or named participants already, so whether it is anonymous "
            "cannot change any more. Make a new study for that."
        )


class NotOpen(StorageError):
    """A response was to be begun before a study opens or after it has closed."""

    def __init__(self) -> None:
        super().__init__(
            "This study is not open for new responses today. Change its days, or wait for them."
        )


class ErasureUnfinished(StorageError):
    """An erasure could not come to its end yet; what it erased is erased."""

    def __init__(self) -> None:
        super().__init__(
            "The answers are erased, but the last traces of them are not gone yet, as something "
            "still reads the database. Run this again in a minute."
        )


class NotInvited(StorageError):
    """A response was to be begun without an invitation that is good for it."""

    def __init__(self) -> None:
        super().__init__(
            "This study takes part by invitation, and the one at hand is used up, was revoked, or "
            "is of another study. Ask the study lead for a new one."
        )


class NamesNobody(StorageError):
    """A personal invitation was to be made in an anonymous study."""

    def __init__(self) -> None:
        super().__init__(
            "An anonymous study keeps no tie between a person and a response, so its invitations "
            "name nobody. Make them for a number of people instead."
        )


class NotInvitedAgain(StorageError):
    """Personal invitations were to be made for participants who withdrew."""

    def __init__(self, pseudonyms: Sequence[str]) -> None:
        super().__init__(
            f"{', '.join(pseudonyms)} withdrew, and nobody who withdrew is invited again. No "
            "invitation was made: take them out of the list."
        )


class TooManyWrongCodes(StorageError):
    """Codes with this beginning were tried too often within the hour."""

    def __init__(self) -> None:
        super().__init__("Too many wrong codes that begin like this one. Try again in an hour.")


class UnknownRecord(StorageError):
    """A study, version, account or response that was named does not exist."""


class WrongDatabase(StorageError):
    """The database is empty, older or newer than this program, or not one of ours."""
