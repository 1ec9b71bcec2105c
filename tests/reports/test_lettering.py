"""Labels break where they must and lose no letter."""

import pytest

from survey_app.reports.charts.lettering import measure, wrap


@pytest.mark.parametrize(
    "words",
    [
        "short",
        "Has being a mentor made you reflect on your own values and on the kind of doctor?",
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenhersteller " * 2,
        "two\nparagraphs",
        "",
    ],
)
@pytest.mark.parametrize("width", [0.5, 1.0, 3.2])
def test_lines_are_no_wider_than_they_may_be_and_hold_every_letter(
    words: str, width: float
) -> None:
    lines = wrap(words, width)
    assert all(measure(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(words.split())


def test_wider_letters_take_more_room() -> None:
    assert measure("mmm") > measure("iii")
    assert measure("mmm", weight="bold") > measure("mmm")
