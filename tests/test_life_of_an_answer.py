"""One answer, from the author's file to the analyst's chart. Read this test first.

A definition is loaded, asked on a page, answered, stored, exported and drawn; each step is what the
next room is given.
"""

import json
from pathlib import Path

from flask import Flask
from openpyxl import load_workbook

from survey_app.definition.form import PREFIX, ResponseForm
from survey_app.definition.loader import load
from survey_app.reports.charts import draw_charts
from survey_app.reports.dataset import make_cells, make_layout
from survey_app.reports.progress import ignore
from survey_app.reports.workbook import write_workbook
from survey_app.storage.store import Store
from survey_app.worker.requests import Request, open_material
from survey_app.worker.sources import adapt_response
from tests.plain_browser import PlainBrowser

SLEEP = """\
format: 1
name: sleep
version: 1.0.0
title: Sleep
source: this test
licence: MIT
changes: first version
scales:
  often: {direction: unipolar, points: {1: never, 2: sometimes, 3: often}}
sections:
  - key: nights
    title: Your nights
    items:
      - key: rested
        type: likert
        text: How often do you wake up rested?
        scale: often
"""


def test_the_life_of_an_answer(app: Flask, store: Store, tmp_path: Path) -> None:
    # The author's file becomes an instrument: a frozen value that knows its fingerprint.
    instrument = load(SLEEP.encode(), "sleep/1.0.0.yaml")
    (item,) = instrument.items
    assert (instrument.reference, item.key) == ("sleep@1.0.0", "rested")

    # The item gives a form field, and a filled field gives an answer: a code, never a label.
    form = ResponseForm(instrument, "en").sections["nights"]
    filled = form.fill({PREFIX + "rested": ["3"]}, {})
    assert filled.answers["rested"][""].value == "3"

    # A study delivers this version to participants.
    store.instruments.publish(
        name="sleep",
        version="1.0.0",
        format=1,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note=instrument.changes,
        by="test",
    )
    store.studies.create(slug="nights", title="A study of nights")
    store.studies.add_instrument("nights", "sleep", "1.0.0", "self")

    # A participant agrees, is asked, answers, checks and sends.
    browser = PlainBrowser(app.test_client())
    browser.open("/s/nights")
    browser.choose("agree", "yes").press()
    assert "How often do you wake up rested?" in browser.text
    browser.choose("item_rested", "3").press("continue")
    assert "often" in browser.text
    browser.press()
    assert browser.path == "/s/nights/thanks"

    # It is stored under the version that asked it.
    with store.snapshot() as snapshot:
        (response,) = snapshot.responses("nights", "sleep")
    assert (response.instrument, response.version, response.state) == (
        "sleep",
        "1.0.0",
        "submitted",
    )
    assert [(row.item, row.row, row.value) for row in response.answers] == [("rested", "", "3")]

    # The analyst's table has it as a cell: the code as a number, and its words beside it.
    layout = make_layout([instrument])
    (cell,) = make_cells(layout, adapt_response(response), "en")[-1:]
    assert (cell.value, cell.label) == (3, "often")

    # The workbook and the chart are made of the same rows.
    request = Request(who="test", study="nights", instrument="sleep", format="xlsx")
    workbook, charts = tmp_path / "sleep.xlsx", tmp_path / "charts"
    charts.mkdir()
    with open_material(store, request) as material:
        write_workbook(material.source, material.context, workbook, ignore)
        (_flow, chart) = draw_charts(material.source, material.context, charts, "svg", ignore)
    book = load_workbook(workbook)
    names = [column[0].value for column in book["Data"].iter_cols()]
    assert book["Data"].cell(2, names.index("rested") + 1).value == 3
    assert book["Labels"].cell(2, names.index("rested") + 1).value == "often"
    assert "often" in chart.path.read_text("utf-8")
    assert "How often do you wake up rested?" in chart.title

    # The database can explain itself if every file is lost.
    record = store.instruments.find("sleep", "1.0.0")
    assert record is not None
    assert "How often do you wake up rested?" in json.dumps(record.definition)
