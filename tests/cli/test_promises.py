"""`promises` is the validation report: each promise, its tests, and what came of them."""

import json
from pathlib import Path

from survey_app.promises import KEPT, RESULTS, TESTS, read_results
from tests.cli.conftest import Run

FIRST, SECOND = TESTS[1]


def leave(folder: Path, *outcomes: str) -> None:
    """Leave results as the suite does."""
    file = folder / RESULTS
    file.parent.mkdir()
    results = dict(zip((FIRST, SECOND), outcomes, strict=False))
    stored = {test: {"outcome": each, "day": "2026-11-26"} for test, each in results.items()}
    file.write_text(json.dumps(stored), "utf-8")


def test_every_promise_is_told_with_its_tests(run: Run) -> None:
    told = run("promises")
    assert told.exit_code == 0
    assert "P1  What is shown as saved or sent is on the disk" in told.stdout
    assert f"     not run here: tests/{FIRST}" in told.stdout
    assert told.stderr.startswith("0 of 34 promises have passed their tests here.")


def test_what_came_of_the_tests_stands_beside_them(run: Run, tmp_path: Path) -> None:
    leave(tmp_path, "passed", "passed")
    told = run("promises")
    assert f"     passed on 2026-11-26: tests/{FIRST}" in told.stdout
    assert told.stderr.startswith("1 of 34 promises")


def test_a_test_that_failed_ends_in_1(run: Run, tmp_path: Path) -> None:
    leave(tmp_path, "failed")
    told = run("promises", "--results", str(tmp_path / RESULTS))
    assert told.exit_code == 1
    assert f"     failed on 2026-11-26: tests/{FIRST}" in told.stdout


def test_results_are_kept_for_the_page(run: Run, tmp_path: Path) -> None:
    told = run("promises", "--keep")
    assert told.exit_code == 2
    assert "There are no results to keep" in told.stderr
    leave(tmp_path, "passed", "failed")
    told = run("promises", "--keep")
    assert told.exit_code == 1, "one has failed"
    assert "They are shown at http://127.0.0.1:8000/promises" in told.stderr
    assert read_results(tmp_path / "survey-data" / KEPT) == read_results(tmp_path / RESULTS)
