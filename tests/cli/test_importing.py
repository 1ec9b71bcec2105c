"""Bringing in answers by command: checked first, then all or none, and equal to what they were."""

import csv
import zipfile
from io import StringIO
from pathlib import Path

import openpyxl
import pytest

from survey_app.settings import Settings
from survey_app.storage.records import ResponseRecord
from survey_app.storage.store import Store
from tests.cli.conftest import Run
from tests.imports.scenes import (
    FILLED_IN,
    OTHER_STUDY,
    STUDY,
    answer,
    answer_everything,
    begin,
    export,
    post,
    publish,
    withdraw,
    without,
)

REFERENCE = "everything@1.0.0"
NEW = ("response", "study", "source")
"""The columns that an import changes: new keys, its own study, the source `import`."""


def read(path: Path, sheet: str) -> list[list[object]]:
    return [list(row) for row in openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True)]


@pytest.mark.parametrize("sheet", ["Data", "Labels"])
def test_an_export_that_is_imported_is_exported_equal_cell_by_cell(
    run: Run, settings: Settings, store: Store, tmp_path: Path, sheet: str
) -> None:
    publish(store)
    answer_everything(store)
    first = export(run, settings.database, STUDY, tmp_path / "first.xlsx")
    options = ("--study", OTHER_STUDY, "--database", settings.database, "--sheet", sheet)
    result = run("import-responses", REFERENCE, str(first), *options, "--commit")
    assert (result.exit_code, result.stdout) == (0, ""), result.output
    second = export(run, settings.database, OTHER_STUDY, tmp_path / "second.xlsx")
    for each in ("Data", "Labels"):
        before, after = (without(read(path, each), NEW) for path in (first, second))
        assert before == after
    sources = {row[6] for row in read(second, "Data")[1:]}
    assert sources == {"import"}


@pytest.fixture
def installed(store: Store, settings: Settings) -> tuple[str, ...]:
    """The version in two studies, and the options that name the first."""
    publish(store)
    return ("--study", STUDY, "--database", settings.database)


def responses(store: Store, study: str = STUDY) -> list[ResponseRecord]:
    with store.snapshot() as snapshot:
        return list(snapshot.responses(study, include_test=True))


def write(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def test_without_commit_the_file_is_checked_and_nothing_is_written(
    run: Run, installed: tuple[str, ...], store: Store
) -> None:
    file = write("some.csv", "rewarding;again\nyes;2\nOui;1\n")
    result = run("import-responses", REFERENCE, file, *installed)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Read as csv in UTF-8, with semicolons between the cells." in result.stderr
    assert "Not in the file, so unanswered: rewarding__other_text, what, line" in result.stderr
    assert "Required, and unanswered in so many responses: met (2)." in result.stderr
    assert (
        "2 responses can be imported into the study mentors. Nothing was written yet: add "
        "--commit to import.\n"
    ) in result.stderr
    assert responses(store) == []


def test_with_commit_they_are_there_as_imported_and_verify(
    run: Run, installed: tuple[str, ...], store: Store
) -> None:
    file = write("some.csv", "rewarding,again,submitted\nyes,2,2025-12-31\n")
    result = run("import-responses", REFERENCE, file, *installed, "--commit")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.endswith("Imported 1 response into the study mentors.\n")
    (found,) = responses(store)
    assert (found.source, found.state, found.submitted) == ("import", "submitted", "2025-12-31")
    assert found.is_test is False
    first, _ = store.responses.history(found.id)
    assert (first.actor, first.body and first.body["file"]) == ("command line", "some.csv")
    assert store.responses.verify_chain(found.id) is None


def test_all_or_those_that_say_so_are_marked_as_test(
    run: Run, installed: tuple[str, ...], store: Store
) -> None:
    file = write("some.csv", "again,is_test\n2,1\n1,0\n")
    assert run("import-responses", REFERENCE, file, *installed, "--commit").exit_code == 0
    assert sorted(each.is_test for each in responses(store)) == [False, True]
    words = (*installed, "--commit", "--test", "--again")
    assert run("import-responses", REFERENCE, file, *words).exit_code == 0
    assert sorted(each.is_test for each in responses(store)) == [False, True, True, True]


def test_every_problem_is_told_and_a_single_one_keeps_all_out(
    run: Run, installed: tuple[str, ...], store: Store
) -> None:
    file = write("some.csv", "rewarding,again\nyes,2\nyess,3\nno,two\n")
    result = run("import-responses", REFERENCE, file, *installed, "--commit")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "some.csv: row 3, column rewarding: “yess” is none of the answers here. Is “yes” meant?",
        (
            "some.csv: row 3, column again: “3” is none of the answers here. Write one of 1, 2, or "
            "its words."
        ),
        (
            "some.csv: row 4, column again: “two” is none of the answers here. Write one of 1, 2, or "
            "its words."
        ),
    ]
    assert result.stderr.endswith("3 problems to mend in 2 rows. Nothing was written.\n")
    assert responses(store) == []


def test_unknown_columns_are_refused_unless_they_are_to_be_left_out(
    run: Run, installed: tuple[str, ...], store: Store
) -> None:
    file = write("some.csv", "again,shoe_size\n2,44\n")
    result = run("import-responses", REFERENCE, file, *installed, "--commit")
    assert (result.exit_code, result.stdout) == (
        1,
        (
            "some.csv: row 1, column shoe_size: everything@1.0.0 has no such column. Correct its "
            "name, or leave such columns out with --ignore-unknown.\n"
        ),
    )
    result = run("import-responses", REFERENCE, file, *installed, "--commit", "--ignore-unknown")
    assert "Left out, since the version has no such column: shoe_size." in result.stderr
    assert len(responses(store)) == 1


def test_a_second_import_of_a_file_is_refused_unless_it_is_asked_for(
    run: Run, installed: tuple[str, ...], store: Store
) -> None:
    file = write("some.csv", "again\n2\n")
    words = ("import-responses", REFERENCE, file, *installed, "--commit")
    assert run(*words).exit_code == 0
    for again in (words, words[:-1]):
        result = run(*again)
        assert result.exit_code == 1
        assert "already (1 of its responses in the study)" in result.stderr
    assert run(*words, "--again").exit_code == 0
    assert len(responses(store)) == 2


def test_what_is_there_already_is_not_imported_from_an_export(
    run: Run, installed: tuple[str, ...], store: Store, settings: Settings
) -> None:
    key = answer(store, post(rewarding="yes"))
    file = export(run, settings.database, STUDY, Path("export.xlsx"))
    result = run("import-responses", REFERENCE, str(file), *installed)
    assert (result.exit_code, result.stdout) == (
        1,
        (
            "export.xlsx: sheet Data, row 2, column response: This response is in the study already. "
            "Take the row out, or import the file with --again to have it twice.\n"
        ),
    )
    assert run("import-responses", REFERENCE, str(file), *installed, "--again").exit_code == 0
    assert [each.id for each in responses(store)] == [key]


def test_a_response_that_stands_in_a_file_twice_is_a_problem(
    run: Run, installed: tuple[str, ...]
) -> None:
    file = write("some.csv", "response,again\nx,2\ny,1\nx,1\n")
    result = run("import-responses", REFERENCE, file, *installed)
    assert result.stdout == (
        "some.csv: row 4, column response: This response stands in row 2 already. Take one of the "
        "two out.\n"
    )


def test_rows_that_were_never_sent_are_left_out_and_named(
    run: Run, installed: tuple[str, ...], store: Store, settings: Settings
) -> None:
    answer(store, post(rewarding="yes"))
    begin(store)
    withdraw(store, answer(store, post(rewarding="no")))
    file = export(run, settings.database, STUDY, Path("export.xlsx"))
    (state,) = (place for place, name in enumerate(read(file, "Data")[0]) if name == "state")
    rows = {str(row[state]): n for n, row in enumerate(read(file, "Data"), 1)}
    into = ("--study", OTHER_STUDY, *installed[2:], "--commit")
    result = run("import-responses", REFERENCE, str(file), *into)
    assert result.exit_code == 0, result.output
    assert f"never sent, and what is imported counts as sent: rows {rows['in_progress']}." in (
        result.stderr
    )
    assert "withdrawn" not in rows, "which has no row that could be left out"
    assert "withdrawn and hold nothing" not in result.stderr
    assert len(responses(store, OTHER_STUDY)) == 1


def test_withdrawn_rows_of_a_file_from_elsewhere_are_left_out_and_named(
    run: Run, installed: tuple[str, ...], store: Store
) -> None:
    file = write("some.csv", "state,again\nsubmitted,2\nwithdrawn,2\nwithdrawn,\n")
    result = run("import-responses", REFERENCE, file, *installed, "--commit")
    assert result.exit_code == 0, result.output
    assert "withdrawn and hold nothing: rows 3–4." in result.stderr
    assert len(responses(store)) == 1


def test_rows_that_were_asked_in_interviews_are_left_out_and_named(
    run: Run, installed: tuple[str, ...], store: Store
) -> None:
    rows = "".join(f"{who},2\n" for who in ("interviewer", "self", *["interviewer"] * 3))
    file = write("some.csv", f"delivery,again\n{rows}")
    result = run("import-responses", REFERENCE, file, *installed, "--commit")
    assert "asked in interviews, and the marks and notes" in result.stderr
    assert "stand on other sheets: rows 2, 4–6." in result.stderr
    assert len(responses(store)) == 1


@pytest.mark.parametrize(("form", "sheet"), [("csv", "Data"), ("csv", "Labels")])
def test_a_zip_of_csv_is_read_as_exactly_but_for_words_that_are_reasons(
    run: Run, installed: tuple[str, ...], store: Store, settings: Settings, form: str, sheet: str
) -> None:
    for number, raw in enumerate(FILLED_IN):
        answer(store, raw, language=("en", "fr")[number % 2])
    options = ("--format", form)
    first = export(run, settings.database, STUDY, Path("first.zip"), *options)
    into = ("--study", OTHER_STUDY, *installed[2:], "--sheet", sheet, "--commit")
    result = run("import-responses", REFERENCE, str(first), *into)
    assert result.exit_code == 0, result.output
    second = export(run, settings.database, OTHER_STUDY, Path("second.zip"), *options)
    before, after = (without(read_zip(path), NEW) for path in (first, second))
    assert before == after


def read_zip(path: Path) -> list[list[str]]:
    with zipfile.ZipFile(path) as archive:
        return list(csv.reader(StringIO(archive.read("data.csv").decode("utf-8"), newline="")))


def test_a_version_that_the_database_does_not_have_is_published_on_commit_alone(
    run: Run, settings: Settings, store: Store
) -> None:
    file = write("some.csv", "rewarding\nyes\n")
    option = ("--database", settings.database, "--study", "ami")
    assert run("import-responses", "ami-survey@1.0.0", file, *option).exit_code == 0
    assert store.instruments.find("ami-survey", "1.0.0") is None
    result = run("import-responses", "ami-survey@1.0.0", file, *option, "--commit")
    assert "ami-survey@1.0.0 is published in the database now" in result.stderr
    assert len(responses(store, "ami")) == 1


@pytest.mark.parametrize(
    ("content", "words", "code", "sentence"),
    [
        (b"again\n", (), 1, "There is no response to import. Nothing was written."),
        (b"", (), 1, "Nothing was written."),
        (b"\xff\xfea", (), 1, "some.csv: This file is neither a workbook nor a csv file in UTF-8."),
        (b"again\n2\n", ("--study", "nothing"), 2, "There is no study 'nothing'"),
        (b"again\n2\n", ("--sheet",), 2, "requires an argument"),
        (None, (), 2, "does not exist"),
    ],
)
def test_what_cannot_be_imported_is_refused_in_a_sentence(
    run: Run,
    installed: tuple[str, ...],
    content: bytes | None,
    words: tuple[str, ...],
    code: int,
    sentence: str,
) -> None:
    if content is not None:
        Path("some.csv").write_bytes(content)
    result = run("import-responses", REFERENCE, "some.csv", *installed, *words)
    assert result.exit_code == code
    assert sentence in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("reference", "sentence"),
    [
        ("everything", "name a version too"),
        ("everything@2.0.0", "There is no"),
        ("ami-servey@1.0.1", "did you mean 'ami-survey'?"),
    ],
)
def test_a_version_that_is_not_there_is_refused(
    run: Run, installed: tuple[str, ...], reference: str, sentence: str
) -> None:
    file = write("some.csv", "again\n2\n")
    result = run("import-responses", reference, file, *installed)
    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
