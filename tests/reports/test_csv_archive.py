"""The csv files hold what was said, to the last character."""

import csv
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

from survey_app.reports.csv_archive import FILES, write_csv_archive
from survey_app.reports.responses import Source
from tests.reports.sample import CONTEXT, make_source


def write(path: Path, source: Source) -> dict[str, str]:
    write_csv_archive(source, CONTEXT, path / "csv.zip")
    with ZipFile(path / "csv.zip") as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def read_rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(text, newline="")))


def test_there_is_a_file_for_each_table_and_a_readme(tmp_path: Path) -> None:
    assert list(write(tmp_path, make_source(2, 1))) == [*FILES.values(), "readme.txt"]


def test_texts_are_faithful_times_are_iso_and_blanks_are_reasons(tmp_path: Path) -> None:
    text = ' "quoted",\r\nlines 😀 =1+1 \ud83d' + "a" * 40_000
    files = write(tmp_path, make_source(2, text=text))
    row = read_rows(files["data.csv"])[1]
    assert row["what"] == text.replace("\ud83d", "\\ud83d")
    assert (row["started"], row["submitted"]) == (
        "2026-11-21T08:00:00.000Z",
        "2026-11-22T20:14:05.123Z",
    )
    assert row["teaching__work"] == "refused"
    assert read_rows(files["data.csv"])[0]["started"] == "2026-11-21"
    assert read_rows(files["notes.csv"]) == []


def test_marks_have_a_file_of_their_own(tmp_path: Path) -> None:
    rows = read_rows(write(tmp_path, make_source(1, 1))["marks.csv"])
    assert [(row["probe"], row["state"], row["phase_turns"]) for row in rows] == [
        ("", "", "probing 1:01"),
        ("scholar", "raised_unprompted", ""),
    ]


def test_the_readme_warns_of_the_double_click(tmp_path: Path) -> None:
    readme = write(tmp_path, make_source(0))["readme.txt"]
    assert readme.startswith("Do not open these csv files by a double click")
    assert "study: Mentors 2026" in readme
    assert "pandas.read_csv" in readme


def test_the_same_responses_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a.zip", tmp_path / "b.zip"
    for path in (first, second):
        write_csv_archive(make_source(5, 2), CONTEXT, path)
    assert first.read_bytes() == second.read_bytes()
