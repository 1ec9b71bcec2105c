"""What openpyxl makes of the charts and pictures of a sheet."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, assert_never

from openpyxl.drawing.image import Image
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.spreadsheets.anchors import DescribedAnchor
from survey_app.spreadsheets.drawings import Drawing, Picture, StackedBars
from survey_app.spreadsheets.stacked_bars import make_bars


def add_drawing(page: Worksheet, drawing: Drawing, columns: Mapping[str, int]) -> None:
    """Put a drawing on a page whose columns have these numbers by their names."""
    match drawing:
        case StackedBars():
            chart: Any = make_bars(page.title, drawing, columns)
            chart.anchor = DescribedAnchor(drawing)  # it takes more than the stubs know
            page.add_chart(chart)
        case Picture():
            image = Image(BytesIO(drawing.content))
            image.anchor = DescribedAnchor(drawing)
            page.add_image(image)
        case _:
            assert_never(drawing)
