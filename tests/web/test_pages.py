"""Prepared pages are the macros' pages, to the byte, whatever was typed."""

import random
from typing import Any

import pytest
from flask import Flask, url_for

from survey_app.definition.form import ResponseForm, SectionForm
from survey_app.definition.loader import load
from survey_app.web import addresses
from survey_app.web.filling import render_section
from survey_app.web.pages import FilledPage, PreparedPage

EVERY_CONTROL = """
format: 1
name: everything
version: 1.0.0
title: Everything
source: ours
licence: MIT
changes: first
scales:
  extent: {direction: unipolar, points: {1: not at all, 2: to *some* extent, 3: to a high extent}}
sections:
  - key: first
    title: First
    items:
      - {key: line, type: text, text: A line?, multiline: false, allow: [refused, dont_know]}
      - {key: paragraph, type: text, text: "A [link](https://example.org/) & more?"}
      - {key: number, type: integer, text: A number?, minimum: 0, hint: In digits.}
      - {key: day, type: date, text: A day?}
      - {key: one, type: select_one, text: One?, options: {yes: Yes, no: No}, other: "other:"}
      - key: several
        type: select_multiple
        text: Several?
        options: {a: A, b: B, none: none of these}
        exclusive: [none]
        other: other
        allow: [refused]
      - {key: order, type: rank, text: An order?, options: {x: X, y: Y, z: Z}}
      - {key: steps, type: range, text: Steps?, start: 0, end: 3}
      - {key: said, type: note, text: "Said *so*.", relevant: "${one} = 'yes'"}
      - {key: grid, type: likert_grid, text: A grid., scale: extent, rows: {r: R?, s: S?}}
      - key: why
        type: text
        text: Why?
        relevant: ${one} = 'no'
        follow_up: If no
  - key: second
    title: Second
    items:
      - {key: table, type: likert_grid, text: T., scale: extent, display: table, rows: {r: R?}}
      - {key: reason, type: text, text: Why one?, relevant: "selected(${several}, 'a')"}
      - {key: both, type: text, text: Both?, relevant: "${reason} != '' and ${one} = 'yes'"}
"""
TEXTS = (
    "",
    "plain",
    "<b>&amp;\"'",
    "\nfirst",
    "two\nlines",
    "👩🏽‍⚕️ עברית",
    "=1+1",
    "' checked",
    "\x7f",
)


@pytest.fixture
def form() -> ResponseForm:
    return ResponseForm(load(EVERY_CONTROL.encode(), "everything/1.0.0.yaml"), "en")


def make_raw(form: SectionForm, chance: random.Random) -> dict[str, list[str]]:
    """Return something that may have been typed: texts everywhere, ticks here and there."""
    raw: dict[str, list[str]] = {}
    for field in form.blank_fields.values():
        codes = [getattr(option, "code", "") for option in getattr(field, "options", ())]
        codes += [":refused", ":dont_know", "other", "1", "2"]
        for name in field.input_names():
            if chance.random() < 0.7:
                raw[name] = chance.sample(codes, 2) if codes and chance.random() < 0.6 else []
                raw[name] = raw[name] or [chance.choice(TEXTS)]
    return raw


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("key", ["first", "second"])
def test_a_prepared_page_is_the_macros_page_byte_for_byte(
    app: Flask, form: ResponseForm, key: str, seed: int
) -> None:
    chance = random.Random(seed)
    values: dict[str, Any] = {
        "several": chance.choice([None, ["a"], ["b"], ["a", "b"]]),
        "one": chance.choice([None, "yes", "no"]),
    }
    section = form.sections[key]
    page = FilledPage(
        raw=make_raw(section, chance),
        token_text="0123abcd",
        client_text="client",
        revision_number=seed,
        hidden=section.hidden_items(values),
        known_values={name: values.get(name) for name in sorted(section.reads_elsewhere)},
    )
    with app.test_request_context("/s/ami"):
        prepared = PreparedPage(lambda holes: render_section(form, "ami", key, holes))
        assert prepared.fill(page) == render_section(form, "ami", key, page).encode()


def test_an_item_that_an_earlier_page_rules_out_is_not_on_the_page(
    app: Flask, form: ResponseForm
) -> None:
    section = form.sections["second"]
    assert section.hidden_items({"several": ["b"]}) == {"reason", "both"}
    assert section.hidden_items({"several": ["a"], "one": "yes"}) == frozenset()
    page = FilledPage(
        raw={}, token_text="", client_text="", revision_number=0, hidden=frozenset({"reason"})
    )
    with app.test_request_context("/s/ami"):
        prepared = PreparedPage(lambda holes: render_section(form, "ami", "second", holes))
        assert b"Why one?" not in prepared.fill(page)


def test_a_participants_page_holds_no_token_of_the_staff(app: Flask, form: ResponseForm) -> None:
    with app.test_request_context("/s/ami", headers={"Cookie": "staff=abc"}):
        app.preprocess_request()
        page = FilledPage(raw={}, token_text="mine", client_text="", revision_number=0)
        assert 'name="csrf" content' not in render_section(form, "ami", "first", page)


def test_the_addresses_spelled_out_are_those_of_the_routes(app: Flask) -> None:
    with app.test_request_context("/"):
        assert addresses.door_of("ami") == url_for("participant.door", study="ami")
        section = url_for("participant.show_section", study="ami", key="role")
        assert addresses.section_of("ami", "role") == section
        assert addresses.check_of("ami") == url_for("participant.check", study="ami")
        assert addresses.thanks_of("ami") == url_for("participant.thanks", study="ami")
        assert addresses.later_of("ami") == url_for("participant.later", study="ami")
        asking = url_for("participant.offer_withdrawal", study="ami")
        assert addresses.withdrawal_of("ami") == asking
        assert addresses.link_of("0a") == url_for("participant.offer_resume", token="0a")
