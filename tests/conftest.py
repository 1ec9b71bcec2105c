"""What every test may ask for: settings in a folder of its own, a store, a study, the pages."""

import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey_app import first_start
from survey_app.jobs import Jobs
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.web.app import create_app
from tests.installation import end_jobs, make_settings
from tests.made_once import make_once
from tests.warm_jobs import keep_jobs_warm, start_cold

MEMORY = Path("/dev/shm")
ENOUGH = 2 * 2**30
"""Bytes for the files of all tests that run at once, and of those that failed."""

# What is durable is tested by killing processes, which a disk has no part in: to wait for one at
# each commit would take an eighth of the time. pytest itself reads the name.
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ENOUGH:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

pytest_plugins = ["tests.browser", "tests.promise_report", "tests.asvs_report"]


def pytest_collection_finish() -> None:
    """Take the program and its tests, which stay to the end, out of every search for garbage."""
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def _made_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        make_once(patch)
        with keep_jobs_warm(patch):
            yield


@pytest.fixture
def cold_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a test's jobs begun by the command, as they are outside of tests."""
    monkeypatch.setattr(Jobs, "_spawn", start_cold)


@pytest.fixture(scope="session")
def fresh_installation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which everything was made once; each test takes a copy."""
    folder = tmp_path_factory.mktemp("installation")
    first_start.prepare(make_settings(folder))
    return folder


@pytest.fixture(scope="session")
def installation_with_people(
    fresh_installation: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same with a people database and its key, for files that name it."""
    folder = tmp_path_factory.mktemp("people")
    shutil.copytree(fresh_installation, folder, dirs_exist_ok=True)
    first_start.prepare_people(make_settings(folder))
    return folder


@pytest.fixture
def installation(fresh_installation: Path) -> Path:
    """What each test takes a copy of, unless its file names another."""
    return fresh_installation


@pytest.fixture
def settings(installation: Path, tmp_path: Path) -> Settings:
    """Settings of an installation of the test's own, just started for the first time."""
    shutil.copytree(installation, tmp_path, dirs_exist_ok=True)
    return make_settings(tmp_path)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """The store of a fresh installation, with its first study."""
    with Store(settings.database) as opened:
        yield opened


@pytest.fixture
def app(settings: Settings, store: Store) -> Iterator[Flask]:
    """The application on that store; what it is still making in the end is not waited for."""
    made = create_app(settings, store)
    yield made
    end_jobs(made)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()
