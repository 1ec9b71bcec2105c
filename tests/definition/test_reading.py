"""How each thing that an author may write is read: the value, or the sentence about it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from survey_app.definition import problems
from survey_app.definition.reading import (
    BooleanReader,
    DateReader,
    DecimalReader,
    IntegerReader,
    KeyReader,
    LabelsReader,
    ListReader,
    OneOfReader,
    PatternReader,
    Reader,
    Reading,
    TextReader,
    WordsReader,
)
from survey_app.definition.source import parse
from survey_app.definition.text import Text

CODES = PatternReader(re.compile("[a-z]+"), problems.want_code)


def read(
    reader: Reader, written: str, languages: tuple[str, ...] = ("en",)
) -> tuple[Any, list[str]]:
    node, found = parse(written, "file.yaml")
    assert node is not None
    assert not found
    reading = Reading("file.yaml", languages)
    value = reader.read(node, "it", reading)
    return value, [problem.message for problem in reading.problems]


@pytest.mark.parametrize(
    ("reader", "written", "value"),
    [
        (WordsReader(), "2014", "2014"),
        (WordsReader(), "' kept '", " kept "),
        (TextReader(), "yes", Text.plain("yes")),
        (TextReader(), "{en: yes}", Text.plain("yes")),
        (KeyReader(), "a_1", "a_1"),
        (KeyReader(), "a" * 32, "a" * 32),
        (BooleanReader(), "true", True),
        (BooleanReader(), "yes", True),
        (BooleanReader(), "false", False),
        (BooleanReader(), "no", False),
        (IntegerReader(), "-7", -7),
        (IntegerReader(), "9" * 15, 10**15 - 1),
        (IntegerReader((1, 240)), "1", 1),
        (IntegerReader((1, 240)), "'240'", 240),
        (DecimalReader(), "2.50", Decimal("2.50")),
        (DecimalReader(), "-0.1", Decimal("-0.1")),
        (DateReader(), "2024-02-29", date(2024, 2, 29)),
        (OneOfReader(("a", "b")), "b", "b"),
        (ListReader(CODES), "[a, b]", ("a", "b")),
        (ListReader(CODES), "a", ("a",)),
        (ListReader(CODES), "[]", ()),
        (LabelsReader(), "{b: B, 1: One}", {"b": Text.plain("B"), "1": Text.plain("One")}),
    ],
)
def test_what_can_be_read(reader: Reader, written: str, value: object) -> None:
    assert read(reader, written) == (value, [])


@pytest.mark.parametrize(
    ("reader", "written", "problem"),
    [
        (WordsReader(), "[a]", "it should be a text; write it on this line, in quotes if"),
        (WordsReader(), "~", "it is empty; write the words or remove the line"),
        (KeyReader(), "a" * 33, "it 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' cannot be used; write at"),
        (KeyReader(), "_a", "the it '_a' cannot be used"),
        (BooleanReader(), "True", "it is 'True'; write either true or false"),
        (BooleanReader(), "on", "it is 'on'; write either true or false"),
        (IntegerReader(), "1.0", "it is '1.0'; write a whole number"),
        (IntegerReader(), "1" * 16, "write a whole number"),
        (IntegerReader(), "+1", "it is '+1'; write a whole number"),
        (IntegerReader((1, 240)), "0", "it is '0'; write a whole number from 1 to 240"),
        (IntegerReader((1, 240)), "241", "it is '241'; write a whole number from 1 to 240"),
        (IntegerReader((1, 240)), "ten", "it is 'ten'; write a whole number from 1 to 240"),
        (DecimalReader(), "1e5", "it is '1e5'; write a number"),
        (DecimalReader(), ".5", "it is '.5'; write a number"),
        (DecimalReader(), "1,5", "it is '1,5'; write a number"),
        (DecimalReader(), "١", "it is '١'; write a number"),
        (DecimalReader(), "0.123456789012345", "write a number"),
        (DateReader(), "2023-02-29", "it is '2023-02-29'; write a date as 2026-11-22"),
        (DateReader(), "2023-W01-1", "it is '2023-W01-1'; write a date as 2026-11-22"),
        (OneOfReader(("a", "b")), "c", "it is 'c'; use one of a or b"),
        (ListReader(CODES, least=2), "[a]", "it has too few entries; write at least 2"),
        (ListReader(CODES), "[a, B]", "it has the code 'B'; write at most 32 small letters"),
        (ListReader(CODES), "{a: b}", "it should be a list; begin each entry with '- '"),
        (LabelsReader(least=2), "{a: A}", "it has too few entries; write at least 2"),
        (LabelsReader(), "[a, b]", "it should be lines of 'name: value'; indent them under it"),
        (LabelsReader(), "{a: [A]}", "it 'a' should be a text; write it on this line"),
    ],
)
def test_what_cannot_be_read_gives_no_value_and_one_sentence(
    reader: Reader, written: str, problem: str
) -> None:
    value, found = read(reader, written)

    assert value is None
    assert [problem in each for each in found] == [True]


def test_a_text_is_put_into_the_order_of_the_files_languages() -> None:
    value, _ = read(TextReader(), "{fr: Oui, en: Yes}", ("en", "fr"))

    assert value == Text.of({"en": "Yes", "fr": "Oui"})
