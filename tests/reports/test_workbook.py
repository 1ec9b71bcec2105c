"""The workbook holds every table, says what it is, and opens elsewhere."""

import csv
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from survey_app.definition.shapes import Answer
from survey_app.reports.charts import draw_charts
from survey_app.reports.csv_archive import write_csv_archive
from survey_app.reports.progress import Meter, ignore
from survey_app.reports.responses import Publishing, ReportError, ResponseRow, Source
from survey_app.reports.sheets.read_me import ReadMe, read_me_rows
from survey_app.reports.tables import count_tables
from survey_app.reports.workbook import READERS, SHEETS, write_workbook
from survey_app.spreadsheets.tally import Tally
from tests.reports.sample import CONTEXT, VERSIONS, make_response, make_source


def write(path: Path, source: Source) -> Any:
    write_workbook(source, CONTEXT, path / "book.xlsx")
    return load_workbook(path / "book.xlsx")


def read_sheet(page: Any) -> list[dict[str, Any]]:
    header, *rows = page.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def read_about(book: Any) -> dict[str, list[Any]]:
    about: dict[str, list[Any]] = {}
    for topic, text in book["Read me"].iter_rows(values_only=True):
        about.setdefault(topic, []).append(text)
    return about


def test_the_sheets_stand_in_their_order(tmp_path: Path) -> None:
    assert tuple(write(tmp_path, make_source(3, 2)).sheetnames) == SHEETS


def test_data_holds_codes_and_labels_the_words_for_them(tmp_path: Path) -> None:
    book = write(tmp_path, make_source(2))
    data, labels = read_sheet(book["Data"])[1], read_sheet(book["Labels"])[1]
    shown = {
        "response": ("r1", "r1"),
        "version": ("1.1.0", "1.1.0"),
        "started": (datetime(2026, 11, 21, 8), datetime(2026, 11, 21, 8)),  # noqa: DTZ001
        "is_test": (0, 0),
        "years": (1, 1),
        "met": (datetime(2014, 9, 1), datetime(2014, 9, 1)),  # noqa: DTZ001
        "rewarding": ("n", "No"),
        "what": ("not_relevant", "[not relevant]"),
        "topics__ethics": (1, "Ethics"),
        "topics__money": (0, "not chosen"),
        "topics__other_text": ("=1+1", "=1+1"),
        "teaching__interest": (2, "to some extent"),
        "teaching__work": ("refused", "[refused]"),
    }
    assert {name: (data[name], labels[name]) for name in shown} == shown


def test_reasons_are_grey_and_answers_are_not(tmp_path: Path) -> None:
    page = write(tmp_path, make_source(1))["Data"]
    colours = {
        header.value: cell.font.color.rgb if cell.font.color and cell.font.i else None
        for header, cell in zip(page[1], page[2], strict=True)
    }
    assert colours["teaching__work"] == "FF6B6B6B"
    assert colours["teaching__interest"] is None


def test_data_is_frozen_and_filtered(tmp_path: Path) -> None:
    page = write(tmp_path, make_source(3))["Data"]
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == page.dimensions


def test_long_has_a_row_for_each_answer_and_option(tmp_path: Path) -> None:
    rows = read_sheet(write(tmp_path, make_source(2))["Long"])
    names = ("item", "row", "option", "code", "label", "text", "reason")
    found = [
        tuple(row[name] for name in names)
        for row in rows
        if row["response"] == "r1" and row["item"] in {"topics", "teaching", "years"}
    ]
    assert found == [
        ("years", None, None, 1, "1", None, None),
        ("topics", None, "ethics", 1, "Ethics", None, None),
        ("topics", None, "money", 0, "not chosen", None, None),
        ("topics", None, "other", 1, "Other", None, None),
        ("topics", None, None, None, None, "=1+1", None),
        ("teaching", "interest", None, 2, "to some extent", None, None),
        ("teaching", "work", None, None, None, None, "refused"),
    ]


def test_the_codebook_has_a_row_for_each_column_and_counts_its_blanks(tmp_path: Path) -> None:
    book = write(tmp_path, make_source(3, 2))
    rows = {row["column"]: row for row in read_sheet(book["Codebook"])}
    assert list(rows) == [cell.value for cell in book["Data"][1]]
    interest = rows["teaching__interest"]
    assert interest["codes"] == "1 = not at all\n2 = to some extent\n3 = to a high extent"
    assert interest["wordings"] == (
        "1.1.0: The effect on teaching – Your own interest\n"
        "1.0.0: The effect on teaching – Your interest"
    )
    assert (interest["n"], interest["n_asked_as_probes"]) == (3, 2)
    assert rows["what"]["question"] == "What was rewarding?"
    assert rows["what"]["condition"] == "${rewarding} = 'y'"
    assert rows["what"]["wordings"] is None
    assert rows["what"]["missing_codes"] == "not_relevant, not_reached"


def test_likert_counts_every_point_and_leaves_out_what_was_asked_as_probes(tmp_path: Path) -> None:
    rows = read_sheet(write(tmp_path, make_source(4, 2))["Likert"])
    names = (
        "row",
        "delivery",
        "n",
        "no_answer",
        "not_asked",
        "median",
        "count_1",
        "count_2",
        "count_3",
        "percent_1",
    )
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("interest", "self", 4, 0, 0, 1.5, 2, 1, 1, 50),
        ("work", "self", 0, 4, 0, None, 0, 0, 0, None),
        (None, "self", 4, 0, 0, 1.5, 2, 1, 1, 50),
    ]
    assert rows[0]["median_label"] == "between “not at all” and “to some extent”"
    spread = ("lower_quartile", "upper_quartile", "mean", "sd")
    assert [rows[0][name] for name in spread] == [1, 2.5, 1.75, 0.96]
    top = ("top_2", "top_2_percent", "top_2_from", "top_2_to")
    assert [rows[0][name] for name in top] == [2, 50, 15, 85]
    assert [rows[1][name] for name in (*spread, *top)] == [None] * 8


def test_the_checksum_in_read_me_is_that_of_the_table_as_exact_csv(tmp_path: Path) -> None:
    hostile = make_response(7, text='=1+1;"\n\udcff é 😀')
    source = make_source(3)
    source = replace(source, responses=lambda: iter([*make_source(3).responses(), hostile]))
    told = read_about(write(tmp_path, source))["checksum of Data"][0]
    write_csv_archive(source, CONTEXT, tmp_path / "tables.zip")
    with ZipFile(tmp_path / "tables.zip") as archive:
        content = archive.read("data.csv")
    assert told.startswith(f"{hashlib.sha256(content).hexdigest()}, ")


@pytest.mark.parametrize(
    ("size", "all_sheets", "left_out"),
    [(20_000, False, False), (20_001, False, True), (20_001, True, False), (None, False, False)],
)
def test_labels_and_long_of_many_responses_come_on_request(
    tmp_path: Path, size: int | None, all_sheets: bool, left_out: bool
) -> None:
    source = replace(make_source(2), size=size)
    path = tmp_path / "book.xlsx"
    write_workbook(source, replace(CONTEXT, all_sheets=all_sheets), path)
    book = load_workbook(path)
    assert {"Data", "Codebook"} <= {*book.sheetnames}
    assert ("Labels" not in book.sheetnames, "Long" not in book.sheetnames) == (left_out, left_out)
    about = {row[0]: row[1] for row in book["Read me"].iter_rows(values_only=True)}
    assert ("Timings" not in book.sheetnames) == left_out
    assert ("Labels, Long, Timings" in about) == left_out
    assert ("Labels" in about) != left_out


def test_read_me_names_the_sheets_in_which_one_goes_on(tmp_path: Path) -> None:
    counted = count_tables(make_source(2), CONTEXT, Meter(ignore), 1)
    about = ReadMe(
        layout=counted.layout,
        context=CONTEXT,
        counts=counted.counts,
        interviews=0,
        tally=Tally(),
        continued={"Data": ("Data (2)", "Data (3)")},
    )
    told = {row[0]: str(row[1]) for row in read_me_rows(about)}
    assert told["Data (2), Data (3)"].startswith("Data goes on there under the same header")


def test_the_time_of_the_export_changes_no_byte_of_the_workbook(tmp_path: Path) -> None:
    files = []
    for number, exported in enumerate(("2026-11-25T09:00:00.000Z", "2030-01-01T00:00:00.000Z")):
        path = tmp_path / f"{number}.xlsx"
        write_workbook(make_source(2), replace(CONTEXT, exported=exported), path)
        files.append(path.read_bytes())
    assert files[0] == files[1]


def test_read_me_says_what_the_file_is_and_what_it_leaves_out(tmp_path: Path) -> None:
    source = make_source(3, 2)
    responses = [
        *source.responses(),
        make_response(9, state="withdrawn"),
        make_response(10, state="in_progress"),
    ]
    about = read_about(write(tmp_path, replace(source, responses=lambda: iter(responses))))
    assert about["study"] == ["Mentors 2026"]
    assert about["instrument"] == ["Mentors’ experiences (mentors)"]
    assert about["versions"][0] == "1.1.0, 1.0.0"
    assert about["filter"] == ["submitted only"]
    newest = about["newest event, in UTC"][0].replace(microsecond=0, tzinfo=UTC)
    assert newest == datetime(2026, 11, 22, 20, 14, 5, tzinfo=UTC)
    counts = {
        "responses": 7,
        "of these submitted": 5,
        "of these in progress": 1,
        "of these withdrawn": 1,
        "of these interviews": 2,
        "test responses left out": 3,
    }
    assert {topic: about[topic][0] for topic in counts} == counts
    assert "The interview guide has a file of its own." in about["left out"]
    assert any(each.startswith("Withdrawn responses have no row") for each in about["left out"])
    assert set(SHEETS[1:]) <= set(about)
    assert "-95" in about["unanswered"][0]


def test_read_me_says_how_to_read_what_holds_for_whole_questions(tmp_path: Path) -> None:
    book = write(tmp_path, make_source(1, 2))
    about = read_about(book)
    assert "not_reached" in about["whole questions"][0]
    assert "pauses left out" in about["times of marks"][0]
    assert not any("JSON export alone" in each for each in about["left out"])
    rows = read_sheet(book["Marks"])
    assert [(row["response"], row["probe"], row["at"]) for row in rows] == [
        ("r1", None, "1:01"),
        ("r1", "scholar", None),
        ("r2", None, "1:01"),
        ("r2", "scholar", None),
    ]


def test_the_sheets_on_the_instrument_hold_what_was_counted(tmp_path: Path) -> None:
    published = {"1.0.0": Publishing(at="2026-09-01T10:00:00.000Z")}
    source = replace(make_source(4, 1), published=published)
    book = write(tmp_path, source)
    first, second = read_sheet(book["Versions"])
    assert (first["version"], first["published"]) == ("1.0.0", datetime(2026, 9, 1, 10))  # noqa: DTZ001
    assert (first["self_submitted"], first["interviewer_submitted"]) == (2, 1)
    assert (second["compared_with"], second["columns_reworded"]) == ("1.0.0", "teaching__interest")
    crosswalk = {row["column"]: row["1.1.0"] for row in read_sheet(book["Crosswalk"])}
    assert list(crosswalk) == [cell.value for cell in book["Data"][1]][12:]
    assert (crosswalk["teaching__interest"], crosswalk["years"]) == ("reworded", "same")
    codebook = {row["column"]: row for row in read_sheet(book["Codebook"])}
    assert (codebook["years"]["min"], codebook["years"]["max"]) == (0, 3)
    topics = [row for row in read_sheet(book["Lists"]) if row["item"] == "topics"]
    assert [(row["option"], row["count"], row["n"]) for row in topics] == [
        ("ethics", 2, 4),
        ("money", 2, 4),
        ("other", 2, 4),
    ]
    coded = {(row["column"], row["code"]) for row in read_sheet(book["Values"])}
    assert coded >= {("rewarding", "y"), ("teaching__work", 3), ("topics__money", 0)}


def test_timings_hold_what_is_not_anonymous_and_read_me_counts_the_rest(tmp_path: Path) -> None:
    book = write(tmp_path, make_source(4, 1))
    assert [row["response"] for row in read_sheet(book["Timings"])] == ["r1", "r3"]
    assert "3 anonymous responses have dates alone" in read_about(book)["Timings"][0]


def test_how_each_interview_went_stands_in_a_row(tmp_path: Path) -> None:
    (row,) = read_sheet(write(tmp_path, make_source(1, 1))["Interviews"])
    expected = {
        "interview": "i1",
        "duration": "61:05",
        "duration_ms": 3_665_000,
        "planned_minutes": 45,
        "recording_permitted": 1,
        "recording_started": "1:05",
        "outcome": "broken_off",
        "outcome_text": "The line broke.",
        "call_back": "=Tuesday",
        "break_offs": "2026-11-22T20:20:00.000Z: A knock.\n"
        "2026-11-22T20:30:00.000Z: The line broke.; call back: soon",
        "finished": None,
    }
    assert {name: row[name] for name in expected} == expected


def test_a_text_of_other_without_any_tick_stands_where_read_me_says(tmp_path: Path) -> None:
    untouched = Answer(reason="unanswered", other="money", unticked=True)
    response = make_response(0)
    typed = replace(response, answers={**response.answers, "topics": {"": untouched}})
    book = write(tmp_path, replace(make_source(0), responses=lambda: iter([typed])))
    (row,) = read_sheet(book["Data"])
    assert (row["topics__other"], row["topics__other_text"]) == ("unanswered", "money")
    (hint,) = read_about(book)["other"]
    assert "a reason such as unanswered" in hint
    assert "__other_text" in hint


def test_a_text_too_long_for_a_cell_is_whole_and_counted(tmp_path: Path) -> None:
    text = "long \x07 " * 6_000
    book = write(tmp_path, make_source(1, text=text))
    row = read_sheet(book["Data"])[0]
    assert row["what"] + row["what (2)"] == text.replace("\x07", "\ufffd")
    about = read_about(book)
    # The text stands on Data, Labels and Long.
    assert about["texts split"][0].startswith("3 cells")
    assert about["characters replaced"][0].startswith("18000 characters")


@pytest.mark.parametrize(
    "source", [make_source(0), make_source(1), make_source(3, state="withdrawn")]
)
def test_an_export_of_nothing_is_still_a_workbook(tmp_path: Path, source: Source) -> None:
    book = write(tmp_path, source)
    assert tuple(book.sheetnames) == SHEETS
    assert book["Data"].max_row == 1 + sum(1 for _response in source.rows())


def test_responses_are_streamed_in_as_many_passes_as_progress_is_told_of(tmp_path: Path) -> None:
    passes: list[int] = []
    shares: list[float] = []

    def read() -> Iterator[ResponseRow]:
        passes.append(1)
        return (make_response(number) for number in range(120))

    source = Source(instruments=VERSIONS, responses=read)
    write_workbook(
        source, CONTEXT, tmp_path / "book.xlsx", lambda share, _message: shares.append(share)
    )
    assert len(passes) == 1 + len(READERS)
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0, 1)


def test_a_version_that_is_missing_leaves_no_file(tmp_path: Path) -> None:
    source = replace(make_source(2), instruments=VERSIONS[:1])
    with pytest.raises(ReportError, match=r"only 1\.0\.0"):
        write_workbook(source, CONTEXT, tmp_path / "book.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_what_was_written(tmp_path: Path) -> None:
    write(tmp_path, make_source(3, 2))
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    wanted = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,2"
    subprocess.run(
        [*command, "--convert-to", wanted, "--outdir", str(tmp_path), str(tmp_path / "book.xlsx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    (file,) = tmp_path.glob("*.csv")
    header, *rows = csv.reader(file.read_text(encoding="utf-8").splitlines())
    found = [dict(zip(header, row, strict=True)) for row in rows]
    assert [row["response"] for row in found] == ["r0", "r1", "r2", "r3", "r4"]
    assert found[1]["topics__other_text"] == "=1+1"
    assert found[1]["teaching__interest"] == "2"
    assert found[4]["teaching__interest"] == "asked_as_probes"


@pytest.mark.parametrize("source", [make_source(11), make_source(40, 2)])
def test_each_battery_has_a_chart_of_its_rows_beneath_them(tmp_path: Path, source: Source) -> None:
    page = write(tmp_path, source)["Likert"]
    rows = read_sheet(page)
    items = [[row for row in rows if row["item"] == item] for item in ("teaching", "again")]
    assert len(page._charts) == len(items)
    first = 2
    for chart, members in zip(page._charts, items, strict=True):
        last = first + len(members) - 1
        for place, series in enumerate(chart.series, 1):
            cells = page[series.val.numRef.f.partition("!")[2].replace("$", "")]
            counts = [cell.value for line in cells for cell in line]
            assert (cells[0][0].row, cells[-1][0].row) == (first, last)
            assert counts == [row[f"count_{place}"] for row in members]
            names = page[series.cat.strRef.f.partition("!")[2].replace("$", "")]
            assert [line[0].value for line in names] == [row["label"] for row in members]
        assert chart.anchor._from.row > len(rows), "beneath the table"
        first = last + 1
    ends = [
        chart.anchor._from.row + chart.anchor.ext.height / 914_400 * 4.8 for chart in page._charts
    ]
    assert ends[0] < page._charts[1].anchor._from.row, "and not over each other"


def test_a_workbook_has_pictures_of_its_charts_only_where_they_are_asked_for(
    tmp_path: Path,
) -> None:
    source, path = make_source(4, 2), tmp_path / "book.xlsx"
    shares: list[float] = []
    write_workbook(source, CONTEXT, path, lambda share, _words: shares.append(share), charts=True)
    book: Any = load_workbook(path)
    assert tuple(book.sheetnames) == (*SHEETS, "Charts")
    assert shares == sorted(shares)
    rows = [row for row in read_sheet(book["Charts"]) if row["chart"]]
    (tmp_path / "drawn").mkdir()
    drawn = draw_charts(source, CONTEXT, tmp_path / "drawn", "png")
    assert [(row["chart"], row["title"], row["words"]) for row in rows] == [
        (chart.key, chart.title, chart.alt) for chart in drawn
    ]
    pictures = [image._data() for image in book["Charts"]._images]
    assert pictures == [chart.path.read_bytes() for chart in drawn]
    starts = [cell.row for cell in book["Charts"]["A"] if cell.value and cell.row > 1]
    for image, start, following in zip(
        book["Charts"]._images, starts, [*starts[1:], 10_000], strict=True
    ):
        assert image.anchor._from.row == start
        assert start + image.anchor.ext.height / 914_400 * 4.8 < following, "over its own rows"


@pytest.mark.parametrize("charts", [False, True])
def test_the_same_data_give_the_same_bytes(tmp_path: Path, *, charts: bool) -> None:
    files = [tmp_path / name for name in ("a.xlsx", "b.xlsx")]
    for file in files:
        write_workbook(make_source(3, 2), CONTEXT, file, charts=charts)
    assert files[0].read_bytes() == files[1].read_bytes()
