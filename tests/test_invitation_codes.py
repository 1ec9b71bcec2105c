"""An invitation's code is spelled for people, and a slip of the finger is noticed."""

import pytest

from survey_app.invitation_codes import (
    LETTERS,
    hash_code,
    make_code,
    read_code,
    show_code,
    spell_code,
)

CODE = spell_code(b"sixteen letters!")


def test_a_code_is_shown_in_four_groups_of_letters_that_nobody_mistakes() -> None:
    groups = show_code(make_code()).split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(LETTERS)
    assert set("ILOU") & set(LETTERS) == set()


@pytest.mark.parametrize(
    "typed",
    [
        CODE,
        CODE.lower(),
        show_code(CODE),
        f"  {show_code(CODE).lower()}\n",
        show_code(CODE).replace("-", " "),
        show_code(CODE).replace("-", "–"),
        CODE.replace("1", "l").replace("0", "O"),
        CODE.replace("1", "i").replace("0", "o"),
    ],
)
def test_case_gaps_and_letters_that_look_alike_do_not_matter(typed: str) -> None:
    assert "1" in CODE
    assert read_code(typed) == CODE


def test_every_wrong_letter_is_noticed() -> None:
    changed = [
        CODE[:place] + letter + CODE[place + 1 :]
        for place, right in enumerate(CODE)
        for letter in LETTERS
        if letter != right
    ]
    assert len(changed) == 16 * 31
    assert [code for code in changed if read_code(code) is not None] == []


def test_every_two_letters_that_changed_places_are_noticed() -> None:
    swapped = [
        CODE[:first] + CODE[second] + CODE[first + 1 : second] + CODE[first] + CODE[second + 1 :]
        for second in range(len(CODE))
        for first in range(second)
        if CODE[first] != CODE[second]
    ]
    assert len(swapped) > 100
    assert [code for code in swapped if read_code(code) is not None] == []


@pytest.mark.parametrize("typed", ["", "U" * 16, CODE[:15], f"{CODE}0", "ÄÖ", "0" * 15, "🙂" * 16])
def test_what_can_be_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_no_two_codes_are_the_same_and_each_has_a_hash_of_its_own() -> None:
    codes = {make_code() for _ in range(100)}
    assert len(codes) == 100
    assert len({hash_code(code) for code in list(codes)[:5]}) == 5
    assert hash_code(CODE) == hash_code(CODE)
    assert CODE not in hash_code(CODE)
