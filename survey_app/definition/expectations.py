"""Whether a comparison in a condition can come true, by what a condition sees of the answer.

A comparison that can never hold, or whose contrary always does, is a slip: a misspelt code, a text
where a number is stored, `=` on a list of which several may be chosen (the trap of XLSForm, where
`selected` is meant).
"""

from survey_app.definition import problems
from survey_app.definition.conditions.evaluation import compare, looks_like_number
from survey_app.definition.conditions.references import Expectation
from survey_app.definition.items.base import Item
from survey_app.definition.reading import is_date


def check_expectation(expectation: Expectation, item: Item) -> str | None:
    """Return what is wrong with holding the item's answer against that, or None."""
    if not item.row_keys():
        return None  # that there is no answer at all is a problem of its own
    if expectation.counted:
        return _check_count(expectation, item)
    match expectation.operator:
        case "selected":
            return _check_selected(expectation.text, item)
        case "=" | "!=":
            return _check_equality(expectation.text, item)
    return _check_order(expectation, item)


def _check_count(expectation: Expectation, item: Item) -> str | None:
    several = item.condition_kind() in {"codes", "order"}
    most = len(item.codes()) if several else 1
    # `!=` is wrong where `=` is: it would always hold.
    operator, text = expectation.operator.removeprefix("!"), expectation.text
    if any(compare(operator, float(count), text) for count in range(most + 1)):
        return None
    return problems.never_counts(item.key, expectation.operator, text, most)


def _check_selected(text: str, item: Item) -> str | None:
    codes = item.codes()
    if not text or (text in codes if codes else item.can_equal(text)):
        return None
    return _refuse(text, item)


def _check_equality(text: str, item: Item) -> str | None:
    if not text:
        return None
    if item.condition_kind() == "codes":
        codes = item.codes()
        unknown = [word for word in text.split(" ") if word not in codes]
        if unknown:
            return problems.unknown_code(item.key, unknown[0], codes)
        return problems.use_selected(item.key, text.split(" "))
    return None if item.can_equal(text) else _refuse(text, item)


def _check_order(expectation: Expectation, item: Item) -> str | None:
    operator, text, kind = expectation.operator, expectation.text, item.condition_kind()
    message: str | None = None
    match kind:
        case "number" | "date":
            message = None if item.can_equal(text) else _refuse(text, item)
        case "text" if not (looks_like_number(text) or is_date(text)):
            message = problems.no_order(item.key, operator, text)
        case "code" if not any(compare(operator, code, text) for code in item.codes()):
            message = problems.codes_without_order(item.key, operator, text, item.codes())
        case "codes":
            message = problems.use_count(item.key, operator, text)
        case "order":
            message = problems.no_order(item.key, operator, text)
    return message


def _refuse(text: str, item: Item) -> str:
    """What to say of a text that the answer never is."""
    match item.condition_kind():
        case "number":
            return problems.not_number(item.key, text)
        case "date":
            return problems.not_date(item.key, text)
    return problems.unknown_code(item.key, text, item.codes())
