"""What is asked for is read from one snapshot, and what is left out is said."""

from pathlib import Path

import pytest

from survey_app.cli.invented_responses import (
    Invention,
    add_interview,
    add_response,
    find_interviewer,
)
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import load_library
from survey_app.first_start import publish
from survey_app.reports.progress import ignore
from survey_app.reports.responses import Publishing, ReportError
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.worker.exports import make_export, name_export
from survey_app.worker.requests import Request, open_material
from tests.storage.scenes import change

WITHDRAW = change(99, kind="withdraw")


def request(**changes: object) -> Request:
    wanted = {"who": "a test", "study": "ami", "instrument": "ami-survey", "format": "json"}
    return Request(**{**wanted, **changes})  # type: ignore[arg-type]  # the names are ours


@pytest.fixture
def filled(store: Store, settings: Settings) -> Store:
    """Two test responses of each of the survey's versions."""
    library = load_library(settings.instruments)
    for version in ("1.0.0", "1.0.1"):
        publish(store, library, "ami-survey", version)
        instrument = library.instruments["ami-survey", version]
        invention = Invention(store=store, study="ami", instrument=instrument, seed=7, run="x")
        for number in range(2):
            add_response(invention, ResponseForm(instrument, "en"), number)
    return store


@pytest.mark.parametrize(
    ("wanted", "versions", "count", "tests_left_out", "left_out"),
    [
        (request(), {"1.0.0", "1.0.1"}, 0, 4, ()),
        (request(include_test=True), {"1.0.0", "1.0.1"}, 4, 0, ()),
        (request(version="1.0.1"), {"1.0.1"}, 0, 2, ()),
        (
            request(version="1.0.1", include_test=True),
            {"1.0.1"},
            2,
            0,
            ("2 responses of version 1.0.0",),
        ),
    ],
)
def test_a_request_says_what_it_holds_and_what_it_leaves_out(
    *,
    filled: Store,
    wanted: Request,
    versions: set[str],
    count: int,
    tests_left_out: int,
    left_out: tuple[str, ...],
) -> None:
    with open_material(filled, wanted) as material:
        assert {each.version for each in material.source.instruments} == versions
        assert material.count == count == len(list(material.source.responses()))
        assert list(material.source.responses()) == list(material.source.responses())
        assert material.context.tests_left_out == tests_left_out
        assert material.context.left_out == left_out


def test_what_was_withdrawn_is_counted_and_has_no_row(filled: Store) -> None:
    with open_material(filled, request(include_test=True)) as material:
        (first, *_others) = material.source.rows()
    filled.responses.withdraw(first.id, WITHDRAW, scope="trial")
    with open_material(filled, request(include_test=True)) as material:
        assert (material.count, material.withdrawn) == (4, 1)
        assert len(list(material.source.responses())) == 4
        assert first.id not in {each.id for each in material.source.rows()}
    with open_material(filled, request()) as material:
        assert (material.count, material.withdrawn) == (0, 0)
        assert material.context.tests_left_out == 3, "the fourth has nothing that is left out"
    with open_material(filled, request(include_test=True, filter="state=submitted")) as material:
        assert material.withdrawn == 0


def test_the_record_of_an_export_has_the_number_of_its_rows(filled: Store, tmp_path: Path) -> None:
    with open_material(filled, request(include_test=True)) as material:
        (first, *_others) = material.source.rows()
    filled.responses.withdraw(first.id, WITHDRAW, scope="trial")
    make_export(filled, request(include_test=True), tmp_path / "all.zip", ignore)
    assert filled.exports.list("ami")[0].rows == 3


def test_it_says_of_each_version_when_it_was_published_and_what_was_said(filled: Store) -> None:
    filled.instruments.retire("ami-survey", "1.0.0", reason="Out of use.", by="eva")
    stored = {
        each.version: Publishing(at=each.published_at, note=each.note, retired=each.retired_at)
        for each in filled.instruments.list("ami-survey")
    }
    with open_material(filled, request()) as material:
        assert set(stored) >= {"1.0.0", "1.0.1"}
        assert stored["1.0.0"].retired
        assert material.source.published == stored


def test_what_comes_in_meanwhile_is_not_in_it(filled: Store, settings: Settings) -> None:
    instrument = load_library(settings.instruments).instruments["ami-survey", "1.0.1"]
    invention = Invention(store=filled, study="ami", instrument=instrument, seed=8, run="y")
    with open_material(filled, request(include_test=True)) as material:
        add_response(invention, ResponseForm(instrument, "en"), 0)
        assert len(list(material.source.responses())) == 4


def test_every_stored_answer_arrives_as_it_was_given(filled: Store) -> None:
    with filled.snapshot() as snapshot, open_material(filled, request(include_test=True)) as made:
        stored = {
            (each.id, row.item, row.row): (row.value, row.other_text, row.reason)
            for each in snapshot.responses("ami", "ami-survey", include_test=True)
            for row in each.answers
        }
        arrived = {
            (each.id, item, row): (answer.value, answer.other, answer.reason)
            for each in made.source.responses()
            for item, rows in each.answers.items()
            for row, answer in rows.items()
        }
    assert stored
    assert arrived == stored


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        (request(version="9.0.0"), "does not use ami-survey@9.0.0; it uses 1.0.1"),
        (request(instrument="nothing"), "does not use nothing; it uses no version of it"),
    ],
)
def test_what_the_study_does_not_use_is_refused(
    store: Store, wanted: Request, sentence: str
) -> None:
    with pytest.raises(ReportError) as refusal, open_material(store, wanted):
        pass
    assert sentence in str(refusal.value)


def test_a_failed_export_is_not_recorded_and_leaves_no_file(store: Store, tmp_path: Path) -> None:
    wanted = request(version="9.0.0")
    with pytest.raises(ReportError):
        make_export(store, wanted, tmp_path / name_export(wanted), lambda _share, _words: None)
    assert store.exports.list("ami") == []
    assert list(tmp_path.glob("*ami*")) == []


def test_what_holds_for_whole_questions_reaches_the_reports(
    store: Store, settings: Settings
) -> None:
    library = load_library(settings.instruments)
    publish(store, library, "ami-survey", "1.0.1")
    instrument = library.instruments["ami-survey", "1.0.1"]
    invention = Invention(store=store, study="ami", instrument=instrument, seed=7, run="x")
    interviewer = find_interviewer(store)
    for number in range(8):
        add_interview(invention, interviewer, number)
    with open_material(store, request(include_test=True)) as material:
        whole = {
            (mark.response, mark.item): mark.state
            for mark in material.source.item_marks()
            if mark.state != "not_reached"
        }
        turned = [mark for mark in material.source.item_marks() if mark.turns]
        states = {
            (response.id, item): state
            for response in material.source.responses()
            for item, state in response.item_states.items()
        }
        marks = list(material.source.marks())
    assert whole
    assert states == whole
    assert {turn.phase for mark in turned for turn in mark.turns} >= {"probing"}
    assert {mark.recorded_ms for mark in marks} == {0}
    assert all(mark.changed_ms is not None for mark in marks)


def test_the_interviews_that_an_instrument_was_asked_in_come_with_their_course(
    store: Store, settings: Settings
) -> None:
    library = load_library(settings.instruments)
    interviewer = find_interviewer(store)
    for name, version in (("ami-survey", "1.0.1"), ("ami-interview", "1.1.0")):
        publish(store, library, name, version)
        instrument = library.instruments[name, version]
        invention = Invention(store=store, study="ami", instrument=instrument, seed=7, run=name)
        add_interview(invention, interviewer, 0)
    with open_material(store, request(include_test=True)) as material:
        (interview,) = material.source.interviews()
        whole = [note for note in material.source.notes() if note.response is None]
    assert interview.participant == "test-ami-survey-001"
    assert (interview.outcome, interview.planned_minutes, interview.pauses) == ("completed", 45, 0)
    assert interview.elapsed_ms is not None
    assert {note.kind for note in whole} >= {"summary"}
    assert {note.interview for note in whole} == {interview.id}
    with open_material(store, request()) as material:
        assert list(material.source.interviews()) == []


@pytest.mark.parametrize(
    ("address", "count", "words", "left_out"),
    [
        ("version=1.0.1&test=1", 2, "version 1.0.1 only", ("2 responses of version 1.0.0",)),
        (
            "state=withdrawn&test=1",
            0,
            "withdrawn, all versions",
            ("4 responses that the filter does not choose",),
        ),
        (
            "version=1.0.1&to=2001-01-01&test=1",
            0,
            "version 1.0.1 only, begun until 1 January 2001",
            ("2 responses of version 1.0.0", "2 responses that the filter does not choose"),
        ),
    ],
)
def test_a_filter_is_followed_and_said_in_words(
    filled: Store, address: str, count: int, words: str, left_out: tuple[str, ...]
) -> None:
    with open_material(filled, request(filter=address)) as material:
        assert material.count == count == len(list(material.source.responses()))
        assert material.context.filter == f"{words}, test responses included"
        assert material.context.left_out == left_out
        assert material.context.tests_left_out == 0


@pytest.mark.parametrize(
    ("address", "by", "codes"),
    [
        ("by=version", "version", ["1.0.1", "1.0.0"]),
        ("by=rewarding&version=1.0.1", "rewarding", ["yes", "no"]),
    ],
)
def test_what_is_compared_reaches_the_reports_and_chooses_nothing(
    filled: Store, address: str, by: str, codes: list[str]
) -> None:
    with open_material(filled, request(filter=f"{address}&test=1")) as material:
        grouping = material.context.grouping
        assert grouping is not None
        assert (grouping.by, list(grouping.options)) == (by, codes)
        assert "compared by" in material.context.filter
        assert not any("does not choose" in each for each in material.context.left_out)


@pytest.mark.parametrize("address", ["", "by=", "by=topics"])
def test_nothing_is_compared_unless_it_can_be(filled: Store, address: str) -> None:
    with open_material(filled, request(filter=address)) as material:
        assert material.context.grouping is None
