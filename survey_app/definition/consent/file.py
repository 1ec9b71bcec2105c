"""Consent texts from a small YAML file, and from what is stored, with every problem at its line."""

from collections.abc import Iterator, Mapping
from typing import Any, cast

from survey_app.definition import problems as general
from survey_app.definition import source
from survey_app.definition.consent import problems
from survey_app.definition.consent.form import (
    COLUMN,
    DELIVERIES,
    WHOLE,
    ConsentDelivery,
    ConsentForm,
    Statement,
)
from survey_app.definition.instrument import LANGUAGE
from survey_app.definition.problems import DefinitionError
from survey_app.definition.reading import (
    ListReader,
    OneOfReader,
    PatternReader,
    Reading,
    read_fields,
)
from survey_app.definition.shapes import Json
from survey_app.definition.source import Node
from survey_app.definition.text import Text

LONGEST_COLUMN = 32
MOST_KEY = LONGEST_COLUMN - len(COLUMN.format(key=""))
MOST_LETTERS = 20_000
"""Of one text in one language; a page of print has about 3,000."""
TAKEN_KEYS = WHOLE | {"version", "language", "method", "day"}
"""Those of the consent as a whole, and the other columns of tables."""
_LANGUAGES = ListReader(PatternReader(LANGUAGE, general.want_language_code), least=1)
_DELIVERY = OneOfReader(DELIVERIES)
_OTHERS = ("delivery", "languages", "statements")


def load_consent(content: bytes, file: str, *, first: bool = False) -> ConsentForm:
    """Return the consent text of a file; raise DefinitionError with all its problems.

    Unless it is a study's `first` for its delivery, it says what is new in it.
    """
    node, found = source.read_bytes(content, file)
    if node is None:
        raise DefinitionError(found)
    return read_consent(node, Reading(file, problems=found), first=first)


def read_consent(node: Node, reading: Reading, *, first: bool) -> ConsentForm:
    """Return the consent text of nodes; raise DefinitionError with all that is wrong with them."""
    if not isinstance(node, source.Mapping):
        reading.note(node, general.want_mapping("a consent text"))
        raise DefinitionError(reading.problems)
    _read_languages(node, reading)
    delivery = _read_delivery(node, reading)
    values = read_fields(ConsentForm, node, reading, _OTHERS)
    statements = tuple(_read_statements(node, reading))
    _check_lengths(node, values or {}, reading)
    if not (first or reading.stored or "changes" in node.entries):
        reading.note(node, problems.no_changes())
    if values is None or reading.problems:
        raise DefinitionError(reading.problems)
    return ConsentForm(
        **values,
        delivery=delivery,
        languages=reading.languages,
        statements=statements,
        written=cast("dict[str, Json]", source.make_json(node)),
    )


def read_stored(body: Mapping[str, Json]) -> ConsentForm:
    """Return a stored text; those of the first years are wordings by language alone."""
    if "text" in body:
        reading = Reading("database", stored=True)
        return read_consent(source.make_node(dict(body)), reading, first=True)
    wordings = {language: str(words) for language, words in body.items()}
    return ConsentForm(
        text=Text.of(wordings or {"en": ""}), languages=tuple(wordings) or ("en",), written=body
    )


def _read_languages(node: source.Mapping, reading: Reading) -> None:
    if (entry := node.entries.get("languages")) is not None:
        languages = _LANGUAGES.read(entry, "'languages'", reading)
        reading.languages = tuple(dict.fromkeys(languages or ())) or reading.languages


def _read_delivery(node: source.Mapping, reading: Reading) -> ConsentDelivery:
    entry = node.entries.get("delivery")
    word = None if entry is None else _DELIVERY.read(entry, "'delivery'", reading)
    return cast("ConsentDelivery", word or "both")


def _read_statements(node: source.Mapping, reading: Reading) -> Iterator[Statement]:
    entry = node.entries.get("statements")
    if entry is None:
        return
    if not isinstance(entry, source.Sequence):
        reading.note(entry, general.want_list("'statements'"))
        return
    known: set[str] = set()
    for each in entry.entries:
        if not isinstance(each, source.Mapping):
            reading.note(each, general.want_mapping("a statement"))
        elif (values := read_fields(Statement, each, reading, ())) is not None:
            _check_key(each, values["key"], known, reading)
            known.add(values["key"])
            yield Statement(**values)


def _check_key(node: source.Mapping, key: str, known: set[str], reading: Reading) -> None:
    where = node.entries["key"]
    if key in TAKEN_KEYS:
        reading.note(where, problems.taken_key(key))
    elif key in known:
        reading.note(where, problems.same_key(key))
    elif len(key) > MOST_KEY:
        reading.note(where, problems.long_key(key, MOST_KEY))


def _check_lengths(node: source.Mapping, values: Mapping[str, Any], reading: Reading) -> None:
    for name, text in values.items():
        if isinstance(text, Text) and any(len(words) > MOST_LETTERS for _, words in text.wordings):
            reading.note(node.entries[name], problems.many_letters(f"'{name}'", MOST_LETTERS))
