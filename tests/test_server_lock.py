"""The lock of an SQLite file: one holder, told by its address, and free when that ends."""

import subprocess
import sys
from pathlib import Path

import pytest

from survey_app.server_lock import AlreadyServed, hold_database

HOLD = (
    "import sys; from pathlib import Path; from survey_app.server_lock import hold_database\n"
    "with hold_database(Path(sys.argv[1]), 'http://here:1'):\n"
    "    print('held', flush=True); sys.stdin.read()\n"
)


def test_a_second_holder_is_told_where_the_first_answers(tmp_path: Path) -> None:
    database = tmp_path / "responses.sqlite3"
    with (
        hold_database(database, "http://127.0.0.1:8076"),
        pytest.raises(AlreadyServed, match=r"http://127\.0\.0\.1:8076"),
        hold_database(database, "http://127.0.0.1:8077"),
    ):
        pass
    with hold_database(database, "http://127.0.0.1:8077"):
        assert not database.exists(), "the lock stands beside it and makes no database"


def test_two_databases_of_one_folder_have_two_holders(tmp_path: Path) -> None:
    with hold_database(tmp_path / "a.db", "a"), hold_database(tmp_path / "b.db", "b"):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows makes links for administrators alone")
def test_another_name_of_the_same_file_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "real.db").touch()
    (tmp_path / "link.db").symlink_to(tmp_path / "real.db")
    with (
        hold_database(tmp_path / "real.db", "a"),
        pytest.raises(AlreadyServed),
        hold_database(tmp_path / "link.db", "b"),
    ):
        pass


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    database = tmp_path / "responses.sqlite3"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(database)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == b"held"
    with pytest.raises(AlreadyServed, match="http://here:1"), hold_database(database, "b"):
        pass
    holder.kill()
    holder.communicate()
    with hold_database(database, "b"):
        pass
