"""A .dta read back is the sheet Data, cell by cell, with its labels and extended missing values."""

import math
import re
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pandas as pd
import pyreadstat
import pytest

from survey_app.definition.reasons import Reason, describe
from survey_app.reports.formats.dta import LETTERS
from survey_app.reports.formats.stata_files import write_dta_archive
from survey_app.reports.responses import Source
from survey_app.spreadsheets.sheet import Value
from tests.reports.formats.sample import (
    CONTEXT,
    HOSTILE,
    LAYOUT,
    find_reason,
    make_source,
    read_data,
)

FIRST_DAY = datetime.fromisoformat("1960-01-01")


def write(path: Path, source: Source) -> Path:
    write_dta_archive(source, CONTEXT, path / "stata.zip")
    with ZipFile(path / "stata.zip") as archive:
        archive.extractall(path)
    return path / "data.dta"


def read(path: Path) -> tuple[list[dict[str, Any]], Any]:
    frame, about = pyreadstat.read_dta(path, user_missing=True, disable_datetime_conversion=True)
    rows = [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]
    return rows, about


def show_number(number: float, words: str, value: Value) -> object:
    """Return a number of the file as Data has it, by what the file alone says of it."""
    code = re.search(r" \[(\w+)\]$", words)
    if isinstance(value, datetime):
        return FIRST_DAY + timedelta(milliseconds=number)
    if isinstance(value, date):
        return (FIRST_DAY + timedelta(days=number)).date()
    if isinstance(value, str):
        return code[1] if code else f"{number:.0f}"
    return number


def test_every_cell_is_that_of_data(tmp_path: Path) -> None:
    rows, about = read(write(tmp_path, make_source()))
    labels = about.variable_value_labels
    letters = {letter: str(reason) for reason, letter in LETTERS.items()}
    seen = set()
    for written, given in zip(rows, read_data(make_source()), strict=True):
        for name, value in given.items():
            cell = written[name]
            reason = find_reason(value)
            if reason is not None:
                cell = written[f"{name[:26]}_given"] if cell == "" else cell
                assert isinstance(cell, str)
                assert letters[cell] == reason
                assert labels[name if name in labels else "why_given"][cell] == describe(
                    Reason(reason)
                )
                seen.add(reason)
            elif isinstance(cell, str):
                assert cell == (value or "")
            elif value is None:
                assert isinstance(cell, float)
                assert math.isnan(cell)
            else:
                assert isinstance(cell, int | float)
                assert show_number(cell, labels.get(name, {}).get(cell, ""), value) == value
    assert seen == {str(reason) for reason in Reason} - {"withdrawn"}, "which has no row"


def test_it_is_of_format_118_with_dates_and_labels(tmp_path: Path) -> None:
    path = write(tmp_path, make_source())
    _rows, about = read(path)
    assert b"<release>118</release>" in path.read_bytes()[:100]
    assert about.original_variable_types["met"] == "%tdCCYY-NN-DD"
    assert about.original_variable_types["started"] == "%tcCCYY-NN-DD_HH:MM:SS.sss"
    assert about.original_variable_types["degrees"] == "%10.0g"
    assert about.column_names_to_labels["teaching__work"] == "Your work – The effect on teaching"
    assert about.file_label == "Every type of question: Mentors 2026"
    assert "why_2" not in about.column_names
    assert max(map(len, about.column_names)) == 32
    assert {column.name for column in LAYOUT.columns} <= set(about.column_names)


def test_another_reader_finds_the_same_missing_values(tmp_path: Path) -> None:
    frame = pd.read_stata(
        write(tmp_path, make_source()),
        convert_categoricals=False,
        convert_missing=True,
        columns=["years", "teaching__work", "why", "why_given", "topics__ethics"],
    )
    assert [str(cell) for cell in frame["teaching__work"][:3]] == [".r", ".d", ".u"]
    assert list(frame["why"][: len(HOSTILE)]) == list(HOSTILE)
    assert [str(cell) for cell in frame["why_given"][-2:]] == [".x", ".x"]
    assert [str(cell) for cell in frame["topics__ethics"][-2:]] == [".x", ".p"]
    assert list(frame["years"][:3]) == [0, 1, 2]


def test_the_readme_and_codebook_name_the_letters(tmp_path: Path) -> None:
    write(tmp_path, make_source())
    readme = (tmp_path / "readme.txt").read_text("utf-8")
    assert ".d  don’t know (dont_know)" in readme
    assert "Responses: 13 (11 submitted, 1 in progress, 1 withdrawn; withdrawn ones" in readme
    assert ".w = withdrawn: withdrawn" in (tmp_path / "codebook.csv").read_text("utf-8")


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_responses_or_none_make_a_file_too(tmp_path: Path, count: int) -> None:
    rows, _about = read(write(tmp_path, make_source(count)))
    assert [row["response"] for row in rows] == ["r0", "r1"][:count]


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("a", "b"))
    for folder in (first, second):
        folder.mkdir()
    data = write(first, make_source()).read_bytes()
    assert b"<timestamp>\x1101 Jan 1980 00:00</timestamp>" in data[:1000]
    assert data == write(second, make_source()).read_bytes()
