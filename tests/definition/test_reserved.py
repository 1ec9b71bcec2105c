"""Words that no key may be, since a statistics package or our own tables keep them."""

import pytest

from survey_app.definition.reserved import is_reserved


@pytest.mark.parametrize(
    "word",
    [
        "with",
        "to",
        "byte",
        "str20",
        "strl",
        "_n",
        "null",
        "function",
        "participant",
        "version",
        "TRUE",
        "By",
    ],
)
def test_a_word_of_spss_stata_r_or_ours_is_reserved(word: str) -> None:
    assert is_reserved(word)


@pytest.mark.parametrize("word", ["sleep", "str", "str_20", "strong", "years", "with_whom"])
def test_other_words_are_free(word: str) -> None:
    assert not is_reserved(word)
