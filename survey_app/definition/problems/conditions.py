"""What is wrong with when an item is asked."""

from collections.abc import Iterable

from survey_app.definition.quoting import list_words, quote, shorten


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


def not_number(item: str, text: str) -> str:
    return (
        f"relevant: '{item}' is a number and never {quote(text)}; write digits, as in "
        f"${{{item}}} = 12"
    )


def not_date(item: str, text: str) -> str:
    return f"relevant: '{item}' is never {quote(text)}; write what is stored, a day as 2026-11-22"


def use_selected(item: str, codes: Iterable[str]) -> str:
    chosen = " and ".join(f"selected(${{{item}}}, '{code}')" for code in codes)
    return (
        f"relevant: '{item}' may have several options chosen, and '=' looks at all of them "
        f"together; write {shorten(chosen, 200)}"
    )


def use_count(item: str, operator: str, text: str) -> str:
    return (
        f"relevant: '{item}' is a list of chosen options, which is not greater or less than "
        f"anything; to ask how many were chosen, write count-selected(${{{item}}}) {operator} "
        f"{shorten(text)}"
    )


def never_counts(item: str, operator: str, text: str, most: int) -> str:
    takes = f"up to {most} options" if most > 1 else "one answer"
    return (
        f"relevant: '{item}' takes {takes}, so that its count {operator} {shorten(text)} tells "
        f"nothing; compare the count with a whole number from 0 to {most}"
    )


def codes_without_order(item: str, operator: str, text: str, codes: Iterable[str]) -> str:
    return (
        f"relevant: '{item}' is never {operator} {shorten(text)}, since its codes are not; compare "
        f"with '=' and one of {list_words(codes)}"
    )


def no_order(item: str, operator: str, text: str) -> str:
    return (
        f"relevant: '{item}' is never {operator} {quote(text)}, since only numbers and days "
        "are greater or less; compare with '='"
    )


def reads_nothing(item: str) -> str:
    return f"relevant: {quote(item)} takes no answer that a condition can read; name another item"
