"""YAML text to nodes: what is read, on which line, and what is refused with a sentence."""

import json

import pytest
import yaml

from survey_app.definition import source
from survey_app.definition.source import Mapping, Scalar, Sequence, make_json, make_node, read_bytes
from survey_app.definition.yaml_errors import explain


def parse(text: str) -> tuple[source.Node | None, list[str]]:
    node, found = source.parse(text, "file.yaml")
    return node, [str(problem).removeprefix("file.yaml:") for problem in found]


@pytest.mark.parametrize(
    "word",
    ["yes", "no", "on", "off", "true", "1.10", "2014", "0777", "0x1F", "1e3", "12:30:45",
     "2026-11-22", "1_000", "=", "<<", ".inf", ".NaN", "y", "N", "-"],
)  # fmt: skip
def test_words_that_yaml_1_1_turns_into_other_things_stay_as_written(word: str) -> None:
    node, found = parse(f"answer: '{word}'\nplain: {word if word != '-' else 'a-'}")

    assert found == []
    assert isinstance(node, Mapping)
    assert node.entries["answer"] == Scalar(word, 1)
    assert make_json(node.entries["plain"]) == (word if word != "-" else "a-")


@pytest.mark.parametrize(
    ("value", "json"),
    [("", None), ("~", None), ("null", None), ("Null", None), ("''", ""), ("'~'", "~"),
     ('"null"', "null"), ("nil", "nil")],
)  # fmt: skip
def test_nothing_is_not_the_empty_text(value: str, json: str | None) -> None:
    node, _ = parse(f"name: {value}")

    assert isinstance(node, Mapping)
    assert make_json(node) == {"name": json}


def test_every_node_knows_its_line() -> None:
    node, _ = parse(
        "# a comment\nname: first\nlist:\n  - one\n  - more: two\n    text: >-\n      a\n      b\n"
    )

    assert node == Mapping(
        {
            "name": Scalar("first", 2),
            "list": Sequence(
                (
                    Scalar("one", 4),
                    Mapping(
                        {"more": Scalar("two", 5), "text": Scalar("a b", 6)},
                        5,
                        {"more": 5, "text": 6},
                    ),
                ),
                4,
            ),
        },
        2,
        {"name": 2, "list": 3},
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "1: the file is empty; begin with 'format: 1'"),
        ("# only a comment\n", "the file is empty; begin with 'format: 1'"),
        ("a: 1\na: 2\n", "2: 'a' is written twice here; keep one"),
        ("a: 1\nb: {c: 1,\n    c: 2}\n", "3: 'c' is written twice here; keep one"),
        ("a: 1\n---\nb: 2\n", ("a file holds one instrument; put what follows the second '---' into "
         "a file of its own")),
        ("a: &name 1\n", "1: anchors (&) and aliases (*) are not used here"),
        ("a: 1\nb: *name\n", "2: anchors (&) and aliases (*) are not used here"),
        ("a: !!int 1\n", "1: tags (!) are not used here; put the text in quotes"),
        ("a: !important\n", "1: tags (!) are not used here"),
        ("a:\n\tb: 1\n", "2: this line begins with a tab, which YAML does not allow"),
        ("a:\n  b: 1\n \tc: 2\n", "3: this line begins with a tab, which YAML does not allow"),
        ("a: b: c\n", ("1: a text that holds a colon and a space stands in quotes; write "
         '"b: c"')),
        ('- a: the "b": c\n', "1: a text that holds a colon and a space stands in quotes; write 'the"),
        ("a: b\n  c: d\n", "2: this line cannot follow the one above: indent it as its neighbours"),
        ("a:b\nc: d\n", "2: this line cannot follow the one above"),
        ("a: 'open\nb: 1\n", "1: a quotation mark opens here and is never closed; end the text"),
        ('a: "open\nb: c\nd: "e"\n', ("1: a quotation mark opens here and ends only on line 3; end "
         "the text with the same mark where it should end")),
        ('a: "What" then?\n', "1: something follows a closing quotation mark; put the whole text"),
        ('a: "\\d"\n', "1: a backslash in double quotes begins a code; put this text in single"),
        ("b: 1\na: [1, 2\n", "2: a bracket opens here and is not closed as it should be on line 3"),
        ("a: {en: x, fr: y: z}\n", "1: a bracket opens here and is not closed as it should be on"),
        ("a: 1\nwords\nb: 2\n", "2: this line has no name before a colon; write 'name: value'"),
        ("a: *so* it is\n", "1: a text that begins with a sign such as *, &, @, % or ` stands in"),
        ("a: & co\n", "1: a text that begins with a sign"),
        ("a: @home\n", "1: a text that begins with a sign"),
        ("a: - b\n", "1: a list begins on a line of its own; put the '- ' on the next line"),
        ("a: > words\n  more\n", "1: after > or | the text begins on the next line, indented"),
        ("a:\n    b: 1\n  c: 2\n", "3: this line does not fit those above; begin it in the same"),
        ("a:\n  - b\n  c: 1\n", "3: this line does not fit those above; begin it in the same"),
        ("a: 1\n...\nb: 2\n", "this line does not fit those above"),
        ("? [a, b]\n: c\n", "a name should be one word before a colon; write 'name: value'"),
        ("a: 1\nb: \x07\n", "2: this holds the character U+0007, which no export can keep"),
        ('a: 1\nb: "\\0"\n', "2: this holds the character U+0000, which no export can keep"),
        ('a: "\\uFFFE"\n', "1: this holds the character U+FFFE, which no export can keep"),
        ("[" * 30 + "]" * 30, "1: this is nested more than 20 levels deep; check the indentation"),
        ("[" * 100_000, "1: this is nested more than 20 levels deep; check the indentation"),
        ("a: " + "x" * 1_000_000, "1: the file has over 1,000,000 characters; split the instrument"),
    ],
    ids=lambda text: text[:30],
)  # fmt: skip
def test_what_is_refused_is_said_with_its_line(text: str, problem: str) -> None:
    _, found = parse(text)

    assert [problem in each for each in found] == [True]


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: 'open\nb",
        'a: "b" c',
        "a: [1\nb: 2",
        "a: *b* c",
        "a: - b",
        "a:\n  - b\n  c: 1",
    ],
)
def test_both_of_pyyamls_parsers_are_understood(text: str) -> None:
    told = []
    for loader in (getattr(yaml, "CBaseLoader", yaml.BaseLoader), yaml.BaseLoader):
        with pytest.raises(yaml.MarkedYAMLError) as refused:
            list(yaml.parse(text, Loader=loader))
        told.append(explain(refused.value, text, 1, loader))

    assert told[0] == told[1]
    assert "cannot be read as YAML" not in told[0][1]


@pytest.mark.parametrize(
    ("content", "json"),
    [
        (b"\xef\xbb\xbfa: 1", {"a": "1"}),
        ("a: ’é😀".encode(), {"a": "’é😀"}),
        (b"a: 1\r\nb: 2\r\n", {"a": "1", "b": "2"}),
    ],
)
def test_utf_8_is_read_with_or_without_a_byte_order_mark(
    content: bytes, json: dict[str, str]
) -> None:
    node, found = read_bytes(content, "file.yaml")

    assert found == []
    assert node is not None
    assert make_json(node) == json


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("a: 1".encode("utf-16"), "1: this is not a text file in UTF-8; save it as UTF-8"),
        ("a: 1".encode("utf-16-le"), "1: this holds the character U+0000"),
        ("a: 1\nb: é".encode("latin-1"), "2: this is not a text file in UTF-8; save it as UTF-8"),
        (b"a: \xed\xa0\x80", "1: this is not a text file in UTF-8; save it as UTF-8"),
        (b"PK\x03\x04", "1: this holds the character U+0003"),
        ("é".encode() * 2_000_001, "1: the file has over 1,000,000 characters"),
    ],
    ids=["UTF-16", "UTF-16 without mark", "Latin 1", "surrogate", "a workbook", "huge"],
)
def test_other_files_are_refused_with_a_sentence(content: bytes, problem: str) -> None:
    node, found = read_bytes(content, "file.yaml")

    assert node is None
    assert [problem in str(each) for each in found] == [True]


def test_what_was_stored_as_json_comes_back_as_the_same_nodes() -> None:
    stored = {"a": "1.10", "b": ["yes", {"c": None}], "d": ""}

    assert make_json(make_node(json.loads(json.dumps(stored)))) == stored
