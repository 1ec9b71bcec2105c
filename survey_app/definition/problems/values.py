"""What is wrong with what stands in a field."""

from collections.abc import Iterable

from survey_app.definition.quoting import list_words, quote


def want_mapping(what: str) -> str:
    return f"{what} should be lines of 'name: value'; indent them under it"


def want_list(what: str) -> str:
    return f"{what} should be a list; begin each entry with '- '"


def want_words(what: str) -> str:
    return f"{what} should be a text; write it on this line, in quotes if it begins with a sign"


def empty_text(what: str) -> str:
    return f"{what} is empty; write the words or remove the line"


def want_language_texts(what: str, languages: Iterable[str]) -> str:
    names = ", ".join(f"{language}: …" for language in languages)
    return f"{what} needs its wording in each language of the file; write {{{names}}}"


def missing_language(what: str, language: str) -> str:
    return f"{what} has no wording in {quote(language)}; add '{language}: …' or drop that language"


def unknown_language(what: str, language: str) -> str:
    return f"{what} has a wording in {quote(language)}; add that under 'languages', or remove it"


def want_language_code(what: str, found: str) -> str:
    return f"{what} has {quote(found)}, no language code; write one such as en, fr or pt-br"


def want_word(what: str, found: str) -> str:
    return (
        f"{what} {quote(found)} cannot be used; write at most 32 small letters, digits and _, "
        "beginning with a letter (such as years_involved)"
    )


def want_code(what: str, found: str) -> str:
    return f"{what} has the code {quote(found)}; write at most 32 small letters, digits and _"


def want_name(what: str, found: str) -> str:
    return f"{what} is {quote(found)}; write at most 63 small letters, digits and -"


def want_version(what: str, found: str) -> str:
    return f"{what} is {quote(found)}; write three numbers such as 1.0.0"


def want_boolean(what: str, found: str) -> str:
    return f"{what} is {quote(found)}; write either true or false"


def want_number(what: str, found: str) -> str:
    return f"{what} is {quote(found)}; write a number"


def want_whole_number(what: str, found: str, bounds: tuple[int, int] | None = None) -> str:
    between = f" from {bounds[0]} to {bounds[1]}" if bounds else ""
    return f"{what} is {quote(found)}; write a whole number{between}"


def want_date(what: str, found: str) -> str:
    return f"{what} is {quote(found)}; write a date as 2026-11-22"


def want_one_of(what: str, found: str, known: Iterable[str]) -> str:
    return f"{what} is {quote(found)}; use one of {list_words(known)}"


def too_few(what: str, least: int) -> str:
    return f"{what} has too few entries; write at least {least}"


def out_of_range(what: str, low: int, high: int) -> str:
    return f"{what} should lie between {low} and {high}"


def wrong_order(low: str, high: str) -> str:
    return f"'{low}' should not be greater than '{high}'; swap them or change one"


def same_ends() -> str:
    return "'start' and 'end' are the same number; write a greater 'end'"


def bad_step() -> str:
    return "'step' should be greater than 0 and lead from 'start' to 'end' in whole steps"


def html_tag(what: str, tag: str) -> str:
    return (
        f"{what} holds {quote(tag)}, and HTML is shown as it is typed; write *words* for emphasis, "
        "remove the tag, or write a \\ before the < to show it"
    )
