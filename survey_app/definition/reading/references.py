"""Readers of what points elsewhere: conditions to items above, names to scales."""

from collections.abc import Mapping
from dataclasses import dataclass

from survey_app.definition import problems
from survey_app.definition.conditions import Condition, ConditionError
from survey_app.definition.conditions import parse as parse_condition
from survey_app.definition.reading.base import KEY, Reading, read_words
from survey_app.definition.scale import Scale
from survey_app.definition.shapes import Json
from survey_app.definition.source import Node


@dataclass(frozen=True)
class ConditionReader:
    """A condition such as `${rewarding} = 'yes'`."""

    @property
    def schema(self) -> Mapping[str, Json]:
        """A string."""
        return {"type": "string", "minLength": 1}

    def read(self, node: Node, what: str, reading: Reading) -> Condition | None:
        """Return the parsed condition; its references are checked when all items are known."""
        words = read_words(node, what, reading)
        if words is None:
            return None
        try:
            return parse_condition(words)
        except ConditionError as error:
            reading.note(node, problems.bad_condition(str(error)))
            return None


@dataclass(frozen=True)
class ScaleReader:
    """The name of a scale that stands under `scales:` at the top of the file."""

    @property
    def schema(self) -> Mapping[str, Json]:
        """A string of the pattern of keys."""
        return {"type": "string", "pattern": f"^{KEY.pattern}$"}

    def read(self, node: Node, what: str, reading: Reading) -> Scale | None:
        """Return the scale itself; one that could not be read has its own problem already."""
        words = read_words(node, what, reading)
        if words is None or words in reading.unread_scales:
            return None
        if words not in reading.scales:
            reading.note(node, problems.unknown_scale(words, reading.scales))
            return None
        return reading.scales[words]
