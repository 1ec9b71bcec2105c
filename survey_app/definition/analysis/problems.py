"""What is wrong with an `analysis` block; its sentences, beside those of `definition.problems`."""

from collections.abc import Iterable
from difflib import get_close_matches

from survey_app.definition.quoting import list_words, quote


def unknown_item(what: str, name: str, known: Iterable[str]) -> str:
    """Say that there is no such item or column, and which may be meant."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    hint = f"did you mean '{close[0]}'?" if close else f"use one of {list_words(names)}"
    return f"{what} names {quote(name)}, which this instrument does not have; {hint}"


def not_numeric(what: str, name: str) -> str:
    """Say that nothing tells between which numbers an item is answered."""
    return (
        f"{what} names '{name}', which has no lowest and highest number to score it by; leave it "
        "out, or use items on a scale whose codes are numbers"
    )


def named_twice(what: str, name: str) -> str:
    """Say that a list has an item twice, perhaps as a row and with its whole battery."""
    return f"{what} names '{name}' twice; keep one"


def not_among_items(name: str) -> str:
    """Say that an item is to be turned that is no part of the score."""
    return f"'reverse' names '{name}', which is not among 'items'; add it there or remove it"


def one_item(name: str) -> str:
    """Say that a score has one item only."""
    return f"'items' holds '{name}' alone, which is a score already; name at least two"


def no_choice(name: str) -> str:
    """Say that an item cannot be a quasi-identifier, since nothing in it can be counted."""
    return (
        f"'quasi_identifiers' names '{name}', which asks for no choice, number or date; name "
        "questions that people can be told apart by, and read free text before it is passed on"
    )
