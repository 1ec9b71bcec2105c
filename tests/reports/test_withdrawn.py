"""A response that was withdrawn is counted in every form, and a row in none."""

import csv
import json
from collections import Counter
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from survey_app.reports.formats.bundle import write_bundle
from survey_app.reports.responses import Source
from tests.reports.sample import CONTEXT, VERSIONS, make_response

GONE = "withdrawn-one"
COUNTS = {"responses": 6, "submitted": 3, "in_progress": 1, "withdrawn": 2}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    """A bundle of three responses that were sent, one in progress and two withdrawn."""
    sent = [make_response(number) for number in range(3)]
    begun = make_response(3, state="in_progress")
    gone = [
        replace(make_response(4 + number, state="withdrawn"), id=f"{GONE}-{number}")
        for number in range(2)
    ]
    responses = [gone[0], *sent, begun, gone[1]]
    source = Source(instruments=VERSIONS, responses=lambda: iter(responses))
    write_bundle(source, CONTEXT, tmp_path / "bundle.zip")
    with ZipFile(tmp_path / "bundle.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_file_names_it(files: dict[str, bytes]) -> None:
    assert [name for name, content in files.items() if GONE.encode() in content] == []


@pytest.mark.parametrize(
    "name",
    ["csv/data.csv", "csv/labels.csv", "r/data.csv", "r/reasons.csv"],
)
def test_a_table_has_a_row_for_every_other_one(files: dict[str, bytes], name: str) -> None:
    rows = list(csv.DictReader(StringIO(files[name].decode("utf-8-sig"))))
    assert [row["response"] for row in rows] == ["r0", "r1", "r2", "r3"]


def test_the_long_table_has_rows_of_every_other_one(files: dict[str, bytes]) -> None:
    rows = csv.DictReader(StringIO(files["csv/long.csv"].decode()))
    assert {row["response"] for row in rows} == {"r0", "r1", "r2", "r3"}


@pytest.mark.parametrize("sheet", ["Data", "Labels", "Long"])
def test_a_sheet_has_no_row_of_it(files: dict[str, bytes], sheet: str) -> None:
    (name,) = (name for name in files if name.endswith(".xlsx"))
    rows = openpyxl.load_workbook(BytesIO(files[name]), read_only=True)[sheet].values
    assert {row[0] for row in rows} == {"response", "r0", "r1", "r2", "r3"}


def test_what_json_counts_reconciles(files: dict[str, bytes]) -> None:
    (name,) = (name for name in files if name.endswith(".json") and name != "manifest.json")
    found = json.loads(files[name])
    assert found["counts"] == COUNTS
    assert Counter(each["state"] for each in found["responses"]) == {
        "submitted": 3,
        "in_progress": 1,
    }


def test_the_manifest_tells_the_counts_and_the_rows(files: dict[str, bytes]) -> None:
    told = json.loads(files["manifest.json"])
    assert {name: told["counts"][name] for name in COUNTS} == COUNTS
    rows = {each["name"]: each["rows"] for each in told["files"]}
    for name in ("csv/data.csv", "r/data.csv", "spss/data.sav", "stata/data.dta"):
        assert rows[name] == 4, name


def test_read_me_and_versions_count_it(files: dict[str, bytes]) -> None:
    (name,) = (name for name in files if name.endswith(".xlsx"))
    book = openpyxl.load_workbook(BytesIO(files[name]), read_only=True)
    told = {str(row[0]): row[1] for row in book["Read me"].values if row}
    states = ("submitted", "in progress", "withdrawn")
    assert told["responses"] == 6
    assert [told[f"of these {state}"] for state in states] == [3, 1, 2]
    head, *versions = book["Versions"].values
    sums = {
        state: sum(int(str(row[head.index(f"self_{state}")])) for row in versions)
        for state in ("submitted", "in_progress", "withdrawn")
    }
    assert sums == {state: COUNTS[state] for state in sums}


def test_the_codebook_counts_no_blank_of_it(files: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(StringIO(files["csv/codebook.csv"].decode())))
    told = {row["column"]: (row["n"], row["n_withdrawn"]) for row in rows}
    assert told["met"] == ("4", "0")
    assert {withdrawn for _n, withdrawn in told.values()} <= {"0", ""}
