"""Each statistics program has the consents in a table of its own, joined to the answers by a key."""

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pyreadstat
import pytest

from survey_app.reports.formats.bundle import write_bundle
from survey_app.reports.formats.r_files import write_r_archive
from survey_app.reports.formats.spss_files import write_sav_archive
from survey_app.reports.formats.stata_files import write_dta_archive
from survey_app.reports.responses import ConsentRow, Source
from tests.reports.formats.sample import CONTEXT, make_source

LONG_KEY = "kept_for_ten_years_or_so"
ROWS = [
    ConsentRow(response="r0", participant="P0", version="1", language="en", method="web",
               day="2026-11-20", ticks={"agree": True, "quoted": False}),
    ConsentRow(response="r1", version="2", language="fr", method="paper", day="1999-12-31",
               ticks={"agreed": True, "recording": False, "quoted": True, LONG_KEY: True}),
    ConsentRow(response="r2"),
]  # fmt: skip
NAMES = [
    *("response", "participant", "consent_version", "consent_language", "consent_method"),
    *("consent_day", "consent_agree", "consent_quoted", "consent_agreed", "consent_recording"),
    f"consent_{LONG_KEY}",
]
TICKS = [[1, 0, None, None, None], [None, 1, 1, 0, 1], [None] * 5]
Write = Callable[[Source, Any, Path], None]
PROGRAMS = pytest.mark.parametrize(
    ("write", "file", "read"),
    [
        (write_sav_archive, "consents.sav", pyreadstat.read_sav),
        (write_dta_archive, "consents.dta", pyreadstat.read_dta),
    ],
    ids=["SPSS", "Stata"],
)


def make(rows: list[ConsentRow]) -> Source:
    return replace(make_source(), consents=lambda: iter(rows))


def unpack(write: Write, folder: Path, rows: list[ConsentRow]) -> list[str]:
    write(make(rows), CONTEXT, folder / "made.zip")
    with ZipFile(folder / "made.zip") as archive:
        archive.extractall(folder)
        return archive.namelist()


@PROGRAMS
def test_what_is_read_back_is_what_was_agreed_to(
    tmp_path: Path, write: Write, file: str, read: Callable[..., Any]
) -> None:
    unpack(write, tmp_path, ROWS)
    frame, about = read(tmp_path / file)
    assert about.column_names == NAMES
    assert [*frame["response"]] == ["r0", "r1", "r2"]
    assert [*frame["consent_method"]] == ["web", "paper", ""]
    assert [str(day)[:10] for day in frame["consent_day"]][:2] == ["2026-11-20", "1999-12-31"]
    assert frame["consent_day"].isna().tolist() == [False, False, True]
    found = frame[NAMES[6:]].astype(object).where(frame[NAMES[6:]].notna(), None)
    assert found.to_numpy().tolist() == TICKS
    for name in NAMES[6:]:
        assert about.variable_value_labels[name] == {0: "not ticked", 1: "ticked"}
    labels = about.column_names_to_labels
    assert labels["consent_quoted"] == "agreed to the statement “quoted”"
    assert labels["consent_recording"] == "agreed to be recorded"


@PROGRAMS
def test_the_rows_are_those_of_the_answers_and_the_files_say_so(
    tmp_path: Path, write: Write, file: str, read: Callable[..., Any]
) -> None:
    unpack(write, tmp_path, ROWS)
    answers, _about = read(tmp_path / file.replace("consents", "data"))
    consents, _about = read(tmp_path / file)
    joined = answers.merge(consents, on="response", validate="one_to_one")
    assert [*joined["response"]] == ["r0", "r1", "r2"]
    assert file in (tmp_path / "readme.txt").read_text("utf-8")
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert (file, 3) in [(each["name"], each["rows"]) for each in manifest["files"]]


@PROGRAMS
def test_the_same_consents_give_the_same_bytes(
    tmp_path: Path, write: Write, file: str, read: Callable[..., Any]
) -> None:
    del read
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        unpack(write, tmp_path / name, ROWS)
        made.append((tmp_path / name / file).read_bytes())
    assert made[0] == made[1]


@pytest.mark.parametrize("write", [write_sav_archive, write_dta_archive, write_r_archive])
def test_where_nobody_agreed_to_any_text_there_is_no_such_file(
    tmp_path: Path, write: Write
) -> None:
    names = unpack(write, tmp_path, [ConsentRow(response="r0")])
    assert not [name for name in names if "consents" in name]
    assert "consents" not in (tmp_path / "readme.txt").read_text("utf-8")


def test_the_bundle_has_it_for_every_program(tmp_path: Path) -> None:
    names = unpack(write_bundle, tmp_path, ROWS)
    assert {name for name in names if "consents" in name} == {
        *("csv/consents.csv", "r/consents.csv", "spss/consents.sav", "stata/consents.dta")
    }


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not there")
def test_r_has_them_as_a_table_that_merges(tmp_path: Path) -> None:
    unpack(write_r_archive, tmp_path, ROWS)
    reading = """
    source("read.R", chdir = TRUE, encoding = "UTF-8")
    cat(class(consents$consent_day), class(consents$consent_quoted), consents$consent_quoted,
        sum(is.na(consents$consent_agreed)), exists("read_table"),
        nrow(merge(survey, consents[-2], by = "response")), sep = "|")
    """
    done = subprocess.run(
        ["Rscript", "--vanilla", "-e", reading],
        cwd=tmp_path, capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout == "Date|logical|FALSE|TRUE|NA|2|FALSE|3"


@pytest.mark.skipif(shutil.which("pspp") is None, reason="PSPP is not there")
def test_spss_syntax_matches_the_two_files(tmp_path: Path) -> None:
    told = {row.response: row for row in ROWS}
    every = [
        replace(told.get(each.id, ConsentRow(response=each.id)), participant=each.participant)
        for each in make_source().rows()
    ]
    unpack(write_sav_archive, tmp_path, every)
    syntax = """
    GET FILE='data.sav'.
    SORT CASES BY response.
    SAVE OUTFILE='a.sav'.
    GET FILE='consents.sav'.
    SORT CASES BY response.
    SAVE OUTFILE='b.sav'.
    MATCH FILES /FILE='a.sav' /FILE='b.sav' /BY response.
    SELECT IF NOT MISSING(consent_quoted).
    SAVE TRANSLATE /OUTFILE='joined.csv' /TYPE=CSV /FIELDNAMES /KEEP=response consent_quoted years.
    """
    (tmp_path / "join.sps").write_text("\n".join(line.strip() for line in syntax.splitlines()))
    subprocess.run(["pspp", "-b", "join.sps"], cwd=tmp_path, check=True, timeout=120)
    with (tmp_path / "joined.csv").open(encoding="utf-8") as file:
        rows = [row["consent_quoted"].strip() for row in csv.DictReader(file)]
    assert rows == ["0", "1"]
