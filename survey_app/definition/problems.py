"""What is wrong with a definition file; every sentence that an author can meet stands here."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from survey_app.definition.quoting import list_words, quote, shorten


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to mend: where it is, what is wrong and what to do. `line` counts from 1."""

    file: str
    line: int
    item: str
    message: str

    def __str__(self) -> str:
        # A definition from the database has no lines.
        where = f"{self.file}:{self.line}: " if self.line else f"{self.file}: "
        return where + (f"{self.item}: " if self.item else "") + self.message


class DefinitionError(Exception):
    """A definition that cannot be used; `problems` holds all that is wrong with it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


def not_text_file() -> str:
    return "this is not a text file in UTF-8; save it as UTF-8"


def too_large(limit: int) -> str:
    return f"the file has over {limit:,} characters; split the instrument in two"


def not_yaml(reason: str) -> str:
    reason = shorten(reason, 200)
    return f"this is not YAML: {reason}; check the indentation, colons and quotes near this line"


def tab() -> str:
    return "this line begins with a tab, which YAML does not allow; indent with spaces"


def forbidden_character(character: str) -> str:
    return f"this holds the character U+{ord(character):04X}, which no export can keep; remove it"


def too_deep(limit: int) -> str:
    return f"this is nested more than {limit} levels deep; check the indentation"


def no_aliases() -> str:
    return "anchors (&) and aliases (*) are not used here; write the value out, or name a scale"


def no_tags() -> str:
    return "tags (!) are not used here; put the text in quotes, or remove the '!'"


def one_document() -> str:
    return "a file holds one instrument; put what follows the second '---' into a file of its own"


def duplicate_key(key: str) -> str:
    return f"{quote(key)} is written twice here; keep one"


def empty_file() -> str:
    return "the file is empty; begin with 'format: 1'"


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
    hint = f"did you mean '{close[0]}'?" if close else f"use one of {list_words(names)}"
    return f"there is no item type {quote(name)}; {hint}"


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


def same_version(name: str, version: str, other: str) -> str:
    return f"{name} {version} is defined differently by {other}; give one of them a new version"


def wrong_place(name: str, version: str) -> str:
    return f"this file should be called {name}/{version}.yaml, after its name and version"


def bad_condition(reason: str) -> str:
    return f"relevant: {shorten(reason, 300)}"


def unknown_reference(name: str) -> str:
    return f"relevant: there is no item {quote(name)}; check its spelling or add it above this one"


def forward_reference(name: str) -> str:
    return f"relevant: '{name}' is asked later; a condition can only read what was asked before"


def self_reference(name: str) -> str:
    return f"relevant: '{name}' cannot depend on itself; name an item above it"


def unknown_row(item: str, row: str) -> str:
    return f"relevant: '{item}' has no row {quote(row)}; check the spelling"


def needs_row(item: str, row: str) -> str:
    return f"relevant: '{item}' is a battery; name a row, as in ${{{item}/{row}}}"


def unknown_code(item: str, code: str, known: Iterable[str]) -> str:
    return f"relevant: '{item}' has no option {quote(code)}; use one of {list_words(known)}"


def never_equal(item: str, text: str) -> str:
    return f"relevant: '{item}' is never {quote(text)}; write what is stored, a day as 2026-11-22"


def reads_nothing(item: str) -> str:
    return f"relevant: {quote(item)} takes no answer that a condition can read; name another item"


def unknown_scale(name: str, known: Iterable[str]) -> str:
    names = list(known)
    if not names:
        return f"there is no scale {quote(name)}; add it under 'scales:' at the top of the file"
    return f"there is no scale {quote(name)}; use {list_words(names)}, or add it under 'scales:'"


def unknown_option(what: str, code: str, known: Iterable[str]) -> str:
    return f"{what} names {quote(code)}, which is no option here; use one of {list_words(known)}"


def reserved_option(code: str) -> str:
    return f"the code '{code}' is kept for 'please specify'; write 'other:' beside the options"


def out_of_range(what: str, low: int, high: int) -> str:
    return f"{what} should lie between {low} and {high}"


def wrong_order(low: str, high: str) -> str:
    return f"'{low}' should not be greater than '{high}'; swap them or change one"


def same_ends() -> str:
    return "'start' and 'end' are the same number; write a greater 'end'"


def bad_step() -> str:
    return "'step' should be greater than 0 and lead from 'start' to 'end' in whole steps"


def changed_frozen(name: str, version: str, frozen: str, found: str) -> str:
    return (
        f"{name} {version} is frozen: it was published as {frozen[:12]} and this file is "
        f"{found[:12]}; undo the change, or save the file as a new version"
    )


def two_copies(name: str, version: str, shipped: str, found: str) -> str:
    return (
        f"{name} {version} ships with the program as {shipped[:12]} and this file is "
        f"{found[:12]}; the shipped one is used. Give this file a new version, or remove it"
    )


def small_bump(previous: str, version: str, least: str, because: str) -> str:
    return (
        f"{version} follows {previous}, but {because}: that is a {least} change; "
        f"raise the {least} number"
    )


def unreadable_file(reason: str) -> str:
    return f"the file cannot be read ({reason}); check its name and its permissions"


def taken_code(code: str) -> str:
    return f"the code '{code}' is used by the form itself; choose another, such as {code}_"
