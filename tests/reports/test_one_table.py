"""Whatever becomes of an instrument, all its versions are one table that loses and invents nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.items.base import say as say_words
from survey_app.definition.shapes import Cell
from survey_app.reports.codebook import CodebookRow, make_codebook
from survey_app.reports.counting import CellCounts, watch_cells
from survey_app.reports.dataset import Layout, make_cells, name_column
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.progress import Meter, ignore
from survey_app.reports.responses import Context, ResponseRow, Source
from survey_app.reports.tables import COUNTING_PASSES, count_tables
from survey_app.spreadsheets.sheet import Muted
from tests.reports.evolving import Version, answered, versions

Table = dict[str, dict[str, Cell]]
"""Cells by response and column."""

CHECKED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
CONTEXT = Context(study="s", exported="2026-11-26T12:00:00.000Z")


def make_source(instruments: Iterable[Instrument], responses: Sequence[ResponseRow]) -> Source:
    return Source(instruments=tuple(instruments), responses=lambda: iter(responses))


def lay(
    instruments: Iterable[Instrument], responses: Sequence[ResponseRow]
) -> tuple[Layout, Table]:
    source = harmonise(make_source(instruments, responses))
    layout = lay_out(source)
    names = [column.name for column in layout.columns]
    assert len(set(names)) == len(names)
    cells = {
        response.id: dict(zip(names, make_cells(layout, response, "en"), strict=True))
        for response in source.responses()
    }
    return layout, cells


def find_names(layout: Layout, version: str) -> dict[str, str]:
    """The table's column for each column of a version, by the name that the version has for it."""
    pairs = ((name_column(layout, column), column.name) for column in layout.columns)
    return {names[version]: name for names, name in pairs if version in names}


@CHECKED
@given(st.data(), st.booleans())
def test_the_table_is_the_same_in_whichever_order_versions_and_responses_come(
    data: st.DataObject, reuse: bool
) -> None:
    made = data.draw(versions(reuse=reuse))
    responses = data.draw(answered(made))
    instruments = [each.instrument for each in made]
    layout, table = lay(instruments, responses)
    shuffled = data.draw(st.permutations(instruments))
    again, same = lay(shuffled, data.draw(st.permutations(responses)))
    assert again.columns == layout.columns
    assert same == table


@CHECKED
@given(st.data(), st.booleans())
def test_no_column_of_any_version_is_lost_and_no_answer_changes_its_words(
    data: st.DataObject, reuse: bool
) -> None:
    made = data.draw(versions(reuse=reuse))
    responses = data.draw(answered(made))
    instruments = {each.number: each.instrument for each in made}
    layout, table = lay(instruments.values(), responses)
    for version, instrument in instruments.items():
        names = find_names(layout, version)
        assert set(names) == set(instrument.columns_by_name)
        assert len(set(names.values())) == len(names)
    for response in responses:
        names = find_names(layout, response.version)
        row = table[response.id]
        for name, cell in _answer_by_itself(instruments[response.version], response).items():
            assert row[names[name]] == cell
        others = set(row) - set(names.values())
        assert {row[name].reason for name in others} <= {"not_in_this_version"}


def _answer_by_itself(instrument: Instrument, response: ResponseRow) -> dict[str, Cell]:
    """The cells of a response in its own version, as if there were no other."""
    _layout, table = lay([instrument], [response])
    return table[response.id]


@CHECKED
@given(st.data(), st.booleans())
def test_every_blank_has_a_reason_that_is_true(data: st.DataObject, reuse: bool) -> None:
    made = data.draw(versions(reuse=reuse))
    responses = data.draw(answered(made))
    instruments = {each.number: each.instrument for each in made}
    layout, table = lay(instruments.values(), responses)
    for response in responses:
        own = {new: old for old, new in find_names(layout, response.version).items()}
        for name, cell in table[response.id].items():
            assert (cell.value is None) == (cell.reason is not None)
            assert (cell.reason == "not_in_this_version") == (name not in own)
            if name in own:
                column = instruments[response.version].columns_by_name[own[name]]
                said = response.answers.get(column.item, {}).get(column.row)
                if response.state == "withdrawn":
                    assert cell.reason == "withdrawn"
                elif said is None:
                    assert cell.reason == "not_reached"
                else:
                    assert cell.reason == said.reason


@CHECKED
@given(st.data())
def test_a_question_is_one_set_of_columns_under_its_newest_key(data: st.DataObject) -> None:
    made = data.draw(versions())
    layout, _table = lay([each.instrument for each in made], [])
    newest = {question.identity: question.key for version in made for question in version.questions}
    for version in made:
        names = find_names(layout, version.number)
        for question in version.questions:
            for old, new in names.items():
                if old == question.key or old.startswith(f"{question.key}__"):
                    assert new == newest[question.identity] + old.removeprefix(question.key)


@CHECKED
@given(st.data(), st.booleans())
def test_the_header_has_the_newest_words_and_the_codebook_those_of_every_version(
    data: st.DataObject, reuse: bool
) -> None:
    made = data.draw(versions(reuse=reuse))
    instruments = {each.number: each.instrument for each in made}
    layout, _table = lay(instruments.values(), [])
    for row in _make_codebook(layout):
        asked = {
            version: instruments[version].columns_by_name[name]
            for version, name in name_column(layout, row.column).items()
        }
        assert row.versions == tuple(sorted(asked, key=version_order, reverse=True))
        newest = asked[row.versions[0]]
        assert (row.column.text, row.column.label) == (newest.text, newest.label)
        words = {version: (each.text, each.label) for version, each in asked.items()}
        assert row.wordings == (words if len(set(words.values())) > 1 else {})
        assert set(row.codes) == {code for each in asked.values() for code in each.codes}
        assert row.names == {
            version: each.name for version, each in asked.items() if each.name != row.column.name
        }


def _make_codebook(layout: Layout) -> tuple[CodebookRow, ...]:
    counts = CellCounts()
    assert list(watch_cells(layout, (), "en", counts)) == []
    return make_codebook(layout, counts)


def _read(source: Source, name: str) -> list[dict[str, Any]]:
    tables = count_tables(source, CONTEXT, Meter(ignore), COUNTING_PASSES)
    sheet = next(each for each in tables.make_sheets() if each.name == name)
    heads = [header.name for header in sheet.headers]
    return [
        {
            head: value.text if isinstance(value, Muted) else value
            for head, value in zip(heads, row, strict=True)
        }
        for row in sheet.rows()
    ]


@settings(CHECKED, max_examples=40)
@given(st.data(), st.booleans())
def test_long_says_under_which_name_each_answer_was_given_and_labels_its_own_words(
    data: st.DataObject, reuse: bool
) -> None:
    made = data.draw(versions(reuse=reuse))
    responses = data.draw(answered(made))
    by_number = {each.number: each for each in made}
    source = make_source([each.instrument for each in made], responses)
    by_id = {response.id: response for response in responses}
    for row in _read(source, "Long"):
        version = by_number[by_id[row["response"]].version]
        asked = {question.key for question in version.questions}
        assert row["item"] in asked
        if row["code"] is not None and row["option"] is None and isinstance(row["code"], str):
            question = _find(version, row["item"])
            assert row["label"] == question.options[row["code"]]
    labels = {row["response"]: row for row in _read(source, "Labels")}
    layout = lay_out(harmonise(source))
    for response in responses:
        version = by_number[response.version]
        names = find_names(layout, response.version)
        for question in version.questions:
            answer = response.answers.get(question.key, {}).get("")
            if question.kind == "select_one" and answer is not None and answer.value is not None:
                words = version.instrument.items_by_key[question.key].codes()
                assert answer.value in words
                said = version.instrument.columns_by_name[question.key].codes[str(answer.value)]
                assert labels[response.id][names[question.key]] == say_words(said, "en")


def _find(version: Version, key: str) -> Any:
    return next(each for each in version.questions if each.key == key)


@settings(CHECKED, max_examples=40)
@given(st.data(), st.booleans())
def test_the_crosswalk_shows_every_column_with_its_name_in_each_version(
    data: st.DataObject, reuse: bool
) -> None:
    made = data.draw(versions(reuse=reuse))
    instruments = [each.instrument for each in made]
    layout, _table = lay(instruments, [])
    rows = {row["column"]: row for row in _read(make_source(instruments, []), "Crosswalk")}
    assert set(rows) == {column.name for column in layout.columns}
    for column in layout.columns:
        names = name_column(layout, column)
        for instrument in instruments:
            told = rows[column.name][instrument.version]
            if instrument.version not in names:
                assert told == "not in this version"
            elif len(set(names.values())) > 1:
                assert f"called {names[instrument.version]}" in told
            else:
                assert "called" not in told


@settings(CHECKED, max_examples=40)
@given(st.data())
def test_names_are_followed_over_a_version_that_is_not_in_the_report(data: st.DataObject) -> None:
    made = data.draw(versions())
    instruments = [each.instrument for each in made]
    chosen = data.draw(st.lists(st.sampled_from(instruments), min_size=1, unique_by=id))
    whole = lay_out(harmonise(make_source(instruments, [])))
    source = Source(instruments=tuple(chosen), responses=lambda: iter(()), known=tuple(instruments))
    part = lay_out(harmonise(source))
    for instrument in chosen:
        names = find_names(part, instrument.version)
        assert names == find_names(whole, instrument.version)
