"""Whose answers a change touches: counted over the versions before it, and said in a sentence."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from survey_app.definition.compare import compare
from survey_app.definition.differences import Difference
from survey_app.definition.instrument import Instrument
from survey_app.definition.shapes import Json
from survey_app.storage.records import AnswerRow, Change
from survey_app.storage.store import Store
from survey_app.storage.upgrade import migrate
from survey_app.touching import Touched, count_touched, say_touched
from tests.definition.versions import Edit, find_line, make, move

BEGUN = Change(
    client="", sequence=0, base_revision=0, kind="begin", actor="participant", source="web",
    language="en",
)  # fmt: skip
RENAMED = ("key: topics,", "key: themes, renamed_from: topics,")
FIRST = make()
SECOND = make(RENAMED, version="1.1.0")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A study with responses to two versions, between which `topics` became `themes`."""
    url = f"sqlite:///{tmp_path}/answers.sqlite3"
    migrate(url)
    with Store(url) as opened:
        opened.studies.create(slug="s", title="A study")
        for version in (FIRST, SECOND):
            publish(opened, version)
        answer(opened, 1, FIRST, topics=["ethics", "pay"], good="yes", skills="Some", sure=3)
        answer(opened, 2, FIRST, topics=["pay"])
        answer(opened, 3, SECOND, themes=["ethics"])
        grid(opened, 4, a="1", b="2")
        grid(opened, 5, a="2")
        yield opened


def publish(store: Store, instrument: Instrument) -> None:
    store.instruments.publish(
        name=instrument.name,
        version=instrument.version,
        format=1,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note="",
        by="eva",
    )
    store.studies.add_instrument("s", instrument.name, instrument.version, "self")


def answer(store: Store, number: int, version: Instrument, **given: Json) -> None:
    rows = [AnswerRow(item=item, value=value) for item, value in given.items()]
    save(store, number, version, rows)


def grid(store: Store, number: int, **given: str) -> None:
    save(
        store, number, FIRST, [AnswerRow(item="teaching", row=a, value=b) for a, b in given.items()]
    )


def save(store: Store, number: int, version: Instrument, rows: list[AnswerRow]) -> None:
    begun = replace(BEGUN, client=f"page {number}")
    response = store.responses.begin(
        study="s", instrument=version.name, version=version.version, delivery="self", source="web",
        language="en", consent=None, session_hash=None, link_hash=None, change=begun,
    )  # fmt: skip
    store.responses.save_section(
        response, replace(begun, sequence=1, kind="save"), section="page", raw={}, values={},
        answers=rows,
    )  # fmt: skip


def change(*edits: Edit) -> tuple[Difference, Instrument]:
    """The last of what a third version changes of the second."""
    newer = make(RENAMED, *edits, version="2.0.0")
    return compare(SECOND, newer)[-1], newer


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (("pay: P, ", ""), "2 responses said “P”, which 2.0.0 retires"),
        (("ethics: E", "ethics: Ethics"), "2 responses said “E”, which 2.0.0 words differently"),
        (("pay: P", "money: P"), "2 responses said “P”, which 2.0.0 gives another code"),
        (("text: Which?", "text: Which then?"),
         "3 responses answered “Which then?”, which 2.0.0 words differently"),
        (("ethics: E, pay: P", "pay: P, ethics: E"),
         "3 responses answered “Which?”, of which 2.0.0 changes the order"),
        (("key: themes, renamed_from: topics", "key: fields, renamed_from: themes"),
         "3 responses answered “Which?”, which 2.0.0 gives another key"),
        (("a: A", "a: All"), "2 responses answered “A”, which 2.0.0 words differently"),
        ((", b: B", ""), "1 response answered “B”, which 2.0.0 retires"),
        (("2: to some extent", "2: somewhat"),
         "2 responses said “to some extent”, which 2.0.0 words differently"),
        (("unipolar", "bipolar"),
         "2 responses answered “The effect”, of which 2.0.0 turns the scale round"),
        (("scale: extent", "scale: agreement"),
         "2 responses answered “The effect”, which 2.0.0 asks on other points"),
        (("end: 10", "end: 20"), "1 response answered “How sure?”, which 2.0.0 asks in another way"),
        ((find_line("skills"), ""), "1 response answered “Which skills?”, which 2.0.0 retires"),
        (("leader: L", "leader: Lead"), "No response is touched"),
        (("pay: P", "pay: P, sex: S"), ""),
        (("title: The end", "title: An end"), ""),
    ],
    ids=lambda value: str(value)[:40],
)  # fmt: skip
def test_a_change_says_how_many_responses_it_touches(store: Store, edit: Edit, told: str) -> None:
    difference, newer = change(edit)

    touched = count_touched(store, difference, newer, [SECOND, FIRST])

    assert say_touched(difference, touched, newer) == told


def test_later_versions_are_not_counted(store: Store) -> None:
    newer = make(("ethics: E", "ethics: Ethics"), version="1.0.1")
    (reworded,) = compare(FIRST, newer)

    assert count_touched(store, reworded, newer, [FIRST, SECOND]) == Touched(answers=1)


@pytest.mark.parametrize(
    ("edit", "touched", "told"),
    [
        (("pay: P, ", ""), Touched(answers=1, marks=2, notes=1),
         ("1 response said “P”, which 2.0.0 retires; 2 interviews mark it; 1 response has a note "
          "on it")),
        (("leader: L, ", ""), Touched(marks=1, notes=2),
         "1 interview marks “L”, which 2.0.0 retires; 2 responses have notes on it"),
        (("leader: L, ", ""), Touched(notes=1),
         "1 response has a note on “L”, which 2.0.0 retires"),
        ((find_line("skills"), ""), Touched(marks=3),
         "3 interviews mark probes of “Which skills?”, which 2.0.0 retires"),
        ((find_line("skills"), ""), Touched(answers=2, marks=1),
         ("2 responses answered “Which skills?”, which 2.0.0 retires; 1 interview marks a probe "
          "of it")),
    ],
)  # fmt: skip
def test_marks_and_notes_are_told_after_the_answers(
    edit: Edit, touched: Touched, told: str
) -> None:
    difference, newer = change(edit)

    assert say_touched(difference, touched, newer) == told


@pytest.mark.parametrize(
    ("edits", "end"),
    [
        ([("How do you sleep?", "how do you sleep")],
         "which 2.0.0 writes differently, in the same words"),
        ([("hint: Briefly", "required: true")],
         "of which 2.0.0 changes whether it must be answered"),
        ([("= 'yes'", "= 'no'")], "which 2.0.0 asks under another condition"),
        ([("type: integer", "type: decimal")], "which 2.0.0 asks for another kind of answer"),
        ([*move("topics", to="skills")], "which 2.0.0 moves to another section"),
    ],
)  # fmt: skip
def test_each_sort_of_change_is_said_in_words(edits: list[Edit], end: str) -> None:
    newer = make(*edits, version="2.0.0")

    told = [say_touched(each, Touched(answers=1), newer) for each in compare(FIRST, newer)]

    assert [each.endswith(end) for each in told].count(True) == 1
