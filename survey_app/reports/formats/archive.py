"""A zip whose bytes depend on what is in it alone, with a digest of each of its files."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

FIRST_MOMENT = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can give a file (PKWARE, APPNOTE 4.4.6): the same for all."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A file of an archive: its size in bytes, its SHA-256, its rows where it is a table."""

    name: str
    size: int
    sha256: str
    rows: int | None


class WatchedFile(BufferedIOBase):
    """A file of an archive while it is written; whoever writes a table into it sets `rows`."""

    def __init__(self, name: str, file: IO[bytes]) -> None:
        self.name = name
        self.rows: int | None = None
        self.size = 0
        self.digest = hashlib.sha256()
        self._file = file

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, data: Any) -> int:
        """Write bytes through, counted."""
        self.digest.update(data)
        self.size += len(data)
        return self._file.write(data)


class Archive:
    """An open archive; `entries` are the files that it has by now."""

    def __init__(self, file: ZipFile, folder: Path) -> None:
        self.entries: list[Entry] = []
        self._file = file
        self._folder = folder

    @contextmanager
    def make_space(self) -> Iterator[Path]:
        """Give a folder for files on their way into the archive, which is removed afterwards.

        It is beside the archive, where there is room and only its owner looks, not in /tmp.
        """
        with TemporaryDirectory(prefix=".survey-app-", dir=self._folder) as space:
            yield Path(space)

    @contextmanager
    def open(self, name: str, *, compress: bool = True) -> Iterator[WatchedFile]:
        """Open a new file of the archive for writing."""
        info = ZipInfo(name, FIRST_MOMENT)
        info.compress_type = ZIP_DEFLATED if compress else ZIP_STORED
        with self._file.open(info, "w", force_zip64=True) as file:
            watched = WatchedFile(name, file)
            yield watched
        self.entries.append(
            Entry(
                name=name,
                size=watched.size,
                sha256=watched.digest.hexdigest(),
                rows=watched.rows,
            )
        )

    def add_text(self, name: str, text: str) -> None:
        """Add a text in UTF-8; what UTF-8 cannot say is spelled out rather than lost."""
        with self.open(name) as file:
            file.write(text.encode("utf-8", errors="backslashreplace"))

    def add_file(
        self, name: str, path: Path, *, rows: int | None = None, compress: bool = True
    ) -> None:
        """Add a file that stands on the disk."""
        with path.open("rb") as source, self.open(name, compress=compress) as file:
            file.rows = rows
            shutil.copyfileobj(source, file)


@contextmanager
def create_archive(path: Path) -> Iterator[Archive]:
    """Open a new archive; the file appears under its name when it is whole."""
    part = path.with_name(f"{path.name}.part")
    try:
        with ZipFile(part, "w", ZIP_DEFLATED) as file:
            yield Archive(file, path.parent)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
