"""A study in which a second main version of the survey is asked, with a renamed question."""

from collections.abc import Mapping
from pathlib import Path

from survey_app import first_start
from survey_app.cli.invented_responses import Invention, add_response
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import Library, load_library, shipped_folder
from survey_app.settings import Settings
from survey_app.storage.store import Store

NAME = "ami-survey"
NEWEST = "2.0.0"
OLD_KEY, NEW_KEY = "rewarding", "found_rewarding"
RESPONSES = 6


def write_newest(folder: Path, renames: Mapping[str, str]) -> None:
    """Write 2.0.0, of which all is new that some questions have other keys."""
    text = (shipped_folder() / NAME / "1.0.1.yaml").read_text(encoding="utf-8")
    text = text.replace("version: 1.0.1", f"version: {NEWEST}")
    for old, new in renames.items():
        item = f"      - key: {old}\n"
        assert item in text
        text = text.replace(item, f"      - key: {new}\n        renamed_from: {old}\n")
        text = text.replace(f"${{{old}}}", f"${{{new}}}")
    path = folder / NAME / f"{NEWEST}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def add_newest(
    settings: Settings, store: Store, renames: Mapping[str, str] | None = None
) -> Library:
    """Publish 2.0.0 in the study and add responses to it; return all versions that there are."""
    assert settings.instruments is not None
    write_newest(settings.instruments, renames or {OLD_KEY: NEW_KEY})
    library = load_library(settings.instruments)
    assert not library.problems, library.problems
    first_start.publish(store, library, NAME, NEWEST)
    store.studies.add_instrument("ami", NAME, NEWEST, "self")
    instrument = library.instruments[NAME, NEWEST]
    invention = Invention(store=store, study="ami", instrument=instrument, seed=5, run=NEWEST)
    form = ResponseForm(instrument, "en")
    for number in range(RESPONSES):
        add_response(invention, form, number)
    return library
