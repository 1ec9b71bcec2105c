"""One probe mark, from the author's file to the analyst's chart, through a live interview."""

from pathlib import Path

from flask import Flask
from openpyxl import load_workbook

from survey_app.definition.loader import load
from survey_app.definition.probe_sheet import make_probe_sheet
from survey_app.reports.charts import draw_charts
from survey_app.reports.progress import ignore
from survey_app.reports.workbook import write_workbook
from survey_app.settings import Settings
from survey_app.storage.store import Store
from survey_app.worker.requests import Request, open_material
from tests.web.signed_in import sign_in

TALK = """\
format: 1
name: talk
version: 1.0.0
title: Talk
source: this test
licence: MIT
changes: first version
sections:
  - key: opening
    title: Opening
    items:
      - key: topics
        type: select_multiple
        text: What do you talk about?
        options:
          ethics: ethical issues
          career: the future
"""


def test_the_life_of_a_probe_mark(
    app: Flask, settings: Settings, store: Store, tmp_path: Path
) -> None:
    # The option list that a web form ticks is, for an interviewer, a list of probes.
    instrument = load(TALK.encode(), "talk/1.0.0.yaml")
    (topic,) = make_probe_sheet(instrument).sections[0].topics
    assert [probe.key for probe in topic.probes] == ["ethics", "career"]

    # A study delivers this version in interviews.
    store.instruments.publish(
        name="talk",
        version="1.0.0",
        format=1,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note=instrument.changes,
        by="test",
    )
    store.studies.create(slug="talks", title="A study of talks")
    store.studies.add_instrument("talks", "talk", "1.0.0", "interviewer")

    # An interviewer begins, hears ethics raised unprompted, and saves (here without scripts).
    browser = sign_in(app, settings, store, role="interviewer", study="talks")
    browser.open("/interviews/new?study=talks")
    browser.fill(code="P01").choose("recording", "no").press()
    interview = browser.path.rsplit("/", maxsplit=1)[1]
    (state_input,) = [
        name
        for name in browser.form.controls
        if name.startswith("state.") and name.endswith(".ethics")
    ]
    browser.choose(state_input, "raised_unprompted").press("save")

    # The mark is stored under the version that asked, in the response of this interview.
    state = store.interviews.find(interview)
    assert state is not None
    (mark,) = state.marks
    assert (mark.item, mark.probe, mark.state) == ("topics", "ethics", "raised_unprompted")
    assert (mark.instrument, mark.version) == ("talk", "1.0.0")
    assert store.responses.verify_chain(mark.response) is None

    # The workbook has it in words, and says why the option's own column is blank.
    request = Request(who="test", study="talks", instrument="talk", format="xlsx")
    workbook, charts = tmp_path / "talk.xlsx", tmp_path / "charts"
    charts.mkdir()
    with open_material(store, request) as material:
        write_workbook(material.source, material.context, workbook, ignore)
        drawn = draw_charts(material.source, material.context, charts, "svg", ignore)
    book = load_workbook(workbook)
    probes = [[cell.value for cell in row] for row in book["Probes"].iter_rows(max_row=2)]
    marks = dict(zip(*probes, strict=True))
    assert (marks["interview"], marks["response"]) == (interview, mark.response)
    assert marks["topics__ethics"] == "raised unprompted"
    assert marks["topics__career"] == "not reached"
    rows = book["Marks"].iter_rows(values_only=True)
    headers = next(rows)
    (listed,) = [
        row for row in (dict(zip(headers, each, strict=True)) for each in rows) if row["probe"]
    ]
    assert (listed["probe"], listed["label"]) == ("ethics", "ethical issues")
    assert listed["state"] == "raised_unprompted"
    names = [column[0].value for column in book["Data"].iter_cols()]
    assert book["Data"].cell(2, names.index("topics__ethics") + 1).value == "asked_as_probes"

    # The chart counts it.
    (chart,) = [chart for chart in drawn if chart.key == "probes-topics"]
    assert "raised unprompted" in chart.alt
