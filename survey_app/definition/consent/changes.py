"""What changed between two consent texts, paragraph by paragraph and statement by statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from survey_app.definition.consent.form import ConsentForm, Statement
from survey_app.definition.markdown import strip_markup
from survey_app.definition.text import Text
from survey_app.translations import gettext as _


@dataclass(frozen=True, kw_only=True)
class TextChange:
    """One change: of what it is, what stood there and what stands there now; empty for nothing."""

    what: str
    before: str = ""
    after: str = ""


def list_changes(older: ConsentForm, newer: ConsentForm) -> tuple[TextChange, ...]:
    """Return what changed, in the order of the page, in each of the newer text's languages."""
    return (
        *_compare_settings(older, newer),
        *(
            change
            for language in newer.languages
            for change in _compare_words(older, newer, language)
        ),
        *_compare_required(older, newer),
    )


def _compare_settings(older: ConsentForm, newer: ConsentForm) -> Iterator[TextChange]:
    if older.delivery != newer.delivery:
        said = say_delivery(older.delivery), say_delivery(newer.delivery)
        yield TextChange(what=_("where it is asked for"), before=said[0], after=said[1])
    if older.languages != newer.languages:
        said = ", ".join(older.languages), ", ".join(newer.languages)
        yield TextChange(what=_("languages"), before=said[0], after=said[1])


def _compare_words(older: ConsentForm, newer: ConsentForm, language: str) -> Iterator[TextChange]:
    if language not in older.languages:
        return  # that the language is new is said already
    suffix = f" ({language})" if len(newer.languages) > 1 else ""
    titles = _say(older.title, language), _say(newer.title, language)
    if titles[0] != titles[1]:
        yield TextChange(what=_("title") + suffix, before=titles[0], after=titles[1])
    pieces = _split(older.text, language), _split(newer.text, language)
    matcher = SequenceMatcher(a=pieces[0], b=pieces[1], autojunk=False)
    for kind, *places in matcher.get_opcodes():
        if kind != "equal":
            before, after = pieces[0][places[0] : places[1]], pieces[1][places[2] : places[3]]
            what = _("text") + suffix
            yield TextChange(what=what, before="\n\n".join(before), after="\n\n".join(after))
    for key in dict.fromkeys((*older.keys, *newer.keys)):
        there, here = older.find_statement(key), newer.find_statement(key)
        said = _say_statement(there, language), _say_statement(here, language)
        if said[0] != said[1]:
            what = _("statement {key}").format(key=key) + suffix
            yield TextChange(what=what, before=said[0], after=said[1])


def _compare_required(older: ConsentForm, newer: ConsentForm) -> Iterator[TextChange]:
    for statement in newer.statements:
        there = older.find_statement(statement.key)
        if there is not None and there.required != statement.required:
            said = say_required(required=there.required), say_required(required=statement.required)
            what = _("statement {key}").format(key=statement.key)
            yield TextChange(what=what, before=said[0], after=said[1])


def say_required(*, required: bool) -> str:
    """Return whether a statement has to be ticked, in words."""
    return _("has to be ticked") if required else _("may be left out")


def say_delivery(delivery: str) -> str:
    """Return where a text is asked for, in words."""
    return {
        "self": _("on the web"),
        "interviewer": _("in interviews"),
        "both": _("on the web and in interviews"),
    }[delivery]


def _say(text: Text | None, language: str) -> str:
    return "" if text is None else strip_markup(text.in_language(language))


def _say_statement(statement: Statement | None, language: str) -> str:
    return "" if statement is None else _say(statement.text, language)


def _split(text: Text, language: str) -> list[str]:
    """Return the paragraphs and the entries of lists, each on one line, without markup."""
    pieces: list[str] = []
    for line in text.in_language(language).splitlines():
        if not line.strip():
            pieces.append("")
        elif line.lstrip().startswith(("- ", "* ")) or not pieces or not pieces[-1]:
            pieces.append(line.strip().removeprefix("- ").removeprefix("* "))
        else:
            pieces[-1] += f" {line.strip()}"
    return [strip_markup(piece) for piece in pieces if piece]
