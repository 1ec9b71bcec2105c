"""A scale: ordered points with their wording, and whether it has one direction or two."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.definition.shapes import Direction
from survey_app.definition.text import Text


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Points by code in order. Unipolar runs from none to much, bipolar from against to for."""

    name: str
    points: Mapping[str, Text]
    direction: Direction
