"""Codes and labels: which of the listed answers a cell names."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches

from survey_app.definition.markdown import strip_markup
from survey_app.definition.text import Text
from survey_app.imports.cells import quote
from survey_app.imports.problems import CellError
from survey_app.translations import gettext as _

MOST_NAMED = 12
"""Codes that a sentence lists."""


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen: codes, and for each label in any language the codes that have it.

    `folded` are the labels without regard to case and spaces. With `labels_first` a text that is
    one code and another's label is the label, else the code.
    """

    codes: tuple[str, ...]
    labels: Mapping[str, tuple[str, ...]]
    folded: Mapping[str, tuple[str, ...]]
    labels_first: bool

    def find(self, text: str) -> str:
        """Return the code that a cell's text names. Raises CellError for none or several."""
        labelled = self.labels.get(text.strip()) or self.folded.get(_fold(text), ())
        coded = _find_codes(text.strip(), self.codes)
        found = (labelled or coded) if self.labels_first else (coded or labelled)
        if len(found) == 1:
            return found[0]
        raise CellError(self._say_several(text, found) if found else self._say_none(text))

    def _say_several(self, text: str, found: Iterable[str]) -> str:
        return _("{value} can be read as {codes}. Write the code that is meant.").format(
            value=quote(text), codes=_(" or ").join(found)
        )

    def _say_none(self, text: str) -> str:
        close = get_close_matches(text, [*self.codes, *self.labels], n=1)
        if close:
            return _("{value} is none of the answers here. Is {close} meant?").format(
                value=quote(text), close=quote(close[0])
            )
        named = ", ".join(self.codes[:MOST_NAMED])
        named += ", …" if len(self.codes) > MOST_NAMED else ""
        sentence = (
            _("{value} is none of the answers here. Write one of {codes}, or its words.")
            if self.labels
            else _("{value} is none of the answers here. Write one of {codes}.")
        )
        return sentence.format(value=quote(text), codes=named)


def make_choices(
    codes: Sequence[str], texts: Iterable[tuple[str, Text]], *, labels_first: bool
) -> Choices:
    """Return the choices of a list; `texts` are words of its codes, as many as each has."""
    labels: dict[str, tuple[str, ...]] = {}
    folded: dict[str, tuple[str, ...]] = {}
    for code, text in texts:
        for _language, wording in text.wordings if code in codes else ():
            words = strip_markup(wording).strip()
            _add(labels, words, code)
            _add(folded, _fold(words), code)
    return Choices(codes=tuple(codes), labels=labels, folded=folded, labels_first=labels_first)


def _add(labels: dict[str, tuple[str, ...]], words: str, code: str) -> None:
    known = labels.get(words, ())
    if code not in known:
        labels[words] = (*known, code)


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()


def _find_codes(text: str, codes: Sequence[str]) -> tuple[str, ...]:
    """Return the code that the text is, else those that are the same number: 1 and 01."""
    if text in codes:
        return (text,)
    number = _read_number(text)
    if number is None:
        return ()
    return tuple(code for code in codes if _read_number(code) == number)


def _read_number(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
