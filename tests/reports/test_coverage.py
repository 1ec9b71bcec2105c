"""Every probe of every interview is in one state, and all are counted."""

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.reports.coverage import STATES, collect_interviews, cover, describe_state
from survey_app.reports.dataset import make_layout
from survey_app.reports.responses import MarkRow, ResponseRow, Source
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


def test_every_state_has_words_of_its_own() -> None:
    assert len({describe_state(state) for state in STATES}) == len(STATES)
