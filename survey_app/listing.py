"""Somebody who takes part, as a roster or a form says it, and what is wrong with that."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from survey_app.mail.addresses import is_address, same_address
from survey_app.translations import gettext as _

MOST_LETTERS = {"name": 200, "phone": 60, "note": 2_000}
SHOWN = 60
"""Characters of what was typed that a sentence repeats."""


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A person as a roster or a form says it."""

    name: str
    email: str = ""
    phone: str = ""
    note: str = ""
    language: str = ""


@dataclass(kw_only=True)
class Known:
    """Who is known already: in the study, and by the row of the roster in which they stand.

    A person is known by the address, and who has none by the name.
    """

    there: frozenset[str]
    rows: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[tuple[str, str]]) -> "Known":
        """Return who is known of these names and addresses."""
        return cls(there=frozenset(_tell_apart(name, email) for name, email in people))

    def check(self, person: Listed, row: int) -> str:
        """Return what is wrong with a person who may be there already, or nothing."""
        key = _tell_apart(person.name, person.email)
        if key in self.there:
            return _("This person is in the study already. Leave this one out.")
        first = self.rows.setdefault(key, row)
        if first == row:
            return ""
        sentence = _("This person stands in row {first} already. Take one of the two rows out.")
        return sentence.format(first=first)


def check_listed(person: Listed, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a person, as the field and a sentence that says what to do."""
    if not person.name:
        yield "name", _("The name is missing. Write it, or a word by which you know the person.")
    for name, text in (("name", person.name), ("phone", person.phone), ("note", person.note)):
        if len(text) > MOST_LETTERS[name]:
            sentence = _("This is {count} characters long, and there is room for {most}.")
            yield name, sentence.format(count=len(text), most=MOST_LETTERS[name])
        elif name != "note" and not text.isprintable():
            yield name, _("This goes over several lines. Write it on one line.")
    if person.email and not is_address(person.email):
        sentence = _("{text} is no address of e-mail. Write it as name@example.org, and only that.")
        yield "email", sentence.format(text=_quote(person.email))
    if person.language and person.language not in languages:
        sentence = _("{text} is no language of this study. Write {languages}, or nothing.")
        told = sentence.format(text=_quote(person.language), languages=_(" or ").join(languages))
        yield "language", told


def _tell_apart(name: str, email: str) -> str:
    return same_address(email) if email else " ".join(name.casefold().split())


def _quote(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line}”" if len(line) <= SHOWN else f"“{line[:SHOWN]}…”"
