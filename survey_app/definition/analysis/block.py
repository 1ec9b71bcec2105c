"""What the `analysis` block says: which columns make a score, and which might tell who answered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from survey_app.definition import reading
from survey_app.definition.reading import author

Scoring = Literal["mean", "sum"]
MissingRule = Literal["complete", "half", "available"]
Bounds = tuple[float, float]
"""The lowest and highest number that an item offers."""

_NAMES = reading.ListReader(reading.KeyReader())
ANALYSIS_FIELDS: Mapping[str, str] = {
    "quasi_identifiers": "items that together might tell who answered",
    "scales": "scores by name, each made of several items",
}


@dataclass(frozen=True, kw_only=True)
class ScaleScore:
    """A score of several columns. `bounds` are the instrument's, for each of its `items`.

    An author may write a battery's key for all of its rows; here each row stands by itself.
    """

    name: str
    items: tuple[str, ...] = author(
        reading.ListReader(reading.KeyReader(), least=1),
        "the columns it is made of, or a battery's key for all of its rows",
        needed=True,
    )
    reverse: tuple[str, ...] = author(
        _NAMES, "those of them that run the other way and are turned first", default=()
    )
    score: Scoring = author(
        reading.OneOfReader(("mean", "sum")), "the mean of the items, or their sum", default="mean"
    )
    missing: MissingRule = author(
        reading.OneOfReader(("complete", "half", "available")),
        "who gets a score: who answered every item, at least half of them, or any",
        default="complete",
    )
    bounds: Mapping[str, Bounds] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """All that the block says; nothing where there is none."""

    quasi_identifiers: tuple[str, ...] = author(
        _NAMES, ANALYSIS_FIELDS["quasi_identifiers"], default=()
    )
    scales: tuple[ScaleScore, ...] = ()

    @property
    def scales_by_name(self) -> dict[str, ScaleScore]:
        """All scores by name."""
        return {scale.name: scale for scale in self.scales}

    def rename(self, items: Mapping[str, str], columns: Mapping[str, str]) -> "Analysis":
        """Return the same of items and columns that are called otherwise, by their old names."""
        return Analysis(
            quasi_identifiers=tuple(items.get(each, each) for each in self.quasi_identifiers),
            scales=tuple(_rename_scale(scale, columns) for scale in self.scales),
        )


def _rename_scale(scale: ScaleScore, columns: Mapping[str, str]) -> ScaleScore:
    return replace(
        scale,
        items=tuple(columns.get(each, each) for each in scale.items),
        reverse=tuple(columns.get(each, each) for each in scale.reverse),
        bounds={columns.get(name, name): each for name, each in scale.bounds.items()},
    )
