"""The instruments at hand: those that ship with the program and those of a folder beside it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from survey_app.definition import problems
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.loader import load
from survey_app.definition.problems import DefinitionError, Problem
from survey_app.definition.source import BYTE_LIMIT
from survey_app.definition.verdict import find_version_problems

Fingerprints = Mapping[tuple[str, str], str]
"""Fingerprints of frozen versions by name and version."""


@dataclass(frozen=True)
class Library:
    """Instruments by name and version, what is wrong, and which files gave no instrument."""

    instruments: Mapping[tuple[str, str], Instrument]
    problems: tuple[Problem, ...]
    broken_files: tuple[str, ...] = ()
    shipped: frozenset[tuple[str, str]] = frozenset()

    @property
    def names(self) -> tuple[str, ...]:
        """Every instrument's name."""
        return tuple(sorted({name for name, _ in self.instruments}))

    def versions(self, name: str) -> tuple[str, ...]:
        """Return an instrument's versions, oldest first."""
        return tuple(sorted((v for n, v in self.instruments if n == name), key=version_order))

    def is_shipped(self, name: str, version: str) -> bool:
        """Whether a version came with the program, so that it is finished."""
        return (name, version) in self.shipped

    def find(self, name: str, version: str | None = None) -> Instrument | None:
        """Return a version of an instrument, the newest if none is named."""
        versions = self.versions(name)
        wanted = version or (versions[-1] if versions else "")
        return self.instruments.get((name, wanted))


def shipped_folder() -> Path:
    """Return where the program's own definitions stand, in a wheel or in a clone."""
    package = Path(__file__).parents[1]
    inside = package / "instruments"
    return inside if inside.is_dir() else package.parent / "instruments"


def find_files(path: Path) -> tuple[Path, ...]:
    """Return the definition files at or below `path`."""
    if path.is_dir():
        return tuple(sorted(p for p in path.rglob("*.y*ml") if p.suffix in {".yaml", ".yml"}))
    return (path,)


def load_library(folder: Path | None = None, frozen: Fingerprints | None = None) -> Library:
    """Load the shipped definitions and then those of `folder`; `frozen` ones may not change."""
    shelf = _Shelf()
    for file in find_files(shipped_folder()):
        shelf.add(file)
    shelf.shipped = frozenset(shelf.instruments)
    if folder is not None and folder.is_dir() and folder.resolve() != shipped_folder().resolve():
        for file in find_files(folder):
            shelf.add(file)
    shelf.check_frozen(frozen or {})
    return Library(shelf.instruments, shelf.close(), tuple(shelf.broken), shelf.shipped)


def check_files(paths: Iterable[Path]) -> tuple[list[Instrument], list[Problem]]:
    """Load the files at or below `paths` and return what they hold and all that is wrong."""
    shelf = _Shelf()
    for file in dict.fromkeys(file for path in paths for file in find_files(path)):
        shelf.add(file)
    found = shelf.close()
    return list(shelf.instruments.values()), list(found)


class _Shelf:
    """Files being loaded one after the other; the first of two of one version stands."""

    def __init__(self) -> None:
        self.instruments: dict[tuple[str, str], Instrument] = {}
        self.files: dict[tuple[str, str], str] = {}
        self.problems: list[Problem] = []
        self.broken: list[str] = []
        self.shipped: frozenset[tuple[str, str]] = frozenset()

    def add(self, file: Path) -> None:
        """Load a file, or note why it cannot be loaded."""
        try:
            with file.open("rb") as stream:
                instrument = load(stream.read(BYTE_LIMIT), str(file))
        except DefinitionError as error:
            self.problems += error.problems
            self.broken.append(str(file))
        except OSError as error:
            reason = error.strerror or "it cannot be read"
            self.note(str(file), problems.unreadable_file(reason))
            self.broken.append(str(file))
        else:
            self._place(file, instrument)

    def note(self, file: str, message: str) -> None:
        """Remember a problem with a file as a whole."""
        self.problems.append(Problem(file, 1, "", message))

    def check_frozen(self, frozen: Fingerprints) -> None:
        """Note each version that differs from what was published."""
        for key, fingerprint in frozen.items():
            found = self.instruments.get(key)
            if found is not None and found.fingerprint != fingerprint:
                message = problems.changed_frozen(*key, fingerprint, found.fingerprint)
                self.note(self.files[key], message)

    def close(self) -> tuple[Problem, ...]:
        """Compare the versions with each other and return all that is wrong."""
        self.problems += find_version_problems(self.instruments.values(), self.files)
        return tuple(sorted(set(self.problems)))

    def _place(self, file: Path, instrument: Instrument) -> None:
        key = (instrument.name, instrument.version)
        place = file.resolve()
        if (place.parent.name, place.stem) != key:
            self.note(str(file), problems.wrong_place(*key))
        first = self.instruments.setdefault(key, instrument)
        other = self.files.setdefault(key, str(file))
        if first.fingerprint == instrument.fingerprint:
            return
        if key in self.shipped:
            prints = (first.fingerprint, instrument.fingerprint)
            self.note(str(file), problems.two_copies(*key, *prints))
        else:
            self.note(str(file), problems.same_version(*key, other))
