"""What can keep the names from being read, each as a sentence that says what to do."""

# ruff: noqa: N818 - the names say what happened

from pathlib import Path

from survey_app.storage.errors import StorageError


class KeyUnusable(StorageError):
    """The names cannot be read with what stands in the file of their key, ``file``."""

    def __init__(self, file: Path, sentence: str) -> None:
        super().__init__(sentence)
        self.file = file


class KeyMissing(KeyUnusable):
    """There is no file of the key."""

    def __init__(self, file: Path) -> None:
        folder = file.parent
        where = f"{file}" if folder.is_dir() else f"{file}: there is no folder {folder}"
        super().__init__(
            file,
            f"The key of the names is not at {where}. Without it names and addresses cannot be "
            "read. Copy it there from where it is kept, or name its file in SURVEY_APP_PEOPLE_KEY.",
        )


class KeyUnreadable(KeyUnusable):
    """The file is there and the system does not let it be read."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(
            file,
            f"The key of the names at {file} cannot be read: {reason}. Let the account that runs "
            "this program read it, and nobody else.",
        )
        self.reason = reason


class KeyDamaged(KeyUnusable):
    """The file holds no key, or something else as well."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(
            file,
            f"Line {line} of {file} is no key of names, so names and addresses cannot be read. "
            "Copy the file again from where it is kept.",
        )
        self.line = line


class KeyWrong(KeyUnusable):
    """The file holds another key than the one that is needed, ``wanted`` by its short name."""

    def __init__(self, file: Path, wanted: str) -> None:
        super().__init__(
            file,
            f"The names are encrypted under the key {wanted}, and {file} holds another one, so "
            "they cannot be read. Put the right key there, or name its file in "
            "SURVEY_APP_PEOPLE_KEY.",
        )
        self.wanted = wanted


class SealBroken(StorageError):
    """An entry is not what the program wrote in its place: damaged, changed or exchanged."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"An entry of the database of names ({what}) was damaged or changed from outside, so "
            "it is not shown. Restore a backup of the names."
        )
        self.what = what
