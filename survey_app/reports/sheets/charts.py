"""The sheet Charts: every chart as a picture, beneath its title and its numbers in words."""

from collections.abc import Iterator, Sequence
from math import ceil

from survey_app.reports.charts.drawing import Image
from survey_app.spreadsheets.drawings import Picture
from survey_app.spreadsheets.sheet import Header, Row, Sheet

NAME = "Charts"
HEADERS = (
    Header(name="chart", width=30),
    Header(name="title", width=44, wrap=True),
    Header(name="words", width=80, wrap=True),
)
SCALE = 0.95
"""How large a picture is shown, of its own size."""

LINES_PER_INCH = 72 / 15
"""Empty rows, each of 15 points."""


def make_charts_sheet(images: Sequence[Image]) -> Sheet:
    """Return a row for each chart, and beneath it as many empty ones as its picture is high."""

    def read_rows() -> Iterator[Row]:
        for image in images:
            yield [image.key, image.title, image.alt]
            for _line in range(count_lines(image)):
                yield [None] * len(HEADERS)

    return Sheet(
        name=NAME, headers=HEADERS, rows=read_rows, filter=False, drawings=tuple(_place(images))
    )


def count_lines(image: Image) -> int:
    """Return how many rows a picture lies over, with one of them free below it."""
    return ceil(SCALE * image.size[1] * LINES_PER_INCH) + 1


def _place(images: Sequence[Image]) -> Iterator[Picture]:
    row = 2
    for image in images:
        width, height = image.size
        yield Picture(
            title=image.title,
            alt=image.alt,
            content=image.content,
            cell=f"A{row + 1}",
            width=SCALE * width,
            height=SCALE * height,
        )
        row += 1 + count_lines(image)
