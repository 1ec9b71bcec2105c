"""The JSON file explains itself and leaves nothing out."""

import json
from pathlib import Path

import pytest

from survey_app.definition.loader import load_definition
from survey_app.reports.json_file import write_json_file
from tests.reports.sample import CONTEXT, VERSIONS, make_source


def test_a_response_has_values_and_reasons_by_column(tmp_path: Path) -> None:
    write_json_file(make_source(2), CONTEXT, tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_text())
    response = found["responses"][1]
    assert (response["response"], response["version"]) == ("r1", "1.1.0")
    assert response["values"]["met"] == "2014-09-01"
    assert response["values"]["topics__ethics"] == 1
    assert response["blanks"] == {"what": "not_relevant", "teaching__work": "refused"}
    assert found["about"]["study"] == "Mentors 2026"


def test_the_definitions_can_be_loaded_again(tmp_path: Path) -> None:
    write_json_file(make_source(1), CONTEXT, tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_text())
    fingerprints = {load_definition(each).fingerprint for each in found["instruments"]}
    assert fingerprints == {each.fingerprint for each in VERSIONS}


_LISTS = ("responses", "marks", "item_marks", "interviews", "notes")


@pytest.mark.parametrize(("forms", "interviews"), [(0, 0), (1, 0), (2, 3)])
def test_everything_is_listed(tmp_path: Path, forms: int, interviews: int) -> None:
    write_json_file(make_source(forms, interviews), CONTEXT, tmp_path / "all.json")
    found = json.loads((tmp_path / "all.json").read_text())
    assert [len(found[name]) for name in _LISTS] == [
        forms + interviews,
        *[interviews] * 4,
    ]
    assert all(
        [broken["reason"] for broken in each["break_offs"]] == ["A knock.", "The line broke."]
        for each in found["interviews"]
    )
    assert all(
        each["turns"] == [{"phase": "probing", "at": 61_000}] for each in found["item_marks"]
    )
