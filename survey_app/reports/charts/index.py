"""The index of a folder of charts, and what an earlier one lists that is drawn no more."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

INDEX = "index.json"


def write_index(directory: Path, entries: Sequence[Mapping[str, str]]) -> None:
    """Write what is in the folder: of each chart its key, title, alt and file."""
    text = json.dumps(entries, ensure_ascii=False, indent=1)
    (directory / INDEX).write_text(text, encoding="utf-8")


def remove_outdated(directory: Path, suffix: str, kept: Collection[str]) -> None:
    """Delete the files of this suffix that the folder's index lists, but for those kept.

    Raise OSError for a file that cannot be deleted.
    """
    for name in _list_files(directory):
        path = directory / name
        # An index may come from anywhere: only what lies beside it is ours to delete.
        is_beside = Path(name).name == name and path.is_file()
        if is_beside and path.suffix == suffix and name not in kept:
            path.unlink()


def _list_files(directory: Path) -> Iterator[str]:
    try:
        entries = json.loads((directory / INDEX).read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        # Without an index that can be read nothing is known to be ours.
        return
    for entry in entries if isinstance(entries, list) else ():
        name = entry.get("file") if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name
