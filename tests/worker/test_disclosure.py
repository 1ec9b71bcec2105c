"""A file has what might tell who answered only for who may have it, and says why."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from survey_app.reports.comparison import Protection
from survey_app.reports.progress import ignore
from survey_app.reports.responses import ReportError
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.worker.drawings import make_charts
from survey_app.worker.exports import ENDINGS, make_export, name_export
from survey_app.worker.requests import Request, open_material
from tests.quasi import NAME, TRACES, add_people

PEOPLE = 30
REASON = "To weigh the posts against the register."


def request(**changes: Any) -> Request:
    return Request(**{"who": "eva", "study": "ami", "instrument": NAME, "format": "xlsx"} | changes)


@pytest.fixture
def asked(settings: Settings, store: Store) -> Store:
    add_people(settings, store, PEOPLE)
    return store


def make(store: Store, wanted: Request, folder: Path) -> Path:
    target = folder / name_export(wanted)
    make_export(store, wanted, target, ignore)
    return target


def read_parts(content: bytes, name: str) -> dict[str, bytes]:
    """The files in a file, and in those; a file that is none of several is itself."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {name: content}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {
            f"{name}/{part}": each
            for inner in archive.namelist()
            for part, each in read_parts(archive.read(inner), inner).items()
        }


@pytest.mark.parametrize("form", [*ENDINGS])
def test_no_form_of_an_ordinary_file_has_them(asked: Store, tmp_path: Path, form: str) -> None:
    file = make(asked, request(format=form), tmp_path)
    told = 0
    for name, content in read_parts(file.read_bytes(), file.name).items():
        text = content.decode("utf-8", errors="replace")
        if name.endswith(".json") and "manifest" not in name:
            # The definition is in it, and says what was asked; nobody's answer is.
            whole = json.loads(text)
            told += "zeal" in str(whole["about"].pop("left_out"))
            text = str([whole["responses"], whole["about"], whole["notes"], whole["marks"]])
        for line in text.split("<row" if "sheet" in name else "\n"):
            is_told = "study lead can have them" in line or "left out of this file" in line
            told += is_told
            assert is_told or not any(each in line.lower() for each in TRACES), (name, line[:300])
    assert told, "what is left out is said"


def test_the_workbook_says_what_it_leaves_out_why_and_how_to_get_it(
    asked: Store, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(make(asked, request(), tmp_path))
    names = [cell.value for cell in book["Data"][1]]
    assert names[-2:] == ["calm", "glad"]
    told = [str(row[1].value) for row in book["Read me"] if row[0].value == "left out"]
    (sentence,) = [each for each in told if "post" in each]
    assert "post (“Your post”), zeal (“Zebra age”)" in sentence
    assert "zones, which is asked by the answer to post" in sentence
    assert "survey-app export --with-quasi-identifiers --reason" in sentence
    listed = {row[0].value: row[14].value for row in book["Codebook"].iter_rows()}
    assert listed["zeal"] == "left out of this file: with other answers it might tell who answered"
    assert listed["zones"] == "left out of this file: it is asked by the answer to post"
    assert "caution" not in {row[0].value for row in book["Read me"]}


@pytest.mark.parametrize("form", ["xlsx", "csv", "json", "sav", "dta", "r", "bundle"])
def test_who_may_have_them_gets_all_with_a_caution_and_the_reason_is_kept(
    asked: Store, tmp_path: Path, form: str
) -> None:
    wanted = request(format=form, with_quasi_identifiers=True, reason=f"  {REASON} ")
    file = make(asked, wanted, tmp_path)
    assert "-with-quasi-identifiers" in file.name
    text = "".join(
        content.decode("utf-8", errors="replace")
        for content in read_parts(file.read_bytes(), file.name).values()
    )
    assert "zebra_lead" in text
    assert f"Coded data, n = {PEOPLE}: individuals can be recognised." in text
    assert f"With post, zeal, zones. Made for eva, who gave this reason: {REASON}" in text
    (record,) = asked.exports.list("ami")
    assert record.who == "eva"
    assert record.filter["quasi_identifiers"] is True
    assert record.filter["reason"] == REASON
    assert "post" in record.columns


def test_charts_with_them_are_recorded_as_files_are(asked: Store, tmp_path: Path) -> None:
    make_charts(asked, request(format="svg"), tmp_path / "ordinary", "svg", ignore)
    assert asked.exports.list("ami") == []
    wanted = request(format="svg", with_quasi_identifiers=True, reason=REASON, filter="by=post")
    _material, charts = make_charts(asked, wanted, tmp_path / "whole", "svg", ignore)
    (record,) = asked.exports.list("ami")
    assert (record.filter["reason"], len(record.hash)) == (REASON, 64)
    keys = {each.key for each in charts}
    assert {"post", "groups-calm-self-1"} <= keys
    for each in charts:
        assert "recognised" in each.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_there_is_no_such_file(asked: Store, tmp_path: Path, reason: str) -> None:
    with pytest.raises(ReportError, match="Say why quasi-identifiers are needed"):
        make(asked, request(with_quasi_identifiers=True, reason=reason), tmp_path)
    assert asked.exports.list("ami") == []
    assert list(tmp_path.glob("*.xlsx")) == []


def test_a_workbook_by_one_of_them_has_groups_and_no_single_people(
    asked: Store, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(make(asked, request(filter="by=post"), tmp_path))
    assert book.sheetnames == [
        *("Read me", "Codebook", "Values", "Versions", "Crosswalk"),
        *("Likert", "Lists", "Groups"),
    ]
    told = "\n".join(str(row[1].value) for row in book["Read me"])
    assert "as this workbook has Groups by post" in told
    assert "SHA-256" not in told, "by which answers could be guessed and tried"
    about = {row[0].value for row in book["Read me"]}
    assert "hidden" in about
    assert not {"Data", "Labels", "Long", "Scales", "Marks", "Timings"} & about


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"format": "csv"}, "beside the answers of single people"),
        ({"format": "bundle"}, "beside the answers of single people"),
        ({"filter": "by=post&state=submitted"}, "they are made of all responses alone"),
        ({"filter": "by=post&glad=y"}, "they are made of all responses alone"),
        ({"filter": "by=post&from=2026-01-01"}, "they are made of all responses alone"),
        ({"version": "1.0.0"}, "they are made of all responses alone"),
        ({"include_test": True}, "not made of test responses and real ones together"),
    ],
)
def test_there_are_no_groups_where_two_files_together_would_tell(
    asked: Store, changes: dict[str, Any], sentence: str
) -> None:
    with open_material(asked, request(**{"filter": "by=post"} | changes)) as material:
        assert material.context.grouping is None
        assert not material.context.tables_alone
        (told,) = [each for each in material.context.left_out if each.startswith("Groups by post")]
        assert sentence in told


def test_nobody_is_chosen_by_one_of_them_but_for_a_reason(asked: Store) -> None:
    with open_material(asked, request(filter="post=zebra_lead")) as material:
        assert material.count == PEOPLE
    wanted = request(filter="post=zebra_lead", with_quasi_identifiers=True, reason=REASON)
    with open_material(asked, wanted) as material:
        assert 0 < material.count < PEOPLE


def test_hiding_small_counts_is_switched_off_by_a_setting_and_that_is_said(asked: Store) -> None:
    with open_material(asked, request(filter="by=post")) as material:
        assert material.context.grouping is not None
        assert material.context.grouping.protection == Protection(least=5)
    with open_material(asked, request(filter="by=post", smallest_count=1)) as material:
        assert material.context.grouping is not None
        assert material.context.grouping.protection is None
        assert not material.context.tables_alone
        assert "switched off here" in material.context.left_out[-1]
        assert "post" not in {c.name for c in material.source.instruments[0].columns}


def test_a_study_may_hide_otherwise_than_all_and_every_file_says_by_whose_will(
    asked: Store, tmp_path: Path
) -> None:
    for least, kept in ((3, Protection(least=3)), (8, Protection(least=8)), (1, None)):
        asked.conduct.hide_counts("ami", least, default=5, reason="All agreed.", by="Léa")
        with open_material(asked, request(filter="by=post")) as material:
            assert material.context.grouping is not None
            assert material.context.grouping.protection == kept
    book = openpyxl.load_workbook(make(asked, request(), tmp_path))
    told = [str(row[1].value) for row in book["Read me"] if row[0].value == "left out"]
    (sentence,) = [each for each in told if "set for this study" in each]
    assert sentence.startswith("In groups by a quasi-identifier nothing is hidden, where counts ")
    assert sentence.endswith(", who gave this reason: All agreed.")
    assert "by Léa on 20" in sentence
    asked.conduct.hide_counts("ami", None, default=5, reason="", by="Léa")
    with open_material(asked, request(filter="by=post", smallest_count=1)) as material:
        assert material.context.grouping is not None
        assert material.context.grouping.protection is None
        assert not any("set for this study" in each for each in material.context.left_out)


def test_the_same_answers_make_the_same_bytes(asked: Store, tmp_path: Path) -> None:
    whole = {"with_quasi_identifiers": True, "reason": REASON}
    ways: list[dict[str, Any]] = [{}, {"filter": "by=post"}, whole]
    for number, changes in enumerate(ways):
        files = [
            make(asked, request(**changes), _folder(tmp_path / f"{number}-{name}")) for name in "ab"
        ]
        assert files[0].read_bytes() == files[1].read_bytes()


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def test_a_definition_that_declares_none_is_as_before(settings: Settings, store: Store) -> None:
    add_people(settings, store, 3, block="")
    with open_material(store, request(filter="by=post")) as material:
        assert material.source.withheld == ()
        assert material.context.left_out == ()
        assert material.context.grouping is not None
        assert material.context.grouping.protection is None
        assert "post" in material.source.instruments[0].columns_by_name
