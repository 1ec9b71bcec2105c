"""A backup a day, in its turn; a failure is told, tried again, and ends nothing."""

import logging
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from time_machine import Traveller

from survey_app import first_start
from survey_app.backups.age import is_sealed
from survey_app.backups.record import NAME, Record, read_record
from survey_app.backups.schedule import AGAIN_SECONDS, LOOK_SECONDS, Schedule
from survey_app.settings import Settings
from survey_app.storage.store import Store
from tests.backups.killed import killed_at

START = datetime(2026, 11, 26, 3, 30, tzinfo=UTC)
FIRST = "survey-app-2026-11-26T033000Z-responses.sqlite3"


@pytest.fixture
def clock() -> Iterator[Traveller]:
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture
def schedule(settings: Settings, folder: Path, clock: Traveller) -> Schedule:
    return Schedule(settings=settings, folder=folder)


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def test_one_is_made_at_the_start_and_then_when_the_newest_is_a_day_old(
    schedule: Schedule, folder: Path, clock: Traveller
) -> None:
    assert schedule.make_due()
    assert names(folder) == [FIRST]
    with Store(f"sqlite:///{folder / FIRST}") as copy:
        assert copy.studies.find("ami") is not None
    clock.shift(timedelta(hours=23, minutes=59))
    assert schedule.make_due()
    assert names(folder) == [FIRST]
    clock.shift(timedelta(minutes=1))
    assert schedule.make_due()
    assert names(folder) == [FIRST, FIRST.replace("26T", "27T")], "names sort by time"


def test_a_server_that_starts_again_makes_none_too_many(
    schedule: Schedule, folder: Path, clock: Traveller
) -> None:
    schedule.make_due()
    clock.shift(timedelta(hours=2))
    replace(schedule).make_due()
    assert names(folder) == [FIRST]


def test_names_are_kept_in_a_file_of_their_own(
    schedule: Schedule, settings: Settings, folder: Path
) -> None:
    first_start.prepare_people(settings)
    schedule.make_due()
    assert names(folder) == [FIRST.replace("responses", "people"), FIRST]
    if sys.platform != "win32":
        assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}


def test_with_a_passphrase_they_are_sealed(schedule: Schedule, folder: Path) -> None:
    replace(schedule, passphrase="five words that nobody guesses").make_due()
    assert names(folder) == [f"{FIRST}.age"]
    assert is_sealed(folder / f"{FIRST}.age")


def test_those_out_of_turn_are_deleted_and_nothing_else_ever_is(
    schedule: Schedule, folder: Path, clock: Traveller, settings: Settings
) -> None:
    """What has a name like ours but was not made by this server is not its to delete."""
    others = ["notes.txt", FIRST.replace("2026", "2020"), "survey-app-old.sqlite3"]
    for name in others:
        (folder / name).write_text("precious")
    for _ in range(40):
        assert schedule.make_due()
        clock.shift(timedelta(days=1))
    kept = [
        *("2026-11-30", "2026-12-20", "2026-12-27", "2026-12-29", "2026-12-30", "2026-12-31"),
        *("2027-01-01", "2027-01-02", "2027-01-03", "2027-01-04"),
    ]
    assert names(folder) == sorted([*others, *(FIRST.replace("2026-11-26", day) for day in kept)])
    assert len(read_record(settings.data).made) == len(names(folder)) - len(others)
    assert all((folder / name).read_text() == "precious" for name in others)


def test_a_folder_that_is_gone_is_told_and_ends_nothing(
    schedule: Schedule,
    settings: Settings,
    folder: Path,
    clock: Traveller,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder.rmdir()
    assert not schedule.make_due()
    record = read_record(settings.data)
    assert record.failure == (
        f"There is no folder {folder}. Make it, or connect the disk that it is on."
    )
    assert [(each.levelno, record.failure in each.message) for each in caplog.records] == [
        (logging.ERROR, True)
    ]
    folder.mkdir()
    assert schedule.make_due()
    assert read_record(settings.data).failure == ""


def test_a_disk_that_comes_back_with_what_was_made_takes_the_warning_away(
    schedule: Schedule, settings: Settings, folder: Path, clock: Traveller
) -> None:
    schedule.make_due()
    away = folder.rename(folder.with_name("away"))
    clock.shift(timedelta(hours=1))
    assert not schedule.make_due()
    assert read_record(settings.data).failure
    away.rename(folder)
    assert schedule.make_due()
    assert (names(folder), read_record(settings.data).failure) == ([FIRST], "")


def test_a_clock_that_was_set_back_stops_no_backup(
    schedule: Schedule, folder: Path, clock: Traveller
) -> None:
    schedule.make_due()
    clock.move_to(START - timedelta(days=365))
    assert schedule.make_due()
    assert len(names(folder)) == 2


@pytest.mark.parametrize("content", ["", "{", "[]", '{"made": 3}', '{"made": [{"at": "x"}]}'])
def test_a_record_that_cannot_be_read_counts_as_none(tmp_path: Path, content: str) -> None:
    (tmp_path / NAME).write_text(content, encoding="utf-8")
    assert read_record(tmp_path) == Record()


def test_it_goes_on_after_whatever_goes_wrong(schedule: Schedule, folder: Path) -> None:
    waited: list[float] = []

    class Enough(Exception):  # noqa: N818 - it is no error
        pass

    def wait(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 1:
            folder.mkdir()
        else:
            raise Enough

    folder.rmdir()
    with pytest.raises(Enough):
        schedule.keep(wait)
    assert waited == [AGAIN_SECONDS, LOOK_SECONDS]
    assert names(folder) == [FIRST]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limits on a file's size")
@pytest.mark.parametrize("passphrase", [None, "five words that nobody guesses"])
def test_a_full_disk_is_told_and_leaves_no_half_of_a_backup(
    schedule: Schedule, settings: Settings, folder: Path, passphrase: str | None
) -> None:
    in_child(lambda: limit_files_and(replace(schedule, passphrase=passphrase).make_due))
    assert names(folder) == []
    failure = read_record(settings.data).failure
    assert "the room on the disk" in failure
    assert list(settings.data.glob(".*partial*")) == []


def limit_files_and(work: Callable[[], bool]) -> None:
    """Let no file grow beyond what the record needs, as on a disk that is full."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
    assert not work()


def in_child(work: Callable[[], None]) -> None:
    assert not killed_at(0, work, within="")
