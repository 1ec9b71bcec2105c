"""What is in a source is counted by state."""

from survey_app.reports.formats.overview import look_over
from survey_app.reports.progress import Meter, ignore
from tests.reports.formats.sample import make_source


def test_states_add_up_to_all() -> None:
    overview = look_over(make_source(), Meter(ignore))
    assert (overview.responses, overview.submitted) == (13, 11)
    assert (overview.in_progress, overview.withdrawn, overview.interviews) == (1, 1, 0)


def test_nothing_is_counted_as_nothing() -> None:
    assert set(look_over(make_source(0), Meter(ignore)).count().values()) == {0}
