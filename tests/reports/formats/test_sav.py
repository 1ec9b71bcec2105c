"""A .sav read back is the sheet Data, cell by cell, with its labels, measures and blanks."""

import csv
import json
import math
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from survey_app.definition.reasons import NUMBERS, Reason
from survey_app.definition.shapes import Answer
from survey_app.reports.formats.labels import spell_out
from survey_app.reports.formats.spss_files import write_sav_archive
from survey_app.reports.responses import Source
from survey_app.spreadsheets.sheet import Value
from tests.reports.formats.sample import (
    CONTEXT,
    HOSTILE,
    LAYOUT,
    LONG,
    LONG_KEY,
    find_reason,
    make_source,
    read_data,
)

FIRST_DAY = datetime.fromisoformat("1582-10-14")
WORDS = {
    "not answered": "unanswered",
    "not relevant": "not_relevant",
    "refused": "refused",
    "don’t know": "dont_know",
    "not in this version": "not_in_this_version",
    "not reached": "not_reached",
    "asked as probes": "asked_as_probes",
    "withdrawn": "withdrawn",
}


def write(path: Path, source: Source) -> Path:
    write_sav_archive(source, CONTEXT, path / "spss.zip")
    with ZipFile(path / "spss.zip") as archive:
        archive.extractall(path)
    return path / "data.sav"


def read(path: Path) -> tuple[list[dict[str, Any]], Any]:
    frame, about = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    rows = [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False)]
    return rows, about


def show_number(number: float, words: str, value: Value) -> object:
    """Return a number of the file as Data has it, by what the file alone says of it."""
    code = re.search(r" \[(\w+)\]$", words)
    if isinstance(value, date):
        moment = FIRST_DAY + timedelta(milliseconds=round(number * 1000))
        return moment if isinstance(value, datetime) else moment.date()
    if isinstance(value, str):
        return code[1] if code else f"{number:.0f}"
    return number


def join_pieces(row: dict[str, Any], name: str) -> str:
    return "".join(str(row.get(piece, "")) for piece in (name, f"{name}_2", f"{name}_3"))


def test_every_cell_is_that_of_data(tmp_path: Path) -> None:
    rows, about = read(write(tmp_path, make_source()))
    labels = about.variable_value_labels
    seen = set()
    for written, row in zip(rows, read_data(make_source()), strict=True):
        for name, value in row.items():
            number = written[name]
            reason = find_reason(value)
            if reason is not None:
                teller = name if isinstance(number, float) else find_given(name)
                assert WORDS[labels[teller][written[teller]]] == reason
                (span,) = about.missing_ranges[teller]
                assert span["lo"] <= written[teller] <= span["hi"]
                seen.add(reason)
            elif not isinstance(number, float):
                assert join_pieces(written, name) == str(value or "").rstrip(" ")
            elif value is None:
                assert math.isnan(number)
            else:
                words = labels.get(name, {}).get(number, "")
                assert show_number(number, words, value) == value
    assert seen == {str(reason) for reason in Reason} - {"withdrawn"}, "which has no row"


def find_given(name: str) -> str:
    return f"{name[:26]}_given"


def test_the_variables_say_what_they_are(tmp_path: Path) -> None:
    _rows, about = read(write(tmp_path, make_source()))
    labels = about.column_names_to_labels
    assert labels["teaching__work"] == "Your work – The effect on teaching"
    assert labels["role"] == "Your role, in one word?"
    assert labels["topics__other_text"] == "Other – What did you discuss, it’s all fine?"
    assert labels["why_2"] == "Why? (continued, part 2)"
    measures = {
        **dict.fromkeys(("role", "digits", "topics__ethics", "why", "why_given"), "nominal"),
        **dict.fromkeys(("again", "teaching__work", "order__play"), "ordinal"),
        **dict.fromkeys(("years", "hours", "sure", "met", "started"), "scale"),
    }
    assert {name: about.variable_measure[name] for name in measures} == measures
    formats = about.original_variable_types
    assert {name: formats[name] for name in ("met", "started", "hours", "years", "why")} == {
        "met": "SDATE10",
        "started": "DATETIME24.3",
        "hours": "F11.3",
        "years": "F8.0",
        "why": "A32767",
    }
    assert about.file_label == "Every type of question: Mentors 2026"
    assert "Filter: all versions" in about.notes


def test_codes_in_words_get_numbers_that_a_newer_version_does_not_change(tmp_path: Path) -> None:
    _rows, about = read(write(tmp_path, make_source()))
    reasons = {float(number) for number in NUMBERS.values()}
    labels = about.variable_value_labels
    assert {n: text for n, text in labels["role"].items() if n not in reasons} == {
        1.0: "Mentor [b_mentor]",
        2.0: 'Learner’s "own" [a_learner]',
        3.0: "Something else [other]",
        4.0: "Guest [c_guest]",
    }
    assert {n: text for n, text in labels["digits"].items() if n not in reasons} == {
        5.0: "Five",
        2.0: "Two",
        6.0: "Bond [007]",
    }
    assert labels["teaching__work"][3.0] == "to a high extent"
    assert labels["topics__ethics"][1.0] == "chosen"


def test_reasons_make_way_for_answers_as_low_as_they_are(tmp_path: Path) -> None:
    _rows, about = read(write(tmp_path, make_source()))
    assert about.missing_ranges["years"] == [{"lo": -98.0, "hi": -90.0}]
    assert about.missing_ranges["degrees"] == [{"lo": -998.0, "hi": -990.0}]
    assert about.variable_value_labels["degrees"][-995.0] == "not answered"


def test_user_missing_is_missing_to_whoever_reads_it_plainly(tmp_path: Path) -> None:
    frame, _about = pyreadstat.read_sav(write(tmp_path, make_source()))
    assert frame["teaching__work"].notna().sum() == 0
    assert frame["years"].notna().sum() == len(HOSTILE)


def test_a_text_that_is_too_long_goes_on_in_further_variables(tmp_path: Path) -> None:
    rows, about = read(write(tmp_path, make_source()))
    row = rows[HOSTILE.index(LONG)]
    assert f"{row['why']}{row['why_2']}{row['why_3']}" == LONG.rstrip()
    assert "why_3" in about.column_names
    assert "why_4" not in about.column_names
    assert "why" in (tmp_path / "readme.txt").read_text("utf-8").split("have such texts. ")[1]


def test_what_tells_of_a_text_has_a_name_of_at_most_32_characters(tmp_path: Path) -> None:
    _rows, about = read(write(tmp_path, make_source()))
    assert len(LONG_KEY) == 32
    assert find_given(LONG_KEY) in about.column_names
    assert max(map(len, about.column_names)) == 32
    assert len({name.lower() for name in about.column_names}) == len(about.column_names)


def test_the_codebook_has_every_variable_with_its_values_and_blanks(tmp_path: Path) -> None:
    _rows, about = read(write(tmp_path, make_source()))
    text = (tmp_path / "codebook.csv").read_bytes().decode()
    rows = {row["variable"]: row for row in csv.DictReader(StringIO(text, newline=""))}
    assert list(rows) == about.column_names
    assert rows["role"]["values"].splitlines()[0] == "1 = b_mentor: Mentor"
    assert "-995 = unanswered: not answered" in rows["degrees"]["missing"]
    assert rows["why_given"]["column"] == "why"
    assert rows["teaching__work"]["n_refused"] == "4"
    assert (rows["why"]["n"], rows["why_2"]["n"], rows["participant"]["n"]) == ("10", "", "7")


def test_anonymous_responses_have_dates_without_a_time(tmp_path: Path) -> None:
    source = make_source(2)
    plain = [replace(each, started="2026-11-21") for each in source.responses()]
    path = write(tmp_path, Source(instruments=source.instruments, responses=lambda: iter(plain)))
    frame, about = pyreadstat.read_sav(path)
    assert about.original_variable_types["started"] == "SDATE10"
    assert list(frame["started"]) == [date(2026, 11, 21)] * 2


def test_a_study_without_responses_has_its_variables_all_the_same(tmp_path: Path) -> None:
    rows, about = read(write(tmp_path, make_source(0)))
    assert rows == []
    assert {column.name for column in LAYOUT.columns} <= set(about.column_names)


def test_the_manifest_has_the_time_and_every_file(tmp_path: Path) -> None:
    write(tmp_path, make_source())
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert manifest["made"] == CONTEXT.exported
    assert [(each["name"], each["rows"]) for each in manifest["files"]] == [
        ("data.sav", 12),
        ("multiple-response.sps", None),
        ("codebook.csv", len(pyreadstat.read_sav(tmp_path / "data.sav")[1].column_names)),
        ("readme.txt", None),
    ]


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("a", "b"))
    for folder in (first, second):
        folder.mkdir()
    data = write(first, make_source()).read_bytes()
    assert data[92:109] == b"01 Jan 8000:00:00"
    assert data == write(second, make_source()).read_bytes()
    assert (first / "spss.zip").read_bytes() == (second / "spss.zip").read_bytes()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=some.lists(some.text(some.characters()), min_size=1, max_size=5))
def test_any_text_comes_back_but_for_spaces_at_its_end(tmp_path: Path, texts: list[str]) -> None:
    first = next(make_source(1).responses())
    rows = [replace(first, answers={"why": {"": Answer(value=text)}}) for text in texts]
    source = Source(instruments=make_source().instruments, responses=lambda: iter(rows))
    written, _about = read(write(tmp_path, source))
    assert [row["why"] for row in written] == [spell_out(text).rstrip(" ") for text in texts]


@pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP, which reads .sav, is not there")
def test_another_program_reads_it_and_runs_the_syntax(tmp_path: Path) -> None:
    write(tmp_path, make_source())
    syntax = (tmp_path / "multiple-response.sps").read_text("utf-8")
    (tmp_path / "run.sps").write_text(f"{syntax}\nFREQUENCIES VARIABLES=role.\n", "utf-8")
    result = subprocess.run(
        ["pspp", "-o", "out.txt", "run.sps"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    told = (tmp_path / "out.txt").read_text("utf-8")
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
    assert "$topics" in told
    assert "topics__money" in told
    assert re.search(r"not reached\s+\|\s+2\|", told)
    assert re.search(r"Mentor \[b_mentor\]\s+\|\s+4\|", told)
