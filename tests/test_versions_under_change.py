"""Whatever is edited, published and answered in whatever order: nobody's data is hurt.

A machine edits a draft as authors do, also as they should not, publishes it under the smallest
honest number or is refused, begins responses to what is open and sends them now or later. After
each step: no answer has changed its words, no column is lost, every blank has a true reason, and
the table is the same whichever order the versions are loaded in.
"""

import shutil
import tempfile
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from survey_app.definition.form import ResponseForm
from survey_app.definition.instrument import Instrument, version_order
from survey_app.definition.loader import load_definition
from survey_app.definition.reasons import Reason
from survey_app.definition.shapes import Cell
from survey_app.publication import Proposal, publish
from survey_app.reports.dataset import Layout, make_cells
from survey_app.reports.harmonising import harmonise, lay_out
from survey_app.reports.responses import Source
from survey_app.storage.records import AnswerRow, Change
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate
from survey_app.web.filling import make_rows
from survey_app.worker.requests import Request, open_material
from tests.authoring import LISTS, NAME, SECTIONS, TYPES, Question, fill_in, make_version

STUDY = "s"
Words = dict[tuple[str, str], str]
Kept = dict[tuple[str, str], tuple[object, str | None]]
Table = dict[str, tuple[Cell, ...]]

which = st.integers(0, 50)
seeds = st.integers(0, 1000)


@dataclass(frozen=True)
class Given:
    """What somebody answered, and the words that they saw."""

    instrument: Instrument
    answers: Kept
    words: Words


class VersionsUnderChange(RuleBasedStateMachine):
    """An author, a study and its participants."""

    migrated: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        path = Path(self.folder.name) / "responses.sqlite3"
        shutil.copyfile(self.migrated, path)
        self.store = Store(f"sqlite:///{path}")
        self.store.studies.create(slug=STUDY, title="Changing")
        self.fresh = count()
        self.draft: list[Question] = []
        self.kept: list[Question] = []
        self.published: list[Instrument] = []
        self.given: dict[str, Given] = {}
        self.begun: list[tuple[str, Instrument]] = []
        self.looked = -1

    @initialize(kinds=st.lists(st.sampled_from(TYPES), min_size=1, max_size=4))
    def publish_the_first_version(self, kinds: list[str]) -> None:
        for kind in kinds:
            self.add_a_question(kind)
        self.publish_the_draft(0)
        assert self.published
        self.store.studies.add_instrument(STUDY, NAME, "1.0.0", "self")

    # What an author does.

    @rule(kind=st.sampled_from(TYPES))
    def add_a_question(self, kind: str) -> None:
        number = next(self.fresh)
        options = {f"c{number}{letter}": f"option {number}{letter}" for letter in "ab"}
        self.draft.append(
            Question(
                key=f"q{number}",
                type=kind,
                text=f"Question number {number}?",
                options=options if kind in LISTS else {},
                section=SECTIONS[number % len(SECTIONS)],
            )
        )

    @precondition(lambda self: len(self.draft) > 1)
    @rule(place=which)
    def retire_a_question(self, place: int) -> None:
        del self.draft[place % len(self.draft)]

    @rule(place=which, says_so=st.sampled_from([True, True, False]))
    def rename_a_question(self, place: int, *, says_so: bool) -> None:
        question = self._pick(place)
        if question.key in {each.key for each in self.kept}:
            question.renamed_from = question.key if says_so else ""
            question.key = f"q{next(self.fresh)}"

    @rule(place=which, confirmed=st.booleans())
    def put_it_in_other_words(self, place: int, *, confirmed: bool) -> None:
        question = self._pick(place)
        question.text = f"Other words, {next(self.fresh)}?"
        question.confirmed = confirmed

    @rule(place=which)
    def add_an_option(self, place: int) -> None:
        question = self._pick(place)
        if question.type in LISTS:
            number = next(self.fresh)
            question.options[f"c{number}"] = f"option {number}"

    @rule(place=which)
    def retire_an_option(self, place: int) -> None:
        question = self._pick(place)
        if len(question.options) > 1:
            del question.options[next(iter(question.options))]

    @rule(place=which)
    def use_a_code_again_for_something_else(self, place: int) -> None:
        question = self._pick(place)
        for earlier in self.published:
            old = earlier.items_by_key.get(question.key)
            retired = [code for code in old.codes() if code not in question.options] if old else []
            if question.type in LISTS and retired:
                question.options[retired[0]] = f"something else {next(self.fresh)}"
                return

    @rule(place=which)
    def give_an_option_another_code(self, place: int) -> None:
        question = self._pick(place)
        if question.options:
            code, words = next(iter(question.options.items()))
            del question.options[code]
            question.options[f"c{next(self.fresh)}"] = words

    @rule(place=which)
    def turn_the_options_round(self, place: int) -> None:
        question = self._pick(place)
        question.options = dict(reversed(question.options.items()))

    @rule(place=which)
    def move_a_question(self, place: int) -> None:
        question = self._pick(place)
        question.section = SECTIONS[1 - SECTIONS.index(question.section)]

    @rule(place=which, kind=st.sampled_from(TYPES))
    def change_the_type_of_a_question(self, place: int, kind: str) -> None:
        question = self._pick(place)
        question.type = kind
        question.options = question.options or ({"x": "X", "y": "Y"} if kind in LISTS else {})

    @rule(seed=seeds)
    def publish_the_draft(self, seed: int) -> None:
        """Publish under the smallest number that is let pass, and have it answered.

        What is refused under every number is given up.
        """
        for version in _number_on(self.published):
            instrument = make_version(self.draft, version)
            proposal = Proposal(instrument=instrument, published=tuple(self.published))
            if proposal.find_obstacles("note"):
                continue
            publish(self.store, instrument, note="note", by="eva", studies=(STUDY,))
            self.published.append(instrument)
            for question in self.draft:
                question.renamed_from, question.confirmed = "", False
            self.kept = deepcopy(self.draft)
            self.answer_and_send(seed)
            return
        self.draft = deepcopy(self.kept)

    # What participants do.

    @rule(seed=seeds)
    def answer_and_send(self, seed: int) -> None:
        self._send(self._begin(), self.published[-1], seed)

    @rule()
    def begin_only(self) -> None:
        self.begun.append((self._begin(), self.published[-1]))

    @precondition(lambda self: self.begun)
    @rule(seed=seeds)
    def send_what_was_begun(self, seed: int) -> None:
        self._send(*self.begun.pop(0), seed)

    # What must hold.

    @invariant()
    def no_answer_has_changed(self) -> None:
        for response_id, given in self.given.items():
            record = self.store.responses.find(response_id)
            assert record is not None
            assert record.version == given.instrument.version
            assert {(a.item, a.row): (a.value, a.reason) for a in record.answers} == given.answers

    @invariant()
    def no_version_has_changed_its_words(self) -> None:
        for record in self.store.instruments.list(NAME):
            stored = _read_words(load_definition(record.definition))
            for given in self.given.values():
                if given.instrument.version == record.version:
                    assert stored == given.words

    @invariant()
    def the_table_is_whole_and_true(self) -> None:
        if len(self.published) == self.looked or not self.given:
            return
        self.looked = len(self.published)
        asked = Request(who="eva", study=STUDY, instrument=NAME, format="xlsx")
        with open_material(self.store, asked) as material:
            source = material.source
            layout, table = _make_table(source)
            _check_columns(source, layout)
            for response_id, given in self.given.items():
                _check_row(layout, table[response_id], given)
            turned = replace(source, instruments=source.instruments[::-1], known=source.known[::-1])
            again, same = _make_table(turned)
            assert (again.columns, same) == (layout.columns, table)

    def teardown(self) -> None:
        """Let go of the database and its folder."""
        self.store.close()
        self.folder.cleanup()

    def _pick(self, place: int) -> Question:
        return self.draft[place % len(self.draft)]

    def _begin(self) -> str:
        return self.store.responses.begin(
            study=STUDY,
            instrument=NAME,
            version=self.published[-1].version,
            delivery="self",
            source="web",
            language="en",
            consent=None,
            session_hash=None,
            link_hash=None,
            change=self._change("begin"),
        )

    def _send(self, response_id: str, instrument: Instrument, seed: int) -> None:
        filled = ResponseForm(instrument, "en").fill_all(fill_in(instrument, seed))
        rows: list[AnswerRow] = make_rows(filled.answers)
        sent = self.store.responses.submit(
            response_id, self._change("send"), answers=rows, receipt_hash=f"{next(self.fresh)}"
        )
        assert sent.status == "saved"
        answers = {(row.item, row.row): (row.value, row.reason) for row in rows}
        self.given[response_id] = Given(instrument, answers, _read_words(instrument))

    def _change(self, kind: str) -> Change:
        return Change(
            client=f"client {next(self.fresh)}",
            sequence=1,
            base_revision=0,
            kind=kind,
            actor="participant",
            source="web",
            language="en",
        )


def test_whatever_is_edited_published_and_answered_hurts_nobodys_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(VersionsUnderChange, "migrated", tmp_path / "m.sqlite3", raising=False)
    migrate(f"sqlite:///{VersionsUnderChange.migrated}")
    run_state_machine_as_test(
        VersionsUnderChange,
        settings=settings(
            max_examples=25,
            stateful_step_count=50,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _number_on(published: list[Instrument]) -> Iterator[str]:
    """Yield the next numbers, the smallest step first."""
    if not published:
        yield "1.0.0"
        return
    major, minor, patch = version_order(published[-1].version)
    yield f"{major}.{minor}.{patch + 1}"
    yield f"{major}.{minor + 1}.0"
    yield f"{major + 1}.0.0"


def _read_words(instrument: Instrument) -> Words:
    """Return all that a participant reads: of questions, and of their options by code."""
    words: Words = {}
    sections: Any = instrument.definition["sections"]
    for item in (each for section in sections for each in section["items"]):
        words[item["key"], ""] = item["text"]
        words |= {(item["key"], code): said for code, said in item.get("options", {}).items()}
    return words


def _make_table(source: Source) -> tuple[Layout, Table]:
    harmonised = harmonise(source)
    layout = lay_out(harmonised)
    return layout, {row.id: make_cells(layout, row, "en") for row in harmonised.responses()}


def _check_columns(source: Source, layout: Layout) -> None:
    """Every column of every version is there, under the newest key of its question."""
    names = {column.name for column in layout.columns}
    for instrument in source.instruments:
        for item in instrument.items:
            newest = layout.lineage.find_newest(instrument.version, item.key)
            assert {column.name for column in replace(item, key=newest).columns()} <= names


def _check_row(layout: Layout, row: tuple[Cell, ...], given: Given) -> None:
    """Every answer is in its cells, in its own words, and every blank says truly why."""
    cells = {column.name: cell for column, cell in zip(layout.columns, row, strict=True)}
    version = given.instrument.version
    expected: dict[str, Cell] = {}
    for item in given.instrument.items:
        newest = replace(item, key=layout.lineage.find_newest(version, item.key))
        for column in newest.columns():
            expected[column.name] = cells.pop(column.name)
        value, reason = given.answers.get((item.key, ""), (None, None))
        for column in newest.columns():
            cell = expected[column.name]
            assert (cell.reason is None) == (value is not None)
            assert cell.reason in {None, reason}
            if column.option and isinstance(value, list):
                assert cell.value == int(column.option in value)
                if cell.value:
                    assert cell.label == given.words[item.key, column.option]
            elif item.type_name == "select_one" and value is not None:
                assert (cell.value, cell.label) == (value, given.words[item.key, str(value)])
            elif value is not None:
                assert str(cell.value) == str(value)
    assert {cell.reason for cell in cells.values()} <= {str(Reason.NOT_IN_THIS_VERSION)}
