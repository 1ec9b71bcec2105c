"""A small instrument whose versions a test writes as files, publishes and answers."""

from pathlib import Path

from survey_app.definition.library import load_library
from survey_app.publication import publish
from survey_app.settings import Settings
from survey_app.storage.store import Store

NAME = "mentors"
FIRST = """\
format: 1
name: mentors
version: 1.0.0
title: Mentors
source: ours
licence: ours
changes: The first version.
sections:
  - key: first
    title: First things
    items:
      - key: topics
        type: select_multiple
        text: Which topics?
        options: {equality: Equality, pay: Pay}
      - {key: why, type: text, text: Why then?}
"""
ADDED = ("pay: Pay", "pay: Pay, ethics: Ethics")
RETIRED = ("equality: Equality, ", "")
REWORDED = ("Why then?", "For what reason?")
CONFIRMED = ("Why then?}", "For what reason?, meaning: unchanged}")


def write_version(settings: Settings, version: str, *edits: tuple[str, str]) -> Path:
    """Write a version's file into the library of an installation."""
    text = FIRST
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    text = text.replace("1.0.0", version).replace("The first version.", f"What {version} changes.")
    assert settings.instruments is not None
    path = settings.instruments / NAME / f"{version}.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def publish_first(settings: Settings, store: Store, study: str = "ami") -> None:
    """Write the first version, publish it and let a study ask it."""
    write_version(settings, "1.0.0")
    first = load_library(settings.instruments).find(NAME, "1.0.0")
    assert first is not None
    publish(store, first, note="", by="eva")
    store.studies.add_instrument(study, NAME, "1.0.0", "self", position=-1)
    store.studies.add_instrument(study, NAME, "1.0.0", "interviewer")
