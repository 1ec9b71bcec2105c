"""The format as JSON Schema: it accepts what loads, and editors underline what does not."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.json_schema import make_schema
from survey_app.definition.library import find_files, load_library, shipped_folder
from tests.definition.definitions import HEAD, find_problems
from tests.definition.yaml_reading import read_as_editor

VALIDATOR = Draft202012Validator(make_schema())
SLEEP = "      - {key: sleep, type: text, text: How do you sleep}\n"
GOOD = HEAD + SLEEP


def test_the_schema_is_itself_valid_and_goes_through_json() -> None:
    Draft202012Validator.check_schema(make_schema())

    assert json.loads(json.dumps(make_schema())) == make_schema()


@pytest.mark.parametrize("file", find_files(shipped_folder()), ids=lambda file: str(file)[-25:])
def test_every_shipped_file_is_valid(file: Path) -> None:
    assert list(VALIDATOR.iter_errors(read_as_editor(file.read_text("utf-8")))) == []


def test_a_definition_as_it_is_stored_is_valid_too() -> None:
    for instrument in load_library().instruments.values():
        assert list(VALIDATOR.iter_errors(instrument.definition)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("format: 1", "format: 2"),
        ("format: 1\n", ""),
        ("name: wellbeing", "name: Well Being"),
        ("version: 1.0.0", "version: 1.0"),
        ("title: Wellbeing", "titel: Wellbeing"),
        ("title: Wellbeing", "title: [Wellbeing]"),
        ("licence: ours", "licence: ours\nlanguages: English"),
        ("direction: unipolar", "direction: upwards"),
        ("{1: not at all, 2: to some extent, 3: to a high extent}", "{1: not at all}"),
        ("key: page", "key: The page"),
        ("key: page", "key: page\n    minutes: 0"),
        ("key: page", "key: page\n    minutes: 241"),
        ("key: page", "key: page\n    minutes: 7.5"),
        ("key: page", "key: page\n    minutes: ten"),
        ("type: text", "type: text, if_needed: [At night]"),
        (SLEEP, "      []\n"),
        ("type: text", "type: txt"),
        ("type: text, ", ""),
        ("key: sleep, ", ""),
        ("type: text", "type: text, requierd: true"),
        ("type: text", "type: text, required: sometimes"),
        ("type: text", "type: text, max_length: many"),
        ("type: text", "type: text, allow: never"),
        ("type: text", "type: text, scale: extent"),
        ("type: text", "type: select_one"),
        ("type: text", "type: select_one, options: {Bad Code: words}"),
        ("type: text", "type: select_one, options: [yes, no]"),
        ("type: text", "type: likert_grid, scale: extent, rows: {1st: First}"),
        ("type: text", "type: range, start: 0"),
        ("type: text", "type: note, required: true"),
    ],
)
def test_what_the_schema_underlines_does_not_load_either(old: str, new: str) -> None:
    text = GOOD.replace(old, new, 1)

    assert not VALIDATOR.is_valid(read_as_editor(text))
    assert find_problems(text) != []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("type: text", "type: text, required: yes"),
        ("type: text", "type: text, required: true"),
        ("key: page", "key: page\n    minutes: 1"),
        ("key: page", "key: page\n    minutes: '240'"),
        ("type: text", "type: text, if_needed: At night"),
        ("type: text", "type: text, if_needed: {en: At night}"),
        ("type: text", "type: text, max_length: 200"),
        ("type: text", "type: text, max_length: '200'"),
        ("type: text", "type: text, allow: refused"),
        ("type: text", "type: text, allow: [refused, dont_know]"),
        ("type: text", "type: date, earliest: 2014-09-01"),
        ("type: text", "type: integer, minimum: 0, maximum: 10.0"),
        ("type: text", "type: select_one, options: {yes: Yes, no: No, 1: 1, 2: 2.50}"),
        ("title: Wellbeing", "title: 2014"),
        ("title: Wellbeing", "title: yes"),
        ("changes: the first version", "changes: 1.5"),
        (
            "type: text, text: How do you sleep}",
            "type: integer, text: How long}\nanalysis: {quasi_identifiers: [sleep]}",
        ),
        ("format: 1", "format: '1'"),
    ],
)
def test_what_loads_is_not_underlined(old: str, new: str) -> None:
    text = GOOD.replace(old, new, 1)

    assert find_problems(text) == []
    assert list(VALIDATOR.iter_errors(read_as_editor(text))) == []


def test_an_editor_knows_what_only_interviewers_need() -> None:
    definitions = json.loads(json.dumps(make_schema()))["$defs"]

    minutes = definitions["section"]["properties"]["minutes"]
    assert (minutes["minimum"], minutes["maximum"]) == (1, 240)
    assert "minutes" in minutes["description"]
    for name in ITEM_TYPES:
        described = definitions[f"type_{name}"]["properties"]["if_needed"]["description"]
        assert "the web form never shows it" in described


def test_an_editor_can_say_what_each_type_and_field_is() -> None:
    definitions = json.loads(json.dumps(make_schema()))["$defs"]

    for name in ITEM_TYPES:
        described = definitions[f"type_{name}"]
        assert described["description"]
        fields = {**described["properties"]}
        assert fields.pop("type") == {"const": name}
        assert all(field["description"] for field in fields.values())
