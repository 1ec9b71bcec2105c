"""Texts go into cells whole and harmless."""

import pytest

from survey_app.spreadsheets.texts import (
    CELL_LIMIT,
    count_pieces,
    count_units,
    replace_illegal,
    split_text,
)


@pytest.mark.parametrize(
    ("text", "safe", "count"),
    [
        ("plain", "plain", 0),
        ("tab\tand\nline", "tab\tand\nline", 0),
        ("bell\x07 and NUL\x00", "bell\ufffd and NUL\ufffd", 2),
        ("half \ud83d", "half \ufffd", 1),
        ("\uffff", "\ufffd", 1),
        ("whole 😀", "whole 😀", 0),
    ],
)
def test_a_character_that_xml_forbids_is_replaced_and_counted(
    text: str, safe: str, count: int
) -> None:
    assert replace_illegal(text) == (safe, count)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("_x0041_", "_x005F_x0041_"),
        ("a_x0041_x0042_", "a_x005F_x0041_x005F_x0042_"),
        ("_x41_", "_x41_"),
        ("snake_case_", "snake_case_"),
    ],
)
def test_what_looks_like_an_escape_is_escaped(text: str, written: str) -> None:
    assert split_text(text) == [written]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", 1),
        ("a" * CELL_LIMIT, 1),
        ("a" * (CELL_LIMIT + 1), 2),
        ("😀" * 20_000, 2),
        ("_x0041_" * 5_000, 2),
    ],
)
def test_a_long_text_is_split_and_nothing_is_cut(text: str, pieces: int) -> None:
    parts = split_text(text)
    assert len(parts) == count_pieces(text) == pieces
    assert all(count_units(part) <= CELL_LIMIT for part in parts)
    assert "".join(parts).replace("_x005F_", "_") == text
