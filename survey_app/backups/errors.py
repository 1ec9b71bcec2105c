"""What can go wrong with a backup, each as a sentence that says what to do."""

from survey_app.storage.errors import StorageError


class BackupError(StorageError):
    """A backup that could not be made or brought back; its text may be shown to staff."""


class WrongPassphrase(BackupError):  # noqa: N818 - the name says what happened
    """The passphrase is not the one that a file was sealed with."""
