"""How far a report has come is told in responses, and how long the rest takes in words."""

import pytest

from survey_app.reports.progress import Forecast, Meter, say_left

Told = list[tuple[float, str]]


def forecast_after(seconds: float, share: float) -> str:
    """What is said once so long has passed and so much is done."""
    told: Told = []
    moments = iter([0.0, seconds])
    forecast = Forecast(tell=lambda *each: told.append(each), clock=lambda: next(moments))
    forecast.show(share, "Writing")
    [(shown, message)] = told
    assert shown == share
    return message


@pytest.mark.parametrize(
    ("seconds", "share", "message"),
    [
        (0.5, 0.5, "Writing"),  # too early to say
        (30, 0.01, "Writing"),  # too little to say
        (30, 1, "Writing"),  # nothing is left
        (10, 0.5, "Writing · about 10 seconds left"),
        (10, 0.75, "Writing · about 5 seconds left"),
        (60, 0.25, "Writing · about 3 minutes left"),
    ],
)
def test_how_long_the_rest_takes_follows_from_what_is_done(
    seconds: float, share: float, message: str
) -> None:
    assert forecast_after(seconds, share) == message


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.1, "about 5 seconds left"),
        (11, "about 15 seconds left"),
        (59.9, "about 60 seconds left"),
        (60, "about 1 minute left"),
        (151, "about 3 minutes left"),
    ],
)
def test_time_left_is_said_in_steps_that_do_not_flicker(seconds: float, words: str) -> None:
    assert say_left(seconds) == words


def test_a_meter_tells_the_share_of_all_passes_and_the_responses_of_this_one() -> None:
    told: Told = []
    meter = Meter(lambda *each: told.append(each))
    meter.expect(1200, 2)
    for name in ("Data", "Long"):
        meter.start(name)
        list(meter.watch(range(1200)))
    assert told[0] == (0, "Data")
    assert told[1] == (100 / 2400, "Data: 100 of 1,200 responses")
    assert told[12] == (0.5, "Data: 1,200 of 1,200 responses")
    assert told[13] == (0.5, "Long")
    assert told[-1] == (0.99, "Long: 1,200 of 1,200 responses")


def test_a_meter_that_does_not_know_how_many_come_says_no_number() -> None:
    told: Told = []
    meter = Meter(lambda *each: told.append(each))
    meter.start("Counting")
    list(meter.watch(range(100)))
    assert told == [(0, "Counting"), (0, "Counting")]
