"""A migrated database file for each test, and a store on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate
from tests.storage.scenes import publish


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "survey.sqlite"


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file for all tests to copy."""
    path = tmp_path_factory.mktemp("migrated") / "survey.sqlite"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def url(path: Path, migrated: Path) -> str:
    shutil.copyfile(migrated, path)
    return f"sqlite:///{path}"


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store with one study that has one instrument."""
    with Store(url) as opened:
        publish(opened)
        yield opened
