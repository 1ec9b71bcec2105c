"""How long an interview lasted: the console and the reports say the same."""

from datetime import UTC, datetime

import pytest

from survey_app.storage.clock import measure
from survey_app.web.interviewer.clock import read_clock

NOW = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)


def turns(*done: str) -> list[dict[str, str]]:
    return [
        {"action": action, "at": f"2026-11-22T20:{minute}:00.000Z"}
        for action, minute in (each.split() for each in done)
    ]


@pytest.mark.parametrize(
    ("done", "minutes"),
    [
        pytest.param((), 0, id="never started"),
        pytest.param(("start 10", "finish 50"), 40, id="without a pause"),
        pytest.param(("start 10", "pause 20", "resume 30", "finish 50"), 30, id="with a pause"),
        pytest.param(("start 10", "pause 20", "pause 40", "finish 50"), 10, id="paused twice"),
        pytest.param(("start 10", "start 20", "finish 50"), 40, id="started twice"),
        pytest.param(("start 10", "pause 20", "resume 30"), 40, id="still running"),
        pytest.param(("start 50", "finish 10"), 0, id="the server's clock was set back"),
    ],
)
def test_pauses_do_not_count(done: tuple[str, ...], minutes: int) -> None:
    assert measure(turns(*done), NOW) == minutes * 60_000
    assert read_clock(turns(*done), NOW).elapsed == minutes * 60_000
