"""Leaves what came of the tests that prove promises where `survey-app promises` finds it."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from survey_app.promises import RESULTS, TESTS, WORST_FIRST, read_results

WANTED = {test for tests in TESTS.values() for test in tests}
OUTCOMES = ("failed", "skipped", "passed")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Write the worst outcome of each of these tests; of those that did not run, what stood."""
    found: dict[str, str] = {}
    for outcome in ("error", *OUTCOMES):
        for report in terminalreporter.stats.get(outcome, ()):
            _note(found, report, "failed" if outcome == "error" else outcome)
    if not found:
        return
    file = config.rootpath / RESULTS
    try:
        known = {test: vars(each) for test, each in read_results(file).items() if test in WANTED}
    except ValueError:
        known = {}
    day = datetime.now(UTC).date().isoformat()
    known |= {test: {"outcome": outcome, "day": day} for test, outcome in found.items()}
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(dict(sorted(known.items())), indent=1), "utf-8")


def _note(found: dict[str, str], report: Any, outcome: str) -> None:
    test = str(getattr(report, "nodeid", "")).partition("[")[0].removeprefix("tests/")
    if test in WANTED and getattr(report, "when", "call") in {"call", "setup"}:
        names = [each for each in WORST_FIRST if each in {outcome, found.get(test)}]
        found[test] = names[0]
