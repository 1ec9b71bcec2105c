"""Commands as they are typed, in a folder of the test's own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from survey_app.cli import main
from survey_app.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `survey-app` with these words in an empty folder; an exception is a failure."""
    monkeypatch.chdir(tmp_path)
    for name in Settings().to_environment():
        monkeypatch.delenv(name, raising=False)

    def run_command(*words: str) -> Result:
        result = CliRunner().invoke(main, list(words))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run_command
