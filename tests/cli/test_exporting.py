"""Exports and charts by command: what was asked for, where it is, and what it leaves out."""

import json
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from survey_app.reports.workbook import SHEETS
from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.cli.conftest import Run


@pytest.fixture
def here(run: Run, settings: Settings) -> tuple[str, str]:
    """An installation with three test responses, and the option that names it."""
    option = ("--database", settings.database)
    assert run("simulate", "ami-survey@1.0.1", "-n", "3", "--seed", "7", *option).exit_code == 0
    return option


def test_a_workbook_is_written_where_the_command_says_and_recorded(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    result = run("export", "ami-survey", "--include-test", *here)
    assert result.stdout == f"{Path('exports') / 'ami-survey.xlsx'}\n"
    assert "3 responses." in result.stderr
    workbook = openpyxl.load_workbook(result.stdout.strip())
    assert tuple(workbook.sheetnames) == SHEETS
    assert workbook["Data"].max_row == 1 + 3
    (record,) = store.exports.list("ami")
    assert (record.who, record.rows, record.filter["versions"]) == ("command line", 3, ["1.0.1"])


def test_tests_are_left_out_and_that_is_said(run: Run, here: tuple[str, str]) -> None:
    result = run("export", "ami-survey", "-o", "mine.xlsx", *here)
    assert "0 responses; 3 test responses left out" in result.stderr
    assert openpyxl.load_workbook("mine.xlsx")["Data"].max_row == 1


def test_groups_are_compared_by_what_the_command_names(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    words = ("--by", "rewarding", "--include-test")
    assert run("export", "ami-survey", *words, *here).exit_code == 0
    (record,) = store.exports.list("ami")
    assert "compared by “Did you find being a mentor rewarding?”" in record.filter["words"]
    page = openpyxl.load_workbook(Path("exports") / "ami-survey.xlsx")["Groups"]
    names, people, first, group = [
        [cell.value for cell in row] for row in page.iter_rows(max_row=4)
    ]
    told = [dict(zip(names, row, strict=True)) for row in (people, first, group)]
    assert str(told[0]["label"]).startswith("People in each group: ")
    assert told[1]["compared_by"] == "Did you find being a mentor rewarding?"
    assert told[2]["remark"] == "Fewer than 5 answered here, so nothing is shown of them."


def test_a_single_response_is_not_told_of_as_many(run: Run, settings: Settings) -> None:
    option = ("--database", settings.database)
    assert run("simulate", "ami-survey@1.0.1", "-n", "1", *option).exit_code == 0
    words = ("export", "ami-survey", "-o", "one.xlsx", *option)
    assert "1 response.\n" in run(*words, "--include-test").stderr
    left_out = "0 responses; 1 test response left out (--include-test adds it)."
    assert left_out in run(*words).stderr


@pytest.mark.parametrize(
    ("words", "ending", "file"),
    [
        (("csv",), ".zip", "data.csv"),
        (("csv", "--flavour", "exact"), ".zip", "data.csv"),
        (("csv", "--flavour", "excel"), "-for-excel.zip", "data-for-excel.csv"),
        (("sav",), "-spss.zip", "data.sav"),
        (("dta",), "-stata.zip", "data.dta"),
        (("r",), "-r.zip", "read.R"),
        (("bundle",), "-bundle.zip", "manifest.json"),
    ],
)
def test_the_other_forms_come_as_zips_whose_names_tell_them_apart(
    *,
    run: Run,
    here: tuple[str, str],
    store: Store,
    words: tuple[str, ...],
    ending: str,
    file: str,
) -> None:
    result = run("export", "ami-survey", "--include-test", "--format", *words, *here)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"{Path('exports') / f'ami-survey{ending}'}\n"
    with zipfile.ZipFile(result.stdout.strip()) as archive:
        assert file in archive.namelist()
    (record,) = store.exports.list("ami")
    assert record.filter["format"] == words[0]
    assert record.filter["flavour"] == words[-1].replace(words[0], "exact")
    assert record.rows == 3


def test_a_missing_library_ends_in_a_sentence_that_names_the_extra(
    run: Run, here: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    result = run("export", "ami-survey", "--format", "sav", *here)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "pip install 'survey-app[formats]'" in result.stderr
    assert list(Path("exports").glob("*")) == []


def test_csv_comes_as_a_zip_and_json_as_one_file(run: Run, here: tuple[str, str]) -> None:
    for form, file in (("csv", "a/b.zip"), ("json", "a/b.json")):
        words = ("--format", form, "--include-test", "-o", file)
        assert run("export", "ami-survey@1.0.1", *words, *here).exit_code == 0
    with zipfile.ZipFile("a/b.zip") as archive:
        assert "data.csv" in archive.namelist()
    assert len(json.loads(Path("a/b.json").read_text(encoding="utf-8"))["responses"]) == 3


def test_charts_are_drawn_into_a_folder_each_told_by_its_path(
    run: Run, here: tuple[str, str]
) -> None:
    words = ("--include-test", "--format", "svg", "-o", "drawn")
    result = run("charts", "ami-survey", *words, *here)
    paths = [Path(line) for line in result.stdout.splitlines()]
    assert paths
    assert all(path.parent == Path("drawn") and path.suffix == ".svg" for path in paths)
    assert all("<svg" in path.read_text(encoding="utf-8") for path in paths)


TWO_QUESTIONS = """
format: 1
name: two-questions
version: 1.0.0
title: Two questions
source: ours
licence: MIT
changes: first
sections:
  - key: only
    title: Only
    items:
      - {key: tea, type: select_one, text: Tea?, options: {a: Yes, b: No}}
      - {key: when, type: select_multiple, text: When?, options: {a: At noon, b: At night}}
"""
"""Has few charts, which are drawn quickly."""


def test_charts_are_drawn_for_what_they_are_meant_and_group_by_group(
    run: Run, settings: Settings, here: tuple[str, str]
) -> None:
    file = Path("instruments/two-questions/1.0.0.yaml")
    file.parent.mkdir(parents=True)
    file.write_text(TWO_QUESTIONS, encoding="utf-8")
    made = run("simulate", "two-questions@1.0.0", "--publish", "-n", "3", *here)
    assert made.exit_code == 0, made.stderr
    words = ("--include-test", "--preset", "slide", "--sort", "top", "--by", "version", "-o", "d")
    form = ("--format", "svg")  # which is quicker to draw than so many pixels
    result = run("charts", "two-questions@1.0.0", *words, *form, *here)
    assert result.exit_code == 0, result.stderr
    drawn = [Path(line) for line in result.stdout.splitlines()]
    assert any(path.name.startswith("groups-") for path in drawn)
    page = ET.fromstring(drawn[0].read_text(encoding="utf-8"))
    width, height = (float(page.attrib[name].removesuffix("pt")) for name in ("width", "height"))
    assert width / height == pytest.approx(16 / 9)


def test_a_workbook_has_a_sheet_of_charts_where_it_is_asked_for(
    run: Run, here: tuple[str, str]
) -> None:
    for words, there in (((), False), (("--charts",), True)):
        result = run("export", "ami-survey", "--include-test", *words, *here)
        assert result.exit_code == 0, result.stderr
        book = openpyxl.load_workbook(result.stdout.strip())
        assert ("Charts" in book.sheetnames) is there


def test_two_studies_that_use_it_have_to_be_told_apart(
    run: Run, here: tuple[str, str], store: Store
) -> None:
    store.studies.create(slug="second", title="The second study")
    store.studies.add_instrument("second", "ami-survey", "1.0.1", "self")
    result = run("export", "ami-survey", *here)
    assert result.exit_code == 2
    assert "Name the study with --study: ami or second." in result.stderr
    assert run("export", "ami-survey", "--study", "second", *here).exit_code == 0


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (("ami-servey",), 2, "did you mean 'ami-survey'?"),
        (("ami-survey@1.0.0",), 1, "does not use ami-survey@1.0.0; it uses 1.0.1"),
        (("ami-survey", "--study", "amy"), 2, "did you mean 'ami'?"),
        (("ami-survey", "-o", "."), 2, "is a directory"),
        (("ami-survey", "--format", "ods"), 2, "is not one of"),
        (("ami-survey", "--flavour", "excel"), 2, "add --format csv"),
        (("ami-survey", "--charts", "--format", "json"), 2, "--charts is a sheet of a workbook"),
        (("ami-survey", "--by", "versoin"), 2, "did you mean 'version'?"),
        (("ami-survey", "--by", "topics"), 2, "cannot be compared by 'topics'"),
        (("ami-survey@1.0.0", "--by", "version"), 2, "does not use ami-survey@1.0.0"),
        (("ami-survey", "-o", "taken/file.xlsx"), 1, "taken"),
    ],
)
def test_what_cannot_be_exported_is_refused_in_a_sentence(
    run: Run, here: tuple[str, str], words: tuple[str, ...], code: int, sentence: str
) -> None:
    Path("taken").write_text("a file, not a folder", encoding="utf-8")
    result = run("export", *words, *here)
    assert (result.exit_code, result.stdout) == (code, "")
    assert sentence in result.stderr


def test_an_export_that_fails_leaves_the_older_file_as_it_was(
    run: Run, here: tuple[str, str]
) -> None:
    Path("old.xlsx").write_text("precious", encoding="utf-8")
    assert run("export", "ami-survey@1.0.0", "-o", "old.xlsx", *here).exit_code == 1
    assert Path("old.xlsx").read_text(encoding="utf-8") == "precious"
    assert sorted(path.name for path in Path().glob("*old*")) == ["old.xlsx"]
