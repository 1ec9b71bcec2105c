"""Versions of a small instrument, for the tests of what is decided about them."""

from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load
from survey_app.definition.pooling import PoolingRule

HEAD = """
format: 1
name: mentors
version: {version}
title: Mentors
source: ours
licence: ours
changes: What {version} changed
scales:
  three: {{direction: unipolar, points: {{1: none, 2: some, 3: much}}}}
  five: {{direction: unipolar, points: {{1: none, 2: few, 3: some, 4: more, 5: much}}}}
  turned: {{direction: bipolar, points: {{1: none, 2: some, 3: much}}}}
sections:
  - key: main
    title: All
    items:
"""
ITEMS = """
      - {key: again, type: likert, text: Again?, scale: three}
      - {key: good, type: select_one, text: Good?, options: {y: Yes, n: No, m: Maybe}}
      - {key: topics, type: select_multiple, text: Which?, options: {a: A, b: B}}
      - {key: years, type: integer, text: How long?}
      - {key: best, type: rank, text: Which first?, options: {a: A, b: B}}
"""
VERSIONS = ("1.0.0", "1.0.1", "2.0.0", "2.1.0", "3.0.0")


def make_version(version: str, *changes: tuple[str, str], items: str = ITEMS) -> Instrument:
    """A version of the items, after changes to the text of its file."""
    text = HEAD.format(version=version) + items
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return load(text.encode(), "test.yaml")


INSTRUMENTS = tuple(map(make_version, VERSIONS))


def together(*versions: str, item: str = "", reason: str = "Why.", **codes: str) -> PoolingRule:
    """A rule that counts versions together; `codes` are written as `_1="4"`."""
    stated = {old.removeprefix("_"): new for old, new in codes.items()}
    return PoolingRule(versions=versions, pool=True, item=item, codes=stated, reason=reason)


def apart(*versions: str, item: str = "", reason: str = "Why.") -> PoolingRule:
    """A rule that keeps versions apart."""
    return PoolingRule(versions=versions, pool=False, item=item, reason=reason)


def back(*versions: str, item: str = "", reason: str = "Why.") -> PoolingRule:
    """A rule that takes back what was decided of the same versions."""
    return PoolingRule(versions=versions, pool=None, item=item, reason=reason)
