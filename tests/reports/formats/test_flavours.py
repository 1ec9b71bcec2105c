"""One flavour of csv is exact; the other is safe to open, and says what it changed."""

import csv
import re
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from survey_app.reports.csv_archive import show_value, write_csv_archive
from survey_app.reports.formats.flavours import FlavourName, Guarding
from tests.reports.formats.sample import CONTEXT, HOSTILE, make_source, read_data

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def write(path: Path, flavour: FlavourName) -> dict[str, bytes]:
    write_csv_archive(make_source(), CONTEXT, path / "csv.zip", flavour=flavour)
    with ZipFile(path / "csv.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def test_the_exact_flavour_has_every_cell_of_data_as_it_is(tmp_path: Path) -> None:
    files = write(tmp_path, "exact")
    assert not any(data.startswith(BYTE_ORDER_MARK) for data in files.values())
    assert files["data.csv"].splitlines(keepends=True)[0].endswith(b"\r\n")
    for written, row in zip(read(files["data.csv"]), read_data(make_source()), strict=True):
        shown = {name: show_value(value) for name, value in row.items()}
        assert written == {n: "" if value is None else str(value) for n, value in shown.items()}
    assert "the exact flavour" in files["readme.txt"].decode()


def test_the_flavour_for_excel_begins_with_a_mark_and_guards_what_may_be_a_formula(
    tmp_path: Path,
) -> None:
    files = write(tmp_path, "excel")
    tables = [name for name in files if name != "readme.txt"]
    assert all(name.endswith("-for-excel.csv") for name in tables)
    assert all(files[name].startswith(BYTE_ORDER_MARK) for name in tables)
    changed = 0
    for written, row in zip(
        read(files["data-for-excel.csv"]), read_data(make_source()), strict=True
    ):
        for name, value in row.items():
            shown = show_value(value)
            text = "" if shown is None else str(shown)
            assert written[name].replace("'", "") == text.replace("'", "")
            assert not re.match(r"[=+@\t\r#]|-(?![0-9.]+$)", written[name])
            changed += written[name] != text
    assert changed > 0
    assert read(files["data-for-excel.csv"])[0]["why"] == "'=1+1"
    assert read(files["data-for-excel.csv"])[0]["degrees"] == "-95"


def test_the_readme_says_how_often_something_was_guarded(tmp_path: Path) -> None:
    exact, files = write(tmp_path, "exact"), write(tmp_path, "excel")
    guarded = sum(
        safe != plain
        for name in exact
        if name != "readme.txt"
        for safe_row, row in zip(
            read(files[name.replace(".csv", "-for-excel.csv")]), read(exact[name]), strict=True
        )
        for safe, plain in zip(safe_row.values(), row.values(), strict=True)
    )
    readme = files["readme.txt"].decode()
    assert f"Excel flavour, not the exact one. {guarded} texts" in readme
    # Two texts, each in Data, Labels and Long.
    assert "6 texts are longer than a cell" in readme


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30 1234", "'+49 30 1234"),
        ("-5", "-5"),
        ("-5.25", "-5.25"),
        ("-5+1", "'-5+1"),
        ("- a dash", "'- a dash"),
        ("@name", "'@name"),
        ("#N/A", "'#N/A"),
        ("\t=1", "'\t'=1"),
        (' "=1"', '\' "=1"'),
        ("＝1", "'＝1"),
        ("fine; =1+1", "fine;' =1+1"),
        ("fine\n=1+1", "fine\n'=1+1"),
        ("a\n\nb", "a\n\nb"),
        ("a = b, -c", "a = b, -c"),
        ("", ""),
    ],
)
def test_what_could_be_taken_for_a_formula(text: str, safe: str) -> None:
    guarding = Guarding()
    assert guarding.guard(text) == safe
    assert guarding.guarded == (text != safe)


@settings(deadline=None)
@given(some.text(some.sampled_from("=+-@#\t\r\n ;\"'a1.")))
def test_no_cell_and_no_part_behind_a_separator_begins_a_formula(text: str) -> None:
    safe = Guarding().guard(text)
    parts = re.split("[;\t\r\n]", safe)
    assert not any(part.lstrip(' "').startswith(("=", "+", "@", "#")) for part in parts)
    assert safe.replace("'", "") == text.replace("'", "")


def test_a_text_longer_than_a_cell_is_counted() -> None:
    guarding = Guarding()
    for text in HOSTILE:
        guarding.guard(text)
    assert guarding.too_long == 2
