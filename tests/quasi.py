"""A study whose definition says what might tell who answered, and people who answered it."""

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from survey_app.cli.invented_responses import Invention, add_response
from survey_app.definition.form import ResponseForm
from survey_app.definition.library import load_library
from survey_app.first_start import publish
from survey_app.settings import Settings
from survey_app.storage.store import Store

NAME = "lives"
ASKED = """
format: 1
name: lives
version: 1.0.0
title: Lives
source: ours
licence: ours
changes: first
scales:
  extent: {direction: unipolar, points: {1: little, 2: some, 3: much}}
sections:
  - key: you
    title: You
    items:
      - key: post
        type: select_one
        text: Your post
        options: {zebra_lead: Zebra lead, zebra_guest: Zebra guest}
      - {key: zeal, type: integer, text: Zebra age, minimum: 20, maximum: 69}
      - key: zones
        type: text
        text: Zebra zones
        relevant: ${post} = 'zebra_lead'
  - key: life
    title: Life
    items:
      - {key: calm, type: likert, text: Calm, scale: extent}
      - {key: glad, type: select_one, text: Glad, options: {y: Yes, n: No}}
"""
BLOCK = """
analysis:
  quasi_identifiers: [post, zeal]
"""
TRACES = ("zebra_", "zebra lead", "zebra guest", "zeal", "zones")
"""What stands in answers that are left out, and what they are called."""


def write_definition(settings: Settings, block: str = BLOCK) -> None:
    """Write the definition into the folder of instruments."""
    assert settings.instruments is not None
    file = Path(settings.instruments) / NAME / "1.0.0.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(ASKED + block, encoding="utf-8")


def add_people(settings: Settings, store: Store, count: int, block: str = BLOCK) -> None:
    """Publish the definition in the first study, with the answers of so many real people."""
    write_definition(settings, block)
    library = load_library(settings.instruments)
    publish(store, library, NAME, "1.0.0")
    store.studies.add_instrument("ami", NAME, "1.0.0", "self")
    instrument = library.instruments[NAME, "1.0.0"]
    invention = Invention(store=store, study="ami", instrument=instrument, seed=5, run="x")
    for number in range(count):
        add_response(invention, ResponseForm(instrument, "en"), number)
    with closing(connect(settings.database.removeprefix("sqlite:///"))) as connection, connection:
        connection.execute("UPDATE response SET is_test = 0 WHERE instrument = ?", [NAME])
