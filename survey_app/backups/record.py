"""What is known of the backups that the server makes: which there are, and what went wrong last.

It lies in the data folder, so that a page can tell of it while the backups' own disk is gone, and
so that of a folder that others use as well nothing is ever deleted but what stands here.
"""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from survey_app.storage.pace import sync

NAME = "backups.json"
EVERY = timedelta(days=1)
LATE = timedelta(hours=2)
"""How much older than a day the newest backup may be until somebody is told."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """One backup: when it was begun, its folder and files, and their size in bytes together."""

    at: str
    folder: str
    files: tuple[str, ...]
    size: int

    @property
    def moment(self) -> datetime:
        """When it was begun."""
        return datetime.fromisoformat(self.at)

    def is_there(self) -> bool:
        """Whether all of its files are."""
        return all((Path(self.folder) / name).is_file() for name in self.files)


@dataclass(frozen=True, kw_only=True)
class Record:
    """The backups that were made and not deleted, oldest first, and why the last try failed."""

    made: tuple[Made, ...] = ()
    failure: str = ""
    failed_at: str = ""

    @property
    def newest(self) -> Made | None:
        """The newest backup, whether or not its files are still there."""
        return max(self.made, key=lambda each: each.at, default=None)

    def list_here(self, folder: Path) -> list[Made]:
        """Return the backups whose files are in a folder."""
        return [each for each in self.made if each.folder == str(folder) and each.is_there()]

    def is_due(self, folder: Path, now: datetime) -> bool:
        """Whether the newest in a folder is older than a day, or of a time that is yet to come."""
        ages = [now - each.moment for each in self.list_here(folder)]
        return not any(timedelta(0) <= age < EVERY for age in ages)

    def is_late(self, now: datetime) -> bool:
        """Whether one should have been made by now."""
        newest = self.newest
        return newest is None or now - newest.moment > EVERY + LATE

    def with_failure(self, sentence: str, now: datetime) -> "Record":
        """Return the record after a try that failed."""
        return replace(self, failure=sentence, failed_at=now.isoformat())


def read_record(data: Path) -> Record:
    """Return what is known; nothing, where no backup was made or the file cannot be read."""
    try:
        found = json.loads((data / NAME).read_text(encoding="utf-8"))
        made = tuple(Made(**{**each, "files": tuple(each["files"])}) for each in found.pop("made"))
        record = Record(made=made, **found)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Record()
    with suppress(ValueError):
        if all(each.moment.tzinfo == UTC for each in made):
            return record
    return Record()


def write_record(data: Path, record: Record) -> None:
    """Keep a record, whole or not at all. Raises OSError."""
    partial = data / f".{NAME}.partial"
    partial.unlink(missing_ok=True)
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(record), file, indent=1)
    sync(partial)
    partial.replace(data / NAME)
