"""The instrument that is asked, each version in words of its own, and the consent texts."""

import re
from typing import Any

from survey_app.definition.consent import ConsentForm, read_stored
from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load

NAME = "life"
SECTIONS = {"first": ("topics", "why"), "second": ("more",)}
TEXTS = {"first": "why", "second": "more"}
"""The one item of each section that is answered in words."""
CODES = ("pay", "equality")
SEEN = re.compile(r"in the words of (1\.0\.[0-9]+)")
"""By what a page tells which version it asks."""

_SOURCE = """
format: 1
name: life
version: {version}
title: Life
source: this test
licence: MIT
changes: what {version} changes
sections:
  - key: first
    title: First
    items:
      - key: topics
        type: select_multiple
        text: Which, in the words of {version}?
        meaning: unchanged
        options: {{pay: Pay, equality: Equality}}
      - key: why
        type: text
        text: Why, in the words of {version}?
        meaning: unchanged
  - key: second
    title: Second
    items:
      - key: more
        type: text
        text: What more, in the words of {version}?
        meaning: unchanged
"""


def make_version(number: int) -> Instrument:
    """Return a version; the first says of nothing that its meaning is unchanged."""
    version = f"1.0.{number}"
    source = _SOURCE.format(version=version)
    if not number:
        source = source.replace("        meaning: unchanged\n", "")
    return load(source.encode(), f"{NAME}/{version}.yaml")


def make_consent(number: int) -> ConsentForm:
    """Return a consent text; each number has other words."""
    body: dict[str, Any] = {"text": f"You may stop at any time ({number}).", "delivery": "both"}
    return read_stored(body)
