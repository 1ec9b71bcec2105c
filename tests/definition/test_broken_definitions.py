"""A thousand broken definitions: each loads or is refused with lines to mend; none falls through."""

import copy
import random
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
import yaml

from survey_app.definition.form import ResponseForm
from survey_app.definition.instrument import Instrument
from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.library import find_files, shipped_folder
from survey_app.definition.loader import load, load_definition
from survey_app.definition.probe_sheet import make_probe_sheet
from survey_app.definition.problems import DefinitionError
from tests.definition.definitions import HEAD, write_item

# The same texts from the quicker of the two writers, where there is one.
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
FILE = "broken/1.0.0.yaml"
PROBLEM = re.compile(re.escape(FILE) + r":[1-9][0-9]*: \S[^\n]*")
SHIPPED = [file.read_text("utf-8") for file in find_files(shipped_folder())]
# Every item type, with a condition and every kind of field, as the shipped ones have only some.
EXAMPLES = HEAD + "".join(
    write_item(item_type.example, more).removeprefix(HEAD)
    for item_type, more in zip(ITEM_TYPES.values(), ["hint: A hint", ""] * 9, strict=False)
    if "relevant" not in item_type.example
)
ANALYSED = (
    EXAMPLES
    + """\
analysis:
  quasi_identifiers: [satisfied]
  scales:
    gain: {items: [teaching, satisfied], reverse: [satisfied], score: sum, missing: half}
"""
)
TEXTS = [*SHIPPED, EXAMPLES, ANALYSED]
STRANGE: list[Any] = [
    *(
        None,
        "",
        " ",
        "~",
        "yes",
        "0",
        "-1",
        "1.5",
        "9" * 30,
        "x" * 5000,
        "a\nb",
        "é😀\x85",
        "1e999",
    ),
    *("${years} = 'x'", "${", "'" * 50, "(" * 60, "2026-02-30", "*a", "&a", "!x", "{{7*7}}", "<b>"),
    *([], {}, [[]], {"a": {}}, ["a", ["b"]], {"": ""}, {"en": "x"}, {"en": None, "fr": []}),
    *({"other": "x"}, {"1": "x", "01": "y"}, [None, 1, {}], {"key": "x", "type": "text"}),
]


def list_places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a tree as (holder, name or number)."""
    names = list(node) if isinstance(node, dict) else range(len(node))
    for name in names:
        yield node, name
        if isinstance(node[name], dict | list):
            yield from list_places(node[name])


@cache
def read_tree(text: str) -> Any:
    """A definition as texts, lists and dicts of texts, read once: it is copied to be changed."""
    return yaml.load(text, Loader=yaml.BaseLoader)


def change_tree(chance: random.Random, text: str) -> bytes:
    """Delete, retype, duplicate, rename or swap a few nodes of a definition."""
    tree = copy.deepcopy(read_tree(text))
    for _ in range(chance.choice([1, 1, 1, 2, 3, 8])):
        places = list(list_places(tree))
        if not places:
            break
        holder, name = chance.choice(places)
        other, other_name = chance.choice(places)
        match chance.randrange(5):
            case 0:
                del holder[name]
            case 1:
                holder[name] = copy.deepcopy(chance.choice(STRANGE))
            case 2:
                holder[name] = copy.deepcopy(other[other_name])
            case 3 if isinstance(holder, dict):
                holder[chance.choice([f"{name}x", "key", "", "text", "1"])] = holder.pop(name)
            case _ if isinstance(holder, list):
                holder.append(copy.deepcopy(holder[name]))
    return yaml.dump(tree, Dumper=Dumper, allow_unicode=True, sort_keys=False).encode()


def change_lines(chance: random.Random, text: str) -> bytes:
    """Delete, double, move, indent or cut lines, or put a sign into one."""
    lines = text.splitlines()
    for _ in range(chance.choice([1, 1, 2, 5])):
        at, to = (chance.randrange(len(lines)) for _ in range(2))
        line = lines[at]
        sign = chance.choice(
            ["\t", ": ", "#", "'", '"', "- ", "{", "]", "&a ", "*a", "!!set ", "\x00"]
        )
        cut = chance.randrange(len(line) + 1)
        match chance.randrange(6):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(to, line)
            case 2:
                lines[at], lines[to] = lines[to], line
            case 3:
                lines[at] = " " * chance.randrange(1, 5) + line
            case 4:
                lines[at] = line[:cut]
            case _:
                lines[at] = line[:cut] + sign + line[cut:]
    return "\n".join(lines).encode()


def change_bytes(chance: random.Random, text: str) -> bytes:
    """Cut the file off, or write random bytes into it."""
    content = bytearray(text.encode())
    if chance.random() < 0.5:
        return bytes(content[: chance.randrange(len(content))])
    for _ in range(chance.choice([1, 3, 30])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def find_problems(content: bytes) -> list[str]:
    """The problems of a definition; if there is none, everything can be made of it."""
    try:
        instrument = load(content, FILE)
    except DefinitionError as error:
        return [str(problem) for problem in error.problems] or ["no problem was told"]
    use(instrument)
    return []


def try_to_use(content: bytes) -> bool:
    """Whether a definition can be used; if not, every problem has its line."""
    found = find_problems(content)
    for problem in found:
        assert PROBLEM.fullmatch(problem), problem
        assert len(problem) < 700
    return not found


def use(instrument: Instrument) -> None:
    language = instrument.languages[-1]
    filled = ResponseForm(instrument, language).fill_all({})
    for item in instrument.items:
        answers = filled.answers.get(item.key, {})
        assert len(item.cells(answers, language)) == len(item.columns())
        item.summarise([answers])
    make_probe_sheet(instrument)
    assert load_definition(instrument.definition).fingerprint == instrument.fingerprint


def test_the_definitions_to_be_broken_are_whole() -> None:
    assert [try_to_use(text.encode()) for text in TEXTS] == [True] * len(TEXTS)


@pytest.mark.parametrize(
    ("change", "count"), [(change_tree, 600), (change_lines, 300), (change_bytes, 100)]
)
def test_a_broken_definition_loads_or_every_problem_has_its_line(
    change: Callable[[random.Random, str], bytes], count: int
) -> None:
    chance = random.Random(f"{change.__name__} 2026-11-22")

    loaded = [try_to_use(change(chance, chance.choice(TEXTS))) for _ in range(count)]

    assert count * 0.5 < loaded.count(False) < count


@pytest.mark.parametrize("seed", range(40))
def test_bytes_that_are_no_definition_at_all_are_refused(seed: int) -> None:
    chance = random.Random(seed)

    assert not try_to_use(chance.randbytes(chance.choice([1, 10, 100, 5000])))


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 200_000,
        b"{a: " * 200_000,
        b"- " * 100_000,
        b"? " * 100_000,
        b"a: " * 200_000,
        b"a: 1\n" * 20_000,
        b"\n" * 900_000,
        b"#" * 900_000,
        b"'" * 900_001,
        ("x" * 900_000).encode(),
        b"a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
        b"%YAML 3.0\n---\na: 1\n",
        b"%TAG ! tag:x,2000:\n---\n!x a: 1\n",
        b"--- |\n words\n...\n--- x\n",
        b'"\\ud800": 1\n',
        b'a: "\\UFFFFFFFF"\n',
    ],
    ids=lambda content: repr(content[:12]),
)
def test_a_deep_huge_or_odd_file_is_refused(content: bytes) -> None:
    assert not try_to_use(content)


@pytest.mark.parametrize(
    "items",
    [
        "".join(f"      - {{key: a{n}, type: text, text: T}}\n" for n in range(3_000)),
        "".join(f"      - {{key: a{n}, tyype: text}}\n" for n in range(3_000)),
        "      - key: a\n        type: select_one\n        text: T\n        options:\n"
        + "".join(f"          c{n}: words\n" for n in range(10_000)),
    ],
    ids=["many items", "many problems", "many options"],
)
def test_a_large_definition_is_read_like_a_small_one(items: str) -> None:
    assert try_to_use((HEAD + items).encode()) is ("tyype" not in items)
