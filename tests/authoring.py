"""An author at work: a small definition that is edited step by step, as generated tests do it."""

import random
from dataclasses import dataclass, field
from typing import Any

import yaml

from survey_app.definition.form import PREFIX
from survey_app.definition.instrument import Instrument
from survey_app.definition.loader import load

NAME = "changing"
SECTIONS = ("first", "second")
LISTS = ("select_one", "select_multiple")
TYPES = (*LISTS, "text", "integer")


@dataclass
class Question:
    """One question as its author has it in mind; `options` are words by code."""

    key: str
    type: str
    text: str
    options: dict[str, str] = field(default_factory=dict)
    section: str = SECTIONS[0]
    renamed_from: str = ""
    confirmed: bool = False

    def spell(self) -> dict[str, Any]:
        """Return the question as it stands in the file."""
        spelled: dict[str, Any] = {"key": self.key, "type": self.type, "text": self.text}
        if self.type in LISTS:
            spelled["options"] = self.options
        if self.renamed_from:
            spelled["renamed_from"] = self.renamed_from
        if self.confirmed:
            spelled["meaning"] = "unchanged"
        return spelled


def make_version(questions: list[Question], version: str) -> Instrument:
    """Return the version that the questions make; a section without any stands with a note."""
    sections = [
        {
            "key": key,
            "title": key,
            "items": [
                {"key": f"note_{key}", "type": "note", "text": "Hello."},
                *(each.spell() for each in questions if each.section == key),
            ],
        }
        for key in SECTIONS
    ]
    definition = {
        "format": 1,
        "name": NAME,
        "version": version,
        "title": "Changing",
        "source": "this test",
        "licence": "MIT",
        "changes": f"what {version} changes",
        "sections": sections,
    }
    text = yaml.safe_dump(definition, sort_keys=False)
    return load(text.encode(), f"{NAME}/{version}.yaml")


def fill_in(instrument: Instrument, seed: int) -> dict[str, dict[str, list[str]]]:
    """Return what somebody types, by section and field: the same for the same seed."""
    chance = random.Random(seed)
    typed: dict[str, dict[str, list[str]]] = {}
    for section in instrument.sections:
        for item in section.items:
            codes = list(item.codes())
            answers: list[str] = []
            if item.type_name == "integer":
                answers = [str(chance.randrange(100))]
            elif item.type_name == "text":
                answers = [chance.choice(["ja", "=1+1", "é\N{GRINNING FACE}"])]
            elif item.type_name == "select_one":
                answers = [chance.choice(codes)]
            elif item.type_name == "select_multiple":
                answers = [code for code in codes if chance.random() < 0.5]
            if answers and chance.random() < 0.8:
                typed.setdefault(section.key, {})[PREFIX + item.key] = answers
    return typed
