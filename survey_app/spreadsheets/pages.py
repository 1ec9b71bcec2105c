"""What openpyxl makes of every sheet, large or small: widths, header row, frozen cells, filter."""

from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from survey_app.spreadsheets.sheet import Header, Sheet
from survey_app.spreadsheets.styles import make_cell


def begin_page(page: Worksheet, sheet: Sheet, headers: Sequence[Header]) -> None:
    """Arrange a page and write its header row."""
    # Before the first row: openpyxl silently loses widths that are set later.
    page.freeze_panes = sheet.freeze
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for place, header in enumerate(headers, 1):
        page.column_dimensions[get_column_letter(place)].width = header.width
    cells = [make_cell(page, "header", wrap=False, indent=header.indent) for header in headers]
    for cell, header in zip(cells, headers, strict=True):
        cell.value = header.name
        cell.data_type = "s"
    page.append(cells)


def end_page(page: Worksheet, sheet: Sheet, headers: Sequence[Header], last: int) -> None:
    """Filter a page down to its last row."""
    if sheet.filter:
        page.auto_filter.ref = f"A1:{get_column_letter(len(headers))}{last}"
