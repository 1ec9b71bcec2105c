"""A consent text as a study lead types it, and what is wrong with it, field by field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from survey_app.definition.consent import DELIVERIES, ConsentForm, read_consent
from survey_app.definition.problems import DefinitionError
from survey_app.definition.reading import Reading
from survey_app.definition.source import Mapping as Lines
from survey_app.definition.source import Node, Scalar, Sequence
from survey_app.definition.text import Text
from survey_app.translations import gettext as _
from survey_app.web.text import CleanForm

BLANK_ROWS = 3
MOST_ROWS = 20
Words = Mapping[str, str]
"""A text by language, as typed."""
WriteScalar = Callable[[str, str], Scalar]
WriteTexts = Callable[[str, Words], Lines]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A statement as typed."""

    key: str = ""
    required: bool = False
    words: Words = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed into it."""
        return not self.key.strip() and not any(words.strip() for words in self.words.values())


@dataclass(frozen=True, kw_only=True)
class Typed:
    """All that was typed; `errors` are sentences by field."""

    languages: tuple[str, ...]
    delivery: str = "both"
    title: Words = field(default_factory=dict)
    text: Words = field(default_factory=dict)
    changes: Words = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown_rows(self) -> tuple[Row, ...]:
        """The statements with room for more."""
        kept = tuple(row for row in self.rows if not row.is_blank)
        return kept + (Row(),) * min(BLANK_ROWS, MOST_ROWS - len(kept))


def from_form(form: ConsentForm | None, languages: tuple[str, ...], delivery: str) -> Typed:
    """Return a text as it is typed first: the one before, of which nothing has changed yet."""
    if form is None:
        return Typed(languages=languages, delivery=delivery)
    return Typed(
        languages=languages,
        delivery=delivery,
        title=_spread(form.title, languages),
        text=_spread(form.text, languages),
        rows=tuple(
            Row(key=each.key, required=each.required, words=_spread(each.text, languages))
            for each in form.statements
        ),
    )


def read_typed(form: CleanForm, languages: tuple[str, ...]) -> Typed:
    """Return what was posted."""

    def words(name: str) -> Words:
        return {language: form.get(f"{name}.{language}") for language in languages}

    rows = tuple(
        Row(
            key=form.get(f"key.{place}").strip(),
            required=form.get(f"required.{place}") == "yes",
            words=words(f"statement.{place}"),
        )
        for place in range(MOST_ROWS)
    )
    delivery = form.get("delivery")
    return Typed(
        languages=languages,
        delivery=delivery if delivery in DELIVERIES else "both",
        title=words("title"),
        text=words("text"),
        changes=words("changes"),
        rows=tuple(row for row in rows if not row.is_blank),
    )


def check(typed: Typed, *, first: bool) -> tuple[ConsentForm | None, Typed]:
    """Return the consent text, or None and what was typed with what is wrong with it."""
    blank = dict(_find_blank(typed, first=first))
    if blank:
        return None, replace(typed, errors=blank)
    fields: list[str] = []
    try:
        return read_consent(_write(typed, fields), Reading("page"), first=first), typed
    except DefinitionError as error:
        errors = {fields[each.line]: _as_sentence(each.message) for each in error.problems}
        return None, replace(typed, errors=errors)


def _find_blank(typed: Typed, *, first: bool) -> Iterator[tuple[str, str]]:
    """Yield each field that is empty and may not be."""
    needed = {"text": typed.text} | ({} if first else {"changes": typed.changes})
    texts: Mapping[str, Words] = {**needed, "title": typed.title, "changes": typed.changes}
    for name, words in texts.items():
        written = any(text.strip() for text in words.values())
        for language in typed.languages:
            if (name in needed or written) and not words.get(language, "").strip():
                yield f"{name}.{language}", _say_blank(name, language, typed.languages)
    for place, row in enumerate(typed.rows):
        if not row.key:
            yield f"key.{place}", _("Write a key, such as quoted: tables call the statement by it")
        for language in typed.languages:
            if not row.words.get(language, "").strip():
                sentence = _say_blank("statement", language, typed.languages)
                yield f"statement.{place}.{language}", sentence


def _say_blank(name: str, language: str, languages: tuple[str, ...]) -> str:
    said = {
        "title": _("Write the title"),
        "text": _("Write the text"),
        "changes": _("Say in a sentence what is new: whoever agreed before is shown it"),
        "statement": _("Write what is agreed to"),
    }[name]
    return f"{said} ({language})" if len(languages) > 1 else said


def _write(typed: Typed, fields: list[str]) -> Lines:
    """Return what was typed as nodes; the line of each is its field's place in `fields`."""

    def scalar(name: str, text: str) -> Scalar:
        fields.append(name)
        return Scalar(text, len(fields) - 1)

    def texts(name: str, words: Words) -> Lines:
        fields.append(f"{name}.{typed.languages[0]}")
        line = len(fields) - 1
        spoken: dict[str, Node] = {
            language: scalar(f"{name}.{language}", words[language].strip())
            for language in typed.languages
        }
        return Lines(spoken, line)

    languages = Sequence(tuple(scalar("text", each) for each in typed.languages), 0)
    entries: dict[str, Node] = {
        "delivery": scalar("delivery", typed.delivery),
        "languages": languages,
    }
    for name, words in (("title", typed.title), ("text", typed.text)):
        if any(words.values()):
            entries[name] = texts(name, words)
    entries["statements"] = Sequence(
        tuple(_write_row(place, row, scalar, texts) for place, row in enumerate(typed.rows)), 0
    )
    if any(text.strip() for text in typed.changes.values()):
        entries["changes"] = texts("changes", typed.changes)
    return Lines(entries, 0)


def _write_row(place: int, row: Row, scalar: WriteScalar, texts: WriteTexts) -> Lines:
    entries: dict[str, Node] = {
        "key": scalar(f"key.{place}", row.key),
        "text": texts(f"statement.{place}", row.words),
    }
    if row.required:
        entries["required"] = scalar(f"key.{place}", "true")
    return Lines(entries, 0)


def _as_sentence(message: str) -> str:
    return message[:1].upper() + message[1:]


def _spread(text: Text | None, languages: Iterable[str]) -> Words:
    wordings = {} if text is None else dict(text.wordings)
    return {language: wordings.get(language, "") for language in languages}
