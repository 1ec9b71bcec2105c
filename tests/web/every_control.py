"""A study of its own that asks with every control, some of them required."""

from survey_app.definition.loader import load
from survey_app.storage.store import Store

STUDY = """
format: 1
name: every
version: 1.0.0
title: Every control
source: this test
licence: MIT
changes: first
scales:
  extent:
    direction: unipolar
    points: {1: not at all, 2: to some extent, 3: to a high extent, 4: to a very high extent}
sections:
  - key: first
    title: First
    items:
      - key: met
        type: likert
        text: How far has mentoring met the hopes that you had?
        scale: extent
        required: true
        allow: [refused]
      - key: sure
        type: range
        text: How sure are you?
        start: 0
        end: 10
        start_label: not at all confident
        end_label: entirely confident
      - key: one
        type: select_one
        text: Which one?
        options: {yes: Yes, no: No}
        other: "Something else:"
        required: true
      - {key: why, type: text, text: Why?, relevant: "${one} = 'yes'"}
      - {key: years, type: integer, text: How many years?, minimum: 0}
      - key: order
        type: rank
        text: In which order?
        options: {x: Adviser, y: Buddy, z: Coach}
  - key: second
    title: Second
    items:
      - key: effect
        type: likert_grid
        text: The effect of it.
        scale: extent
        required: true
        rows:
          interest: >-
            Has being a mentor increased your interest for teaching and supervision of others?
          relations: Has it improved your relations?
      - {key: thoughts, type: text, text: What else?, relevant: "${one} = 'yes'"}
"""
ADDRESS = "/s/every"


def add_every_control(store: Store) -> None:
    """Add the study, open to everybody."""
    instrument = load(STUDY.encode(), "every/1.0.0.yaml")
    store.instruments.publish(
        name=instrument.name,
        version=instrument.version,
        format=1,
        fingerprint=instrument.fingerprint,
        definition=dict(instrument.definition),
        note="",
        by="test",
    )
    store.studies.create(slug="every", title="Every control")
    store.studies.add_instrument("every", instrument.name, instrument.version, "self")
