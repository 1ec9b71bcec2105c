"""Invented responses take the path of real ones, are marked as test, and repeat by seed."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from survey_app.cli.invented_answers import invent_section
from survey_app.cli.invented_interviews import invent_operations
from survey_app.definition.form import ResponseForm, SectionForm
from survey_app.definition.items import ITEM_TYPES
from survey_app.definition.items.examples import write_example
from survey_app.definition.library import load_library
from survey_app.definition.loader import load
from survey_app.definition.reading import author_fields
from survey_app.settings import Settings
from survey_app.storage.records import ResponseRecord
from survey_app.storage.store import Store
from tests.cli.conftest import Run


def simulate(run: Run, settings: Settings, *words: str) -> str:
    result = run("simulate", *words, "--database", settings.database)
    assert result.exit_code == 0, result.stderr
    return result.stderr


def responses(store: Store, instrument: str) -> list[ResponseRecord]:
    with store.snapshot() as snapshot:
        assert snapshot.count("ami", instrument) == 0, "all of them are tests"
        return list(snapshot.responses("ami", instrument, include_test=True))


def test_each_time_as_many_are_added_and_marked_as_test(
    run: Run, settings: Settings, store: Store
) -> None:
    simulate(run, settings, "ami-survey@1.0.1", "-n", "4", "--seed", "7")
    simulate(run, settings, "ami-survey@1.0.1", "-n", "3", "--seed", "8")
    found = responses(store, "ami-survey")
    assert len(found) == 7
    assert {(each.source, each.delivery, each.is_test) for each in found} == {
        ("simulated", "self", True)
    }
    assert all(store.responses.verify_chain(each.id) is None for each in found)


def test_the_same_seed_gives_the_same_answers(run: Run, settings: Settings, store: Store) -> None:
    for _ in range(2):
        simulate(run, settings, "ami-survey@1.0.1", "-n", "5", "--seed", "7")
    shown = Counter(str(each.answers) for each in responses(store, "ami-survey"))
    assert set(shown.values()) == {2}


def test_among_them_are_blanks_others_and_every_option(
    run: Run, settings: Settings, store: Store
) -> None:
    simulate(run, settings, "ami-survey@1.0.1", "-n", "60", "--seed", "7")
    found = responses(store, "ami-survey")
    answers = [answer for each in found for answer in each.answers]
    assert {"unanswered", "not_relevant"} <= {answer.reason for answer in answers}
    assert any(answer.other_text for answer in answers)
    assert any(answer.other_unticked for answer in answers)
    assert {each.state for each in found} == {"submitted", "in_progress"}
    scale = {answer.value for answer in answers if answer.item == "teaching"} - {None}
    assert scale == {"1", "2", "3", "4"}


def test_what_a_study_asks_in_interviews_is_marked_noted_and_recorded(
    run: Run, settings: Settings, store: Store
) -> None:
    said = simulate(run, settings, "ami-interview@1.1.0", "-n", "6", "--seed", "7")
    assert "(interviewer)" in said
    with store.snapshot() as snapshot:
        marks = list(snapshot.marks("ami", "ami-interview", include_test=True))
        notes = list(snapshot.notes("ami", "ami-interview", include_test=True))
        items = list(snapshot.item_marks("ami", "ami-interview", include_test=True))
    assert {"raised_unprompted", "raised_after_probe", "asked_and_denied", "not_asked"} <= {
        mark.state for mark in marks
    }
    assert {(mark.phase, mark.state == "raised_unprompted") for mark in marks} == {
        ("free", True),
        ("probing", False),
    }
    assert {"quote", "come_back"} <= {flag for mark in marks for flag in mark.flags}
    assert {"probing", "free"} == {item.phase for item in items}
    assert {item.state for item in items} > {"not_reached"}
    assert all(item.turns for item in items if item.phase == "probing")
    assert notes
    account = store.accounts.find("simulation")
    assert account is not None
    assert account.disabled


def test_the_survey_can_be_asked_in_interviews_too(
    run: Run, settings: Settings, store: Store
) -> None:
    simulate(run, settings, "ami-survey@1.0.1", "-n", "3", "--delivery", "interviewer")
    found = responses(store, "ami-survey")
    assert {each.delivery for each in found} == {"interviewer"}
    assert any(
        answer.item == "teaching" and answer.row for each in found for answer in each.answers
    )


def test_a_version_that_no_study_uses_is_published_for_it(
    run: Run, settings: Settings, store: Store
) -> None:
    said = simulate(run, settings, "ami-survey@1.0.0", "-n", "1")
    assert "is published" in said
    assert store.instruments.find("ami-survey", "1.0.0") is not None


def test_a_definition_of_ones_own_is_published_only_if_that_is_said(
    run: Run, settings: Settings, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "instruments" / "numbers" / "1.0.0.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(NUMBERS.replace("FIELDS", "type: integer"), encoding="utf-8")
    words = ("numbers@1.0.0", "-n", "1", "--study", "ami")
    refused = run("simulate", *words, "--database", settings.database)
    assert refused.exit_code == 2
    assert "If it is ready, say --publish." in refused.stderr
    assert store.instruments.find("numbers", "1.0.0") is None
    assert "is published" in simulate(run, settings, *words, "--publish")
    file.write_text(NUMBERS.replace("FIELDS", "type: decimal"), encoding="utf-8")
    assert "has changed since; it is asked as it was published." in simulate(run, settings, *words)


@pytest.mark.parametrize("type_name", ITEM_TYPES)
@pytest.mark.parametrize("required", ["true", "false"])
def test_what_is_invented_for_each_type_is_a_faultless_answer(
    type_name: str, required: str
) -> None:
    item_type = ITEM_TYPES[type_name]
    fields = author_fields(item_type)
    more = {"required": f"required: {required}", "allow": "allow: [refused]"}
    lines = "\n".join(line for name, line in more.items() if name in fields)
    section = load(write_example(item_type, lines).encode(), "all-types").sections[0]
    asked = tuple(replace(item, relevant=None) for item in section.items)
    form = SectionForm(replace(section, items=asked), "en")
    for seed in range(50):
        posted = invent_section(form, Random(seed))
        assert form.fill(posted, {}).mistakes == (), posted


NUMBERS = """\
format: 1
name: numbers
version: 1.0.0
title: Numbers
source: ours
licence: MIT
changes: The first version.
sections:
  - key: page
    title: Numbers
    items:
      - {key: it, text: How much?, required: true, FIELDS}
"""


@pytest.mark.parametrize(
    "fields",
    [
        "type: range, start: 3, end: 99, step: 4",
        "type: range, start: 0, end: 1, step: 0.01",
        "type: decimal, minimum: 0.25, places: 1",
        "type: integer, maximum: -1000",
        "type: date, latest: 1999-12-31",
        "type: text, multiline: false, max_length: 3",
        "type: select_one, options: {a: A}, other: other",
    ],
)
def test_bounds_and_steps_are_kept_by_both_deliveries(fields: str) -> None:
    instrument = load(NUMBERS.replace("FIELDS", fields).encode(), "numbers")
    form = ResponseForm(instrument, "en").sections["page"]
    for seed in range(50):
        posted = invent_section(form, Random(seed))
        assert form.fill(posted, {}).mistakes == (), posted
        for operation in invent_operations(instrument, "r", Random(seed)):
            assert operation["op"] != "answer" or operation["value"] is not None


@pytest.mark.parametrize("delivery", ["self", "interviewer"])
def test_what_is_invented_and_refused_stops_it_with_a_sentence(
    run: Run, settings: Settings, tmp_path: Path, delivery: str
) -> None:
    nothing_fits = "type: decimal, minimum: 0.25, maximum: 0.28, places: 1"
    folder = tmp_path / "instruments" / "numbers"
    folder.mkdir(parents=True)
    written = NUMBERS.replace("FIELDS", nothing_fits)
    (folder / "1.0.0.yaml").write_text(written, encoding="utf-8")
    result = run("simulate", "numbers@1.0.0", "-n", "5", "--delivery", delivery, "--study", "ami", "--publish",
                 "--database", settings.database)  # fmt: skip
    assert result.exit_code == 1
    assert "Error: it: what was invented here is refused: Please write a number" in result.stderr
    assert "half-way" not in result.stderr


def test_a_shipped_instrument_is_always_filled_in_without_a_mistake(settings: Settings) -> None:
    for instrument in load_library(settings.instruments).instruments.values():
        form = ResponseForm(instrument, "en")
        for seed in range(10):
            drafts: dict[str, Any] = {
                key: invent_section(section, Random(seed)) for key, section in form.sections.items()
            }
            assert form.fill_all(drafts).faulty_sections == ()


def test_without_anything_there_all_that_is_needed_is_made(run: Run, tmp_path: Path) -> None:
    assert run("simulate", "ami-survey@1.0.1", "-n", "1").exit_code == 0
    assert run("export", "ami-survey", "--format", "json", "--include-test").exit_code == 0
    made = json.loads((tmp_path / "exports" / "ami-survey.json").read_text(encoding="utf-8"))
    assert len(made["responses"]) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("ami-survey",), "name a version too"),
        (("ami-survey@9.0.0",), "there is ami-survey@1.0.0, ami-survey@1.0.1"),
        (("ami-servey@1.0.1",), "did you mean 'ami-survey'?"),
        (("ami-survey@1.0.1", "-n", "0"), "x>=1"),
        (("ami-survey@1.0.1", "--study", "amy"), "did you mean 'ami'?"),
    ],
)
def test_what_cannot_be_meant_is_refused(run: Run, words: tuple[str, ...], sentence: str) -> None:
    result = run("simulate", *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
