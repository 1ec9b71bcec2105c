"""Charts hold what is said of them in every preset, however few or many answered."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from pypdf import PdfReader

from survey_app.definition.shapes import Answer, Grid, GridRow
from survey_app.definition.text import Text
from survey_app.reports.charts import Chart, draw_charts, draw_in_forms
from survey_app.reports.charts.counting import count_charts
from survey_app.reports.charts.figures import draw_figure
from survey_app.reports.charts.page import Page, fit_page
from survey_app.reports.charts.planned import Plan
from survey_app.reports.charts.plans import plan_charts
from survey_app.reports.presets import JOURNAL, PRESET_NAMES, PRESETS, SCREEN, SLIDE, Preset, Style
from survey_app.reports.responses import Source
from survey_app.web.analyst.manners import preset_words
from tests.reports.sample import CONTEXT, make_response, make_source

SVG = "{http://www.w3.org/2000/svg}"
LEVELS = tuple((str(code), Text.plain(f"point {code}")) for code in range(1, 5))


def draw(path: Path, source: Source, style: Style, form: str = "svg") -> dict[str, Chart]:
    charts = draw_charts(source, CONTEXT, path, form, style=style)  # type: ignore[arg-type]
    return {each.key: each for each in charts}


def read_words(chart: Chart) -> list[str]:
    tree = ET.fromstring(chart.path.read_text(encoding="utf-8"))
    return [each.text or "" for each in tree.iter(f"{SVG}text")]


def answer(forms: int, value: str | None) -> Source:
    """Forms that all chose the same point of the scale, or none."""
    told = Answer(value=value) if value else Answer(reason="unanswered")
    rows = {"interest": told, "work": told}
    responses = [
        replace(each, answers={**each.answers, "teaching": rows, "again": {"": told}})
        for each in map(make_response, range(forms))
    ]
    return replace(make_source(0), responses=lambda: iter(responses))


def plan_grid(*rows: tuple[str, tuple[int, ...]]) -> Plan:
    """A battery on a scale of four points, by rows of words and counts."""
    grid = Grid(
        item="effects",
        text=Text.plain("Effects"),
        levels=LEVELS,
        direction="unipolar",
        rows=tuple(
            GridRow(
                row=f"r{place}", text=Text.plain(words), counts=counts, n=sum(counts), missing={}
            )
            for place, (words, counts) in enumerate(rows)
        ),
    )
    (known, *_) = [
        plan
        for plan in plan_charts(count_charts(make_source(1), CONTEXT), CONTEXT, Style())
        if plan.key == "teaching"
    ]
    return replace(known, drawn=grid)


def list_texts(plan: Plan, preset: Preset = SCREEN) -> list[tuple[str, str]]:
    """What stands on a chart, each with its weight."""
    figure = draw_figure(plan, preset)
    texts = [*figure.texts, *(text for axes in figure.axes for text in axes.texts)]
    return [(text.get_text(), str(text.get_fontweight())) for text in texts]


def test_the_presets_on_the_page_are_those_that_are_drawn() -> None:
    assert tuple(preset_words()) == PRESET_NAMES == tuple(PRESETS)


def test_a_journals_chart_is_89_mm_wide_in_type_of_7_to_9_points(tmp_path: Path) -> None:
    style = Style(preset=JOURNAL)
    (png,) = {draw(tmp_path, make_source(30), style, "png")["teaching"].path}
    with Image.open(png) as image:
        assert round(image.info["dpi"][0]) == 600
        assert image.width == pytest.approx(89 / 25.4 * 600, abs=1)
    pdf = draw(tmp_path, make_source(30), style, "pdf")["teaching"].path
    assert float(PdfReader(pdf).pages[0].mediabox.width) == pytest.approx(89 / 25.4 * 72, abs=0.1)
    for plan in plan_charts(count_charts(make_source(30, 3), CONTEXT), CONTEXT, style):
        figure = draw_figure(plan, JOURNAL)
        sizes = {text.get_fontsize() for text in figure.texts}
        assert sizes <= {7, 7.5, 9}, plan.key


def test_a_slide_is_16_to_9_in_large_type(tmp_path: Path) -> None:
    for chart in draw(tmp_path, make_source(30, 3), Style(preset=SLIDE), "png").values():
        with Image.open(chart.path) as image:
            assert image.size == (1920, 1080)
    figure = draw_figure(plan_grid(("Work", (1, 2, 3, 4))), SLIDE)
    assert min(float(text.get_fontsize()) for text in figure.texts) >= 13


@pytest.mark.parametrize("rows", [1, 8, 30])
def test_a_slide_holds_all_rows_however_many(rows: int) -> None:
    words = "A question with so many words that it has to be broken into several lines"

    def make(preset: Preset) -> Page:
        return Page(preset=preset, title=words, caption=words * 3, labels=(words,) * rows)

    page = fit_page(SLIDE, make)
    assert page.height == SLIDE.height
    assert page.needed_height <= SLIDE.height
    assert page.preset.size <= SLIDE.size
    assert (page.preset == SLIDE) is (rows < 8)


@pytest.mark.parametrize(
    ("preset", "source", "shown"),
    [
        (SCREEN, make_source(0), "no answers"),
        (SLIDE, make_source(0), "no answers"),
        (JOURNAL, make_source(0, 1), "interviews"),
        (SCREEN, answer(1, "2"), "1"),
        (JOURNAL, answer(3, None), "no answers"),
        (SLIDE, answer(30, None), "no answers"),
        (SCREEN, answer(11, "3"), "11"),
        (JOURNAL, answer(30, "1"), "100%"),
        (SLIDE, answer(30, "1"), "100%"),
    ],
    ids=[
        "none",
        "none on a slide",
        "an interview",
        "one",
        "missing",
        "many missing",
        "one level",
        "many, one level",
        "many, one level on a slide",
    ],
)
def test_every_empty_or_single_state_is_a_chart(
    tmp_path: Path, preset: Preset, source: Source, shown: str
) -> None:
    charts = draw(tmp_path, source, Style(preset=preset))
    words = [word for chart in charts.values() for word in read_words(chart)]
    assert shown in words
    assert "nan%" not in words
    if "teaching" in charts:
        assert {"not at all", "to some extent", "to a high extent"} <= set(words)


def test_a_long_label_is_never_cut() -> None:
    label = " ".join(["interprofessional", "understanding"] * 12)
    for preset in PRESETS.values():
        words = " ".join(
            word for word, _weight in list_texts(plan_grid((label, (1, 2, 3, 4))), preset)
        )
        assert words.replace(" ", "").count(label.replace(" ", "")) == 1


def test_under_five_per_cent_a_segment_has_no_number_and_the_words_have_it() -> None:
    texts = [word for word, _weight in list_texts(plan_grid(("Work", (96, 4, 50, 50))))]
    assert "2%" not in texts
    assert {"48%", "25%"} <= set(texts)


def test_the_two_highest_points_stand_in_bold_at_the_right() -> None:
    texts = list_texts(plan_grid(("Work", (10, 20, 30, 40)), ("Home", (0, 0, 0, 0))))
    assert ("70%", "bold") in texts
    assert ("100", "normal") in texts, "n"
    assert ("–", "bold") in texts, "of nobody"


def test_the_order_is_that_of_the_questions_unless_the_top_is_asked_for() -> None:
    plan = plan_grid(("low", (5, 3, 1, 1)), ("high", (1, 1, 3, 5)), ("higher", (1, 1, 2, 6)))
    words = [word for word, _weight in list_texts(plan)]
    assert [word for word in words if word in {"low", "high", "higher"}] == [
        "low",
        "high",
        "higher",
    ]


def test_by_top_the_largest_share_stands_first(tmp_path: Path) -> None:
    asked, sorted_ = (
        draw(tmp_path, answer_apart(), Style(by_top=by_top))["teaching"].alt
        for by_top in (False, True)
    )
    assert asked.index("Your own interest") < asked.index("Your work")
    assert sorted_.index("Your work") < sorted_.index("Your own interest")


def answer_apart() -> Source:
    """Four forms in which the second row of the battery got the higher points."""
    responses = [
        replace(
            each,
            answers={
                **each.answers,
                "teaching": {"interest": Answer(value="1"), "work": Answer(value="3")},
            },
        )
        for each in map(make_response, range(4))
    ]
    return replace(make_source(0), responses=lambda: iter(responses))


def test_the_legend_stands_in_the_order_of_the_scale(tmp_path: Path) -> None:
    words = read_words(draw(tmp_path, make_source(30), Style())["teaching"])
    points = ["not at all", "to some extent", "to a high extent"]
    assert [word for word in words if word in points] == points


def test_a_caption_tells_the_date_of_the_data_and_not_that_of_drawing(tmp_path: Path) -> None:
    early = draw(tmp_path, make_source(4), Style())["years"].path.read_bytes()
    context = replace(CONTEXT, exported="2027-01-01T00:00:00.000Z")
    (tmp_path / "later").mkdir()
    later = draw_charts(make_source(4), context, tmp_path / "later", "svg")
    assert early == next(each for each in later if each.key == "years").path.read_bytes()
    words = " ".join(read_words(draw(tmp_path, make_source(4), Style())["years"]))
    assert "data to 2026-11-22" in words


def test_all_forms_are_drawn_of_one_reading(tmp_path: Path) -> None:
    readings: list[int] = []
    source = make_source(3)

    def read() -> object:
        readings.append(1)
        return source.responses()

    counted = replace(source, responses=read)  # type: ignore[arg-type]  # it yields responses
    charts = draw_in_forms(counted, CONTEXT, tmp_path, ("svg", "png"))
    assert len(readings) == 1
    assert [each.path.suffix for each in charts] == [".svg", ".png"] * (len(charts) // 2)
    alone = draw(tmp_path, make_source(3), Style(), "png")
    both = {each.key: each.path.read_bytes() for each in charts if each.path.suffix == ".png"}
    assert both == {key: each.path.read_bytes() for key, each in alone.items()}
