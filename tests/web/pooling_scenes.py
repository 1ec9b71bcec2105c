"""A study in which a second main version of the survey is asked, with a renamed question."""

from pathlib import Path

from survey_app import first_start
from survey_app.cli.invented_responses import Invention, add_response
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import load_library, shipped_folder
from survey_app.settings import Settings
from survey_app.storage.store import Store

NAME = "ami-survey"
NEWEST = "2.0.0"
OLD_KEY, NEW_KEY = "rewarding", "found_rewarding"
RESPONSES = 6


def write_newest(folder: Path) -> None:
    """Write 2.0.0: one question renamed, and one option of a list retired."""
    text = (shipped_folder() / NAME / "1.0.1.yaml").read_text(encoding="utf-8")
    text = text.replace("version: 1.0.1", f"version: {NEWEST}")
    text = text.replace(f"key: {OLD_KEY}\n", f"key: {NEW_KEY}\n        renamed_from: {OLD_KEY}\n")
    text = text.replace(f"${{{OLD_KEY}}}", f"${{{NEW_KEY}}}")
    path = folder / NAME / f"{NEWEST}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def add_newest(settings: Settings, store: Store) -> None:
    """Publish 2.0.0 in the study and add responses to it."""
    assert settings.instruments is not None
    write_newest(settings.instruments)
    library = load_library(settings.instruments)
    assert not library.problems, library.problems
    first_start.publish(store, library, NAME, NEWEST)
    store.studies.add_instrument("ami", NAME, NEWEST, "self")
    instrument = library.instruments[NAME, NEWEST]
    invention = Invention(store=store, study="ami", instrument=instrument, seed=5, run=NEWEST)
    form = ResponseForm(instrument, "en")
    for number in range(RESPONSES):
        add_response(invention, form, number)
