"""What several rooms of the web may ask for beside what every test may."""

import shutil
from pathlib import Path

import pytest

from survey_app.storage.store import Store
from tests.installation import make_settings
from tests.web.desk_scenes import fill
from tests.web.interviewing import Studied, begin_once, study_once


@pytest.fixture(scope="session")
def busy_installation(fresh_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an installation in which much has come in; each test takes a copy."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copytree(fresh_installation, folder, dirs_exist_ok=True)
    settings = make_settings(folder)
    with Store(settings.database) as store:
        fill(settings, store)
    return folder


@pytest.fixture(scope="session")
def studied(fresh_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Studied:
    """An installation with the study of talks, whose people are signed in."""
    return study_once(fresh_installation, tmp_path_factory.mktemp("studied"))


@pytest.fixture(scope="session")
def begun(studied: Studied, tmp_path_factory: pytest.TempPathFactory) -> Studied:
    """The same, and ivy has begun an interview."""
    return begin_once(studied, tmp_path_factory.mktemp("begun"))


@pytest.fixture
def talks(request: pytest.FixtureRequest, studied: Studied, begun: Studied) -> Path:
    """The folder of one of the two: an interview is under way where a test asks for it."""
    asked = {"address", "sheet"} & set(request.fixturenames)
    return (begun if asked else studied).folder
