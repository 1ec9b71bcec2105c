"""Every summary has its chart, with its numbers in words; the same numbers draw the same bytes."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from PIL import Image

from survey_app.reports.charts import Chart, draw_charts
from survey_app.reports.charts.saving import Format
from survey_app.reports.palette import (
    AGAINST,
    FOR,
    NEUTRAL,
    SEQUENTIAL,
    pick_diverging,
    pick_label,
    pick_sequential,
)
from survey_app.reports.responses import Source
from survey_app.reports.workbook import write_workbook
from tests.reports.sample import CONTEXT, make_response, make_source

SVG = "{http://www.w3.org/2000/svg}"
FLOW = ["recruitment-flow"]
FORMS = ["years", "rewarding", "topics", "teaching", "again"]
PROBED = ["topics", "teaching", "skills"]
PROBES = [f"{kind}-{key}" for kind in ("probes", "participants") for key in PROBED]


def draw(path: Path, source: Source, form: Format = "svg") -> dict[str, Chart]:
    return {chart.key: chart for chart in draw_charts(source, CONTEXT, path, form)}


def draw_files(path: Path, source: Source, form: Format) -> list[Path]:
    return [chart.path for chart in draw(path, source, form).values()]


def read_words(chart: Chart) -> list[str]:
    tree = ET.fromstring(chart.path.read_text(encoding="utf-8"))
    return [text.text or "" for text in tree.iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("source", "keys"),
    [
        (make_source(0), FLOW + FORMS),
        (make_source(1), FLOW + FORMS),
        (make_source(3, state="withdrawn"), FLOW + FORMS),
        (make_source(30), FLOW + FORMS),
        (make_source(3, 2), FLOW + [f"{key}-self-1" for key in FORMS] + PROBES),
    ],
)
@pytest.mark.parametrize("form", get_args(Format))
def test_every_summary_and_every_question_with_probes_has_a_chart(
    tmp_path: Path, source: Source, keys: list[str], form: Format
) -> None:
    charts = draw(tmp_path, source, form)
    assert list(charts) == keys
    index = json.loads((tmp_path / "index.json").read_text(encoding="utf-8"))
    assert [entry["file"] for entry in index] == [f"{key}.{form}" for key in keys]
    assert all(chart.path.stat().st_size for chart in charts.values())


@pytest.mark.parametrize("form", get_args(Format))
def test_the_same_numbers_draw_the_same_bytes(tmp_path: Path, form: Format) -> None:
    files = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        charts = draw(tmp_path / name, make_source(5, 2), form)
        files.append([chart.path.read_bytes() for chart in charts.values()])
    assert files[0] == files[1]


def test_the_words_of_a_picture_are_within_it(tmp_path: Path) -> None:
    chart = draw(tmp_path, make_source(3))["teaching"]
    assert chart.alt == (
        "The effect on teaching Your own interest: not at all 1 (33%), to some extent 1 (33%), "
        "to a high extent 1 (33%); top 2: 2 (67%); n = 3, 0 gave no answer. Your work: not at all 0, "
        "to some extent 0, to a high extent 0; n = 0, 3 gave no answer."
    )
    tree = ET.fromstring(chart.path.read_text(encoding="utf-8"))
    assert tree.findtext(f"{SVG}title") == "The effect on teaching"
    assert tree.findtext(f"{SVG}desc") == chart.alt
    png = draw(tmp_path, make_source(3), "png")["teaching"]
    with Image.open(png.path) as image:
        assert image.info["Description"] == chart.alt
        assert round(image.info["dpi"][0]) == 150


@pytest.mark.parametrize("forms", [1, 4, 30])
def test_the_numbers_of_a_chart_are_those_of_the_workbook(tmp_path: Path, forms: int) -> None:
    """Counted anew from the cells of Labels, as an analyst would."""
    source = make_source(forms)
    write_workbook(source, CONTEXT, tmp_path / "book.xlsx")
    header, *rows = load_workbook(tmp_path / "book.xlsx")["Labels"].iter_rows(values_only=True)
    charts = draw(tmp_path, source)
    for column, question in (("teaching__interest", "teaching"), ("topics__ethics", "topics")):
        words = Counter(row[header.index(column)] for row in rows)
        blank = sum(count for word, count in words.items() if str(word).startswith("["))
        n = words.total() - blank
        for word, count in words.items():
            if not str(word).startswith("[") and word != "not chosen":
                percent = (200 * count + n) // (2 * n)
                assert f"{word} {count} ({percent}%)" in charts[question].alt
        assert f"n = {n}, {blank} gave no answer" in charts[question].alt


@pytest.mark.parametrize(
    ("forms", "shown", "hidden"),
    [(19, "people", "% of those who answered"), (20, "% of those who answered", "people")],
)
def test_few_people_are_counted_and_many_are_in_per_cent(
    tmp_path: Path, forms: int, shown: str, hidden: str
) -> None:
    words = read_words(draw(tmp_path, make_source(forms))["teaching"])
    assert shown in words
    assert hidden not in words


def test_levels_come_from_the_definition_even_if_nobody_chose_them(tmp_path: Path) -> None:
    words = read_words(draw(tmp_path, make_source(1))["teaching"])
    assert {"not at all", "to some extent", "to a high extent"} <= set(words)


def test_a_dollar_is_a_dollar(tmp_path: Path) -> None:
    assert "It costs $5 or $6" in read_words(draw(tmp_path, make_source(2))["topics"])


def test_other_stands_last_however_often_it_was_chosen(tmp_path: Path) -> None:
    words = read_words(draw(tmp_path, make_source(3))["topics"])
    options = [word for word in words if word in {"Ethics", "It costs $5 or $6", "Other"}]
    assert options == ["It costs $5 or $6", "Ethics", "Other"]


def test_a_caption_says_where_the_numbers_come_from(tmp_path: Path) -> None:
    words = " ".join(read_words(draw(tmp_path, make_source(4))["years"]))
    for part in (
        "Mentors 2026",
        "Mentors’ experiences 1.1.0, 1.0.0",
        "4 responses",
        "submitted only",
        "2026-11-22",
    ):
        assert part in words
    assert "in progress" not in words


def test_a_caption_says_how_many_of_those_counted_are_in_progress(tmp_path: Path) -> None:
    responses = [
        make_response(0),
        make_response(1, state="in_progress"),
        make_response(2, delivery="interviewer", state="in_progress"),
    ]
    charts = draw(tmp_path, replace(make_source(0), responses=lambda: iter(responses)))
    form, probes = (" ".join(read_words(charts[key])) for key in ("years-self-1", "probes-skills"))
    assert "2 responses, of these 1 in progress" in form
    assert "1 interview, of these 1 in progress" in probes


def test_a_caption_of_probes_names_the_versions_that_interviews_were_held_in(
    tmp_path: Path,
) -> None:
    # The source has two versions; its one interview is of the older.
    words = " ".join(read_words(draw(tmp_path, make_source(0, 1))["probes-skills"]))
    assert "Mentors’ experiences 1.0.0, asked in interviews" in words


def test_drawing_anew_deletes_the_listed_pictures_that_are_drawn_no_more(tmp_path: Path) -> None:
    draw(tmp_path, make_source(3, 2), "png")
    before = {path.name for path in draw_files(tmp_path, make_source(3, 2), "svg")}
    (tmp_path / "mine.svg").write_text("precious", encoding="utf-8")
    now = {path.name for path in draw_files(tmp_path, make_source(3), "svg")}
    assert {path.name for path in tmp_path.glob("*.svg")} == now | {"mine.svg"}
    # The other form of the same pictures was not drawn now, so nothing is known against it.
    assert {path.stem for path in tmp_path.glob("*.png")} == {Path(name).stem for name in before}


@pytest.mark.parametrize(
    "index",
    [
        '[{"file": "../beside.svg"}, {"file": "inner/deep.svg"}, {"file": "folder.svg"}]',
        '[{"file": ""}, {"file": ".."}, {"file": 3}, {}, "beside.svg", null]',
        '{"file": "kept.svg"}',
        "no list at all",
    ],
)
def test_an_index_from_elsewhere_deletes_nothing(tmp_path: Path, index: str) -> None:
    charts = tmp_path / "charts"
    for folder in (charts / "inner", charts / "folder.svg"):
        folder.mkdir(parents=True)
    files = (tmp_path / "beside.svg", charts / "inner" / "deep.svg", charts / "kept.svg")
    for file in files:
        file.write_text("precious", encoding="utf-8")
    (charts / "index.json").write_text(index, encoding="utf-8")
    draw(charts, make_source(1))
    assert all(file.read_text(encoding="utf-8") == "precious" for file in files)
    assert (charts / "folder.svg").is_dir()


@pytest.mark.parametrize("levels", range(1, 12))
def test_every_scale_has_as_many_colours_as_points(levels: int) -> None:
    assert len(set(pick_sequential(levels))) == len(set(pick_diverging(levels))) == levels


def test_four_points_take_the_measured_colours() -> None:
    assert pick_sequential(4) == SEQUENTIAL
    assert pick_diverging(5) == (*AGAINST, NEUTRAL, *FOR)


@pytest.mark.parametrize(
    ("background", "label"),
    list(zip(SEQUENTIAL, ("#000000", "#000000", "#ffffff", "#ffffff"), strict=True)),
)
def test_numbers_stand_out_from_their_segment(background: str, label: str) -> None:
    assert pick_label(background) == label
