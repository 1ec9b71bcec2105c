"""The sheet as a PDF."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import StreamObject

from survey_app.definition.library import load_library
from survey_app.paper import pdf
from survey_app.paper.pdf import make_pdf
from survey_app.paper.problems import PaperError
from tests.paper.interviews import ENDLESS, HOSTILE, LONG
from tests.paper.sheets import (
    PROTOCOL,
    find_missing,
    join,
    list_words,
    make_blank,
    make_noted,
    read_everything,
    read_pages,
)


@pytest.fixture(scope="module")
def blank() -> list[str]:
    """The pages of the blank protocol."""
    return read_pages(make_pdf(make_blank()).content)


def test_every_word_of_the_protocol_is_on_it(blank: list[str]) -> None:
    library = load_library()
    words = [text for key in PROTOCOL for text in list_words(library.instruments[key])]
    assert find_missing(words, "\n".join(blank)) == []


def test_every_page_says_what_it_is_and_which_of_how_many(blank: list[str]) -> None:
    fingerprint = load_library().instruments[PROTOCOL[0]].fingerprint[:12]
    for number, page in enumerate(blank, start=1):
        head = ("Study:", f"ami-survey@1.0.1 ({fingerprint})", "Participant:", "Interviewer:")
        assert find_missing([*head, "Date:", f"Page {number} of {len(blank)}"], page) == []


def test_the_protocol_takes_a_plausible_number_of_pages(blank: list[str]) -> None:
    assert 12 <= len(blank) <= 18


def test_the_legend_is_on_the_first_page_and_the_contact_summary_on_the_last(
    blank: list[str],
) -> None:
    legend = ["READ ALOUD", "READ IF NEEDED", "DO NOT READ", "raised unprompted", "minimal answer"]
    assert find_missing(legend, blank[0]) == []
    summary = ["Contact summary", "What were the main issues?", "Reflexive journal"]
    assert find_missing(summary, blank[-1]) == []
    assert find_missing(["Call back (when, how)"], "".join(blank[:-1])) == []


def test_all_three_voices_are_named_beside_their_words() -> None:
    text = "\n".join(read_pages(make_pdf(make_blank(read_everything())).content))
    voices = ["READ IF NEEDED (Take your time.)", "DO NOT READ Never mention the dog."]
    assert find_missing([*voices, "see the notice (https://example.org/notice)"], text) == []


def test_it_is_tagged_for_screen_readers_and_says_its_title_and_language() -> None:
    content = make_pdf(make_blank(read_everything(), language="fr")).content
    reader = PdfReader(BytesIO(content))
    root: dict[str, Any] = dict(reader.root_object)
    assert reader.metadata is not None
    assert "everything@1.0.0" in str(reader.metadata.title)
    assert root["/Lang"] == "fr"
    assert bool(root["/MarkInfo"]["/Marked"])
    metadata = reader.root_object["/Metadata"].get_object()
    assert isinstance(metadata, StreamObject)
    assert b"pdfuaid" in metadata.get_data()


@pytest.mark.parametrize("words", [words for words in HOSTILE if "النصيحة" not in words])
def test_what_people_wrote_is_text_and_never_a_command(words: str) -> None:
    made = make_pdf(make_noted(words))
    assert made.shapeless == ""
    assert find_missing([words], "\n".join(read_pages(made.content))) == []


def test_words_that_run_from_right_to_left_are_all_there() -> None:
    words = next(words for words in HOSTILE if "النصيحة" in words)
    text = "\n".join(read_pages(make_pdf(make_noted(words)).content))
    assert find_missing(words.replace("(", "").replace(")", "").split(), text) == []


def test_a_long_note_goes_on_over_as_many_pages_as_it_needs() -> None:
    pages = read_pages(make_pdf(make_noted(LONG)).content)
    assert len(pages) >= 4
    assert find_missing(LONG.split(), "\n".join(pages)) == []


def test_a_word_longer_than_a_line_is_broken_and_not_cut_off() -> None:
    pages = make_pdf(make_noted(ENDLESS)).content
    lines = [line for page in read_pages(pages) for line in page.splitlines() if "xxx" in line]
    assert len(lines) > 1
    assert sum(line.count("x") for line in lines) == len(ENDLESS)


def test_characters_without_a_font_stay_in_the_file_and_are_told_of() -> None:
    made = make_pdf(make_noted("before \U0010fffd after \u0378"))
    assert made.shapeless == "\U0010fffd\u0378"
    text = "\n".join(read_pages(made.content))
    assert find_missing(["before", "after"], text) == []


def test_a_sheet_that_cannot_be_set_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "sheet.typ"
    broken.write_text("#nothing", encoding="utf-8")
    monkeypatch.setattr(pdf, "_TEMPLATES", tmp_path)
    with pytest.raises(PaperError, match=r"^The PDF cannot be set: unknown variable: nothing\.$"):
        make_pdf(make_noted(""))


def test_a_long_note_on_a_probe_stands_below_its_row_over_the_whole_width() -> None:
    pages = read_pages(make_pdf(make_noted(LONG, probe="cat")).content)
    assert len(pages) <= 6
    assert find_missing(["(below)", *LONG.split()], "\n".join(pages)) == []
    assert find_missing(
        ["(below)"], read_pages(make_pdf(make_noted("short", probe="cat")).content)[0]
    )


def test_a_table_that_goes_on_says_to_which_question_it_belongs(blank: list[str]) -> None:
    rows = [join(f"{probe} U P D K R N A") for probe in ("doctor", "attachment")]
    held = [page for page in map(join, blank) if any(row in page for row in rows)]
    assert len(held) == len(rows), "the first and the last probe stand on two pages"
    for page in held:
        assert join("2 topics PROBES") in page
