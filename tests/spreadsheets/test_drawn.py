"""Charts on a sheet refer to its cells, and pictures lie where they belong, both told in words."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from PIL import Image

from survey_app.spreadsheets.drawings import Drawing, Part, Picture, StackedBars
from survey_app.spreadsheets.sheet import Header, Sheet
from survey_app.spreadsheets.writer import WorkbookWriter
from tests.spreadsheets.books import NOW

BARS = StackedBars(
    title="Effects & <such>",
    alt="Work: no 3, yes 1 \x07",
    rows=(2, 3),
    names="label",
    parts=(
        Part(column="count_1", words="no", colour="#c6dbef", label_colour="#000000"),
        Part(column="count_2", words="=yes", colour="#08306b", label_colour="#ffffff"),
    ),
    cell="C6",
    width=8,
    height=2.5,
)
LONG = "x" * 40_000


def make_picture(**changes: Any) -> Picture:
    file = BytesIO()
    Image.new("RGB", (30, 20), "red").save(file, format="png")
    told = {"title": "Red", "alt": "All red", "cell": "B9", "width": 3, "height": 2, **changes}
    return Picture(content=file.getvalue(), **told)


def write(path: Path, *drawings: Drawing, label: str = "Work") -> Any:
    names = ("item", "label", "count_1", "count_2")
    sheet = Sheet(
        name="Li'kert",
        headers=tuple(Header(name=name) for name in names),
        rows=lambda: iter([["effects", label, 3, 1], ["effects", "Home", 0, 4]]),
        drawings=drawings,
    )
    writer = WorkbookWriter([sheet.name], title="A study", created=NOW)
    writer.add(sheet)
    writer.save(path)
    return load_workbook(path)[sheet.name]


def read_drawing(path: Path) -> list[ET.Element]:
    with ZipFile(path) as package:
        tree = ET.fromstring(package.read("xl/drawings/drawing1.xml"))
    return [each for each in tree.iter() if each.tag.endswith("}cNvPr")]


def test_bars_refer_to_the_cells_of_the_sheet_so_that_they_can_be_edited(tmp_path: Path) -> None:
    (chart,) = write(tmp_path / "book.xlsx", BARS)._charts
    assert [series.val.numRef.f for series in chart.series] == [
        "'Li''kert'!$C$2:$C$3",
        "'Li''kert'!$D$2:$D$3",
    ]
    assert {series.cat.strRef.f for series in chart.series} == {"'Li''kert'!$B$2:$B$3"}
    assert [series.tx.v for series in chart.series] == ["no", "=yes"]
    assert (chart.grouping, chart.barDir, chart.overlap) == ("percentStacked", "bar", 100)


def test_columns_are_found_by_name_though_a_long_text_takes_further_ones(tmp_path: Path) -> None:
    (chart,) = write(tmp_path / "book.xlsx", BARS, label=LONG)._charts
    assert chart.series[0].val.numRef.f == "'Li''kert'!$D$2:$D$3"
    assert chart.series[0].cat.strRef.f == "'Li''kert'!$B$2:$B$3"


def test_parts_have_our_colours_and_numbers_that_stand_out_from_them(tmp_path: Path) -> None:
    (chart,) = write(tmp_path / "book.xlsx", BARS)._charts
    fills = [series.graphicalProperties.solidFill.srgbClr for series in chart.series]
    assert fills == ["c6dbef", "08306b"]
    inks = [series.dLbls.txPr.p[0].pPr.defRPr.solidFill.srgbClr for series in chart.series]
    assert inks == ["000000", "ffffff"]
    assert all(series.dLbls.showVal for series in chart.series)
    assert {series.dLbls.numFmt for series in chart.series} == {"0;;;"}, "no number for nobody"


def test_both_axes_are_there_and_the_first_row_is_on_top(tmp_path: Path) -> None:
    (chart,) = write(tmp_path / "book.xlsx", BARS)._charts
    assert (chart.x_axis.delete, chart.y_axis.delete) == (False, False)
    assert chart.x_axis.scaling.orientation == "maxMin"
    assert chart.y_axis.crosses == "max"


def test_a_drawing_lies_in_its_cell_as_large_as_it_was_said(tmp_path: Path) -> None:
    page = write(tmp_path / "book.xlsx", BARS, make_picture())
    for drawing, place, size in (
        (page._charts[0], (2, 5), (8, 2.5)),
        (page._images[0], (1, 8), (3, 2)),
    ):
        anchor = drawing.anchor
        assert (anchor._from.col, anchor._from.row) == place
        assert (anchor.ext.width / 914_400, anchor.ext.height / 914_400) == size


def test_what_a_drawing_shows_is_told_to_who_cannot_see_it(tmp_path: Path) -> None:
    write(tmp_path / "book.xlsx", BARS, make_picture())
    told = [(each.get("title"), each.get("descr")) for each in read_drawing(tmp_path / "book.xlsx")]
    assert told == [
        ("Effects & <such>", "Work: no 3, yes 1 \ufffd"),
        ("Red", "All red"),
    ]


@pytest.mark.parametrize("drawing", [BARS, make_picture()], ids=["bars", "picture"])
def test_the_same_drawings_give_the_same_bytes(tmp_path: Path, drawing: Drawing) -> None:
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx", "c.xlsx")]
    for file in files[:2]:
        write(file, drawing)
    write(files[2], replace(drawing, title="Another"))
    first, second, other = (file.read_bytes() for file in files)
    assert first == second
    assert first != other


def test_a_picture_is_kept_as_it_is(tmp_path: Path) -> None:
    picture = make_picture()
    write(tmp_path / "book.xlsx", picture)
    with ZipFile(tmp_path / "book.xlsx") as package:
        assert package.read("xl/media/image1.png") == picture.content
