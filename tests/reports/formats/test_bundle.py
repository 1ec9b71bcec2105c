"""The bundle has every form of the same responses, and a manifest that can be checked."""

import hashlib
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest

from survey_app import __version__
from survey_app.definition.pooling import Pooling, PoolingRule
from survey_app.definition.pooling.file import read_rules
from survey_app.reports.formats.bundle import write_bundle
from survey_app.reports.formats.spss_files import write_sav_archive
from survey_app.reports.formats.stata_files import write_dta_archive
from survey_app.reports.responses import Context, ReportError, Source
from tests.reports.formats.sample import CONTEXT, VERSIONS, make_source
from tests.reports.sample import make_source as make_interviews

FILES = {
    *("every-type.xlsx", "every-type.json", "csv/data.csv", "csv/readme.txt", "r/read.R"),
    *("r/data.csv", "r/reasons.csv", "spss/data.sav", "spss/multiple-response.sps"),
    *("spss/codebook.csv", "stata/data.dta", "stata/codebook.csv", "README.txt", "manifest.json"),
}


def write(path: Path, source: Source, context: Context = CONTEXT) -> dict[str, bytes]:
    write_bundle(source, context, path / "bundle.zip")
    with ZipFile(path / "bundle.zip") as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bundle")


@pytest.fixture(scope="module")
def files(folder: Path) -> dict[str, bytes]:
    """What is in a bundle that is made once."""
    return write(folder, make_source())


def test_every_form_is_in_it(files: dict[str, bytes], folder: Path) -> None:
    assert set(files) >= FILES
    assert openpyxl.load_workbook(BytesIO(files["every-type.xlsx"]))["Data"].max_row == 1 + 12
    assert len(json.loads(files["every-type.json"])["responses"]) == 12
    assert list(folder.iterdir()) == [folder / "bundle.zip"]


def test_the_manifest_tells_of_every_file_and_what_it_is_about(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    listed = {each["name"]: each for each in manifest["files"]}
    assert set(listed) == set(files) - {"manifest.json"}
    for name, each in listed.items():
        assert each["sha256"] == hashlib.sha256(files[name]).hexdigest()
        assert each["size"] == len(files[name])
    assert {name for name, each in listed.items() if each["rows"] == 12} >= {
        *("every-type.xlsx", "every-type.json", "csv/data.csv", "csv/labels.csv"),
        *("r/data.csv", "r/reasons.csv", "spss/data.sav", "stata/data.dta"),
    }
    assert listed["r/read.R"]["rows"] is None
    assert manifest["versions"] == [
        {"version": each.version, "fingerprint": each.fingerprint} for each in VERSIONS[::-1]
    ]
    assert manifest["counts"] == {
        "responses": 13,
        "submitted": 11,
        "in_progress": 1,
        "withdrawn": 1,
        "interviews": 0,
        "tests_left_out": 3,
    }
    assert (manifest["study"], manifest["filter"]) == ("Mentors 2026", "all versions")
    assert manifest["newest"] == "2026-11-22T20:14:05.123Z"
    assert manifest["made"] == CONTEXT.exported
    assert manifest["made_by"] == {"program": "survey-app", "version": __version__}
    assert manifest["left_out"] == [*CONTEXT.left_out]
    assert manifest["forms_left_out"] == {}


def test_another_time_changes_the_manifest_alone(files: dict[str, bytes], tmp_path: Path) -> None:
    later = write(tmp_path, make_source(), replace(CONTEXT, exported="2030-01-01T00:00:00.000Z"))
    differing = {name for name in files if files[name] != later[name]}
    assert differing == {"manifest.json"}
    told = json.loads(later["manifest.json"])
    assert told["made"] == "2030-01-01T00:00:00.000Z"
    assert b"2030" not in b"".join(later[name] for name in later if name != "manifest.json")


def test_interviews_are_counted(tmp_path: Path) -> None:
    files = write(tmp_path, make_interviews(1, 2))
    manifest = json.loads(files["manifest.json"])
    assert manifest["counts"]["interviews"] == 2


def test_nothing_makes_a_bundle_too(tmp_path: Path) -> None:
    nothing = replace(CONTEXT, newest=None)
    manifest = json.loads(write(tmp_path, make_source(0), nothing)["manifest.json"])
    assert (manifest["newest"], manifest["counts"]["responses"]) == (None, 0)


def test_progress_only_goes_forward_and_ends_at_one(tmp_path: Path) -> None:
    shares: list[float] = []
    write_bundle(
        make_source(), CONTEXT, tmp_path / "bundle.zip", lambda share, _words: shares.append(share)
    )
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert len([share for share in shares if share == 1]) == 1


@pytest.mark.parametrize("write_one", [write_sav_archive, write_dta_archive])
def test_a_missing_library_is_named_with_the_extra_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_one: Callable[..., None]
) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    with pytest.raises(ReportError, match=r"pyreadstat, .* pip install 'survey-app\[formats\]'"):
        write_one(make_source(), CONTEXT, tmp_path / "x.zip")
    assert list(tmp_path.iterdir()) == []


def test_without_the_libraries_the_bundle_says_what_it_lacks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pandas", "pyreadstat"):
        monkeypatch.setitem(sys.modules, name, None)
    files = write(tmp_path, make_source())
    assert {name for name in files if name.startswith(("spss/", "stata/"))} == set()
    assert "need pandas and pyreadstat" in files["README.txt"].decode()
    manifest = json.loads(files["manifest.json"])
    assert set(manifest["forms_left_out"]) == {"sav", "dta"}
    assert "pip install" in manifest["forms_left_out"]["dta"]


def test_decisions_on_versions_come_with_it_as_a_file_that_can_be_run_again(tmp_path: Path) -> None:
    versions = tuple(each.version for each in VERSIONS)
    rule = PoolingRule(versions=versions, pool=False, reason="A slip.", by="eva", at="2026-11-26")
    source = replace(make_source(), pooling=Pooling((rule,)))
    files = write(tmp_path, source)
    assert read_rules(files["pooling.yaml"], "pooling.yaml", VERSIONS[0].name) == ((rule,), ())
    (told,) = json.loads(files["manifest.json"])["pooling"]
    assert (told["pool"], told["reason"], told["by"]) == (False, "A slip.", "eva")
    assert "are kept apart: A slip. (eva, 2026-11-26)" in files["README.txt"].decode()
    assert "pooling.yaml" in files["README.txt"].decode()
    assert write(tmp_path, source) == files


def test_where_nothing_was_decided_there_is_no_such_file(tmp_path: Path) -> None:
    files = write(tmp_path, make_source())
    assert "pooling.yaml" not in files
    assert json.loads(files["manifest.json"])["pooling"] == []
