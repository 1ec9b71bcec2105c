"""Every probe of every interview is in one state, and all are counted."""

from dataclasses import replace

import pytest

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.reports.coverage import STATES, collect_interviews, cover, describe_state
from survey_app.reports.dataset import make_layout
from survey_app.reports.responses import ItemMarkRow, MarkRow, ResponseRow, Source
from survey_app.reports.sheets.probes import make_probes_sheet
from survey_app.spreadsheets.sheet import Muted

DEFINITION = """
format: 1
name: guide
version: {version}
title: Guide
source: ours
licence: ours
changes: first
sections:
  - key: main
    title: All
    items:
      - key: skills
        type: open_question
        text: Which skills?
        probes: {probes}
"""


def make_instrument(version: str, probes: str) -> Instrument:
    return load(DEFINITION.format(version=version, probes=probes).encode(), "test.yaml")


VERSIONS = (
    make_instrument("1.0.0", "{scholar: scholar, old: retired}"),
    make_instrument("1.1.0", "{scholar: a scholar, leader: leader}"),
)


def make_response(
    key: str, version: str, *, state: str = "submitted", delivery: str = "interviewer"
) -> ResponseRow:
    return ResponseRow(
        id=key,
        study="s",
        instrument="guide",
        version=version,
        delivery=delivery,
        source="console",
        language="en",
        state=state,
        started="2026-11-22T10:00:00.000Z",
        interview=f"i-{key}",
        participant=f"P-{key}",
    )


def make_mark(response: str, probe: str, state: str, text: str = "") -> MarkRow:
    return MarkRow(
        response=response,
        instrument="guide",
        version="1.1.0",
        item="skills",
        probe=probe,
        state=state,
        text=text,
    )


RESPONSES = [
    make_response("a", "1.1.0"),
    make_response("b", "1.1.0"),
    make_response("c", "1.0.0"),
    make_response("gone", "1.1.0", state="withdrawn"),
    make_response("form", "1.1.0", delivery="self"),
]
MARKS = [
    make_mark("a", "scholar", "raised_unprompted"),
    make_mark("a", "other:1", "raised_after_probe", "patience"),
    make_mark("b", "scholar", "asked_and_denied"),
    make_mark("b", "leader", "not_applicable"),
    make_mark("c", "scholar", "raised_unprompted"),
    make_mark("elsewhere", "leader", "refused"),
]
SOURCE = Source(instruments=VERSIONS, responses=lambda: iter(RESPONSES), marks=lambda: iter(MARKS))


def test_the_base_of_a_probe_are_the_interviews_whose_version_has_it() -> None:
    instruments = make_layout(VERSIONS).instruments
    (topic,) = cover(instruments, collect_interviews(SOURCE))
    found = {
        probe.probe: (probe.base, {state: n for state, n in probe.counts.items() if n})
        for probe in topic.probes
    }
    assert found == {
        "scholar": (3, {"raised_unprompted": 2, "asked_and_denied": 1}),
        "leader": (2, {"not_applicable": 1, "not_reached": 1}),
        "old": (1, {"not_reached": 1}),
    }
    assert topic.probes[0].text.in_language("en") == "a scholar"


def test_without_interviews_every_probe_has_a_base_of_nought() -> None:
    (topic,) = cover(make_layout(VERSIONS).instruments, ())
    assert [probe.base for probe in topic.probes] == [0, 0, 0]
    assert set(topic.probes[0].counts) == set(STATES)


def test_the_sheet_has_a_row_an_interview_and_a_column_a_probe_in_words() -> None:
    instruments = make_layout(VERSIONS).instruments
    sheet = make_probes_sheet(instruments, collect_interviews(SOURCE), "en")
    assert [header.name for header in sheet.headers][6:] == [
        *("skills__scholar", "skills__leader", "skills__old", "skills__other_topics"),
    ]
    assert [list(row)[:3] for row in sheet.rows()] == [
        ["a", "P-a", "i-a"],
        ["b", "P-b", "i-b"],
        ["c", "P-c", "i-c"],
    ]
    absent, unreached = Muted("not in this version"), Muted("not reached")
    assert [list(row)[6:] for row in sheet.rows()] == [
        ["raised unprompted", unreached, absent, "patience (raised after the probe)"],
        ["asked and denied", "not applicable", absent, None],
        ["raised unprompted", absent, unreached, None],
    ]


def make_item_mark(response: str, state: str) -> ItemMarkRow:
    return ItemMarkRow(
        response=response, instrument="guide", version="1.1.0", item="skills", state=state
    )


def with_items(*item_marks: ItemMarkRow) -> Source:
    return replace(SOURCE, item_marks=lambda: iter(item_marks))


@pytest.mark.parametrize("state", ["refused", "dont_know", "not_asked", "not_applicable"])
def test_what_holds_for_a_whole_question_holds_for_its_probes_without_a_mark(state: str) -> None:
    source = with_items(make_item_mark("a", state), make_item_mark("gone", "refused"))
    interviews = collect_interviews(source)
    sheet = make_probes_sheet(make_layout(VERSIONS).instruments, interviews, "en")
    first, second, _third = sheet.rows()
    inherited = Muted(describe_state(state))
    assert list(first)[6:8] == ["raised unprompted", inherited]
    assert list(second)[6:8] == ["asked and denied", "not applicable"]
    (topic,) = cover(make_layout(VERSIONS).instruments, interviews)
    leader = next(probe for probe in topic.probes if probe.probe == "leader")
    assert leader.counts[state] == (2 if state == "not_applicable" else 1)
    assert sum(leader.counts.values()) == leader.base == 2
    assert leader.counts["not_reached"] == 0


def test_a_mark_that_was_taken_back_leaves_the_word_to_its_question() -> None:
    marks = [make_mark("a", "scholar", "not_reached")]
    source = replace(with_items(make_item_mark("a", "refused")), marks=lambda: iter(marks))
    assert collect_interviews(source)[0].find_state("skills", "scholar") == "refused"


def test_a_question_that_only_has_a_phase_says_nothing_of_its_probes() -> None:
    (interview, *_others) = collect_interviews(with_items(make_item_mark("a", "not_reached")))
    assert interview.find_state("skills", "leader") == "not_reached"
    assert interview.find_state("skills", "scholar") == "raised_unprompted"


def test_every_state_has_words_of_its_own() -> None:
    assert len({describe_state(state) for state in STATES}) == len(STATES)
