"""A backup a day while the server runs, and the older ones deleted in their turn."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from survey_app.backups.copies import make_copy
from survey_app.backups.errors import BackupError
from survey_app.backups.record import Made, Record, read_record, write_record
from survey_app.backups.rotation import choose_kept
from survey_app.backups.workplace import sweep
from survey_app.settings import Settings
from survey_app.storage.engine import with_driver
from survey_app.storage.errors import StorageError

LOOK_SECONDS = 60
"""How often is looked whether one is due: the clock counts, not how long was waited."""
AGAIN_SECONDS = 3600
"""How long after a try that failed the next one is made."""

_log = logging.getLogger("survey_app.backups")


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Backups of the databases of `settings` into a folder, sealed if there is a passphrase."""

    settings: Settings
    folder: Path
    passphrase: str | None = None

    def keep(self, wait: Callable[[float], None] = time.sleep) -> None:
        """Make backups for ever; whatever goes wrong is told and tried again an hour later."""
        while True:
            done = self.make_due()
            wait(LOOK_SECONDS if done else AGAIN_SECONDS)

    def make_due(self) -> bool:
        """Make a backup if one is due and delete what is out of turn; whether that went well."""
        now = datetime.now(UTC)
        try:
            record = read_record(self.settings.data)
            if record.is_due(self.folder, now):
                record = self._make(record, now)
                write_record(self.settings.data, record)
                self._rotate(record)
            elif record.failure:
                write_record(self.settings.data, Record(made=record.made))
        except Exception as error:  # noqa: BLE001 - the next try must come, whatever it was
            self._tell(_describe(error, self.folder), now)
            return False
        return True

    def _make(self, record: Record, now: datetime) -> Record:
        """Make a backup and return the record with it; half of one is taken away again."""
        if not self.folder.is_dir():
            raise FileNotFoundError(
                f"There is no folder {self.folder}. Make it, or connect the disk that it is on."
            )
        sweep(self.folder)
        stamp = f"{now:%Y-%m-%dT%H%M%SZ}"
        ending = ".sqlite3.age" if self.passphrase else ".sqlite3"
        files: list[Path] = []
        try:
            for kind, url in self._databases():
                file = self.folder / f"survey-app-{stamp}-{kind}{ending}"
                make_copy(url, file, self.passphrase)
                files.append(file)
        except BaseException:
            for file in files:
                file.unlink(missing_ok=True)
            raise
        size = sum(file.stat().st_size for file in files)
        names = tuple(file.name for file in files)
        _log.info("Made a backup: %s", " and ".join(str(file) for file in files))
        made = Made(at=now.isoformat(), folder=str(self.folder), files=names, size=size)
        return Record(made=(*record.made, made))

    def _databases(self) -> list[tuple[str, str]]:
        """The responses, and the names where there are any, each of its own kind."""
        people = with_driver(self.settings.people)
        has_people = people.get_backend_name() == "sqlite" and Path(people.database or "").is_file()
        return [
            ("responses", self.settings.database),
            *([("people", self.settings.people)] if has_people else []),
        ]

    def _rotate(self, record: Record) -> None:
        """Delete the backups that are out of turn, of those that stand in the record alone."""
        kept = choose_kept(each.moment for each in record.list_here(self.folder))
        gone = [
            each
            for each in record.made
            if each.folder == str(self.folder) and each.moment not in kept
        ]
        try:
            for each in gone:
                for name in each.files:
                    (self.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise BackupError(
                f"{error.filename} is out of turn and could not be deleted: {error.strerror}. The "
                "newest backup was made; delete the older one by hand."
            ) from error
        left = tuple(each for each in record.made if each not in gone)
        write_record(self.settings.data, replace(record, made=left))

    def _tell(self, sentence: str, now: datetime) -> None:
        _log.error("The daily backup: %s", sentence)
        try:
            record = read_record(self.settings.data)
            write_record(self.settings.data, record.with_failure(sentence, now))
        except OSError as error:
            _log.error("That cannot be shown to the administrator: %s", error)


def _describe(error: Exception, folder: Path) -> str:
    """Return what went wrong as a sentence that says what to do."""
    told = isinstance(error, StorageError) or (isinstance(error, OSError) and not error.errno)
    if told:
        return str(error)
    reason = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
    return f"{reason}. Look at the folder {folder}: its permissions and the room on the disk."
