"""How each thing that an author may write is read, checked and described to an editor.

A reader turns a node into a value, or notes what is wrong and returns None; its `schema` is the
same rule as JSON Schema (draft 2020-12), so that the check and the editor cannot disagree.
"""

from survey_app.definition.reading.base import (
    CODE,
    KEY,
    Reader,
    Reading,
    Size,
    author,
    author_fields,
    read_words,
)
from survey_app.definition.reading.fields import note_unknown, read_fields
from survey_app.definition.reading.lists import LabelsReader, ListReader
from survey_app.definition.reading.references import ConditionReader, ScaleReader
from survey_app.definition.reading.values import (
    BooleanReader,
    DateReader,
    DecimalReader,
    IntegerReader,
    is_date,
)
from survey_app.definition.reading.words import (
    KeyReader,
    OneOfReader,
    PatternReader,
    TextReader,
    WordsReader,
)

__all__ = [
    "CODE",
    "KEY",
    "BooleanReader",
    "ConditionReader",
    "DateReader",
    "DecimalReader",
    "IntegerReader",
    "KeyReader",
    "LabelsReader",
    "ListReader",
    "OneOfReader",
    "PatternReader",
    "Reader",
    "Reading",
    "ScaleReader",
    "Size",
    "TextReader",
    "WordsReader",
    "author",
    "author_fields",
    "is_date",
    "note_unknown",
    "read_fields",
    "read_words",
]
