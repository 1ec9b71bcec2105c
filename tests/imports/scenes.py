"""A version with an item of every type, in two languages, and responses to it."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from survey_app.definition.form import ResponseForm
from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.storage.records import Change
from survey_app.storage.store import Store
from survey_app.web.filling import make_rows

STUDY, OTHER_STUDY = "mentors", "mentors-elsewhere"

DEFINITION = """\
format: 1
name: everything
version: 1.0.0
title: {en: Everything, fr: Tout}
source: ours
licence: MIT
changes: The first version.
languages: [en, fr]
scales:
  extent:
    direction: unipolar
    points: {1: {en: not at all, fr: pas du tout}, 2: {en: "*some*what", fr: un peu}}
sections:
  - key: about
    title: {en: About you, fr: Vous}
    items:
      - key: rewarding
        type: select_one
        text: {en: Is it rewarding?, fr: Cela vous plait ?}
        options:
          yes: {en: "Yes", fr: Oui}
          no: {en: "No", fr: Non}
          2: {en: "3", fr: trois}
          3: {en: "2", fr: deux}
        other: {en: Something else, fr: Autre}
        allow: [refused, dont_know]
      - key: what
        type: text
        text: {en: What is?, fr: Quoi ?}
        relevant: ${rewarding} = 'yes'
        allow: [refused]
      - {key: line, type: text, multiline: false, text: {en: A line, fr: Une ligne}}
      - {key: years, type: integer, text: {en: Years, fr: Ans}, minimum: -5, allow: [dont_know]}
      - {key: hours, type: decimal, text: {en: Hours, fr: Heures}, places: 10}
      - key: met
        type: date
        text: {en: Met on, fr: Date}
        required: true
        allow: [refused]
  - key: effects
    title: {en: Effects, fr: Effets}
    items:
      - {key: thanks, type: note, text: {en: Go on., fr: Continuez.}}
      - key: topics
        type: select_multiple
        text: {en: Topics, fr: Sujets}
        options:
          ethics: {en: Ethics, fr: Morale}
          money: {en: Money, fr: Argent}
          none: {en: none of these, fr: aucun}
        other: {en: More, fr: Encore}
        exclusive: [none]
        allow: [refused]
      - key: order
        type: rank
        text: {en: In order, fr: En ordre}
        options: {a: {en: A, fr: Ah}, b: {en: B, fr: Be}, c: {en: C, fr: Ce}}
        allow: [refused]
      - {key: half, type: range, text: {en: Half, fr: Demi}, start: 0, end: 2, step: 0.5}
      - {key: far, type: range, text: {en: Far, fr: Loin}, start: 0, end: 100, allow: [refused]}
      - {key: again, type: likert, text: {en: Again, fr: Encore}, scale: extent, allow: [refused]}
      - key: teaching
        type: likert_grid
        text: {en: Teaching, fr: Enseigner}
        scale: extent
        rows: {work: {en: Work, fr: Travail}, play: {en: Play, fr: Jeu}}
        allow: [refused, dont_know]
      - key: skills
        type: open_question
        text: {en: Skills, fr: Talents}
        probes: {scholar: {en: scholar, fr: savant}}
"""
EVERYTHING = load(DEFINITION.encode(), "everything.yaml")

HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "#N/A",
    "'quoted",
    "  spaces around  ",
    "two\nlines\n\nand a tab\t.",
    'comma, semicolon; "quotes"',
    "👩🏽‍⚕️ emoji",
    "_x000D_ and x005F_ and _x005F_x0041_",
    "not_relevant",
    "[refused]",
    "007",
    "1e5",
    "2026-11-22",
    "TRUE",
    "\ufeffmark",
)
LONG = "👩🏽" * 10_000
"""Twenty thousand characters, which are forty thousand in a cell: more than it takes."""

Raw = Mapping[str, list[str]]


def publish(store: Store, instrument: Instrument = EVERYTHING) -> None:
    """The version, and two studies that use it."""
    store.instruments.publish(
        name=instrument.name,
        version=instrument.version,
        format=1,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note="",
        by="eva",
    )
    for slug in (STUDY, OTHER_STUDY):
        if store.studies.find(slug) is None:
            store.studies.create(slug=slug, title=slug)
        store.studies.add_instrument(slug, instrument.name, instrument.version, "self")


def answer(store: Store, raw: Raw, *, language: str = "en", study: str = STUDY) -> str:
    """A response that is filled in on the web, and sent, as typed; returns its id."""
    filled = ResponseForm(EVERYTHING, language).fill_all(dict.fromkeys(("about", "effects"), raw))
    assert not filled.faulty_sections, filled.sections
    response = begin(store, language=language, study=study)
    sent = store.responses.submit(
        response,
        _change(2, "send", language),
        answers=make_rows(filled.answers),
        receipt_hash=response,
    )
    assert sent.status == "saved"
    return response


def begin(store: Store, *, language: str = "en", study: str = STUDY) -> str:
    """A response that was begun."""
    return store.responses.begin(
        study=study,
        instrument=EVERYTHING.name,
        version=EVERYTHING.version,
        delivery="self",
        source="web",
        language=language,
        consent=None,
        session_hash=None,
        link_hash=None,
        change=_change(1, "begin", language),
    )


def withdraw(store: Store, response: str) -> None:
    """Withdraw a response."""
    store.responses.withdraw(response, _change(3, "withdraw", "en"), scope="all")


def _change(sequence: int, kind: str, language: str) -> Change:
    return Change(
        client="page",
        sequence=sequence,
        base_revision=0,
        kind=kind,
        actor="participant",
        source="web",
        language=language,
    )


def post(**typed: str | list[str]) -> dict[str, list[str]]:
    """What a browser posts for items by their keys; `topics__other` is the name `topics-other`."""
    return {
        f"item_{key.replace('__', '-')}": [value] if isinstance(value, str) else value
        for key, value in {"met": "2026-11-22", **typed}.items()
    }


FILLED_IN: tuple[Raw, ...] = (
    post(
        rewarding="yes",
        what=LONG,
        line="=1+1",
        years="-5",
        hours="0.0000001",
        topics=["ethics", "other"],
        topics__other="👩🏽‍⚕️\n=cmd()",
        order__b="1",
        order__a="2",
        half="0.0",
        far="100",
        again="2",
        teaching__work="1",
        teaching__play=":dont_know",
        skills="x" * 20_000,
    ),
    post(rewarding="other", rewarding__other="=2+2", topics=["none"], half="1.5", met="1899-12-31"),
    post(
        rewarding=":refused", rewarding__other="and yet", topics__other="no tick", again=":refused"
    ),
    post(rewarding="no", rewarding__other="unticked", topics=["money"], topics__other="unticked"),
    post(rewarding="2", topics=":refused", order__reason=":refused", far__reason=":refused"),
    post(rewarding="3", years="999999999999999", hours="123456789.123456", far="7"),
    post(rewarding="yes", what__reason=":refused", years__reason=":dont_know", hours="-0.5"),
    post(met=[], met__reason=":refused", rewarding=":dont_know"),
    post(),
)


def answer_everything(store: Store) -> None:
    """Every item type, every reason that is stored, and hostile texts, in both languages."""
    for number, raw in enumerate(FILLED_IN):
        answer(store, raw, language=("en", "fr")[number % 2])
    for text in HOSTILE:
        answer(store, post(rewarding="yes", what=text, line=text.replace("\n", " ")))


def export(run: Any, database: str, study: str, target: Path, *words: str) -> Path:
    """Export a study by command."""
    options = ("--study", study, "--database", database, "-o", str(target), *words)
    result = run("export", EVERYTHING.name, *options)
    assert result.exit_code == 0, result.stderr
    return target


def without(rows: Iterable[Iterable[Any]], names: Iterable[str]) -> list[list[Any]]:
    """Rows under a header without some columns, sorted since keys are random."""
    header, *rest = ([*row] for row in rows)
    kept = [place for place, name in enumerate(header) if name not in set(names)]
    picked = [[row[place] for place in kept] for row in rest]
    return [[header[place] for place in kept], *sorted(picked, key=str)]
