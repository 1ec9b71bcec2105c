"""A chart of stacked bars, as openpyxl writes it."""

from collections.abc import Mapping
from typing import Any

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.chart.title import Title, title_maker
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.utils import get_column_letter, quote_sheetname

from survey_app.spreadsheets.drawings import Part, StackedBars
from survey_app.spreadsheets.texts import replace_illegal

GRID = "D0D0D0"
TITLE_SIZE = 1200
LABEL_SIZE = 900
"""Of letters, in hundredths of a point."""

COUNTS_BUT_ZERO = "0;;;"
"""A number format in which a part that nobody chose has no number."""


def make_bars(sheet: str, bars: StackedBars, columns: Mapping[str, int]) -> BarChart:
    """Return the chart of stacked bars, the first row on top, that refers to a sheet's cells."""
    first, last = bars.rows

    def refer(name: str) -> str:
        letter = get_column_letter(columns[name])
        return f"{quote_sheetname(sheet)}!${letter}${first}:${letter}${last}"

    chart = BarChart()
    chart.type, chart.grouping, chart.overlap, chart.gapWidth = "bar", "percentStacked", 100, 45
    chart.title = _make_title(bars.title)
    chart.legend.position, chart.legend.overlay = "t", False
    chart.roundedCorners = False
    chart.layout = Layout()
    for place, part in enumerate(bars.parts):
        chart.series.append(_make_series(place, part, refer(part.column), refer(bars.names)))
    _set_axes(chart)
    return chart


def _make_title(words: str) -> Title:
    title: Any = title_maker(replace_illegal(words)[0])
    title.overlay = False
    for paragraph in title.tx.rich.p:
        paragraph.pPr = ParagraphProperties(defRPr=CharacterProperties(sz=TITLE_SIZE, b=True))
    made: Title = title
    return made


def _make_series(place: int, part: Part, values: str, names: str) -> Series:
    series = Series(
        idx=place,
        order=place,
        tx=SeriesLabel(v=replace_illegal(part.words)[0]),
        cat=AxDataSource(strRef=StrRef(f=names)),
        val=NumDataSource(numRef=NumRef(f=values)),
    )
    series.graphicalProperties = GraphicalProperties(solidFill=part.colour.removeprefix("#"))
    series.graphicalProperties.line = LineProperties(solidFill="FFFFFF", w=6350)
    series.invertIfNegative = False
    series.dLbls = DataLabelList(
        numFmt=COUNTS_BUT_ZERO,
        showVal=True,
        showSerName=False,
        showCatName=False,
        showLegendKey=False,
        showPercent=False,
        txPr=_write_in(part.label_colour.removeprefix("#")),
    )
    return series


def _set_axes(chart: BarChart) -> None:
    names: Any = chart.x_axis
    shares: Any = chart.y_axis
    # Without a word on it, Excel takes an axis for one that was deleted.
    names.delete = shares.delete = False
    names.scaling.orientation = "maxMin"
    names.majorTickMark = shares.majorTickMark = "none"
    shares.crosses = "max"  # or it would stand above the bars, which begin at the top
    shares.scaling.min, shares.scaling.max = 0, 1
    shares.majorUnit = 0.25
    shares.number_format = "0%"
    shares.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill=GRID))
    for axis in (names, shares):
        axis.txPr = _write_in("404040")
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill=GRID))


def _write_in(colour: str) -> RichText:
    letters = CharacterProperties(sz=LABEL_SIZE, solidFill=colour)
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)
    return RichText(p=[paragraph])
