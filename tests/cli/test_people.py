"""People are imported, listed and written out by command."""

from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from survey_app import first_start
from survey_app.settings import Settings
from survey_app.storage.records import NewInvitation
from survey_app.storage.store import Store
from tests.cli.conftest import Run

HEADER = "Courriel;Nom;Faculty\n"


@pytest.fixture
def here(settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """An installation that the commands find."""
    assert store.studies.list()
    first_start.prepare_people(settings)
    return settings


@pytest.fixture
def people(run: Run, here: Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SURVEY_APP_DATA", str(here.data))

    def run_people(*words: str) -> object:
        return run("people", *words)

    return run_people  # type: ignore[return-value]


def write(folder: Path, *lines: str) -> str:
    file = folder / "roster.csv"
    file.write_text(HEADER + "\n".join(lines), "utf-8")
    return str(file)


def test_a_roster_is_tried_added_and_listed(people: Run, tmp_path: Path, store: Store) -> None:
    file = write(tmp_path, "ada@example.org;Ada;Arts", ";Zoë;")
    tried = people("import", file, "--dry-run")
    assert (tried.exit_code, tried.stdout) == (0, "")
    assert "2 people can be added to ami. Nothing was written yet." in tried.stderr
    assert "Left out, as nothing is kept of them: Faculty." in tried.stderr
    assert people("list").stdout == ""
    assert "Added 2 people to the study ami." in people("import", file).stderr
    lines = [line.split("\t") for line in people("list").stdout.splitlines()]
    assert [line[1:] for line in lines] == [
        ["Ada", "ada@example.org", "none", "-", "nothing yet"],
        ["Zoë", "-", "none", "-", "nothing yet"],
    ]
    assert {line[0] for line in lines} == {
        each.pseudonym for each in store.participants.list("ami")
    }


def test_all_that_is_wrong_is_told_and_nothing_is_written(
    people: Run, tmp_path: Path, store: Store
) -> None:
    file = write(tmp_path, "ada;Ada;", "b@example.org;;", "c@example.org;Cy;")
    refused = people("import", file)
    assert refused.exit_code == 1
    assert [line.partition(": ")[2][:22] for line in refused.stdout.splitlines()] == [
        "row 2, column Courriel",
        "row 3, column Nom: The",
    ]
    assert "2 problems to mend. Nothing was written." in refused.stderr
    assert store.participants.list("ami") == []


def test_a_workbook_is_read_as_well(people: Run, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Name", "Phone"])
    book.active.append(["Ada", 5550100])
    book.save(tmp_path / "roster.xlsx")
    assert people("import", str(tmp_path / "roster.xlsx")).exit_code == 0
    assert people("list").stdout.split("\t")[1] == "Ada"


def test_the_link_of_names_is_written_with_a_reason_and_on_the_record(
    people: Run, tmp_path: Path, store: Store
) -> None:
    people("import", write(tmp_path, "ada@example.org;=Ada;"))
    file = tmp_path / "link.xlsx"
    for words in ([str(file)], [str(file), "--reason", " "]):
        assert people("export", *words).exit_code == 2
    assert not file.exists()
    assert people("export", str(tmp_path / "link.csv"), "--reason", "x").exit_code == 2
    assert people("export", str(file), "--reason", "To send the transcripts").exit_code == 0
    (page,) = load_workbook(file)
    head, row = page.iter_rows(values_only=True)
    assert head[:3] == ("pseudonym", "name", "email")
    assert row[1:3] == ("=Ada", "ada@example.org")
    assert page["B2"].data_type == "s"
    assert file.stat().st_mode & 0o077 == 0
    (record,) = store.exports.list("ami")
    assert (record.filter["reason"], record.rows) == ("To send the transcripts", 1)


def test_without_the_file_of_names_it_is_said_what_to_do(
    run: Run, settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SURVEY_APP_DATA", str(settings.data))
    assert store.studies.list()
    refused = run("people", "list")
    assert refused.exit_code == 1
    assert f"There is no database of names at {settings.data / 'people.sqlite3'}" in refused.stderr


def test_a_pseudonym_is_given_a_name_once(people: Run, store: Store, tmp_path: Path) -> None:
    invited = NewInvitation(code_hash="h", participant="P07")
    store.invitations.make("ami", [invited], by="Léa")
    assert people("list", "--without-name").stdout == "P07\n"
    people("import", write(tmp_path, "ben@example.org;Ben;"))
    for words, said in (
        (("P70", "--name", "Ada"), "there is no pseudonym P70 without a name; there is P07."),
        (("P07", "--name", " "), "The name is missing."),
        (("P07", "--name", "Ada", "--email", "ada"), "is no address of e-mail"),
        (("P07", "--name", "Ben", "--email", "ben@example.org"), "in the study already"),
    ):
        refused = people("name", *words)
        assert refused.exit_code == 2
        assert said in refused.stderr
    done = people("name", "P07", "--name", "Ada", "--email", "ada@example.org")
    assert (done.exit_code, done.stderr) == (0, "P07 has a name now.\n")
    assert people("list", "--without-name").stdout == ""
    assert people("list").stdout.startswith("P07\tAda\tada@example.org\topen\t")
    assert people("name", "P07", "--name", "Eve").exit_code == 2
    (noted,) = (each for each in store.conduct.changes("ami") if each.kind == "named")
    assert noted.detail == {"participant": "P07"}
