"""What several rooms of the web may ask for beside what every test may."""

import shutil
from pathlib import Path

import pytest

from survey_app.storage.store import Store
from tests.installation import make_settings
from tests.web.desk_scenes import fill


@pytest.fixture(scope="session")
def busy_installation(fresh_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of an installation in which much has come in; each test takes a copy."""
    folder = tmp_path_factory.mktemp("busy")
    shutil.copytree(fresh_installation, folder, dirs_exist_ok=True)
    settings = make_settings(folder)
    with Store(settings.database) as store:
        fill(settings, store)
    return folder
