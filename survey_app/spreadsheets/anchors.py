"""The places of charts and pictures on a sheet, as openpyxl writes them."""

from typing import Any

from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.utils import coordinate_to_tuple

from survey_app.spreadsheets.drawings import Drawing
from survey_app.spreadsheets.texts import replace_illegal

UNITS_PER_INCH = 914_400
"""What a drawing is measured in (ECMA-376 part 1, 20.1.2.1)."""


class DescribedAnchor(OneCellAnchor):
    """The place of a drawing on a sheet, which tells what is there to who cannot see it.

    openpyxl makes the frame of a chart or picture only when it is written, and describes neither.
    """

    tagname = "oneCellAnchor"
    __elements__ = OneCellAnchor.__elements__

    def __init__(self, drawing: Drawing) -> None:
        row, column = coordinate_to_tuple(drawing.cell)
        width, height = (_count_units(each) for each in (drawing.width, drawing.height))
        super().__init__(
            _from=AnchorMarker(row=row - 1, col=column - 1),
            ext=XDRPositiveSize2D(width, height),
        )
        self._title = replace_illegal(drawing.title)[0]
        self._words = replace_illegal(drawing.alt)[0]

    def to_tree(self, *args: Any, **named: Any) -> Any:
        """Return it as XML, described."""
        frame: Any = self.graphicFrame
        picture: Any = self.pic
        properties = frame.nvGraphicFramePr.cNvPr if frame else picture.nvPicPr.cNvPr
        properties.title, properties.descr = self._title, self._words
        return super().to_tree(*args, **named)


def _count_units(inches: float) -> int:
    return round(inches * UNITS_PER_INCH)
