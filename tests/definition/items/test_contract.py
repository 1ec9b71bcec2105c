"""What every item type keeps, whoever wrote it. A new type is held to all of this untouched."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import assert_never, get_args

import pytest
from jsonschema import Draft202012Validator

from survey_app.definition.conditions.evaluation import evaluate
from survey_app.definition.fields import (
    ChecksField,
    ChoicesField,
    Control,
    QuestionField,
    RanksField,
    RowsField,
    WrittenField,
    bind_field,
)
from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.items.base import Item
from survey_app.definition.items.examples import write_example
from survey_app.definition.json_schema import make_schema
from survey_app.definition.loader import load
from survey_app.definition.reading import author_fields
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Answer, Answers, Counts, Grid, Json, Numbers, Texts
from survey_app.definition.text import Text
from tests.definition.definitions import ask
from tests.definition.yaml_reading import read_as_editor

CELL_TYPES: dict[str, tuple[type, ...]] = {
    "code": (str, int),
    "flag": (int,),
    "integer": (int,),
    "decimal": (int, float),
    "date": (date,),
    "text": (str,),
}
every_type = pytest.mark.parametrize("item_type", ITEM_TYPES.values(), ids=list(ITEM_TYPES))


def make_example(item_type: type[Item]) -> Item:
    """The type's own example, always asked."""
    item = load(write_example(item_type).encode(), "example.yaml").items[-1]
    return replace(item, relevant=None)


def post_something(item: Item) -> dict[str, str]:
    """What a browser posts when every part of an item is answered."""
    field = ask(item, {}).fields.get(item.key)
    if field is None:
        return {}
    match field.control:
        case "line" | "paragraph" | "number" | "date":
            assert isinstance(field, WrittenField)
            return {field.name: field.sample}
        case "choices" | "checks":
            assert isinstance(field, ChoicesField | ChecksField)
            return {field.name: field.options[0].code}
        case "rows":
            assert isinstance(field, RowsField)
            return {field.row_name(row): field.options[0].code for row, _ in field.rows}
        case "ranks":
            assert isinstance(field, RanksField)
            places = enumerate(field.options, 1)
            return {field.place_name(option.code): str(place) for place, option in places}
    assert_never(field.control)


def answer_all(item: Item) -> Answers:
    """What is stored of that."""
    filled = ask(item, post_something(item))
    assert not filled.mistakes
    return filled.answers.get(item.key, {})


def read_in_page(field: QuestionField, posted: Mapping[str, str]) -> Json:
    """What form.js hands to conditions: the controls' own texts, numbers and codes."""
    match field.control:
        case "line" | "paragraph" | "date" | "choices":
            return posted[field.name]
        case "number":
            return float(posted[field.name])
        case "checks":
            return [posted[field.name]]
        case "rows":
            return {name.removeprefix(f"{field.name}-"): code for name, code in posted.items()}
        case "ranks":
            placed = sorted(posted, key=lambda name: int(posted[name]))
            return [name.removeprefix(f"{field.name}-") for name in placed]
    assert_never(field.control)


@every_type
def test_it_and_all_that_an_author_may_write_is_documented(item_type: type[Item]) -> None:
    assert item_type.__doc__
    assert import_module(item_type.__module__).__doc__
    assert all(field.metadata["meaning"] for field in author_fields(item_type).values())


@every_type
def test_it_has_a_module_and_a_test_file_of_its_own(item_type: type[Item]) -> None:
    assert item_type.__module__.rpartition(".")[2] == item_type.type_name
    assert Path(__file__).with_name(f"test_{item_type.type_name}.py").is_file()


@every_type
def test_its_example_is_what_the_published_schema_accepts(item_type: type[Item]) -> None:
    example = read_as_editor(write_example(item_type))

    assert list(Draft202012Validator(make_schema()).iter_errors(example)) == []


@every_type
def test_it_is_asked_by_one_of_the_known_fields_or_asks_nothing(item_type: type[Item]) -> None:
    item = make_example(item_type)

    field = ask(item, {}).fields.get(item.key)

    assert field is None or (field.words and field.control in get_args(Control))
    assert (field is None) is (item.row_keys() == ())


@every_type
def test_left_blank_every_row_says_that_it_is_unanswered(item_type: type[Item]) -> None:
    item = make_example(item_type)

    filled = ask(item, {})

    assert not filled.mistakes
    blanks = {row: Answer(reason=Reason.UNANSWERED) for row in item.row_keys()}
    assert filled.answers.get(item.key, {}) == blanks


@every_type
def test_blanks_only_are_no_answer(item_type: type[Item]) -> None:
    item = make_example(item_type)
    field = ask(item, {}).fields.get(item.key)
    names = field.input_names() if field is not None else ()

    filled = ask(item, dict.fromkeys(names, ""))

    assert not filled.mistakes
    assert all(each.value is None for each in filled.answers.get(item.key, {}).values())


@every_type
def test_answered_it_stores_json_in_every_row(item_type: type[Item]) -> None:
    item = make_example(item_type)

    answers = answer_all(item)

    assert tuple(answers) == item.row_keys()
    for each in answers.values():
        assert each.value is not None
        assert json.loads(json.dumps(each.value)) == each.value


@every_type
def test_no_post_however_strange_breaks_it(item_type: type[Item]) -> None:
    item = make_example(item_type)
    field = ask(item, {}).fields.get(item.key)
    names = field.input_names() if field is not None else ()

    for strange in (
        "nonsense",
        ":refused",
        ":",
        "-1",
        "9" * 400,
        "1e9",
        "é😀\N{RIGHT-TO-LEFT MARK}",
    ):
        filled = ask(item, {name: [strange, strange, "again"] for name in names})

        assert bool(filled.mistakes) or filled.answers.get(item.key, {}).keys() == set(
            item.row_keys()
        )


@every_type
def test_what_a_post_stores_has_a_cell_for_each_column(item_type: type[Item]) -> None:
    item = make_example(item_type)
    answered, blank = answer_all(item), ask(item, {}).answers.get(item.key, {})

    for answers in (answered, blank, {}):
        cells = item.cells(answers, "en")
        assert len(cells) == len(item.columns())
        assert all((cell.value is None) is (cell.reason is not None) for cell in cells)
        assert all(cell.label for cell in cells)


@every_type
def test_a_cell_holds_what_its_column_says(item_type: type[Item]) -> None:
    item = make_example(item_type)

    for column, cell in zip(item.columns(), item.cells(answer_all(item), "en"), strict=True):
        assert cell.value is None or isinstance(cell.value, CELL_TYPES[column.kind])
        assert not column.codes or cell.value is None or str(cell.value) in column.codes


@every_type
def test_a_response_that_never_got_there_is_not_reached(item_type: type[Item]) -> None:
    cells = make_example(item_type).cells({}, "en")

    assert {cell.reason for cell in cells} <= {Reason.NOT_REACHED}


@every_type
def test_its_columns_begin_with_its_key_and_fit_stata(item_type: type[Item]) -> None:
    item = make_example(item_type)

    names = [column.name for column in item.columns()]

    assert all(name == item.key or name.startswith(f"{item.key}__") for name in names)
    assert all(len(name) <= 32 for name in names)
    assert len(set(names)) == len(names)


def count_everyone(summary: Counts | Numbers | Texts | Grid) -> set[int]:
    match summary:
        case Grid():
            return {row.n + sum(row.missing.values()) for row in summary.rows}
        case Counts() | Numbers() | Texts():
            return {summary.n + sum(summary.missing.values())}
    assert_never(summary)


@every_type
def test_what_conditions_see_of_an_answer_is_of_the_kind_that_it_says(
    item_type: type[Item],
) -> None:
    item = make_example(item_type)
    seen = item.condition_value(answer_all(item))
    value = next(iter(seen.values()), None) if isinstance(seen, dict) else seen

    match item.condition_kind():
        case "number":
            assert isinstance(value, int | float)
        case "codes" | "order":
            assert isinstance(value, list)
            assert set(map(str, value)) <= set(item.codes())
        case "code":
            assert value in item.codes()
        case "date" | "text":
            assert value is None if not item.row_keys() else item.can_equal(str(value))
            assert item.codes() == ()


@every_type
def test_its_summary_of_nobody_and_of_several_accounts_for_everyone(item_type: type[Item]) -> None:
    item = make_example(item_type)
    answered, blank = answer_all(item), ask(item, {}).answers.get(item.key, {})

    for responses in ([], [answered], [answered, blank, {}, answered]):
        summary = item.summarise(iter(responses))
        assert summary is None or count_everyone(summary) == {len(responses)}
        assert (summary is None) is (item.columns() == ())


@every_type
def test_an_interviewer_is_told_what_to_read_aloud_wherever_there_is_an_answer(
    item_type: type[Item],
) -> None:
    item = make_example(item_type)

    topic = item.topic()

    if topic is None:
        assert not item.columns()
        return
    assert (topic.item, topic.read_aloud) == (item.key, item.text)
    assert len({probe.key for probe in topic.probes}) == len(topic.probes)
    assert bool(topic.choices) is (topic.recording in {"choice", "choice_per_probe"})


@every_type
def test_what_may_be_read_if_needed_reaches_the_interviewer_and_no_participant(
    item_type: type[Item],
) -> None:
    item = replace(make_example(item_type), if_needed=Text.plain("Rephrased with care."))

    topic = item.topic()
    field = ask(item, {}).fields.get(item.key)

    assert topic is None or topic.if_needed == Text.plain("Rephrased with care.")
    shown = {} if field is None else vars(field)
    assert "Rephrased" not in repr({name: str(value) for name, value in shown.items()})


@every_type
def test_a_condition_can_read_what_it_stores(item_type: type[Item]) -> None:
    item = make_example(item_type)

    value = item.condition_value(answer_all(item))

    assert json.loads(json.dumps(value)) == value
    assert (value in (None, {})) is (item.row_keys() == ())


@every_type
def test_its_conditions_read_in_the_page_what_the_server_reads(item_type: type[Item]) -> None:
    item = make_example(item_type)
    field = ask(item, {}).fields.get(item.key)
    if field is None:
        return
    page, server = read_in_page(field, post_something(item)), item.condition_value(answer_all(item))

    rows = list(server) if isinstance(server, dict) else [""]
    for row in rows:
        equal = ("=", ("ref", "page", row), ("ref", "server", row))
        assert evaluate(equal, {"page": page, "server": server}), (page, server)
    assert not isinstance(page, dict) or list(page) == rows


def say_something(item: Item) -> list[str]:
    """What an interviewer may record in a row: each choice, or what the field takes."""
    topic = item.topic()
    assert topic is not None
    if topic.choices:
        return [choice.code for choice in topic.choices]
    field = bind_field(item.recording_field("en"), item.key)
    assert isinstance(field, WrittenField)
    return [field.sample]


@every_type
def test_what_an_interviewer_records_is_stored_as_its_columns_hold_it(
    item_type: type[Item],
) -> None:
    item = make_example(item_type)
    topic = item.topic()
    for row in topic.recorded_rows() if topic is not None else ():
        assert row in item.row_keys()
        for text in say_something(item):
            answers, mistakes = item.record(text, row, "en")
            assert (list(answers), mistakes) == ([row], ())
            assert answers[row].value is not None
            assert answers[row].other is None
            assert any(cell.value is not None for cell in item.cells(answers, "en"))


@every_type
def test_a_record_that_is_taken_back_is_unanswered_and_a_strange_one_is_no_answer(
    item_type: type[Item],
) -> None:
    item = make_example(item_type)
    topic = item.topic()
    for row in topic.recorded_rows() if topic is not None else ():
        assert item.record(" ", row, "en") == ({row: Answer(reason=Reason.UNANSWERED)}, ())
        for strange in ("x" * 20_001, "9" * 400, ":refused"):
            answers, mistakes = item.record(strange, row, "en")
            assert mistakes
            assert answers == {}


def test_the_types_of_the_house_are_there() -> None:
    assert set(ITEM_TYPES) >= {
        *("text", "integer", "decimal", "date", "select_one", "select_multiple", "rank", "range"),
        *("note", "likert", "likert_grid", "open_question"),
    }
