"""A line of the server's log says when it was written, wherever that is."""

import logging
import re
import time

import pytest

from survey_app.server import LOGGING


def test_the_time_of_a_line_has_its_distance_from_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "America/Toronto")
    time.tzset()
    try:
        plain = LOGGING["formatters"]["plain"]  # type: ignore[index]  # a dictionary as logging asks
        formatter = logging.Formatter(plain["format"], plain["datefmt"])
        record = logging.LogRecord("web", logging.ERROR, "", 0, "it failed", None, None)
        record.created = 1_764_201_600.0  # noon in Greenwich, on 27 November 2025
        line = formatter.format(record)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert line == "2025-11-26 19:00:00-0500 ERROR it failed"
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[+-]\d{4} ", line)
