"""What is wrong with the fields, keys, codes and scales of a definition."""

from collections.abc import Iterable
from difflib import get_close_matches

from survey_app.definition.quoting import list_words, quote


def wrong_format(found: str) -> str:
    return f"format {quote(found)} is not known to this program; write 'format: 1'"


def unknown_field(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    if close:
        return f"there is no field {quote(name)} here; did you mean '{close[0]}'?"
    return f"there is no field {quote(name)} here; remove it or use one of {list_words(names)}"


def missing_field(name: str, meaning: str) -> str:
    return f"{quote(name)} is missing ({meaning}); add a line '{name}: …'"


def unknown_type(name: str, known: Iterable[str]) -> str:
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    hint = f"did you mean '{close[0]}'? There are" if close else "there are"
    return f"there is no item type {quote(name)}; {hint} {', '.join(names)}"


def reserved_word(what: str, word: str) -> str:
    return (
        f"{what} '{word}' is kept by SPSS, Stata, R or our tables; write another, such as my_{word}"
    )


def long_column(column: str, limit: int) -> str:
    return (
        f"the column '{column}' has {len(column)} characters and Stata allows {limit}; "
        "shorten the key or the code"
    )


def same_column(column: str, other: str) -> str:
    return f"the column '{column}' is already made by '{other}'; choose another key"


def same_key(key: str) -> str:
    return f"the key '{key}' is used twice; keys are unique in an instrument, so rename one"


def unknown_scale(name: str, known: Iterable[str]) -> str:
    names = list(known)
    if not names:
        return f"there is no scale {quote(name)}; add it under 'scales:' at the top of the file"
    return f"there is no scale {quote(name)}; use {list_words(names)}, or add it under 'scales:'"


def unknown_option(what: str, code: str, known: Iterable[str]) -> str:
    return f"{what} names {quote(code)}, which is no option here; use one of {list_words(known)}"


def reserved_option(code: str) -> str:
    return f"the code '{code}' is kept for 'please specify'; write 'other:' beside the options"


def taken_code(code: str) -> str:
    return f"the code '{code}' is used by the form itself; choose another, such as {code}_"
