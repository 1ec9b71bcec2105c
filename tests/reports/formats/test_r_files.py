"""R reads the answers typed, with the instrument's levels, and the reasons beside them."""

import csv
import json
import shutil
import subprocess
from io import StringIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from survey_app.definition.loader import load
from survey_app.definition.reasons import Reason, describe
from survey_app.reports.csv_archive import show_value
from survey_app.reports.dataset import make_layout
from survey_app.reports.formats.r_files import write_r_archive
from survey_app.reports.formats.r_script import make_script, quote
from survey_app.reports.responses import Source
from tests.reports.formats.sample import (
    CONTEXT,
    LAYOUT,
    OLDER,
    find_reason,
    make_source,
    read_data,
)

SMALL = """
format: 1
name: small
version: 1.0.0
title: Small
source: A test
licence: CC BY 2.0
changes: the first
scales:
  extent: {direction: unipolar, points: {1: "no", 2: "yes"}}
sections:
  - key: all
    title: All
    items:
      - {key: years, type: integer, text: How many?}
      - {key: met, type: date, text: When?}
      - {key: who, type: select_one, text: "Who \\"é\\"?", options: {a: Same, b: Same, c: Else}}
      - {key: again, type: likert, text: Again?, scale: extent}
      - {key: why, type: text, text: Why?}
"""
EXPECTED = r"""
survey$started <- as_moment(survey$started)
survey$submitted <- as_moment(survey$submitted)
survey$is_test <- as.integer(survey$is_test)
survey$years <- as.numeric(survey$years)
survey$met <- as.Date(survey$met)
survey$who <- as_choice(survey$who,
  c("a",
    "b",
    "c"),
  c("Same [a]",
    "Same [b]",
    "Else"))
survey$again <- as_choice(survey$again,
  c("1",
    "2"),
  c("no",
    "yes"), ordered = TRUE)
"""
LABELS = r"""
    years = "How many?",
    met = "When?",
    who = "Who \"\U000000e9\"?",
    again = "Again?",
    why = "Why?")
"""
READING = """
source("read.R", chdir = TRUE, encoding = "UTF-8")
show <- function(x) {
  if (is.factor(x)) return(ifelse(is.na(x), NA, attr(x, "codes")[as.integer(x)]))
  if (inherits(x, "POSIXct")) return(format(round(as.numeric(x) * 1000), scientific = FALSE))
  if (is.numeric(x)) {
    return(vapply(x, function(n) if (is.na(n)) NA_character_ else format(n, digits = 15), ""))
  }
  as.character(x)
}
write.csv(lapply(survey, show), "survey_out.csv", na = "<NA>", row.names = FALSE,
          fileEncoding = "UTF-8")
write.csv(reasons, "reasons_out.csv", na = "<NA>", row.names = FALSE, fileEncoding = "UTF-8")
cat(class(survey$started)[1], class(survey$met), is.ordered(survey$again),
    is.ordered(survey$role), nlevels(survey$again), attr(survey$teaching__work, "label"),
    sum(is.na(survey$years)), class(survey$years), sep = "|")
"""
needs_r = pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not there")


def write(path: Path, source: Source) -> None:
    write_r_archive(source, CONTEXT, path / "r.zip")
    with ZipFile(path / "r.zip") as archive:
        archive.extractall(path)


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(path.read_bytes().decode(), newline="")))


def test_answers_and_reasons_are_apart_and_each_cell_is_that_of_data(tmp_path: Path) -> None:
    write(tmp_path, make_source())
    answers, reasons = read_csv(tmp_path / "data.csv"), read_csv(tmp_path / "reasons.csv")
    for answer, reason, given in zip(answers, reasons, read_data(make_source()), strict=True):
        for name, value in given.items():
            told = find_reason(value)
            shown = "" if value is None or told else str(show_value(value))
            assert answer[name] == shown
            assert reason[name] == (answer[name] if name == "response" else told or "")


def test_the_script_is_what_one_would_write_by_hand() -> None:
    script = make_script(make_layout([load(SMALL.encode(), "small.yaml")]), "en")
    assert EXPECTED in script
    assert script.split('is_test = "1 for a test response, 0 for a real one",')[1].startswith(
        LABELS
    )
    assert script.isascii()


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("plain", '"plain"'),
        ('a "b" \\n', r'"a \"b\" \\n"'),
        ("é\n😀", r'"\U000000e9\U0000000a\U0001f600"'),
    ],
)
def test_texts_are_quoted_in_ascii(text: str, quoted: str) -> None:
    assert quote(text) == quoted


@needs_r
def test_r_reads_every_cell_as_it_was_given(tmp_path: Path) -> None:
    write(tmp_path, make_source())
    (tmp_path / "run.R").write_text(READING, "utf-8")
    result = subprocess.run(
        ["Rscript", "--vanilla", "run.R"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.split("|") == [
        *("POSIXct", "Date", "TRUE", "FALSE", "3"),
        *("Your work – The effect on teaching", "2", "numeric"),
    ]
    answers = read_csv(tmp_path / "survey_out.csv")
    reasons = read_csv(tmp_path / "reasons_out.csv")
    for answer, reason, given in zip(answers, reasons, read_data(make_source()), strict=True):
        for name, value in given.items():
            told = find_reason(value)
            if name not in {"started", "submitted"}:
                assert answer[name] == ("<NA>" if value is None or told else str(show_value(value)))
            if name != "response":
                assert reason[name] == (describe(Reason(told)) if told else "<NA>")
    assert answers[0]["started"].strip() == "1795248000007"


@needs_r
def test_r_reads_words_that_try_to_be_code(tmp_path: Path) -> None:
    evil = "\"); stop('no'); #\\U{1F600}\\x41 %s \t 😀"
    text = OLDER.replace("text: Why?", f"text: {json.dumps(evil, ensure_ascii=False)}")
    layout = make_layout([load(text.encode(), "evil.yaml")])
    (tmp_path / "words.R").write_text(
        f'x <- {quote(evil)}\nwriteLines(x, "out.txt", useBytes = TRUE)\n', "utf-8"
    )
    subprocess.run(["Rscript", "--vanilla", "words.R"], cwd=tmp_path, check=True)
    assert (tmp_path / "out.txt").read_text("utf-8") == f"{evil}\n"
    (tmp_path / "read.R").write_text(make_script(layout, "en"), "utf-8")
    parsed = subprocess.run(
        ["Rscript", "--vanilla", "-e", 'cat(length(parse("read.R")))'],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(parsed.stdout) > len(LAYOUT.columns)


def test_the_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_r_archive(make_source(), CONTEXT, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
