"""A whole protocol, played by a bot by keyboard alone, and what is left of it everywhere."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine

from survey_app.storage.records import InterviewState
from survey_app.storage.store import Store
from tests.browser import LiveServer, NewContext
from tests.web.interview_bot import KEYS, Bot
from tests.web.interview_diary import Diary
from tests.web.interview_script import INSTRUMENTS, finish, hold, read_questions
from tests.web.interview_timeline import LATE, compare_timeline, is_near
from tests.web.interview_workbook import STATES, Book, Table, show
from tests.web.interviewing import make_sign_in

pytestmark = pytest.mark.browser

MINUTES = 45
FORTY_MINUTES = 40 * 60 * 1000


@pytest.fixture
def diary(new_context: NewContext, live_server: LiveServer) -> Diary:
    """An interview from signing in to the journal, as the bot that held it wrote it down."""
    live_server.store.accounts.add("ivy")
    live_server.store.accounts.set_role("ivy", "interviewer", "ami")
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    with time_machine.travel(datetime.now(UTC), tick=True) as time:
        page.clock.install(time=datetime.now(UTC))
        bot = Bot(page, time, random.Random(7))
        bot.sign_in(make_sign_in(live_server.store, "ivy", "link-of-ivy"))
        bot.begin("P07", MINUTES, first=read_questions()[0].item)
        hold(bot)
        finish(bot)
    return bot.diary


def test_a_whole_protocol_by_keyboard_is_told_alike_by_events_database_and_workbook(
    diary: Diary, live_server: LiveServer, tmp_path: Path
) -> None:
    store = live_server.store
    state = find_interview(store)
    check_the_play(diary)
    compare_timeline(store.interviews.timeline(state.id), diary)
    check_that_any_difference_is_found(store, state, diary)
    compare_marks(state, diary)
    compare_words(state, diary)
    compare_course(state, diary)
    for instrument in INSTRUMENTS:
        book = Book(store, instrument, tmp_path / f"{instrument[0]}.xlsx")
        compare_workbook(book, state, diary)


def find_interview(store: Store) -> InterviewState:
    """Return the one interview there is."""
    with store.snapshot() as snapshot:
        (record,) = snapshot.interviews("ami")
    state = store.interviews.find(record.id)
    assert state is not None
    return state


def check_the_play(diary: Diary) -> None:
    """The bot did what it was made for: forty minutes, every state, every kind of text."""
    visits = diary.visits
    assert list(dict.fromkeys(item for item, _at in visits)) == [
        each.item for each in read_questions()
    ]
    assert visits[-1][1] - visits[0][1] >= FORTY_MINUTES
    states = {deeds[-1].content["state"] for deeds in diary.units("mark").values()}
    assert states == set(STATES) == {code for code in KEYS if code in STATES} | {"not_reached"}
    texts = " ".join(deeds[-1].content["text"] for deeds in diary.units("note").values())
    assert all(each in texts for each in ("👩🏽‍⚕️", "two\nlines", "日本語"))
    assert any(
        deeds[-1].content["text"].startswith("=")
        for kind in ("note", "whole", "mark")
        for deeds in diary.units(kind).values()
    )


def check_that_any_difference_is_found(store: Store, state: InterviewState, diary: Diary) -> None:
    """The comparison is no comparison unless one event, deed or time more or less ends it."""
    entries = store.interviews.timeline(state.id)
    halves = diary.deeds[:500], diary.deeds[500:]
    (last, *_rest) = [deed for deed in reversed(halves[0]) if deed.key[0] == "mark"]
    invented = replace(last, content=last.content | {"state": "refused", "reason": "?"})
    for wrong in (
        (entries[:-1], diary),
        (entries, Diary([*halves[0], invented, *halves[1]])),
        (entries, Diary([deed for deed in diary.deeds if deed.key != last.key])),
        (entries, Diary([replace(deed, at=deed.at + 60_000) for deed in diary.deeds])),
    ):
        with pytest.raises(AssertionError):
            compare_timeline(*wrong)


def compare_marks(state: InterviewState, diary: Diary) -> None:
    """Marks of probes and of whole questions stand as the bot left them, with their times."""
    marks = diary.units("mark")
    assert {(each.item, each.probe): contents(each, "mark", diary) for each in state.marks} == {
        key: deeds[-1].content for key, deeds in marks.items()
    }
    items = diary.units("item")
    assert {(each.item,): contents(each, "item", diary) for each in state.items} == {
        key: deeds[-1].content for key, deeds in items.items()
    }
    for mark in state.marks:
        compare_times(mark, marks[mark.item, mark.probe])
    for item in state.items:
        compare_times(item, items[(item.item,)])
        compare_places([(each["phase"], each["at"]) for each in item.turns], diary.turns(item.item))


def contents(record: Any, kind: str, diary: Diary) -> dict[str, Any]:
    """Return what a record says, by the names the diary uses."""
    return {name: getattr(record, name) for name in diary.find(kind, "", "")}


def compare_times(record: Any, deeds: list[Any]) -> None:
    """The first time is that of the first deed, the other that of the last."""
    assert is_near(record.first_at, deeds[0].at), (record, deeds[0])
    assert is_near(record.changed_at, deeds[-1].at), (record, deeds[-1])


def compare_places(stored: Iterable[tuple[Any, Any]], told: list[tuple[str, int]]) -> None:
    """The same in the same order, each at its time."""
    pairs = list(zip(stored, told, strict=True))
    assert [one[0] for one, _other in pairs] == [other[0] for _one, other in pairs]
    assert all(is_near(one[1], other[1]) for one, other in pairs), pairs


def compare_words(state: InterviewState, diary: Diary) -> None:
    """Notes and answers are whole, to the letter, and nobody else's."""
    notes = diary.units("note") | diary.units("whole")
    stored = {(n.item or n.kind, n.probe or "" if n.item else n.stream): n for n in state.notes}
    assert len(stored) == len(state.notes)
    assert {key: note.text for key, note in stored.items()} == {
        key: deeds[-1].content["text"] for key, deeds in notes.items()
    }
    for key, note in stored.items():
        assert note.author == "ivy"
        assert note.added == ("during" if note.item else "after")
        moments = (note.created, notes[key][0]), (note.changed, notes[key][-1])
        assert all(is_late_by_little(text, deed.moment) for text, deed in moments)
    answers = {
        (each.item, each.row): {"value": each.value} if each.value else {"reason": each.reason}
        for each in state.answers
    }
    assert answers == {key: deeds[-1].content for key, deeds in diary.units("answer").items()}


def is_late_by_little(stored: str, moment: datetime) -> bool:
    """Whether a stored time is the deed's, but for what the machine takes."""
    return abs((datetime.fromisoformat(stored) - moment).total_seconds()) <= LATE


def compare_course(state: InterviewState, diary: Diary) -> None:
    """The clock, the way through the questions, the recording and the end are the bot's."""
    compare_places([(each["item"], each["at"]) for each in state.visits], diary.visits)
    turns = [deed for deed in diary.deeds if deed.key[0] == "clock"]
    assert [each["action"] for each in state.clock] == [deed.key[1] for deed in turns]
    assert [deed.key[1] for deed in turns] == ["start", "pause", "resume", "finish"]
    pairs = zip(state.clock, turns, strict=True)
    assert all(is_late_by_little(each["at"], deed.moment) for each, deed in pairs)
    assert is_near(state.recording_offset, diary.of("recording")[0].at)
    runs = [(run.instrument, run.version, run.state) for run in state.responses]
    assert sorted(runs) == sorted((*each, "submitted") for each in INSTRUMENTS)
    assert (state.participant, state.interviewer, state.source) == ("P07", "ivy", "console")
    assert (state.planned_minutes, state.consent_version) == (MINUTES, "2")
    assert (state.recording_permitted, state.outcome, state.is_test) == (True, "completed", False)
    assert state.finished is not None


def compare_workbook(book: Book, state: InterviewState, diary: Diary) -> None:
    """The five sheets about interviews, cell by cell."""
    started = datetime.fromisoformat(state.started).replace(tzinfo=None)
    marks = book.read("Marks")
    assert {each.pop("interview_started") for each in marks} == {started}
    assert marks == book.expect_marks(diary, state)
    (probes,) = book.read("Probes")
    assert {key: probes[key] for key in probes if "__" in key} == book.expect_probes(diary)
    (data,) = book.read("Data")
    expected = book.expect_data(diary)
    assert {key: data[key] for key in expected} == expected
    assert (data["participant"], data["state"], data["is_test"]) == ("P07", "submitted", 0)
    compare_notes(book.read("Interview notes"), book.expect_notes(diary, state), state, diary)
    compare_interview_row(book.read("Interviews"), state, diary)


def compare_notes(rows: Table, expected: Table, state: InterviewState, diary: Diary) -> None:
    """Every note is there once, under the id and times that the database has."""
    stored = {note.id: note for note in state.notes}
    for row in rows:
        note = stored[row.pop("note")]
        times = [say(row.pop(name)) for name in ("interview_started", "created", "changed")]
        assert times == [state.started, note.created, note.changed]
    assert sorted(map(repr, map(_in_order, rows))) == sorted(map(repr, map(_in_order, expected)))
    assert len(diary.units("whole")) == sum(row["response"] is None for row in rows)


def say(moment: datetime) -> str:
    """Return a cell's time as the database has it."""
    return f"{moment.isoformat(timespec='milliseconds')}Z"


def _in_order(row: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(row.items())


def compare_interview_row(rows: Table, state: InterviewState, diary: Diary) -> None:
    """The row of the interview says how it went."""
    (row,) = rows
    moments = [row.pop(name) for name in ("started", "finished")]
    assert [say(each) for each in moments] == [state.started, state.finished]
    duration = row.pop("duration_ms")
    assert is_near(duration, diary.elapsed)
    assert row == {
        "interview": state.id,
        "participant": "P07",
        "interviewer": "ivy",
        "source": "console",
        "language": "en",
        "held_on_paper": None,
        "held_by": None,
        "duration": show(duration),
        "pauses": 1,
        "planned_minutes": MINUTES,
        "consent_version": "2",
        "recording_permitted": 1,
        "recording_started": show(state.recording_offset or 0),
        "outcome": "completed",
        "outcome_text": None,
        "call_back": None,
        "break_offs": None,
        "is_test": 0,
    }
