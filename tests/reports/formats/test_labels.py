"""Labels are cut where one can see it, and texts are split so that they can be joined again."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from survey_app.reports.formats.labels import (
    count_bytes,
    cut_label,
    encode,
    spell_out,
    split_bytes,
)


@pytest.mark.parametrize(
    ("text", "limit", "ending", "label"),
    [
        ("short", 10, "", "short"),
        ("exactly ten", 11, "", "exactly ten"),
        ("exactly ten", 10, "", "exactly…"),
        ("éééé", 8, "", "éééé"),
        ("éééé", 7, "", "éé…"),
        ("a long word", 12, " [c]", "a lon… [c]"),
        ("", 5, " [c]", " [c]"),
    ],
)
def test_a_label_is_cut_by_bytes_and_keeps_its_ending(
    text: str, limit: int, ending: str, label: str
) -> None:
    assert cut_label(text, limit, count_bytes, ending) == label


@settings(deadline=None)
@given(some.text(), some.integers(4, 12))
def test_pieces_fit_and_join_to_the_whole(text: str, limit: int) -> None:
    pieces = split_bytes(text, limit)
    assert "".join(pieces) == spell_out(text)
    assert all(len(piece.encode()) <= limit for piece in pieces)


@settings(deadline=None)
@given(some.text("a é"))
def test_no_piece_ends_in_a_space_that_would_be_lost(text: str) -> None:
    words = "x".join(text.split())
    for piece in split_bytes(f"{words} {words}" if words else "", 8)[:-1]:
        assert not piece.endswith(" ")


def test_what_no_file_can_say_is_spelled_out() -> None:
    assert encode("a\0b\ud83d") == b"a\\x00b\\ud83d"
