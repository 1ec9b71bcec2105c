"""How a column is measured: one rule, for the codebook and for the statistics programs."""

from typing import Literal, assert_never

from survey_app.definition.shapes import Column
from survey_app.reports.dataset import Layout, find_holders

Measure = Literal["nominal", "ordinal", "scale", "text", "date"]
"""The first three are SPSS’s words, where *scale* has equal steps; after Stevens (1946),
“On the theory of scales of measurement”, Science 103. Texts and days stand beside them."""


def find_measure(layout: Layout, column: Column) -> Measure:
    """Return the measure of a column: ordinal for a scale's points and for places in an order.

    It is that of the newest version which has the column, whose type never changes.
    """
    match column.kind:
        case "text":
            return "text"
        case "date":
            return "date"
        case "flag":
            return "nominal"
        case "code":
            newest = find_holders(layout, column.name)[0]
            return "ordinal" if newest.items_by_key[column.item].scale_used() else "nominal"
        case "integer" | "decimal":
            return "ordinal" if column.option else "scale"
    assert_never(column.kind)
